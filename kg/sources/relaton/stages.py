"""Where a document stands: the body's own code or word, and the concept that it amounts to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.sources.iso_open_data.stages import Stage
from kg.sources.relaton.reading.record import Record

_WORDS: Final = {
    "published": "published",
    "revised": "superseded",
    "replaced": "superseded",
    "withdrawn": "withdrawn",
    "withdrawal": "withdrawn",
    "valid": "published",
    "in-force": "published",
    "superseded": "superseded",
    # OIML calls so what it publishes together with others.
    "joint": "published",
    "draft": "development",
    "approved": "published",
    "first public working draft": "development",
    "working draft": "development",
    "last call working draft": "development",
    "candidate recommendation": "development",
    "candidate recommendation draft": "development",
    "candidate recommendation snapshot": "development",
    "proposed recommendation": "development",
    "proposed edited recommendation": "development",
    "draft note": "development",
    "draft registry": "development",
    "candidate registry": "development",
    "recommendation": "published",
    "note": "published",
    "registry": "published",
    "statement": "published",
    "superseded recommendation": "superseded",
    "retired": "withdrawn",
}
_STANDINGS: Final = {
    # A draft that is not worked upon: whether a standard came of it is not said.
    ("Inactive", "Draft"): "",
    ("Active", "Draft"): "development",
    ("Active", ""): "published",
    ("Superseded", ""): "superseded",
    ("Inactive", ""): "withdrawn",
}
"""IEEE's status and its modification; the status alone counts with any other modification."""

_NUMBERS: Final = re.compile(r"\d\d")
_WITHDRAWN: Final = "95.99"


@dataclass(frozen=True, slots=True)
class Standing:
    """``code`` is the source's own, ``concept`` one of the list of stages or empty.

    ``known`` says whether the word is one that the importer knows; ``published`` whether the
    document has been published, None where the source does not say.
    """

    code: str = ""
    concept: str = ""
    known: bool = True

    @property
    def published(self) -> bool | None:
        """Whether it has been published, and perhaps withdrawn since."""
        if not self.concept:
            return None
        return self.concept not in ("development", "cancelled")

    @property
    def withdrawn(self) -> bool:
        """Whether it is at the stage of withdrawal (95.99)."""
        return self.code == _WITHDRAWN


def standing(record: Record, *, replaced: bool) -> Standing:
    """The stage of a document; ``replaced`` says that a newer one has taken its place."""
    return _standing(*record.standing, record.stage.strip(), record.substage.strip(), replaced)


@lru_cache(maxsize=4096)
def _standing(status: str, change: str, stage: str, substage: str, replaced: bool) -> Standing:
    if status:
        code = f"{status} - {change}" if change else status
        concept = _STANDINGS.get((status, change), _STANDINGS.get((status, "")))
        return Standing(code, concept or "", known=concept is not None)
    if not stage:
        return Standing()
    if _NUMBERS.fullmatch(stage):
        if substage and not _NUMBERS.fullmatch(substage):
            return Standing(f"{stage}.{substage}", known=False)
        code = f"{stage}.{substage}" if substage else stage
        return Standing(code, Stage(int(stage), int(substage or 0)).concept(replaced=replaced))
    concept = _WORDS.get(stage.casefold())
    return Standing(stage, concept or "", known=concept is not None)
