"""Reads and writes lists and tables in text, CSV and XLSX files, such as lists of references."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import BinaryIO, Final

from kg.common.errors import ArgumentError, SourceError
from kg.common.spreadsheet_cells import escape_formula
from kg.sources.workbook.blank_cells import WITHOUT_VALUE
from kg.sources.workbook.sheets import Cell, read_sheet
from kg.tables import bibliography
from kg.tables.workbook import write_workbook

EXTENSIONS: Final = (".csv", ".tsv", ".xlsx")
"""File extensions of tables."""
LINES: Final = ".txt"
"""File extension of lists with one text a line."""
LISTS: Final = (*EXTENSIONS, LINES, *bibliography.EXTENSIONS)
"""File extensions of all that :func:`read_table` reads."""
LIST_HEADER: Final = "reference"
"""The column of a list without a header."""

_DELIMITERS: Final = ",;\t|"
_MAX_FIELD: Final = 1_000_000
_BOMS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_CELL_ERROR: Final = re.compile(r"#(?:N/A|[A-Z][A-Z\d/_]*[!?])")


@dataclass(frozen=True, repr=False)
class Sheet:
    """A table whose rows are all as long as its header; ``delimiter`` applies to CSV."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    delimiter: str = ","

    def column_index(self, name: str | None) -> int:
        """Return the index (from 0) of a column given by its name or its number (from 1).

        None means the only column, or that of the references of a bibliography. Raises
        ArgumentError if there is no such column, or several.
        """
        if name is None:
            if len(self.header) == 1:
                return 0
            if self.header == bibliography.COLUMNS:
                return len(self.header) - 1
            columns = ", ".join(map(repr, self.header))
            raise ArgumentError(f"{len(self.header)} columns: choose one with --column: {columns}")
        indexes = [i for i, title in enumerate(self.header) if title.strip() == name.strip()]
        if len(indexes) > 1:
            numbers = ", ".join(str(index + 1) for index in indexes)
            raise ArgumentError(
                f"{len(indexes)} columns are named {name!r}: give a number ({numbers})"
            )
        if indexes:
            return indexes[0]
        if name.isascii() and name.isdigit() and 1 <= int(name) <= len(self.header):
            return int(name) - 1
        raise ArgumentError(f"no column {name!r}; there are {', '.join(map(repr, self.header))}")

    def column_texts(self, column: int) -> list[str]:
        """Return the cells of a column as texts, whole numbers without a decimal point."""
        return [_text(row[column]) for row in self.rows]

    def references(self, column: int) -> list[str]:
        """Return the cells of a column as texts to look for: errors of formulas are empty."""
        return [
            "" if text == WITHOUT_VALUE or _CELL_ERROR.fullmatch(text) else text
            for text in self.column_texts(column)
        ]

    def with_columns(self, names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Sheet:
        """Return the table with more columns, whose cells are given by row.

        If any of the names is already in the header, all of them get the prefix ``kg_``.
        """
        taken = {title.strip().casefold() for title in self.header}
        prefix = "kg_" if taken & set(names) else ""
        wider = tuple((*row, *more) for row, more in zip(self.rows, rows, strict=True))
        return Sheet((*self.header, *(prefix + name for name in names)), wider, self.delimiter)

    def __repr__(self) -> str:
        return f"<Sheet of {len(self.rows)} rows: {', '.join(self.header)}>"


def read_table(
    file: Path, encoding: str | None = None, sheet: str | None = None, *, lines: bool = False
) -> Sheet:
    """Read the table of a file; its first filled row is the header, blank rows below are kept.

    A bibliography (.bib, .ris, .json) has the columns of :mod:`kg.tables.bibliography`.
    ``encoding`` is for text and CSV files (default: UTF-8, or UTF-16 with a byte order mark);
    ``sheet`` names a sheet of a workbook (default: the first); ``lines`` reads a text file line by
    line, see :func:`read_text`. Raises SourceError, which names file and row, for a file that
    can't be read.
    """
    extension = _extension(file, LISTS)
    try:
        if extension == ".xlsx":
            return _read_workbook(file, sheet)
        data = file.read_bytes()
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror}: name a CSV or XLSX file") from error
    if sheet is not None:
        raise ArgumentError(f"{file} has no sheets: leave out --sheet")
    if extension in bibliography.EXTENSIONS:
        entries = bibliography.read_bibliography(str(file), _decode(str(file), data, encoding))
        return Sheet(bibliography.COLUMNS, tuple(entries))
    return read_text(str(file), data, encoding, lines=lines and extension == LINES)


def read_text(name: str, data: bytes, encoding: str | None = None, *, lines: bool) -> Sheet:
    """Read a text: one cell a line under :data:`LIST_HEADER`, or else a table in CSV.

    ``name`` is that of its file, for errors.
    """
    text = _decode(name, data, encoding)
    if not lines:
        return _read_csv(name, text)
    texts = text.replace("\r\n", "\n").rstrip("\r\n").split("\n")
    return Sheet((LIST_HEADER,), tuple((line.strip(),) for line in texts))


def write_table(
    sheet: Sheet, extension: str, stream: BinaryIO, added: int, *, bom: bool = True
) -> None:
    """Write a table in the format of a file extension.

    In CSV, cells of the last ``added`` columns that a spreadsheet would run as formulas are
    escaped; the user's own columns are unchanged. ``bom`` starts CSV with a byte order mark. For
    the errors see :func:`kg.tables.workbook.write_workbook`.
    """
    if extension == ".xlsx":
        write_workbook(sheet.header, sheet.rows, stream)
        return
    out = io.StringIO(newline="")
    if bom:
        # Otherwise Excel reads UTF-8 in the local encoding.
        out.write("\ufeff")
    delimiter = "\t" if extension == ".tsv" else sheet.delimiter
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(sheet.header)
    own = len(sheet.header) - added
    for row in sheet.rows:
        writer.writerow([*map(_text, row[:own]), *(escape_formula(_text(c)) for c in row[own:])])
    stream.write(out.getvalue().encode("utf-8"))


def _extension(file: Path, extensions: tuple[str, ...]) -> str:
    extension = file.suffix.casefold()
    if extension not in extensions:
        raise ArgumentError(f"{file}: name a file that ends in {', '.join(extensions)}")
    return extension


def _decode(file: str, data: bytes, encoding: str | None) -> str:
    detected = next((name for bom, name in _BOMS.items() if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding or detected)
    except UnicodeDecodeError as error:
        name = (encoding or detected).upper().removesuffix("-SIG")
        raise SourceError(
            f"{file}: not {name} at byte {error.start}: give --encoding, such as gb18030"
        ) from error
    except LookupError as error:
        raise ArgumentError(
            f"no encoding {encoding!r}: give one such as utf-8 or gb18030"
        ) from error


def _read_csv(file: str, text: str) -> Sheet:
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    limit = csv.field_size_limit(_MAX_FIELD)
    rows: list[tuple[int, list[str]]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows += ((reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise SourceError(f"{file}:{reader.line_num}: {error}: fix the row") from error
    finally:
        csv.field_size_limit(limit)
    return _to_sheet(file, [(number, tuple(row)) for number, row in rows], delimiter)


def _read_workbook(file: Path, sheet: str | None) -> Sheet:
    cells = read_sheet(str(file), file.read_bytes(), sheet)
    return _to_sheet(
        str(file), [(number, tuple(row)) for number, row in enumerate(cells.rows, 1)], ","
    )


def _to_sheet(file: str, rows: list[tuple[int, tuple[Cell, ...]]], delimiter: str) -> Sheet:
    """Convert rows with their numbers in the file into a table, blank ones between others too."""
    filled = [i for i, (_, row) in enumerate(rows) if any(_text(cell).strip() for cell in row)]
    if not filled:
        raise SourceError(f"{file}: is empty: its first row must name the columns")
    (_, first), *others = rows[filled[0] : filled[-1] + 1]
    width = max(number for number, cell in enumerate(first, 1) if _text(cell).strip())
    kept = []
    for number, row in others:
        if any(_text(cell).strip() for cell in row[width:]):
            raise SourceError(
                f"{file}:{number}: has {len(row)} cells, the header has {width}: fix the row"
            )
        kept.append((*row[:width], *[None] * (width - len(row))))
    return Sheet(tuple(_text(cell) for cell in first[:width]), tuple(kept), delimiter)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
