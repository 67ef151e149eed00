"""What queries need to know of a graph: frequent and rare classes and properties, by kind of value.

Nothing is assumed of the vocabulary: everything is counted, or sampled, in the store.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Final
from zlib import crc32

import pyoxigraph as ox

from kg.store.embedded import EmbeddedStore

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: Final = frozenset(
    _XSD + kind for kind in ("integer", "decimal", "double", "nonNegativeInteger")
)
_SAMPLE: Final = 2000
"""Values of a property that are looked at."""
_SMALL: Final = range(500, 60_000)
"""Triples of a property that is small enough for paths, joins and products."""
_GRAPH: Final = 20_000
"""Triples of a graph that are counted."""
_PROPERTIES: Final = """
SELECT ?property (COUNT(*) AS ?triples) WHERE { ?subject ?property ?value } GROUP BY ?property
ORDER BY DESC(?triples) ?property
"""
_CLASSES: Final = """
SELECT ?class (COUNT(*) AS ?entities) WHERE { ?entity a ?class } GROUP BY ?class
ORDER BY DESC(?entities) ?class
"""


@dataclass(frozen=True)
class GraphStatistics:
    """Terms for the places of queries, as they are written in SPARQL.

    ``text`` has values with a language, ``plain`` without one, ``date`` and ``number`` typed ones;
    ``link`` leads to other subjects, and ``chain`` to subjects that have it too. ``entity`` has
    ``chain``, ``graph`` is the largest graph. ``word`` is frequent in values of ``text``, and
    ``value`` is one of ``plain``.
    """

    type: str
    frequent_class: str
    rare_class: str
    text: str
    plain: str
    date: str
    number: str
    link: str
    chain: str
    rare: str
    entity: str
    graph: str
    other_graph: str
    word: str
    value: str

    def fill(self, query: str) -> str:
        """Return a query with the terms for its places, such as ``%text%``."""
        terms = asdict(self)
        return re.sub(r"%(\w+)%", lambda place: terms[place[1]], query)


def statistics_of(store: EmbeddedStore) -> GraphStatistics:
    """Return the statistics of a store; ValueError if it lacks a kind of value."""
    properties = list(_counted(store, _PROPERTIES))
    classes = list(_counted(store, _CLASSES))
    samples = {name: _sample(store, name) for name, _ in properties[:120]}
    small = [name for name, count in properties if count in _SMALL]

    def first(fits: Callable[[ox.NamedNode], bool], of: list[ox.NamedNode] | None = None) -> str:
        found = next((name for name in of or samples if fits(name)), None)
        if found is None:
            raise ValueError("the graph lacks a kind of value that the queries need")
        return str(found)

    def has(name: ox.NamedNode, kind: Callable[[ox.Literal], bool]) -> bool:
        values = samples.get(name, [])
        return bool(values) and all(isinstance(v, ox.Literal) and kind(v) for v in values)

    text = first(lambda name: has(name, lambda value: value.language is not None))
    plain = first(lambda name: has(name, lambda value: value.datatype.value == _XSD + "string"))
    chain = first(lambda name: _chains(store, name, samples.get(name, [])), small)
    graphs = Counter(_sizes(store)).most_common(2)
    return GraphStatistics(
        type="<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
        frequent_class=str(classes[0][0]),
        rare_class=str(classes[len(classes) // 2][0]),
        text=text,
        plain=plain,
        date=first(lambda name: has(name, lambda value: value.datatype.value == _XSD + "date")),
        number=first(lambda name: has(name, lambda value: value.datatype.value in _NUMBERS)),
        link=first(lambda name: all(isinstance(v, ox.NamedNode) for v in samples[name])),
        chain=chain,
        rare=str(next(name for name, count in reversed(properties) if count >= 10)),
        entity=_start_of_chain(store, chain),
        graph=str(graphs[0][0]),
        other_graph=str(graphs[-1][0]),
        word=_frequent_word(samples[ox.NamedNode(text[1:-1])]),
        value=str(samples[ox.NamedNode(plain[1:-1])][0]),
    )


def _counted(store: EmbeddedStore, query: str) -> Iterator[tuple[ox.NamedNode, int]]:
    for term, count in store.rows(query):
        if isinstance(term, ox.NamedNode) and isinstance(count, ox.Literal):
            yield term, int(count.value)


def _sample(store: EmbeddedStore, name: ox.NamedNode) -> list[object]:
    query = f"SELECT ?value {{ ?subject {name} ?value }} LIMIT {_SAMPLE}"
    return [value for (value,) in store.rows(query)]


def _start_of_chain(store: EmbeddedStore, chain: str) -> str:
    query = f"SELECT ?first {{ ?first {chain} ?second . ?second {chain} ?third }} LIMIT 1"
    [[first]] = store.rows(query)
    return str(first)


def _chains(store: EmbeddedStore, name: ox.NamedNode, values: list[object]) -> bool:
    """Return whether values of a property have it too, as in a chain of replacements."""
    followed = (store.quads(None, name, v) for v in values if isinstance(v, ox.NamedNode))
    return sum(next(iter(quads), None) is not None for quads in followed) > len(values) / 20


def _sizes(store: EmbeddedStore) -> dict[str, int]:
    """Return the number of triples of each named graph, up to a bound."""
    sizes = {}
    for graph in store.graphs():
        if isinstance(graph, ox.NamedNode):
            sizes[str(graph)] = sum(1 for _ in islice(store.quads(graph), _GRAPH))
    return sizes


def _frequent_word(values: list[object]) -> str:
    words: Counter[str] = Counter(
        word
        for value in values
        if isinstance(value, ox.Literal)
        for word in re.findall(r"[a-z]{4,}", value.value.lower())
    )
    return words.most_common(1)[0][0]


def sample_of_entities(store: EmbeddedStore, count: int) -> list[str]:
    """Return IRIs of entities in an order that is the same each time, but not the store's."""
    query = f"SELECT ?entity {{ ?entity a ?class FILTER(isIRI(?entity)) }} LIMIT {count}"
    found = {term.value for (term,) in store.rows(query) if isinstance(term, ox.NamedNode)}
    return sorted(found, key=lambda iri: crc32(iri.encode()))
