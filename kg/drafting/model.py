"""What a draft consists of: mentions and relations, with their exact places in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.common.dates import PartialDate

TYPES: Final = (
    *("DATE", "QTY", "RANK", "ORG", "COMMITTEE", "STANDARD", "STDID", "DOCUMENT", "EVENT"),
    *("PERSON", "PLACE", "REFORM", "QUOTED", "VOTE"),
)
"""Types of mentions."""
NEW: Final = "new"
"""In place of an IRI: the graph has no such entity, or several."""


@dataclass(frozen=True)
class Mention:
    """A part of the text that names, dates, counts or quotes something.

    ``start`` and ``end`` count code points of the text as it was read; ``quote`` is exactly that
    part. ``value`` is the normalized value: a date or interval of ISO 8601 (open ends are ``..``,
    durations ``P2Y``), a number without its unit, a rank, a designation, or a name without marks of
    quotation. ``rule`` names the rule that proposed it, ``confidence`` is between 0 and 1, ``iri``
    the entity of the graph or ``new``. ``unit`` and ``comparator`` (``gt``, ``ge``, ``lt``, ``le``,
    ``about``) are those of a figure; of a date, ``part`` is the part of the year or month.
    """

    type: str
    start: int
    end: int
    quote: str
    value: str
    rule: str
    confidence: float
    iri: str = NEW
    unit: str = ""
    comparator: str = ""
    part: str = ""

    def overlaps(self, other: Mention) -> bool:
        """Whether both have a code point in common."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Mention) -> bool:
        """Whether the other lies within this one, and is shorter."""
        within = self.start <= other.start and other.end <= self.end
        return within and (self.start, self.end) != (other.start, other.end)


@dataclass(frozen=True)
class RelationSpan:
    """A part of the text that carries a relation, and its role in it.

    The roles are ``subject``, ``object``, ``predicate``; ``planned``, ``asked``, ``denied`` and
    ``reportedBy`` for the modality; ``unit``, ``asOf``, ``period`` for a figure. A proposal adds
    ``kind`` (the scope of a standard) and ``observed`` (what a figure is about).
    """

    role: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Relation:
    """A statement between mentions: its kind, the values of subject and object, its spans."""

    claim: str
    subject: str
    object: str
    spans: tuple[RelationSpan, ...]
    confidence: float = 0.0

    def quoted(self, role: str) -> str:
        """Return the words of a role, or an empty string."""
        return next((span.quote for span in self.spans if span.role == role), "")


@dataclass(frozen=True)
class Draft:
    """The proposals for one text, mentions and relations in its order."""

    text: str
    title: str
    date: PartialDate | None
    mentions: tuple[Mention, ...] = field(default=())
    relations: tuple[Relation, ...] = field(default=())
