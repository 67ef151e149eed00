"""What comes back for a reference: the thing that it means, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
"""What each reason for a match leaves of the score."""
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
"""Why there is no match."""


@dataclass(frozen=True)
class Reason:
    """One thing that was found out or taken for granted: a key of :data:`WEIGHTS`, or a refusal.

    ``value`` is what it is about, such as the reading, or the title that could not be compared.
    """

    key: str
    value: str = ""


@dataclass(frozen=True)
class Standing:
    """What has become of a document.

    ``key`` is ``current``, ``draft``, ``superseded``, ``withdrawn``, ``cancelled``, ``series``
    (all its editions or parts), ``mentioned`` (only others refer to it), ``untold`` (its catalogue
    tells no stage), or empty for what is no document. ``successors`` are the IRIs of what replaced
    it and holds, or of the last that did.
    """

    key: str = ""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """What a text means.

    ``iri`` is empty where nothing can be told; ``score`` is then 0, else the product of the
    :data:`WEIGHTS` of the reasons, at most 1. ``others`` are the IRIs of what may be meant instead:
    the other editions, or the candidates.
    """

    text: str
    iri: str
    reasons: tuple[Reason, ...]
    score: float = 0.0
    standing: Standing = Standing()
    others: tuple[str, ...] = ()
