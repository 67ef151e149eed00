"""Write tables as workbooks (XLSX, ECMA-376)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO, Final

from kg.common.errors import ExportError
from kg.sources.workbook.sheets import Cell, missing_extra
from kg.tables.columns import Column

_MAX_ROWS: Final = 1_048_576
_MAX_CHARACTERS: Final = 32_767
_MAX_INTEGER: Final = 10**15
"""Larger numbers lose digits in a spreadsheet."""
_FIRST_DAY: Final = date(1900, 3, 1)
"""Spreadsheets disagree on earlier days, since some have a 29 February 1900."""
_DATE: Final = "yyyy-mm-dd"
_WIDEST: Final = 400
"""Greatest width of a column, in pixels."""


def write_workbook(header: Sequence[str], rows: Sequence[Sequence[Cell]], stream: BinaryIO) -> None:
    """Write a table as the only sheet of a workbook, its header frozen, with filters.

    Text stays text, in the header too: it never becomes a formula or a link. Raises ExportError for
    more rows or longer texts than a workbook can hold, and MissingPackageError without the packages
    of the extra ``excel``.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise missing_extra() from error
    if len(rows) >= _MAX_ROWS:
        raise ExportError(f"a workbook holds {_MAX_ROWS:,} rows: write CSV")
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": _DATE})
    page = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for column, title in enumerate(header):
        page.write_string(0, column, _text(title, 1), bold)
    for row_number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            _write_cell(page, row_number, column, cell)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(rows), len(header) - 1)
    page.autofit(_WIDEST)
    book.close()


def write_columns(columns: Sequence[Column], stream: BinaryIO) -> None:
    """Write typed columns as a workbook; see :func:`write_workbook`.

    A column with a number or a day that a spreadsheet would change is written as text.
    """
    cells = (
        column.cells if all(map(_is_kept, column.cells)) else list(map(_as_text, column.cells))
        for column in columns
    )
    rows: Iterable[tuple[Cell, ...]] = zip(*cells, strict=True)
    write_workbook([column.name for column in columns], list(rows), stream)


def _write_cell(page: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, _text(cell, row + 1))
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif cell is not None:
        page.write_datetime(row, column, cell)


def _text(text: str, row: int) -> str:
    if len(text) > _MAX_CHARACTERS:
        raise ExportError(f"row {row}: a cell holds {_MAX_CHARACTERS:,} characters: write CSV")
    return text


def _is_kept(cell: Cell) -> bool:
    if isinstance(cell, float):
        return math.isfinite(cell)
    if isinstance(cell, int):
        return abs(cell) < _MAX_INTEGER
    return not isinstance(cell, date) or cell >= _FIRST_DAY


def _as_text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)
