"""Documents as passages of text, each with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """A paragraph, cell or heading of a document.

    ``paragraph`` counts from 1 in the document, or on the ``page`` of a PDF (from 1; 0 without
    pages). ``offset`` is the place of its first code point in the text of the document. ``part``
    names what holds it: the sheet and cell of a workbook, a table or a note of a text document.
    ``column`` is equal for the cells of one column of one table, in which ``同上`` means the cell
    above; it is empty elsewhere.
    """

    text: str
    paragraph: int
    page: int = 0
    offset: int = 0
    part: str = ""
    column: str = ""


@dataclass(frozen=True)
class Document:
    """The passages of a document in reading order, and its ``name``, as given."""

    name: str
    passages: tuple[Passage, ...]
