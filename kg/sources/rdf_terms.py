"""Terms of the graph, written once, since records repeat them by the hundred thousand."""

from __future__ import annotations

from functools import lru_cache

from kg.common.namespaces import BASE, PREFIXES
from kg.store import ntriples
from kg.store.ntriples import Term


@lru_cache(maxsize=512)
def term(compact: str) -> Term:
    """The term that a prefixed name stands for: ``std:replaces``, ``stage:published``."""
    prefix, _, name = compact.partition(":")
    return ntriples.iri(PREFIXES[prefix] + name)


@lru_cache(maxsize=16384)
def node(iri: str) -> Term:
    """The node of an IRI."""
    return ntriples.iri(iri)


def concept(scheme: str, name: str) -> Term:
    """A concept of a code list."""
    return node(f"{BASE}scheme/{scheme}/{name}")


def introduction(iri: str, name: str) -> tuple[str, ...]:
    """What is said of a thing wherever it is mentioned: its name, which also identifies it."""
    subject, literal = ntriples.iri(iri), ntriples.literal(name)
    return (
        ntriples.line(subject, term("skos:prefLabel"), literal),
        ntriples.line(subject, term("dcterms:identifier"), literal),
    )
