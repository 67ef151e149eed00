"""Stages of documents: the code or word of the body, and the concept of the code list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.sources.iso_open_data.stages import StageCode
from kg.sources.relaton.reading.record import RelatonRecord

_WORDS: Final = {
    "published": "published",
    "revised": "superseded",
    "replaced": "superseded",
    "withdrawn": "withdrawn",
    "withdrawal": "withdrawn",
    "valid": "published",
    "in force": "published",
    "active": "published",
    "committee draft": "development",
    "final draft": "development",
    "proposal": "development",
    "superseded": "superseded",
    # OIML's word for joint publications.
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
_IEEE_STATUSES: Final = {
    # An inactive draft: the source does not say whether it became a standard.
    ("Inactive", "Draft"): "",
    ("Active", "Draft"): "development",
    ("Active", ""): "published",
    ("Superseded", ""): "superseded",
    ("Inactive", ""): "withdrawn",
}
"""Concepts by IEEE's status and modification; other modifications are ignored."""

_NUMBERS: Final = re.compile(r"\d\d")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class DocumentStage:
    """A stage: ``code`` in the source, and ``concept`` of the code list; both may be empty.

    ``known`` is false for a word that the importer does not know.
    """

    code: str = ""
    concept: str = ""
    known: bool = True

    @property
    def published(self) -> bool | None:
        """Whether the document has been published, even if withdrawn since; None if unknown."""
        if not self.concept:
            return None
        return self.concept not in ("development", "cancelled")


def stage_of_record(record: RelatonRecord, *, replaced: bool) -> DocumentStage:
    """Return the stage of a document; ``replaced``: whether a newer document exists."""
    return _document_stage(
        *record.ieee_status, record.stage.strip(), record.substage.strip(), replaced
    )


@lru_cache(maxsize=4096)
def _document_stage(
    status: str, change: str, stage: str, substage: str, replaced: bool
) -> DocumentStage:
    if status:
        code = f"{status} - {change}" if change else status
        concept = _IEEE_STATUSES.get((status, change), _IEEE_STATUSES.get((status, "")))
        return DocumentStage(code, concept or "", known=concept is not None)
    if not stage:
        return DocumentStage()
    if _NUMBERS.fullmatch(stage):
        if substage and not _NUMBERS.fullmatch(substage):
            return DocumentStage(f"{stage}.{substage}", known=False)
        code = f"{stage}.{substage}" if substage else stage
        return DocumentStage(
            code, StageCode(int(stage), int(substage or 0)).concept(replaced=replaced)
        )
    concept = _WORDS.get(" ".join(_WORD.findall(stage.casefold())))
    return DocumentStage(stage, concept or "", known=concept is not None)
