"""Tell whether a file is a list of documents, by its first rows."""

from __future__ import annotations

from typing import Final

from kg.common.errors import SourceError
from kg.sources.lists.columns import Layout
from kg.sources.lists.contents import documents_of
from kg.sources.lists.header import Header, find_headers
from kg.sources.lists.headings import ROLES, is_loose
from kg.sources.lists.tables import read_tables

_HEAD_BYTES: Final = 1 << 16
_LARGE_WORKBOOK: Final = 2_000_000
"""Bytes from which a workbook is read only once, as the list that it is likely to be."""
_SAMPLED_ROWS: Final = 50


def recognize_list(path: str, data: bytes) -> str | None:
    """Return why a file is a list of documents, in words; None for any other file.

    A heading that other tables have too, such as ``reference``, is not enough without a designation
    under it.
    """
    workbook = path.lower().endswith(".xlsx")
    if workbook and len(data) >= _LARGE_WORKBOOK:
        return f"{path} is a workbook"
    if not workbook and len(data) > _HEAD_BYTES:
        # The last line may be cut in a character.
        data = data[: data.rfind(b"\n", 0, _HEAD_BYTES) + 1]
    try:
        for table in read_tables(path, data):
            for header in filter(_is_list, find_headers(path, table, Layout())):
                known = [column for column in header.columns if column.role in ROLES]
                headings = ", ".join(column.heading or column.role for column in known[:4])
                return f"the columns of {path} are those of documents: {headings}"
    except SourceError:
        # Whoever names the kind is told what is wrong.
        return None
    return None


def _is_list(header: Header) -> bool:
    numbers = header.of_role("number")
    if header.guessed or all(is_loose(column.heading) for column in numbers):
        return any(
            documents_of(row.cells[column.index]).documents
            for row in header.rows[:_SAMPLED_ROWS]
            for column in numbers
            if column.index < len(row.cells)
        )
    return True
