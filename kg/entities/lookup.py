"""What is known of many things at once: rows of a query, a part of them at a time, and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import CATALOGUES_DERIVED_GRAPH, DERIVED_GRAPH, PREFIXES
from kg.entities.labels import labels_in
from kg.store import Store, Term

_CHUNK: Final = 500
_DERIVED: Final = {ox.NamedNode(each) for each in (DERIVED_GRAPH, CATALOGUES_DERIVED_GRAPH)}
_AGENT, _IN, _CONCEPT, *_NO_VALUES = (
    ox.NamedNode(PREFIXES[prefix] + local)
    for prefix, local in (
        ("std", "agent"),
        ("std", "in"),
        ("skos", "Concept"),
        ("std", "topic"),
        ("std", "phrasing"),
        ("skos", "prefLabel"),
        ("skos", "altLabel"),
        ("rdfs", "label"),
    )
)
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")


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
    nodes = [ox.NamedNode(iri) for iri in properties]
    for subject, property_, value, graph in store.about(subjects, nodes):
        name = graph.value if isinstance(graph, ox.NamedNode) else ""
        yield subject.value, property_.value, value, name


def names(store: Store, iris: Iterable[str]) -> dict[str, Text]:
    """The best label of each IRI in both languages; what is no IRI is left out."""
    nodes = [ox.NamedNode(iri) for iri in sorted(set(iris)) if ":" in iri]
    english, chinese = labels_in(store, nodes, ("en", "zh"))
    return {node.value: Text(english[node], chinese[node]) for node in nodes}


def said(store: Store, thing: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, Term, str]]:
    """Property, value and graph of what is said of a thing by its values.

    Graph by graph, for what is derived is not looked at: of a body, thousands of relations.
    """
    for graph in store.graphs():
        if not isinstance(graph, ox.NamedNode) or graph in _DERIVED:
            continue
        for _, property_, value, _ in store.quads(graph, subject=thing):
            if property_ in _NO_VALUES or isinstance(value, ox.Triple):
                continue
            if (
                isinstance(value, ox.Literal)
                or property_ in (_AGENT, _IN)
                or _is_term(store, value)
            ):
                yield property_, value, graph.value


def _is_term(store: Store, value: Term) -> bool:
    return isinstance(value, ox.NamedNode) and any(
        kind == _CONCEPT for _, _, kind, _ in store.about([value], [_TYPE])
    )
