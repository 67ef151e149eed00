"""Read the cells of the sheets of a workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from kg.common.errors import ArgumentError, MissingPackageError, SourceError
from kg.sources.workbook.blank_cells import blank_cells

Cell = str | int | float | bool | date | time | timedelta | None

_MAX_BYTES: Final = 1_000_000_000
_OLE: Final = b"\xd0\xcf\x11\xe0"
"""How files of the format before ZIP begin, in which encrypted workbooks are wrapped."""
_DATE_1904: Final = re.compile(rb"date1904=[\"'](?:1|true)[\"']")


@dataclass(frozen=True)
class SheetCells:
    """The rows of a sheet from its first, each a list of cells; ``name`` is that of the sheet.

    ``epoch_1904`` tells that the days of the workbook count from 1904.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    epoch_1904: bool = False


def missing_extra() -> MissingPackageError:
    """Return the error for a workbook that can't be read or written without the extra."""
    return MissingPackageError(
        "XLSX needs packages that are not installed: pip install 'stdkg[excel]'"
    )


def read_sheet(name: str, data: bytes, sheet: str | None) -> SheetCells:
    """Read a sheet by its name, or else the first one; ``name`` is that of the file.

    Raises ArgumentError for an unknown sheet, SourceError for a damaged or too large workbook, and
    MissingPackageError without the packages of the extra ``excel``.
    """
    with _opened(name, data) as (archive, book):
        names = book.sheet_names
        if sheet is not None and sheet not in names:
            raise ArgumentError(
                f"{name}: no sheet {sheet!r}; there are {', '.join(map(repr, names))}"
            )
        return _read(archive, book, names.index(sheet) if sheet is not None else 0)


def read_sheets(name: str, data: bytes, *, merged: bool) -> Iterator[SheetCells]:
    """Yield all sheets of a workbook that have cells; for the errors see :func:`read_sheet`.

    With ``merged``, cells that are merged downwards all have the value of the first one.
    """
    with _opened(name, data) as (archive, book):
        for index, kind in enumerate(book.sheets_metadata):
            if "WorkSheet" in str(kind.typ):
                yield _read(archive, book, index, merged=merged)


@contextmanager
def _opened(name: str, data: bytes) -> Iterator[tuple[zipfile.ZipFile, Any]]:
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise missing_extra() from error
    if data.startswith(_OLE):
        raise SourceError(f"{name}: encrypted, or an old .xls: save it as .xlsx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # Errors of its parts name the file too.
            archive.filename = name
            if sum(part.file_size for part in archive.infolist()) > _MAX_BYTES:
                raise SourceError(f"{name}: holds more than 1 GB: split it, or save it as CSV")
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
            if not book.sheet_names:
                raise SourceError(f"{name}: has no sheet")
            yield archive, book
    except (calamine.CalamineError, zipfile.BadZipFile, KeyError) as error:
        raise SourceError(
            f"{name}: not a readable workbook: {error}: save it again as .xlsx"
        ) from error


def _read(archive: zipfile.ZipFile, book: Any, index: int, *, merged: bool = False) -> SheetCells:
    # First, for it refuses a sheet that takes too much memory.
    blanks = blank_cells(archive, index)
    sheet = book.get_sheet_by_index(index)
    rows = _fill_blanks(sheet.to_python(skip_empty_area=False), blanks)
    if merged:
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            # A title over several columns stays one cell.
            if left == right and top < len(rows) and left < len(rows[top]):
                for row in rows[top + 1 : bottom + 1]:
                    row[left] = rows[top][left]
    workbook = archive.read("xl/workbook.xml")
    return SheetCells(sheet.name, rows, bool(_DATE_1904.search(workbook)))


def _fill_blanks(
    cells: Sequence[Sequence[Cell]], texts: Mapping[tuple[int, int], str]
) -> list[list[Cell]]:
    """Return the rows of a sheet with texts in some of the cells, which may lie outside of it."""
    rows = [list(row) for row in cells]
    for (row, column), text in texts.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [None] * (column + 1 - len(rows[row]))
        if rows[row][column] in ("", None):
            rows[row][column] = text
    return rows
