"""What is known of many things at once: rows of a query, a part of them at a time, and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.entities import labels_in
from kg.headers import Text
from kg.store import Store, Term

_CHUNK: Final = 500


def rows(store: Store, query: str, iris: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The rows of a query whose ``{iris}`` stand for things; values as text, none as empty."""
    listed = [str(ox.NamedNode(iri)) for iri in iris]
    for start in range(0, len(listed), _CHUNK):
        chunk = " ".join(listed[start : start + _CHUNK])
        for row in store.select(query.format(iris=chunk)).rows:
            yield tuple("" if term is None else term.value for term in row)


def pairs(store: Store, query: str, iris: Iterable[str]) -> dict[str, list[str]]:
    """The rows of a query of two columns, the thing and a value, as values by thing."""
    found: dict[str, list[str]] = {}
    for iri, value in rows(store, query, iris):
        found.setdefault(iri, []).append(value)
    return found


def values(
    store: Store, iris: Iterable[str], properties: Iterable[str]
) -> Iterator[tuple[str, str, Term, str]]:
    """What some properties (IRIs) say of things: thing, property, value and graph."""
    subjects = [ox.NamedNode(iri) for iri in iris]
    for quad in store.about(subjects, [ox.NamedNode(iri) for iri in properties]):
        subject, property_, value, graph = quad
        if isinstance(subject, ox.NamedNode) and not isinstance(value, ox.Triple):
            name = graph.value if isinstance(graph, ox.NamedNode) else ""
            yield subject.value, property_.value, value, name


def names(store: Store, iris: Iterable[str]) -> dict[str, Text]:
    """The best label of each IRI in both languages; what is no IRI is left out."""
    nodes = [ox.NamedNode(iri) for iri in sorted(set(iris)) if ":" in iri]
    english, chinese = labels_in(store, nodes, ("en", "zh"))
    return {node.value: Text(english[node], chinese[node]) for node in nodes}
