"""The result of matching a reference: an entity, a score and the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.common.namespaces import compact

WEIGHTS: Final = {
    "iri": 1.0,
    "same": 1.0,
    "designated": 1.0,
    "title": 0.95,
    "undated": 0.95,
    "same-title": 1.0,
    "written": 0.95,
    "no-title": 0.9,
    "alike": 0.8,
    "mended": 0.8,
}
"""Factor by which each reason for a match reduces the score."""
REFUSALS: Final = (
    "empty",
    "several",
    "other-title",
    "other-edition",
    "more",
    "no-such-number",
    "part",
    "similar",
    "unknown",
)
"""Reasons why there is no match."""


@dataclass(frozen=True)
class Reason:
    """A finding or assumption behind a result.

    ``key`` is one of :data:`WEIGHTS` or :data:`REFUSALS`; ``value`` is what it refers to, such as
    the corrected reading or the title that couldn't be compared.
    """

    key: str
    value: str = ""


@dataclass(frozen=True)
class DocumentStatus:
    """The status of a document.

    ``key`` is ``current``, ``draft``, ``superseded``, ``withdrawn``, ``cancelled``, ``series``
    (all its editions or parts), ``mentioned`` (only referred to), ``untold`` (its catalogue gives
    no stage), or empty for entities other than documents. ``successors`` are the IRIs of the
    current documents that replaced it, or else of the last ones.
    """

    key: str = ""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """The result of matching a reference.

    ``iri`` is the IRI of the entity meant, or empty without a match. ``score`` is the product of
    the :data:`WEIGHTS` of the reasons, from 0 (no match) to 1. ``others`` are the IRIs of the other
    editions, or of the candidates if there is no match.
    """

    text: str
    iri: str
    reasons: tuple[Reason, ...]
    score: float = 0.0
    status: DocumentStatus = DocumentStatus()
    others: tuple[str, ...] = ()

    def __repr__(self) -> str:
        entity = compact(self.iri) if self.iri else "no match"
        reasons = "+".join(reason.key for reason in self.reasons)
        return f"Match({self.text!r}, {entity}, score={self.score}, reasons={reasons})"
