"""Fast lookups return the same as plain queries over the whole graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.namespaces import BASE, PREFIXES, RDF_TYPE, node
from kg.entities import dates, labels, lookup
from kg.evidence import proofs
from kg.network.adjacency import catalogue_rows
from kg.network.edges import query_view
from kg.network.networkx_graph import network_data
from kg.pipeline.cached_ntriples import block_reader
from kg.queries.views import load_views
from kg.store import Graph
from kg.store.embedded import EmbeddedStore

VIEWS = load_views(resources.queries() / "views")

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
_EVIDENCE = """
SELECT DISTINCT ?claim ?evidence ?phrase ?start ?end ?source ?url ?sourceEn ?sourceZh WHERE {
    ?claim std:evidence ?evidence .
    ?evidence oa:hasSource ?source .
    OPTIONAL { ?source schema:url ?url }
    OPTIONAL { ?source skos:prefLabel ?sourceEn FILTER(LANG(?sourceEn) = "en") }
    OPTIONAL { ?source skos:prefLabel ?sourceZh FILTER(LANG(?sourceZh) = "zh") }
    OPTIONAL { ?evidence oa:hasSelector/oa:exact ?phrase }
    OPTIONAL { ?evidence oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }
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


def dated_of(graph: KnowledgeGraph) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for iri, property_, date in rows(graph, _DATES):
        name = property_.removeprefix(PREFIXES["std"])
        found.setdefault(iri, {}).setdefault(name, []).append(date)
    return found


def test_dates(either: KnowledgeGraph, things: list[str]) -> None:
    found = dates.find_dates(either.store, things)
    assert found == {iri: dates._span(dated) for iri, dated in dated_of(either).items()}
    assert len(found) > 50


def test_announced_events(either: KnowledgeGraph, things: list[str]) -> None:
    found = dates.find_announcements(either.store, things)
    assert found == frozenset(rows(either, _ANNOUNCED))
    assert found


def test_an_event_that_its_source_reports_as_done_is_not_announced() -> None:
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
    found = dates.find_announcements(graph.store, [BASE + "fair", BASE + "talks"])
    assert found == frozenset(rows(graph, _ANNOUNCED))
    assert found == {(BASE + "fair", BASE + "source/b"), (BASE + "talks", BASE + "source/a")}


def test_the_language_of_a_label_outranks_its_property() -> None:
    text = """
        <one> skos:prefLabel "One"@en ; rdfs:label "一"@zh ; dcterms:title "Number one"@fr .
        <two> dcterms:title "Two"@en . <three> rdfs:label "Trois"@fr ; dcterms:title "三"@zh
    """
    store = ox.Store()
    store.update(f"INSERT DATA {{ {text} }}", base_iri=BASE, prefixes=PREFIXES)
    nodes = [ox.NamedNode(BASE + name) for name in ("one", "two", "three", "four")]
    found = labels.labels_in(EmbeddedStore(store), nodes, ("en", "zh", "fr"))
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
        place = labels._LABELS.index(property_)
        called.setdefault(iri.value, []).append((place, label.language, label.value))
    nodes = [ox.NamedNode(thing) for thing in things]
    assert labels.labels(either.store, nodes, lang) == {
        node: labels._best(node, called.get(node.value, ()), lang) for node in nodes
    }


def test_values(either: KnowledgeGraph, things: list[str]) -> None:
    for thing in things[:: max(1, len(things) // 60)]:
        node = ox.NamedNode(thing)
        table = either.store.select(_VALUES % node)
        expected = {tuple(map(str, row)) for row in table.rows}
        found = lookup.attributes(either.store, node)
        assert {(str(p), str(value), f"<{claim}>") for p, value, claim in found} == expected


def test_the_network_from_the_index_equals_that_of_the_query(either: KnowledgeGraph) -> None:
    view = either.views["everything"]
    plain, quick = (
        network_data(either.store, view),
        network_data(either.store, view, either.relations),
    )
    assert quick.nodes == plain.nodes
    assert quick.proofs == plain.proofs
    assert quick.edges == plain.edges
    assert len(plain.edges) > 300


def evidence_of(graph: KnowledgeGraph) -> dict[str, list[proofs.Proof]]:
    found: dict[str, list[proofs.Proof]] = {}
    for claim, _, phrase, start, end, source, url, english, chinese in rows(graph, _EVIDENCE):
        begin, stop = (int(start), int(end)) if start else (None, None)
        about = begin, stop, source, url or None, english or source, chinese or source
        found.setdefault(claim, []).append(proofs.Proof(claim, phrase or None, *about))
    return found


def alike(found: Iterable[proofs.Proof]) -> list[str]:
    return sorted(repr(replace(proof, names=(), inferred=())) for proof in found)


def test_evidence(either: KnowledgeGraph) -> None:
    expected = evidence_of(either)
    found = proofs.proofs_of_claims(either.store, expected)
    assert {claim: alike(each) for claim, each in found.items()} == {
        claim: alike(each) for claim, each in expected.items()
    }
    assert len(found) > 100
    claim = max(expected, key=lambda one: len(expected[one]))
    assert alike(proofs.proofs_of_entity(either.store, ox.NamedNode(claim))) == alike(
        expected[claim]
    )


def test_evidence_with_several_phrases_positions_and_names() -> None:
    text = """
        <c> std:evidence <e>, [ oa:hasSource <s> ] . <none> std:evidence <no-source> .
        <e> oa:hasSource <s>, <t> ; oa:hasSelector [ oa:exact "one", "two" ],
            [ oa:start 1 ; oa:end 2 ], [ oa:start 3 ; oa:end 4 ], [ oa:start 5 ], "text" .
        <s> schema:url <u>, "v" ; skos:prefLabel "S"@en, "S2"@en, "sous"@fr, "S-GB"@en-GB .
        <t> skos:prefLabel "名"@zh
        GRAPH <again> { <e> oa:hasSource <s> . <c> std:evidence <e> }
    """
    store = ox.Store()
    store.update(f"INSERT DATA {{ {text} }}", base_iri=BASE, prefixes=PREFIXES)
    graph = KnowledgeGraph(EmbeddedStore(store))
    expected = evidence_of(graph)
    found = proofs.proofs_of_claims(graph.store, [BASE + "c", BASE + "none", "no-iri"])
    assert alike(found[BASE + "c"]) == alike(expected[BASE + "c"])
    assert len(found[BASE + "c"]) == 24
    assert found[BASE + "none"] == found["no-iri"] == ()


def test_an_announced_date_is_superseded_by_the_actual_date() -> None:
    text = """
        GRAPH <claim/plan> { <fair> std:state state:planned ; std:date "2019-05" }
        GRAPH <claim/held> { <fair> std:state state:held ; std:date "2019-06-01" }
        GRAPH <claim/plan/2> { <talks> std:state state:planned ; std:start "2019-07" }
        GRAPH <claim/held/2> { <talks> std:state state:held ; std:publishedOn "2019-09" }
        GRAPH <claim/plan/3> { <week> std:state state:planned ; std:date "2020" }
        GRAPH <claim/held/3> { <week> std:state state:held }
        <claim/plan> std:evidence <e/a> . <claim/held> std:evidence <e/b> .
        <claim/plan/2> std:evidence <e/a> . <claim/held/2> std:evidence <e/b> .
        <claim/plan/3> std:evidence <e/a> . <claim/held/3> std:evidence <e/b> .
        <e/a> oa:hasSource <source/a> . <e/b> oa:hasSource <source/b> .
        std:publishedOn rdfs:subPropertyOf std:date
    """
    store = ox.Store()
    store.update(f"INSERT DATA {{ {text} }}", base_iri=BASE, prefixes=PREFIXES)
    graph = KnowledgeGraph(EmbeddedStore(store))
    things = [BASE + name for name in ("fair", "talks", "week")]
    found = dates.find_dates(graph.store, things)
    assert [found[thing].text for thing in things] == ["2019-06-01", "2019-09", "2020"]
    assert found == {iri: dates._span(dated) for iri, dated in dated_of(graph).items()}


def test_rows_read_from_ntriples_equal_those_of_the_query(world: KnowledgeGraph) -> None:
    assert world.store.path is not None
    text_of = block_reader(world.store.path)
    for name in ("everything", "standards"):
        quick = set(catalogue_rows.read_view_rows(world.store, VIEWS[name], text_of))
        assert quick == set(query_view(world.store, VIEWS[name])) != set()
    of_catalogues = {
        row.claim
        for row in catalogue_rows.read_view_rows(world.store, VIEWS["everything"], text_of)
    }
    assert BASE + "graph/relaton-data-iso" in of_catalogues


def test_rows_are_read_from_lines_of_every_form() -> None:
    graph, a = BASE + "graph/some", "<https://example.org/a>"
    publisher = f"<{PREFIXES['std']}publisher>"
    lines = f"""\
{a} {publisher} <https://example.org/b> .
{a} {publisher} <https://example.org/b> .
{a} {publisher} "<https://example.org/c>" .
{a} {publisher} _:b0 .
_:b0 {publisher} {a} .
{a} <{PREFIXES["dcterms"]}title> "{a} {publisher} {a} .\u2028{a} {publisher} {a} ." .
{a} <{PREFIXES["dcterms"]}publisher> {a} .
""".encode()
    store = EmbeddedStore.in_memory(
        [
            *ox.parse(f"<{graph}> a <{PREFIXES['std']}Catalogue> .", format=ox.RdfFormat.TURTLE),
            *(
                ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph))
                for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
            ),
        ]
    )

    def text_of(one: Graph) -> Iterator[bytes] | None:
        return iter([lines]) if one == ox.NamedNode(graph) else None

    quick = set(catalogue_rows.read_view_rows(store, VIEWS["everything"], text_of))
    plain = set(query_view(store, VIEWS["everything"]))
    assert quick == {row for row in plain if row.source and row.target}
    [row] = quick
    assert row[:3] == ("https://example.org/a", "https://example.org/b", publisher[1:-1])


def test_the_header_of_everything_agrees_with_its_query(graph: KnowledgeGraph) -> None:
    view, catalogue = VIEWS["everything"], ox.NamedNode(BASE + "graph/some")
    properties = sorted(
        quad.subject.value
        for quad in graph.store.quads(predicate=RDF_TYPE)
        if quad.object == node("owl:ObjectProperty") and isinstance(quad.subject, ox.NamedNode)
    )
    assert set(view.catalogue_relations) < set(properties)
    store = EmbeddedStore.in_memory(
        [
            ox.Quad(catalogue, RDF_TYPE, node("std:Catalogue")),
            *(
                ox.Quad(
                    ox.NamedNode(f"{BASE}source/{number}"),
                    ox.NamedNode(property_),
                    ox.NamedNode(f"{BASE}target/{number}"),
                    catalogue,
                )
                for number, property_ in enumerate(properties)
            ),
        ]
    )
    rows = list(query_view(store, view))
    assert sorted(row.relation for row in rows) == sorted(view.catalogue_relations)
    assert {row.claim for row in rows} == {catalogue.value}
    without = view.sparql_without_catalogues([catalogue])
    assert list(query_view(store, view, without)) == []
