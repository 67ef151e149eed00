"""Encoded terms of N-Triples, cached because records repeat them."""

from __future__ import annotations

from functools import lru_cache

from kg.common import namespaces
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm


@lru_cache(maxsize=2048)
def term(name: str) -> EncodedTerm:
    """Return the encoded term of a prefixed name, such as ``std:replaces``."""
    return ntriples.encode_iri(namespaces.iri(name))


@lru_cache(maxsize=16384)
def node(iri: str) -> EncodedTerm:
    """Return the encoded term of an IRI."""
    return ntriples.encode_iri(iri)


def naming_lines(iri: str, name: str) -> tuple[str, ...]:
    """Return the lines that state a name as the label and identifier of an entity.

    They are added wherever the entity is mentioned.
    """
    subject, literal = ntriples.encode_iri(iri), ntriples.encode_literal(name)
    return (
        ntriples.encode_triple(subject, term("skos:prefLabel"), literal),
        ntriples.encode_triple(subject, term("dcterms:identifier"), literal),
    )
