"""Terms of the graph, written once, since records repeat them by the hundred thousand."""

from __future__ import annotations

from functools import lru_cache

from kg.common.namespaces import BASE, PREFIXES
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm


@lru_cache(maxsize=512)
def term(compact: str) -> EncodedTerm:
    """The term that a prefixed name stands for: ``std:replaces``, ``stage:published``."""
    prefix, _, name = compact.partition(":")
    return ntriples.encode_iri(PREFIXES[prefix] + name)


@lru_cache(maxsize=16384)
def node(iri: str) -> EncodedTerm:
    """The node of an IRI."""
    return ntriples.encode_iri(iri)


def concept(scheme: str, name: str) -> EncodedTerm:
    """A concept of a code list."""
    return node(f"{BASE}scheme/{scheme}/{name}")


def introduction(iri: str, name: str) -> tuple[str, ...]:
    """What is said of a thing wherever it is mentioned: its name, which also identifies it."""
    subject, literal = ntriples.encode_iri(iri), ntriples.encode_literal(name)
    return (
        ntriples.encode_triple(subject, term("skos:prefLabel"), literal),
        ntriples.encode_triple(subject, term("dcterms:identifier"), literal),
    )
