"""The dates of a document in Relaton's records, and those that are another document's."""

from __future__ import annotations

from typing import Final

from kg.sources.documents.references import DocumentReference
from kg.sources.documents.statements import DocumentStatements
from kg.sources.documents.values import date_literal
from kg.sources.relaton.reading.record import RelatonRecord
from kg.sources.relaton.stages import DocumentStage

_DATE_PROPERTIES: Final = {
    "published": "std:publishedOn",
    "created": "std:createdOn",
    "issued": "std:issuedOn",
    "updated": "std:updatedOn",
    "corrected": "std:correctedOn",
    "confirmed": "std:confirmedOn",
    "circulated": "std:circulatedOn",
    "obsoleted": "std:withdrawnOn",
    "withdrawn": "std:withdrawnOn",
    "stable-until": "std:stableUntil",
}
"""Properties by the types of dates in Relaton's model."""
_STAGE_DATE_PROPERTIES: Final = {"90.93": "std:confirmedOn", "95.99": "std:withdrawnOn"}
"""Properties by stage: the source attaches the date of the stage to related documents."""


def add_dates(
    statements: DocumentStatements, record: RelatonRecord, body: str, stage: DocumentStage
) -> None:
    """Add the dates that a record gives, each under the property for its type."""
    for kind, text in record.dates:
        property_ = _DATE_PROPERTIES.get(kind)
        if property_ is None:
            statements.batch.unknown[f"date.type={kind or '(none)'}"] += 1
            continue
        date = date_literal(text.strip())
        if kind == "published" and _is_of_supplemented(statements.this, text.strip()):
            statements.repair("supplemented-year")
        elif date is None:
            statements.repair("unreadable-date" if text.strip() else "missing-date")
        else:
            statements.add(property_, date)
    if body not in ("ISO", "IEC"):
        # Elsewhere the date beside a related document is its own.
        return
    stage_dates = {relation.date for relation in record.relations if relation.date}
    if stage_dates:
        statements.repair("stage-date")
    if len(stage_dates) == 1 and (property_ := _STAGE_DATE_PROPERTIES.get(stage.code)):
        date = date_literal(next(iter(stage_dates)))
        if date is not None:
            statements.add(property_, date)


def _is_of_supplemented(this: DocumentReference, date: str) -> bool:
    """Return whether a date is the year of the document that this one supplements.

    relaton-iso takes it from the designation, in which that year comes first. The draft of a
    supplement has no year of its own.
    """
    d = this.designation
    if d is None or d.year is None or date != str(d.year):
        return False
    return d.own_year > d.year if d.own_year else this.draft
