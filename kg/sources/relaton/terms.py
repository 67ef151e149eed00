"""Terms of the graph, made once, since records repeat them by the hundred thousand."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from kg.namespaces import BASE, PREFIXES


@lru_cache(maxsize=512)
def term(compact: str) -> ox.NamedNode:
    """The term that a prefixed name stands for: ``std:replaces``, ``stage:published``."""
    prefix, _, name = compact.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + name)


@lru_cache(maxsize=16384)
def node(iri: str) -> ox.NamedNode:
    """The node of an IRI."""
    return ox.NamedNode(iri)


def concept(scheme: str, name: str) -> ox.NamedNode:
    """A concept of a code list."""
    return node(f"{BASE}scheme/{scheme}/{name}")


def introduction(iri: str, name: str) -> tuple[ox.Triple, ...]:
    """What is said of a thing wherever it is mentioned: its name, which also identifies it."""
    subject, literal = ox.NamedNode(iri), ox.Literal(name)
    return (
        ox.Triple(subject, term("skos:prefLabel"), literal),
        ox.Triple(subject, term("dcterms:identifier"), literal),
    )
