"""Adoptions of documents: as nodes with their degree, and as plain relations beside them."""

from __future__ import annotations

from typing import Final

from kg.common.namespaces import iri
from kg.identifiers import iris
from kg.identifiers.adoptions import adoption
from kg.sources.documents.references import DocumentReference, document_of_designation
from kg.sources.documents.statements import DocumentStatements
from kg.sources.rdf_terms import term
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_TRUE: Final = EncodedTerm(f'"true"^^<{iri("xsd:boolean")}>')


def add_adoption(
    statements: DocumentStatements,
    adopting: DocumentReference,
    adopted: DocumentReference,
    *,
    degree: str = "",
    by_convention: bool = False,
) -> None:
    """Add an adoption; ``degree`` is IDT, MOD, NEQ, or empty if it isn't told."""
    relation = "std:conventionalAdoptionOf" if by_convention else "std:adoptionOf"
    statements.relate(adopting, relation, adopted)
    if adopting.iri == adopted.iri:
        return
    node = ntriples.encode_iri(iris.adoption(adopting.iri, adopted.iri))
    english, chinese = (
        f"{adopting.name} adopts {adopted.name}",
        f"{adopting.name}采用{adopted.name}",
    )
    values = [
        ("rdf:type", term("std:Adoption")),
        ("std:adopting", adopting.node),
        ("std:adopted", adopted.node),
        ("skos:prefLabel", ntriples.encode_literal(english, "en")),
        ("skos:prefLabel", ntriples.encode_literal(chinese, "zh")),
    ]
    if degree:
        values.append(("std:degree", term(f"degree:{degree.lower()}")))
    if by_convention:
        values.append(("std:byConvention", _TRUE))
    statements.lines += [
        ntriples.encode_triple(node, term(property_), value) for property_, value in values
    ]


def add_own_adoption(statements: DocumentStatements, text: str) -> None:
    """Add the adoption that the identifier of a record states or implies.

    A dual number states it (``GB/T 19001-2016/ISO 9001:2015``); others follow from how a body
    numbers its documents (``EN ISO 9001``).
    """
    this = statements.this
    found = adoption(this.designation if this.designation is not None else text)
    if found is None and this.designation is not None and this.name != text:
        found = adoption(text)
    if found is not None:
        adopted = document_of_designation(found.original)
        add_adoption(
            statements,
            this,
            adopted,
            degree=found.degree,
            by_convention=found.basis == "convention",
        )
        if not adopted.is_dated:
            statements.add_class(adopted, "std:Work")
