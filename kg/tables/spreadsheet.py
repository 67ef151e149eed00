"""Lists that people keep in files of CSV or XLSX: read, and written again with columns more."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO, Final

from kg.common.errors import KgError
from kg.common.spreadsheet_cells import escape_formula

ENDINGS: Final = (".csv", ".tsv", ".xlsx")
"""Of the files that can be read and written."""

Cell = str | int | float | bool | date | time | timedelta | None

_DELIMITERS: Final = ",;\t|"
_LONGEST: Final = 1_000_000
_LARGEST: Final = 1_000_000_000
_MOST_ROWS: Final = 1_048_576
_MOST_SIGNS: Final = 32_767
_MARKS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_DATE: Final = "yyyy-mm-dd"


@dataclass(frozen=True)
class Sheet:
    """A table; all rows have as many cells as the header. ``delimiter`` is that of a text file."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    delimiter: str = ","

    def column(self, name: str) -> int:
        """The place of a column, by its name or counted from 1; KgError if there is none or two."""
        places = [place for place, title in enumerate(self.header) if title.strip() == name.strip()]
        if len(places) > 1:
            counted = ", ".join(str(place + 1) for place in places)
            raise KgError(f"{len(places)} columns are named {name!r}: give a number ({counted})")
        if places:
            return places[0]
        if name.isascii() and name.isdigit() and 1 <= int(name) <= len(self.header):
            return int(name) - 1
        raise KgError(f"no column {name!r}; there are {', '.join(map(repr, self.header))}")

    def texts(self, column: int) -> list[str]:
        """The cells of a column as texts; a number without a fraction shows none."""
        return [_text(row[column]) for row in self.rows]

    def widened(self, names: Sequence[str], columns: Iterable[Sequence[Cell]]) -> Sheet:
        """The table with columns more, given by row; if a name is taken all get ``kg_`` before."""
        taken = {title.strip().casefold() for title in self.header}
        prefix = "kg_" if taken & set(names) else ""
        rows = tuple((*row, *more) for row, more in zip(self.rows, columns, strict=True))
        return Sheet((*self.header, *(prefix + name for name in names)), rows, self.delimiter)


def read(file: Path, encoding: str | None = None, sheet: str | None = None) -> Sheet:
    """The table in a file; the first row names the columns, and empty rows are left out.

    ``encoding`` is that of a text file, else UTF-8 or UTF-16 as its mark says; ``sheet`` names one
    of a workbook, else the first. KgError, which names file and row, for what can't be read.
    """
    try:
        if _ending(file) == ".xlsx":
            return _workbook(file, sheet)
        if sheet is not None:
            raise KgError(f"{file} has no sheets: leave out --sheet")
        return _delimited(file, file.read_bytes(), encoding)
    except OSError as error:
        raise KgError(f"{file}: {error.strerror}: name a file of CSV or XLSX") from error


def write(sheet: Sheet, ending: str, stream: BinaryIO, own: int, *, marked: bool = True) -> None:
    """Write a table as a file of an ending writes it.

    The last ``own`` columns are made harmless where a spreadsheet would run a formula; the others
    are the reader's, and stay as they are. A text of CSV is ``marked`` as UTF-8. KgError for
    more rows, or a longer text, than a workbook holds.
    """
    if ending == ".xlsx":
        _write_workbook(sheet, stream)
        return
    out = io.StringIO(newline="")
    if marked:
        # Or Excel takes UTF-8 for a code page.
        out.write("\ufeff")
    delimiter = "\t" if ending == ".tsv" else sheet.delimiter
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(sheet.header)
    kept = len(sheet.header) - own
    for row in sheet.rows:
        writer.writerow([*map(_text, row[:kept]), *(escape_formula(_text(c)) for c in row[kept:])])
    stream.write(out.getvalue().encode("utf-8"))


def ending_of(output: Path | None, file: Path) -> str:
    """How a list that was read from a file is written into another, or to standard output."""
    if output is None or str(output) == "-":
        return ".csv"
    if output.resolve() == file.resolve():
        raise KgError(f"{output}: is the list itself: name another file")
    return _ending(output)


def _ending(file: Path) -> str:
    ending = file.suffix.casefold()
    if ending not in ENDINGS:
        raise KgError(f"{file}: name a file that ends in {', '.join(ENDINGS)}")
    return ending


def _delimited(file: Path, data: bytes, encoding: str | None) -> Sheet:
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding or marked)
    except UnicodeDecodeError as error:
        told = (encoding or marked).upper().removesuffix("-SIG")
        raise KgError(
            f"{file}: not {told} at byte {error.start}: give --encoding, such as gb18030"
        ) from error
    except LookupError as error:
        raise KgError(f"no encoding {encoding!r}: give one such as utf-8 or gb18030") from error
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    before = csv.field_size_limit(_LONGEST)
    rows: list[tuple[int, list[str]]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows += ((reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise KgError(f"{file}:{reader.line_num}: {error}: mend the row") from error
    finally:
        csv.field_size_limit(before)
    return _sheet(file, [(place, tuple(row)) for place, row in rows], delimiter)


def _workbook(file: Path, sheet: str | None) -> Sheet:
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise _missing() from error
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                raise KgError(f"{file}: holds more than 1 GB: split it, or save it as CSV")
        book = calamine.CalamineWorkbook.from_path(str(file))
        names = book.sheet_names
        if sheet is not None and sheet not in names:
            raise KgError(f"{file}: no sheet {sheet!r}; there are {', '.join(map(repr, names))}")
        if not names:
            raise KgError(f"{file}: has no sheet")
        cells = book.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)
    except (calamine.CalamineError, zipfile.BadZipFile) as error:
        raise KgError(f"{file}: no readable workbook: {error}: save it again as .xlsx") from error
    return _sheet(file, [(at, tuple(row)) for at, row in enumerate(cells, 1)], ",")


def _sheet(file: Path, rows: list[tuple[int, tuple[Cell, ...]]], delimiter: str) -> Sheet:
    """Rows with their places as a table."""
    filled = [(at, row) for at, row in rows if any(_text(cell).strip() for cell in row)]
    if not filled:
        raise KgError(f"{file}: is empty: its first row must name the columns")
    (_, first), *others = filled
    width = max(at for at, cell in enumerate(first, 1) if _text(cell).strip())
    kept = []
    for at, row in others:
        if any(_text(cell).strip() for cell in row[width:]):
            raise KgError(f"{file}:{at}: has {len(row)} cells, the header has {width}: mend it")
        kept.append((*row[:width], *[None] * (width - len(row))))
    return Sheet(tuple(_text(cell) for cell in first[:width]), tuple(kept), delimiter)


def _write_workbook(sheet: Sheet, stream: BinaryIO) -> None:
    try:
        import xlsxwriter
    except ImportError as error:
        raise _missing() from error
    if len(sheet.rows) >= _MOST_ROWS:
        raise KgError(f"a workbook holds {_MOST_ROWS:,} rows: write CSV")
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": _DATE})
    page = book.add_worksheet()
    page.write_row(0, 0, sheet.header, book.add_format({"bold": True}))
    for at, row in enumerate(sheet.rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                if len(cell) > _MOST_SIGNS:
                    raise KgError(f"row {at + 1}: a cell holds {_MOST_SIGNS:,} signs: write CSV")
                # No text is a formula or a link of its own accord.
                page.write_string(at, place, cell)
            elif isinstance(cell, bool):
                page.write_boolean(at, place, cell)
            elif isinstance(cell, int | float):
                page.write_number(at, place, cell)
            elif cell is not None:
                page.write_datetime(at, place, cell)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
    page.autofit(400)
    book.close()


def _missing() -> KgError:
    return KgError("XLSX needs a part that is not installed: pip install 'stdkg[excel]'")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
