"""Rules for the relations in the records of particular bodies.

The meaning depends on the section of the web page that Relaton's scrapers read. relaton-iso
(lib/relaton_iso/scrapper.rb, ``relation_type``) writes ``obsoletes`` for both "Previously" and
"Will be replaced by", and ``updates`` for both "Revised by" and "Corrigenda / Amendments", with the
last date of the page's own stages.
"""

from __future__ import annotations

from typing import Final

from kg.identifiers import undated
from kg.identifiers.bodies.w3c import W3c
from kg.sources.documents import implied_relations
from kg.sources.documents.adoptions import add_adoption
from kg.sources.documents.references import DocumentReference, document_of_designation
from kg.sources.documents.statements import DocumentStatements
from kg.sources.relaton.relation_rules import (
    RelatedDocument,
    Rule,
    add_succession,
    is_supplement_to,
    is_unpublished,
)
from kg.sources.relaton.stages import DocumentStage

# ISO


def _iso_obsoletes(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    this, other = statements.this, related.other
    if is_unpublished(other):
        # "Will be replaced by"
        statements.repair("draft-replaces")
        both = is_unpublished(this) or stage.published is False
        if both and not implied_relations.is_supplement(this):
            statements.relate(this, "std:relatedTo", other)
        else:
            _to_replace(statements, other)
    elif stage.published is False or is_unpublished(this):
        statements.repair("draft-replaces")
        statements.relate(this, "std:toReplace", other)
    else:
        statements.relate(this, "std:replaces", other)


def _iso_updates(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    this, other = statements.this, related.other
    statements.repair("turned-relation")
    if is_supplement_to(other, this):
        statements.relate(other, implied_relations.supplement_relation(other), this)
    elif not is_unpublished(other):
        statements.relate(other, "std:replaces", this)
    else:
        _to_replace(statements, other)


def _to_replace(statements: DocumentStatements, forthcoming: DocumentReference) -> None:
    """Relate this document to the forthcoming document that is to replace it.

    The designation of a forthcoming edition without a year means the document in any edition. Its
    own record gives its edition number, and relates it to this document.
    """
    this = statements.this
    if forthcoming.draft:
        statements.relate(forthcoming, "std:toReplace", this)
        return
    statements.repair("forthcoming-edition")
    if (
        this.designation is None
        or document_of_designation(undated(this.designation)).iri != forthcoming.iri
    ):
        statements.relate(this, "std:relatedTo", forthcoming)


# ITU


def _sibling(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    this, other = statements.this.designation, related.other.designation
    if this is None or other is None or this.number != other.number:
        statements.relate(statements.this, "std:relatedTo", related.other)
        return
    # The record of each edition lists all of them, and relates its own to the work.
    statements.repair("sibling-editions")


def _itu_complement(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    # The page of a recommendation lists the supplements of its series.
    statements.repair("turned-relation")
    statements.relate(related.other, "std:complements", statements.this)


# IEEE


def _ieee_updates(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    this, other = statements.this, related.other
    description = related.relation.description
    draft = this.draft or stage.published is False
    if description in ("amends", "corrects"):
        statements.relate(this, "std:relatedTo" if draft else f"std:{description}", other)
    elif description != "revises":
        statements.relate(this, "std:updates", other)
    elif this.designation is not None and this.designation.variant:
        # A redline shows the changes; the edition itself replaces the other.
        statements.relate(this, "std:relatedTo", other)
    else:
        add_succession(statements, this, other, draft=draft)


def _ieee_obsoleted(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    this, other = statements.this, related.other
    if this.designation is not None and this.designation.variant:
        statements.relate(this, "std:relatedTo", other)
    else:
        # An earlier document as successor stays as stated: the shape ReplacesEarlier reports it.
        add_succession(statements, other, this)


def _ieee_adopted(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    if 0 < statements.this.year < related.other.year:
        statements.repair("turned-relation")
        add_adoption(statements, related.other, statements.this)
    else:
        add_adoption(statements, statements.this, related.other)


# CIE


def _cie_updates(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    this, other = statements.this, related.other
    if other.year and other.year < this.year:
        statements.relate(this, "std:updates", other)
    else:
        # The page of each document lists its whole history, later documents included.
        statements.repair("sibling-editions")
        statements.relate(this, "std:relatedTo", other)


# IETF


def _draft_includes(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    this, other = statements.this, related.other
    if (
        this.designation is not None
        and other.is_dated
        and other.designation is not None
        and undated(other.designation) == this.designation
    ):
        # The record of a draft without its version lists the versions.
        statements.relate(other, "std:editionOf", this)
    else:
        statements.relate(other, "std:partOf", this)


# W3C


def _w3c_obsoletes(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    this, other = statements.this, related.other
    if stage.published is False and not this.draft:
        # The stage tells a draft whose short name has no maturity, as in 1999.
        earlier_draft = other.draft or _without_maturity(other)
        statements.relate(this, "std:updates" if earlier_draft else "std:toReplace", other)
    else:
        _next_version(statements, this, other)


def _w3c_updated(
    statements: DocumentStatements, stage: DocumentStage, related: RelatedDocument
) -> None:
    if related.relation.description == "errata":
        statements.repair("next-version")
    this, other = statements.this, related.other
    both_drafts = other.draft or _without_maturity(other)
    if stage.published is False and not this.draft and both_drafts:
        statements.relate(other, "std:updates", this)
    else:
        _next_version(statements, other, this)


def _without_maturity(document: DocumentReference) -> bool:
    return isinstance(document.designation, W3c) and not document.designation.type


def _next_version(
    statements: DocumentStatements, later: DocumentReference, earlier: DocumentReference
) -> None:
    """Relate two versions of a W3C document; until it is published, drafts are versions."""
    if earlier.draft and not later.draft:
        statements.relate(earlier, "std:draftOf", later)
    else:
        add_succession(statements, later, earlier)


BODY_RULES: Final[dict[str, dict[str, Rule]]] = {
    "ISO": {"obsoletes": _iso_obsoletes, "updates": _iso_updates},
    "ITU-T": {"hasEdition": _sibling, "complementOf": _itu_complement},
    "ITU-R": {"hasEdition": _sibling, "complementOf": _itu_complement},
    "IEEE": {
        "updates": _ieee_updates,
        "obsoletedBy": _ieee_obsoleted,
        "adoptedFrom": _ieee_adopted,
    },
    "CIE": {"updates": _cie_updates},
    "Internet-Draft": {"includes": _draft_includes},
    "W3C": {"obsoletes": _w3c_obsoletes, "updatedBy": _w3c_updated},
}
"""Rules by body and kind of relation, preferred to the common rules."""
