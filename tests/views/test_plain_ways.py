"""What is looked up quickly is what plain queries over everything give, on both graphs."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph, entities
from kg.namespaces import BASE, PREFIXES
from kg.store.embedded import EmbeddedStore
from kg.views import about, times
from kg.views.network import contents

_DATES = """
SELECT DISTINCT ?iri ?property ?date WHERE {
    GRAPH ?claim { ?iri ?property ?date }
    FILTER(?property IN (std:start, std:end, std:date, std:publishedOn, std:effectiveOn,
        std:issuedOn, std:circulatedOn, std:createdOn, std:period, std:asOf))
    FILTER NOT EXISTS {
        ?claim std:evidence/oa:hasSource ?source .
        GRAPH ?plan { ?iri std:state state:planned }
        ?plan std:evidence/oa:hasSource ?source .
        GRAPH ?done { ?iri std:state ?past }
        FILTER(?past IN (state:running, state:completed, state:held))
        ?done std:evidence/oa:hasSource ?other .
        FILTER(?other != ?source)
        GRAPH ?dating { ?iri ?dated ?when }
        ?dated rdfs:subPropertyOf* std:date .
        ?dating std:evidence/oa:hasSource ?other .
    }
}"""
_ANNOUNCED = """
SELECT DISTINCT ?iri ?source WHERE {
    GRAPH ?plan { ?iri std:state state:planned }
    ?plan std:evidence/oa:hasSource ?source .
    FILTER NOT EXISTS {
        GRAPH ?done { ?iri std:state ?past }
        FILTER(?past IN (state:running, state:completed, state:held))
        ?done std:evidence/oa:hasSource ?source .
    }
}"""
_VALUES = """
SELECT DISTINCT ?property ?value ?claim WHERE {
    GRAPH ?claim { ?thing ?property ?value }
    FILTER(isLiteral(?value) || ?property IN (std:agent, std:in)
        || EXISTS { ?value a skos:Concept })
    FILTER(?claim NOT IN (<graph/derived>, <graph/derived/catalogues>))
    FILTER(?property NOT IN (std:topic, skos:prefLabel, skos:altLabel, rdfs:label, std:phrasing))
    FILTER(?thing = %s)
}"""
_LABELS = """
SELECT ?iri ?property ?label WHERE {
    VALUES ?property { skos:prefLabel rdfs:label dcterms:title }
    ?iri ?property ?label
    FILTER(isLiteral(?label) && isIRI(?iri))
}"""


@pytest.fixture(params=["graph", "world"])
def either(request: pytest.FixtureRequest) -> KnowledgeGraph:
    found: KnowledgeGraph = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def things(either: KnowledgeGraph) -> list[str]:
    subjects = {quad.subject for quad in either.store.quads()}
    return sorted(each.value for each in subjects if isinstance(each, ox.NamedNode))


def rows(graph: KnowledgeGraph, query: str) -> Iterator[tuple[str, ...]]:
    for row in graph.store.select(query).rows:
        yield tuple("" if term is None else term.value for term in row)


def test_dates(either: KnowledgeGraph, things: list[str]) -> None:
    expected: dict[str, dict[str, list[str]]] = {}
    for iri, property_, date in rows(either, _DATES):
        name = property_.removeprefix(PREFIXES["std"])
        expected.setdefault(iri, {}).setdefault(name, []).append(date)
    found = times.dates(either.store, things)
    assert found == {iri: times._span(dated) for iri, dated in expected.items()}
    assert len(found) > 50


def test_what_is_only_announced(either: KnowledgeGraph, things: list[str]) -> None:
    found = times.announced(either.store, things)
    assert found == frozenset(rows(either, _ANNOUNCED))
    assert found


def test_what_a_source_tells_as_done_it_does_not_only_announce() -> None:
    text = """
        GRAPH <claim/a/planned> { <fair> std:state state:planned . <talks> std:state state:planned }
        GRAPH <claim/a/held> { <fair> std:state state:held }
        GRAPH <claim/b/planned> { <fair> std:state state:planned }
        <claim/a/planned> std:evidence <evidence/a> . <evidence/a> oa:hasSource <source/a> .
        <claim/a/held> std:evidence <evidence/h> . <evidence/h> oa:hasSource <source/a> .
        <claim/b/planned> std:evidence <evidence/b> . <evidence/b> oa:hasSource <source/b> .
    """
    store = ox.Store()
    store.update(f"INSERT DATA {{ {text} }}", base_iri=BASE, prefixes=PREFIXES)
    graph = KnowledgeGraph(EmbeddedStore(store))
    found = times.announced(graph.store, [BASE + "fair", BASE + "talks"])
    assert found == frozenset(rows(graph, _ANNOUNCED))
    assert found == {(BASE + "fair", BASE + "source/b"), (BASE + "talks", BASE + "source/a")}


def test_a_label_in_the_language_comes_before_one_that_is_preferred() -> None:
    text = """
        <one> skos:prefLabel "One"@en ; rdfs:label "一"@zh ; dcterms:title "Number one"@fr .
        <two> dcterms:title "Two"@en . <three> rdfs:label "Trois"@fr ; dcterms:title "三"@zh
    """
    store = ox.Store()
    store.update(f"INSERT DATA {{ {text} }}", base_iri=BASE, prefixes=PREFIXES)
    nodes = [ox.NamedNode(BASE + name) for name in ("one", "two", "three", "four")]
    found = entities.labels_in(EmbeddedStore(store), nodes, ("en", "zh", "fr"))
    assert [list(each.values()) for each in found] == [
        ["One", "Two", "Trois", "<four>"],
        ["一", "Two", "Trois", "<four>"],
        ["One", "Two", "Trois", "<four>"],
    ]


@pytest.mark.parametrize("lang", ["en", "zh", "zh-Hans", "fr"])
def test_labels(either: KnowledgeGraph, things: list[str], lang: str) -> None:
    called: dict[str, list[tuple[int, str | None, str]]] = {}
    for iri, property_, label in either.store.select(_LABELS).rows:
        assert isinstance(iri, ox.NamedNode) and isinstance(label, ox.Literal)  # noqa: PT018
        place = entities._LABELS.index(property_)
        called.setdefault(iri.value, []).append((place, label.language, label.value))
    nodes = [ox.NamedNode(thing) for thing in things]
    assert entities.labels(either.store, nodes, lang) == {
        node: entities._best(node, called.get(node.value, ()), lang) for node in nodes
    }


def test_values(either: KnowledgeGraph, things: list[str]) -> None:
    for thing in things[:: max(1, len(things) // 60)]:
        node = ox.NamedNode(thing)
        table = either.store.select(_VALUES % node)
        expected = {tuple(map(str, row)) for row in table.rows}
        found = about.said(either.store, node)
        assert {(str(p), str(value), f"<{claim}>") for p, value, claim in found} == expected


def test_the_network_from_its_columns(either: KnowledgeGraph) -> None:
    view = either.views["everything"]
    plain, quick = contents(either.store, view), contents(either.store, view, either.relations)
    assert quick.nodes == plain.nodes
    assert quick.proofs == plain.proofs
    assert quick.edges == plain.edges
    assert len(plain.edges) > 300
