"""What a reference in a document is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.identifiers import Designation
from kg.scanning.passages import Passage

Form = Literal["full", "listed", "range", "back"]
"""How a number is given: in full; by the part that differs from the number before it; as one
between the ends of a range; by words that refer back to it."""


@dataclass(frozen=True)
class Clause:
    """A cited subdivision: its name (``7.1.6``, ``Annex A``) and its place in the passage."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Reference:
    """A reference to a document in a passage.

    ``start`` and ``end`` are the place of the number in the code points of the passage; those of a
    number between the ends of a range are the place of the range. ``dual`` is the other number of
    a dual one, or the document that it adopts. ``all_parts`` tells that words behind the number
    name all parts, and ``other_document`` are words beside it that name an amendment, a draft or
    the series instead of the standard itself.
    """

    passage: Passage
    start: int
    end: int
    designation: Designation
    form: Form = "full"
    clauses: tuple[Clause, ...] = ()
    dual: str = ""
    all_parts: bool = False
    other_document: str = ""

    @property
    def wanted(self) -> str:
        """What is looked up for it: the number, all parts, or another document."""
        if self.all_parts:
            return f"{self.number} (all parts)"
        return f"{self.number} {self.other_document}".rstrip()

    @property
    def text(self) -> str:
        """The number as it is written."""
        return self.passage.text[self.start : self.end]

    @property
    def number(self) -> str:
        """The number in its usual form."""
        return str(self.designation)

    @property
    def line(self) -> int:
        """The line in which it begins, see :class:`~kg.scanning.passages.Passage`."""
        return self.passage.line_at(self.start)

    @property
    def is_dated(self) -> bool:
        """Whether it names an edition."""
        return bool(self.designation.own_year or self.designation.edition)
