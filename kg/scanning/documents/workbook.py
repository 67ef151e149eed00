"""Read the cells of workbooks (XLSX)."""

from __future__ import annotations

from datetime import date, time

from kg.scanning.passages import Passage
from kg.sources.workbook.sheets import Cell, read_sheets


def read(name: str, data: bytes) -> list[Passage]:
    """Return the filled cells of all sheets of a workbook, row by row."""
    found: list[Passage] = []
    offset = 0
    for sheet in read_sheets(name, data, merged=False):
        for row, cells in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells, 1):
                text = _text(cell)
                if text.strip():
                    part = f"{sheet.name}!{column_letters(column)}"
                    found.append(Passage(text, len(found) + 1, 0, offset, f"{part}{row}", part))
                    offset += len(text) + 1
    return found


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 1.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
