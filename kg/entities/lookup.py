"""Look up properties and labels of many entities at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import CATALOGUES_DERIVED_GRAPH, DERIVED_GRAPH, RDF_TYPE, node
from kg.entities.labels import labels_in
from kg.store import Store, Term

_CHUNK: Final = 500
_NAMES: Final = """
SELECT DISTINCT ?iri ?label WHERE {{
    VALUES ?iri {{ {iris} }}
    ?iri skos:prefLabel|skos:altLabel ?label .
}}"""
_BODIES: Final = "SELECT DISTINCT ?body { ?body std:jurisdiction ?area ; a std:StandardsBody }"
_ABBREVIATION: Final = re.compile(r"[A-Z][A-Z0-9./&-]{1,11}")
_DERIVED: Final = {ox.NamedNode(iri) for iri in (DERIVED_GRAPH, CATALOGUES_DERIVED_GRAPH)}
_CONCEPT: Final = node("skos:Concept")
_AGENT_OR_CONTEXT: Final = (node("std:agent"), node("std:in"))
_NOT_ATTRIBUTES: Final = tuple(
    map(node, ("std:topic", "std:phrasing", "skos:prefLabel", "skos:altLabel", "rdfs:label"))
)


def query_rows(store: Store, query: str, iris: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Run a query for entities and yield its rows.

    ``{iris}`` in the query is replaced by the entities, up to 500 at a time. Cells are the values
    of terms; unbound cells are empty.
    """
    nodes = [str(ox.NamedNode(iri)) for iri in iris]
    for start in range(0, len(nodes), _CHUNK):
        chunk = " ".join(nodes[start : start + _CHUNK])
        for row in store.select(query.format(iris=chunk)).rows:
            yield tuple("" if term is None else term.value for term in row)


def query_values(store: Store, query: str, iris: Iterable[str]) -> dict[str, list[str]]:
    """Return the values of a query with two columns, by the entity in the first column."""
    values_by_iri: dict[str, list[str]] = {}
    for iri, value in query_rows(store, query, iris):
        values_by_iri.setdefault(iri, []).append(value)
    return values_by_iri


def bodies_of(store: Store, area: str) -> list[str]:
    """Return the IRIs of the standards bodies of a country or another area (IRI)."""
    rows = store.select(_BODIES, {"area": ox.NamedNode(area)}).rows
    return sorted(body.value for (body,) in rows if isinstance(body, ox.NamedNode))


def abbreviations(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Return the shortest abbreviation among the names of each entity that has one."""
    return {
        iri: min(short, key=lambda name: (len(name), name))
        for iri, names in query_values(store, _NAMES, sorted(set(filter(None, iris)))).items()
        if (short := [name for name in names if _ABBREVIATION.fullmatch(name)])
    }


def property_values(
    store: Store, iris: Iterable[str], properties: Iterable[str]
) -> Iterator[tuple[str, str, Term, str]]:
    """Yield entity, property, value and graph for some entities and properties (IRIs)."""
    subjects = [ox.NamedNode(iri) for iri in iris]
    predicates = [ox.NamedNode(iri) for iri in properties]
    for subject, property_, value, graph in store.about(subjects, predicates):
        name = graph.value if isinstance(graph, ox.NamedNode) else ""
        yield subject.value, property_.value, value, name


def bilingual_labels(store: Store, iris: Iterable[str]) -> dict[str, Text]:
    """Return the best label of each IRI in both languages; texts other than IRIs are ignored."""
    nodes = [ox.NamedNode(iri) for iri in sorted(set(iris)) if ":" in iri]
    english, chinese = labels_in(store, nodes, ("en", "zh"))
    return {node.value: Text(english[node], chinese[node]) for node in nodes}


def attributes(store: Store, entity: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, Term, str]]:
    """Yield property, value and graph of an entity's literals, code-list terms and agents.

    Derived graphs are skipped: a body has thousands of derived edges.
    """
    for _, property_, value, graph in store.quads_outside(_DERIVED, entity):
        if property_ in _NOT_ATTRIBUTES or isinstance(value, ox.Triple):
            continue
        if (
            isinstance(value, ox.Literal)
            or property_ in _AGENT_OR_CONTEXT
            or _is_concept(store, value)
        ):
            yield property_, value, graph.value


def _is_concept(store: Store, value: Term) -> bool:
    return isinstance(value, ox.NamedNode) and any(
        kind == _CONCEPT for _, _, kind, _ in store.about([value], [RDF_TYPE])
    )
