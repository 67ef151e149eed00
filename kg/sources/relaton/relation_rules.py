"""Rules that translate relations of records to the ontology's properties and directions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.sources.documents import implied_relations
from kg.sources.documents.adoptions import add_adoption
from kg.sources.documents.references import DocumentReference
from kg.sources.documents.statements import DocumentStatements
from kg.sources.relaton.reading.record import RecordRelation
from kg.sources.relaton.stages import DocumentStage


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A relation and its target document."""

    relation: RecordRelation
    other: DocumentReference


_NUMBER: Final = re.compile(r"\d+")

Rule = Callable[[DocumentStatements, DocumentStage, RelatedDocument], None]
"""Adds a relation, given the stage of the document that the record describes."""


def is_unpublished(document: DocumentReference) -> bool:
    """Return whether it is a draft or has no year; all published ISO documents have a year."""
    return document.draft or not document.year


def is_supplement_to(document: DocumentReference, base: DocumentReference) -> bool:
    """Return whether a document is a supplement to another."""
    return (
        implied_relations.is_supplement(document)
        and implied_relations.base_document(document).iri == base.iri
    )


def add_succession(
    statements: DocumentStatements,
    later: DocumentReference,
    earlier: DocumentReference,
    *,
    draft: bool = False,
) -> None:
    """Relate a document to its predecessor; ``draft``: whether the later one is unpublished."""
    if not draft and not later.draft:
        statements.relate(later, "std:relatedTo" if earlier.draft else "std:replaces", earlier)
    elif earlier.draft:
        statements.relate(later, "std:updates", earlier)
    else:
        statements.relate(later, "std:toReplace", earlier)


def _relation(property_: str, *, reversed_: bool = False) -> Rule:
    def rule(
        statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
    ) -> None:
        ends = (statements.this, related.other)
        subject, target = reversed(ends) if reversed_ else ends
        statements.relate(subject, property_, target)

    return rule


def _obsoletes(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    add_succession(statements, statements.this, related.other, draft=stage.published is False)


def _obsoleted(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    add_succession(statements, related.other, statements.this)


def _amends(statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument) -> None:
    d = statements.this.designation
    if d is not None and any(s.included for s in d.supplements):
        # It is the amended text; its designation names the consolidated supplements.
        statements.relate(statements.this, "std:consolidates", related.other)
    else:
        statements.relate(statements.this, "std:amends", related.other)


def _updates(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    if implied_relations.is_supplement(statements.this):
        statements.relate(
            statements.this, implied_relations.supplement_relation(statements.this), related.other
        )
    elif _is_no_earlier_edition(related.other, statements.this):
        # The record of each edition lists all the others.
        statements.repair("sibling-editions")
    else:
        statements.relate(statements.this, "std:updates", related.other)


def _is_no_earlier_edition(other: DocumentReference, this: DocumentReference) -> bool:
    if not (this.edition and other.edition and this.shares_work_with(other)):
        return False
    return _numbers(other.edition) >= _numbers(this.edition)


def _numbers(edition: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(edition)]


def _manifestation(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    if related.other.iri == statements.this.iri:
        # The form of the document on paper or online, under the same identifier.
        statements.repair("own-manifestation")
    else:
        statements.relate(related.other, "std:manifestationOf", statements.this)


def _adopted_from(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    add_adoption(statements, statements.this, related.other)


def _adopted_as(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    add_adoption(statements, related.other, statements.this)


def _pair(forward: str, inverse: str, property_: str) -> dict[str, Rule]:
    return {forward: _relation(property_), inverse: _relation(property_, reversed_=True)}


COMMON_RULES: Final[dict[str, Rule]] = {
    "obsoletes": _obsoletes,
    "obsoletedBy": _obsoleted,
    "hasSuccessor": _obsoleted,
    "successorOf": _obsoletes,
    "amends": _amends,
    "updates": _updates,
    "updatedBy": _relation("std:updates", reversed_=True),
    "editionOf": _relation("std:editionOf"),
    "hasEdition": _relation("std:editionOf", reversed_=True),
    "partOf": _relation("std:partOf"),
    "includedIn": _relation("std:partOf"),
    "hasPart": _relation("std:partOf", reversed_=True),
    "includes": _relation("std:partOf", reversed_=True),
    "instanceOf": _relation("std:languageVersionOf"),
    "hasInstance": _relation("std:languageVersionOf", reversed_=True),
    "translatedFrom": _relation("std:translationOf"),
    "hasTranslation": _relation("std:translationOf", reversed_=True),
    "adoptedFrom": _adopted_from,
    "adoptedAs": _adopted_as,
    "draftOf": _relation("std:draftOf"),
    "hasDraft": _relation("std:draftOf", reversed_=True),
    "complements": _relation("std:complements"),
    "complementOf": _relation("std:complements", reversed_=True),
    "related": _relation("std:relatedTo"),
    "expressionOf": _relation("std:editionOf"),
    "hasExpression": _relation("std:editionOf", reversed_=True),
    "manifestationOf": _relation("std:manifestationOf"),
    "hasManifestation": _manifestation,
    **_pair("exemplarOf", "hasExemplar", "std:manifestationOf"),
    **_pair("reproductionOf", "hasReproduction", "std:manifestationOf"),
    **_pair("reprintOf", "hasReprint", "std:manifestationOf"),
    **_pair("derivedFrom", "derives", "std:derivedFrom"),
    **_pair("arrangementOf", "hasArrangement", "std:derivedFrom"),
    **_pair("abridgementOf", "hasAbridgement", "std:derivedFrom"),
    **_pair("annotationOf", "hasAnnotation", "std:describes"),
    **_pair("commentaryOf", "hasCommentary", "std:describes"),
    **_pair("reviewOf", "hasReview", "std:describes"),
    **_pair("describes", "describedBy", "std:describes"),
    **_pair("catalogues", "cataloguedBy", "std:describes"),
    **_pair("cites", "isCitedIn", "std:cites"),
    "hasComplement": _relation("std:complements", reversed_=True),
    "amendedBy": _relation("std:amends", reversed_=True),
    **_pair("corrects", "correctedBy", "std:corrects"),
}
"""Rules by kind of relation, for bodies without a special rule."""
