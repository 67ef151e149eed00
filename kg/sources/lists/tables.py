"""Read the tables of lists: CSV in the usual encodings, and all sheets of a workbook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from kg.common.errors import SourceError
from kg.sources.workbook.blank_cells import WITHOUT_VALUE
from kg.sources.workbook.sheets import Cell, read_sheets

SUFFIXES: Final = (".csv", ".tsv", ".xlsx")
"""File extensions of lists."""
LONGEST_CELL: Final = 32_767
"""Maximum number of characters of a cell: that of a workbook (ECMA-376, 18.18.37)."""

_BINARY: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_BOMS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_DELIMITERS: Final = ",;\t|"
_ERROR: Final = re.compile(r"#(?:N/A|[A-Z][A-Z\d/_]*[!?])")
_PAIR: Final = re.compile(rb"[\x81-\xfe][\x30-\xfe]")
_USUAL_PAIR: Final = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_MAX_FIELD: Final = 16_000_000


@dataclass(frozen=True)
class ListRow:
    """A row by its number in the table, from 1; ``cells`` are texts without space around them.

    ``broken`` says what is wrong with a row that can't be read.
    """

    number: int
    cells: tuple[str, ...]
    broken: str = ""


@dataclass(frozen=True)
class ListTable:
    """A table of a file: the name of its sheet (empty for CSV), its rows, and how it was read.

    ``encoding`` is that of CSV. ``errors`` is the number of cells with an error of a formula, or
    with a formula without a value; they are empty. ``epoch_1904`` tells that the numbers of days
    count from 1904.
    """

    sheet: str
    rows: Sequence[ListRow]
    encoding: str = ""
    errors: int = 0
    epoch_1904: bool = False


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written, as far as its user says so; see CSVW, section 5.9."""

    encoding: str = ""
    delimiter: str = ""
    quote: str = '"'


def read_tables(path: str, data: bytes, dialect: Dialect | None = None) -> Iterator[ListTable]:
    """Yield the tables of a file; ``path`` ends in .csv, .tsv or .xlsx.

    Raises SourceError for a file that can't be read as a whole.
    """
    if not path.lower().endswith(".xlsx"):
        if data.startswith(_BINARY):
            raise SourceError(f"{path}: a workbook or document: save it as .xlsx or .csv")
        yield _read_csv(path, data, dialect or Dialect())
        return
    for sheet in read_sheets(path, data, merged=True):
        errors = 0
        rows = []
        for number, cells in enumerate(sheet.rows, 1):
            texts = [_cell_text(cell) for cell in cells]
            for index, text in enumerate(texts):
                if text == WITHOUT_VALUE or (text[:1] == "#" and _ERROR.fullmatch(text)):
                    texts[index] = ""
                    errors += 1
            rows.append(_checked(number, texts))
        yield ListTable(sheet.name, rows, errors=errors, epoch_1904=sheet.epoch_1904)


def decode_list(path: str, data: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text of a CSV file and its encoding: UTF-8, UTF-16 with a mark, or GB18030.

    Almost any bytes are GB18030 by form, so that other old encodings must not be taken for it: most
    of its pairs have to be those of GB/T 2312. Raises SourceError for other encodings.
    """
    marked = next((name for mark, name in _BOMS.items() if data.startswith(mark)), "")
    if encoding or marked:
        return _decoded(path, data, encoding or marked)
    try:
        return data.decode(), "UTF-8"
    except UnicodeDecodeError:
        decoded = _decoded(path, data, "gb18030")
    if not _is_chinese(data):
        raise SourceError(f"{path}: neither UTF-8 nor GB18030: save it as UTF-8")
    return decoded


def _decoded(path: str, data: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{path}:{line}: not {encoding.upper()} at byte {error.start}: save it as UTF-8"
        ) from error
    except LookupError as error:
        raise SourceError(f"{path}: no encoding {encoding!r}: give one such as gb18030") from error
    return text.removeprefix("\ufeff"), encoding.upper().removesuffix("-SIG")


def _is_chinese(data: bytes) -> bool:
    pairs = _PAIR.findall(data)
    return sum(1 for pair in pairs if _USUAL_PAIR.match(pair)) * 10 > 9 * len(pairs)


def _read_csv(path: str, data: bytes, dialect: Dialect) -> ListTable:
    text, encoding = decode_list(path, data, dialect.encoding)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError(f"{path}:{line}: a null character: save it as UTF-8")
    delimiter = dialect.delimiter or _delimiter(path, text)
    rows: list[ListRow] = []
    with _large_fields():
        lines = io.StringIO(text, newline="")
        reader = csv.reader(lines, delimiter=delimiter, quotechar=dialect.quote, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                rows.append(_checked(len(rows) + 1, next(reader)))
            except StopIteration:
                return ListTable("", rows, encoding)
            except csv.Error as error:
                if "unexpected end of data" in str(error):
                    raise SourceError(
                        f"{path}:{line}: a quote that opens in this row never closes: correct it"
                    ) from error
                rows.append(ListRow(len(rows) + 1, ("?",), f"{error}: correct the quotes"))


def _delimiter(path: str, text: str) -> str:
    """Return the delimiter that is most frequent in the first lines."""
    if path.lower().endswith(".tsv"):
        return "\t"
    head = "\n".join(text.split("\n", 20)[:20])
    return max(_DELIMITERS, key=head.count)


def _checked(number: int, cells: Sequence[str]) -> ListRow:
    texts = tuple(map(str.strip, cells))
    longest = max(map(len, texts), default=0)
    if longest > LONGEST_CELL:
        return ListRow(number, texts, f"a cell of {longest:,} characters: shorten it")
    return ListRow(number, texts)


@contextmanager
def _large_fields() -> Iterator[None]:
    before = csv.field_size_limit(_MAX_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _cell_text(cell: Cell) -> str:
    """Return a cell as text: whole numbers without a decimal point, days as ISO 8601 has them."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)
