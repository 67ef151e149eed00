"""Relations between documents, in the direction that the ontology defines."""

from __future__ import annotations

from kg.sources.documents.references import DocumentReference, document_of_identifier
from kg.sources.documents.statements import DocumentStatements
from kg.sources.relaton.body_rules import BODY_RULES
from kg.sources.relaton.reading.record import RecordRelation
from kg.sources.relaton.relation_rules import (
    COMMON_RULES,
    RelatedDocument,
    is_supplement_to,
    is_unpublished,
)
from kg.sources.relaton.stages import DocumentStage


def related_documents(body: str, relations: tuple[RecordRelation, ...]) -> list[RelatedDocument]:
    """Return the related documents of a record that have an identifier."""
    return [
        RelatedDocument(r, document_of_identifier(body, r.target, r.edition, r.volume))
        for r in relations
        if r.target
    ]


def is_replaced(body: str, this: DocumentReference, relations: list[RelatedDocument]) -> bool:
    """Return whether a published document has replaced this document."""
    if body not in ("ISO", "IEC"):
        return any(r.relation.kind in ("obsoletedBy", "hasSuccessor") for r in relations)
    return any(
        r.relation.kind == "updates"
        and not is_unpublished(r.other)
        and not is_supplement_to(r.other, this)
        for r in relations
    )


def add_relations(
    statements: DocumentStatements,
    body: str,
    stage: DocumentStage,
    relations: list[RelatedDocument],
) -> None:
    """Add all relations of a record."""
    by_body = BODY_RULES.get(body, {})
    for each in relations:
        kind = each.relation.kind
        rule = by_body.get(kind) or COMMON_RULES.get(kind)
        if rule is None:
            statements.batch.unknown[f"relation.type={kind}"] += 1
            statements.relate(statements.this, "std:relatedTo", each.other)
        else:
            rule(statements, stage, each)
