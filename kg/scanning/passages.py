"""Documents as passages of text, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Final

LINE_END: Final = re.compile(r"\r\n?|\n")
"""What ends a line, as editors count them."""


@dataclass(frozen=True)
class Passage:
    """A paragraph, cell or heading of a document.

    ``paragraph`` counts from 1 in the document, or on the ``page`` of a PDF (from 1; 0 without
    pages). ``offset`` is the place of its first code point in the text of the document. ``part``
    names what holds it: the sheet and cell of a workbook, a table or a note of a text document.
    ``column`` is equal for the cells of one column of one table, in which ``同上`` means the cell
    above; it is empty elsewhere. ``line`` is the line in which it begins, from 1, in a text file or
    in the text layer of a page; 0 in documents without lines of their own.
    """

    text: str
    paragraph: int
    page: int = 0
    offset: int = 0
    part: str = ""
    column: str = ""
    line: int = 0

    def line_at(self, place: int) -> int:
        """Return the line in which a code point of the text stands; 0 without lines."""
        return self.line + bisect_right(self._line_ends, place) if self.line else 0

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.end() for match in LINE_END.finditer(self.text)]


@dataclass(frozen=True)
class Document:
    """The passages of a document in reading order, and its ``name``, as given."""

    name: str
    passages: tuple[Passage, ...]
