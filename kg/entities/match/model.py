"""The result of matching a reference: an entity, a score and the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.common.namespaces import compact
from kg.entities.document_status import DocumentStatus

WEIGHTS: Final = {
    "iri": 1.0,
    "address": 1.0,
    "same": 1.0,
    "designated": 1.0,
    "title": 0.95,
    "abbreviated": 0.95,
    "undated": 0.95,
    "edition": 1.0,
    "release": 0.95,
    "edition-untold": 0.9,
    "all-parts": 1.0,
    "clause": 1.0,
    "remark": 1.0,
    "adopts": 1.0,
    "same-title": 1.0,
    "written": 0.95,
    "no-title": 0.9,
    "alike": 0.8,
    "mended": 0.8,
}
"""Factor of the score for each reason for a match."""
_NOT_A_DOCUMENT: Final = DocumentStatus()
REFUSALS: Final = (
    "empty",
    "no-such-address",
    "several",
    "other-title",
    "other-document",
    "other-part",
    "other-edition",
    "no-such-edition",
    "edition-contradicts",
    "year-contradicts",
    "release-contradicts",
    "adoption",
    "pair",
    "more",
    "recognized",
    "no-such-number",
    "part",
    "topic",
    "similar",
    "unknown",
)
"""Reasons why there is no match."""


@dataclass(frozen=True)
class Reason:
    """A reason for a match, or for the lack of one.

    ``key`` is one of :data:`WEIGHTS` or :data:`REFUSALS`; ``kg.entities.match.words.WHY`` explains
    them. ``value`` is a detail, such as the corrected reading or the title of the document.
    """

    key: str
    value: str = ""


@dataclass(frozen=True)
class Match:
    """The result of matching a reference.

    ``text`` is the reference as given, ``iri`` the IRI of the entity, or empty without a match.
    ``reasons`` are the grounds for the match, or the single reason why there is none. ``score``,
    from 0 (no match) to 1, is the product of their :data:`WEIGHTS`. ``status`` is that of a
    document. ``others`` are the IRIs of other editions, or of candidates if there is no match.
    """

    text: str
    iri: str
    reasons: tuple[Reason, ...]
    score: float = 0.0
    status: DocumentStatus = _NOT_A_DOCUMENT
    others: tuple[str, ...] = ()

    def __repr__(self) -> str:
        entity = compact(self.iri) if self.iri else "no match"
        reasons = "+".join(reason.key for reason in self.reasons)
        return f"Match({self.text!r}, {entity}, score={self.score}, reasons={reasons})"
