"""Read the cells of workbooks (XLSX)."""

from __future__ import annotations

import io
import zipfile
from datetime import date, time
from typing import Any, Final

from kg.common.errors import SourceError
from kg.scanning.documents.packages import missing
from kg.scanning.passages import Passage
from kg.sources.workbook.blank_cells import check_extent

_OLE: Final = b"\xd0\xcf\x11\xe0"
_MAX_BYTES: Final = 1_000_000_000


def read(name: str, data: bytes) -> list[Passage]:
    """Return the filled cells of all sheets of a workbook, row by row."""
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise missing("XLSX") from error
    if data.startswith(_OLE):
        raise SourceError(f"{name}: encrypted, or an old .xls: save it as .xlsx without a password")
    found: list[Passage] = []
    offset = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # Errors in its parts name the file by this.
            archive.filename = name
            if sum(part.file_size for part in archive.infolist()) > _MAX_BYTES:
                raise SourceError(f"{name}: holds more than 1 GB: split it")
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
            for index, sheet in enumerate(book.sheet_names):
                check_extent(archive, index)
                rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
                for row, cells in enumerate(rows, 1):
                    for column, cell in enumerate(cells, 1):
                        text = _text(cell)
                        if text.strip():
                            letters = column_letters(column)
                            place = f"{sheet}!{letters}{row}"
                            found.append(
                                Passage(
                                    text, len(found) + 1, 0, offset, place, f"{sheet}!{letters}"
                                )
                            )
                            offset += len(text) + 1
    except (calamine.CalamineError, zipfile.BadZipFile, KeyError) as error:
        raise SourceError(f"{name}: not a readable workbook: save it again as .xlsx") from error
    return found


def _text(cell: Any) -> str:
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
