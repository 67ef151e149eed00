"""Relations implied by a designation: base document, editions, series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from kg.identifiers import Designation, undated
from kg.identifiers.bodies.itu import Itu
from kg.identifiers.bodies.w3c import W3c
from kg.identifiers.model import changed
from kg.sources.documents.references import DocumentReference, document_of_designation
from kg.sources.documents.statements import DocumentStatements

_SUPPLEMENT_RELATIONS: Final = {
    **dict.fromkeys(("Amd", "Amd.", "AMENDMENT", "Amendment", "Add", "Add.", "XG"), "std:amends"),
    **dict.fromkeys(
        ("Cor", "Cor.", "Technical Cor.", "CORRIGENDUM", "Err.", "Errata"), "std:corrects"
    ),
}
_OTHER_SUPPLEMENT: Final = "std:complements"
"""The relation of other supplements, such as annexes and interpretations."""


def supplement_relation(document: DocumentReference) -> str:
    """Return the relation of a supplement to its base document; a draft has no effect yet."""
    if document.draft or document.designation is None:
        return "std:relatedTo"
    return _SUPPLEMENT_RELATIONS.get(document.designation.supplements[-1].kind, _OTHER_SUPPLEMENT)


def is_supplement(document: DocumentReference) -> bool:
    """Return whether a document is a supplement, and not a document that includes one."""
    d = document.designation
    return d is not None and bool(d.supplements) and not d.supplements[-1].included


@lru_cache(maxsize=16384)
def base_document(document: DocumentReference) -> DocumentReference:
    """Return the base document of a supplement; ValueError for any other document."""
    d = document.designation
    if d is None or not d.supplements:
        raise ValueError(f"{document.name} is not a supplement")
    return document_of_designation(changed(d, supplements=d.supplements[:-1]))


def add_implied_relations(
    statements: DocumentStatements, siblings: Iterable[DocumentReference] = ()
) -> None:
    """Relate a document to the documents implied by its designation.

    ``siblings`` are related editions: ITU gives only the year of a supplement's base document, and
    siblings have the month. A version in one language whose record names no other version is the
    edition itself, as all that CIE lists are.
    """
    this = statements.this
    if this.work is not None:
        statements.add_edition(this, this.work)
    if this.designation is None:
        return
    if is_supplement(this):
        base = base_document(this)
        target = _edition_of_year(base, siblings) or base
        statements.relate(this, supplement_relation(this), target)
        return
    if _is_only_language(this, siblings):
        statements.add_edition(
            this, document_of_designation(changed(undated(this.designation), language=""))
        )
    for property_, other in _implied(this):
        if property_ == "std:editionOf":
            statements.add_edition(this, other)
            continue
        statements.relate(this, property_, other)
        if property_ == "std:inSeries":
            statements.add_class(other, "std:StandardSeries")


def _is_only_language(this: DocumentReference, siblings: Iterable[DocumentReference]) -> bool:
    """Return whether a published version in a language is related to no version in another."""
    d = this.designation
    if d is None or not d.language or not this.is_dated or this.draft or d.variant or d.supplements:
        return False
    general = changed(d, language="")
    return all(
        s.designation is None or changed(s.designation, language="") != general for s in siblings
    )


@lru_cache(maxsize=4096)
def _implied(this: DocumentReference) -> tuple[tuple[str, DocumentReference], ...]:
    return tuple(_find_implied(this)) if this.designation is not None else ()


def _find_implied(this: DocumentReference) -> Iterator[tuple[str, DocumentReference]]:
    d = this.designation
    if d is None or this.draft:
        return
    if d.variant and not isinstance(d, W3c):
        yield from _variant_relations(d)
        return
    if any(s.included for s in d.supplements):
        yield from _consolidation_relations(d)
        return
    if isinstance(d, W3c):
        # Designations do not contain their short names; records relate them.
        return
    # Language versions are related to the document by their own records.
    if not d.language and (general := undated(d)) != d:
        yield "std:editionOf", document_of_designation(general)
    if d.parts and d.parts_form_series and d.type != "Bulletin":
        yield "std:inSeries", document_of_designation(changed(undated(d), parts=(), language=""))


def _variant_relations(d: Designation) -> Iterator[tuple[str, DocumentReference]]:
    """Relate a variant such as a redline to its edition, or a consolidation to its parts."""
    if any(s.included for s in d.supplements):
        yield from _consolidation_relations(changed(d, variant=""))
    else:
        yield "std:complements", document_of_designation(changed(d, variant=""))


def _consolidation_relations(d: Designation) -> Iterator[tuple[str, DocumentReference]]:
    """Relate a consolidated version to the document and the supplements that it includes."""
    yield "std:consolidates", document_of_designation(changed(d, supplements=()))
    for supplement in d.supplements:
        yield (
            "std:consolidates",
            document_of_designation(changed(d, supplements=(changed(supplement, included=False),))),
        )


def _edition_of_year(
    document: DocumentReference, siblings: Iterable[DocumentReference]
) -> DocumentReference | None:
    """Return the only edition of the year; None if there are several or the month is known."""
    d = document.designation
    if not isinstance(d, Itu) or d.month or d.supplements or not d.year:
        return None
    editions = {
        s.iri: s
        for s in siblings
        if isinstance(s.designation, Itu)
        and s.designation.year == d.year
        and changed(s.designation, year=None, month=None) == changed(d, year=None)
    }
    return next(iter(editions.values())) if len(editions) == 1 else None
