"""Read the cells of a workbook that python-calamine leaves blank: errors, and bare formulas.

A formula is saved with its last value, but programs that cannot calculate save it without. See
ECMA-376, part 1, section 18.3.1.4 (``c``), for what a cell holds.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from functools import lru_cache
from typing import IO, Final
from xml.parsers import expat

from kg.common.errors import SourceError
from kg.sources.xml_reader import XmlElement, parse_xml, read_xml

WITHOUT_VALUE: Final = "a formula without a value: open and save it in Excel"

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_DOCTYPE: Final = "a DOCTYPE in a workbook, which could declare entities: save it again"
_MAX_AREA: Final = 500_000
"""Cells, filled or not, that a sheet may span in any case."""
_MAX_SPARSITY: Final = 20
"""Cells that a larger sheet may span for each one that is filled."""
_MAX_PLAIN: Final = 200_000_000
"""Bytes of a sheet up to which it is read at once."""
_NOT_PLAIN: Final = re.compile(rb"<!|<\w+:|<f\b|\bt\s*=\s*[\"']e[\"']")
"""What needs a parser: declarations, prefixes of namespaces, formulas, errors."""
_CELL: Final = re.compile(rb"<c[\s/>]")
_PLACED_CELL: Final = re.compile(rb'<c r="([A-Z]+)(\d+)"')
_PLACE: Final = re.compile(r"([A-Z]+)(\d+)")


def blank_cells(archive: zipfile.ZipFile, sheet: int) -> dict[tuple[int, int], str]:
    """Return texts for the cells of a sheet that would be read as blank but are not.

    ``sheet`` is its index in the workbook. Keys are row and column, from 0. Errors come as the
    workbook has them (``#N/A``), formulas without a value as :data:`WITHOUT_VALUE`. Raises
    KeyError for a workbook without a part that it names, SourceError for a damaged part, for one
    with a DOCTYPE, and for a sheet whose filled cells lie so far apart that it fills the memory:
    the reader of cells makes room for the whole rectangle from the first cell on.
    """
    reader = _CellReader()
    part = _sheet_part(archive, sheet)
    if archive.getinfo(part).file_size > _MAX_PLAIN or not reader.count_plain(archive.read(part)):
        with archive.open(part) as stream:
            reader.read(_place(archive, part), stream)
    if reader.rows * reader.columns > max(_MAX_AREA, _MAX_SPARSITY * reader.cells):
        raise SourceError(
            f"{_place(archive, part)}: {reader.cells} cells over {reader.rows} rows and"
            f" {reader.columns} columns: delete stray cells, the last one at {reader.last}"
        )
    return reader.texts


def _place(archive: zipfile.ZipFile, part: str) -> str:
    """Return the name of a part for errors, which must name the file of the user too."""
    return f"{archive.filename}: {part}"


def _read_part(archive: zipfile.ZipFile, part: str) -> XmlElement:
    return read_xml(_place(archive, part), archive.read(part))


def _sheet_part(archive: zipfile.ZipFile, sheet: int) -> str:
    """Return the name of the part that holds a sheet."""
    workbook = _read_part(archive, _WORKBOOK)
    sheets = [
        entry
        for element in workbook.children
        if _local(element.name) == "sheets"
        for entry in element.children
    ]
    [identifier] = [v for k, v in sheets[sheet].attributes.items() if _local(k) == "id"]
    for relation in _read_part(archive, _RELATIONS).children:
        if relation.attributes.get("Id") == identifier:
            # Targets are relative to the workbook, or absolute in the archive.
            return posixpath.join("/xl", relation.attributes["Target"]).lstrip("/")
    raise KeyError(identifier)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _CellReader:
    """Collects the texts of such cells while the XML of a sheet is parsed.

    Also counts its cells, and the rows and columns that they span from the first.
    """

    def __init__(self) -> None:
        self.texts: dict[tuple[int, int], str] = {}
        self.cells = self.rows = self.columns = 0
        self.last = ""
        self._row = self._column = -1
        self._type = ""
        self._has_formula = self._has_value = self._in_value = False
        self._value = ""

    def read(self, place: str, stream: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parse_xml(place, stream, parser, _DOCTYPE)

    def count_plain(self, data: bytes) -> bool:
        """Count the cells of a sheet without errors and formulas, as most are.

        Returns False, having done nothing, for all others and where cells aren't written plainly.
        """
        if _NOT_PLAIN.search(data):
            return False
        places = _PLACED_CELL.findall(data)
        if len(places) != len(_CELL.findall(data)):
            return False
        self.cells = len(places)
        if places:
            columns, rows = (set(each) for each in zip(*places, strict=True))
            self.columns = 1 + max(_column_index(letters.decode()) for letters in columns)
            self.rows = max(map(int, rows))
            self.last = b"".join(places[-1]).decode()
        return True

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name == "c":
            place = _PLACE.fullmatch(attributes.get("r", ""))
            # Both numbers are optional, and then count on.
            self._column = _column_index(place[1]) if place else self._column + 1
            self._row = int(place[2]) - 1 if place else self._row
            self._count(attributes)
            self._type = attributes.get("t", "n")
            self._has_formula = self._has_value = False
            self._value = ""
        elif name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif name == "f":
            self._has_formula = True
        elif name == "v":
            self._has_value = self._in_value = True

    def _count(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        if self._row >= self.rows or self._column >= self.columns:
            self.last = attributes.get("r", "the end")
            self.rows = max(self.rows, self._row + 1)
            self.columns = max(self.columns, self._column + 1)

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def _end(self, name: str) -> None:
        name = _local(name)
        if name == "v":
            self._in_value = False
        elif name == "c":
            place = self._row, self._column
            if self._type == "e" and self._value:
                self.texts[place] = self._value
            # A text may be empty: =IF(A1="","",...) has a value.
            elif self._has_formula and not (
                self._value or (self._type == "str" and self._has_value)
            ):
                self.texts[place] = WITHOUT_VALUE


@lru_cache(maxsize=1024)
def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
