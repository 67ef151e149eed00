"""The graph as programs use it: opening, asking, evidence, export."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import KgError, KnowledgeGraph
from kg.store import Table

XSD = "http://www.w3.org/2001/XMLSchema#"


def test_a_built_graph_opens_and_answers(built: Path) -> None:
    graph = KnowledgeGraph.open(built)
    rows = [r for r in graph.ask("ballot") if "cfsn-2019-04-11" in r["claim"].value]
    values = {r["what"].value.rsplit("/", 1)[-1].rsplit("#", 1)[-1]: r["value"] for r in rows}
    assert values["date"] == ox.Literal("2018-07-14", datatype=ox.NamedNode(XSD + "date"))
    assert graph.label(values["organizer"].value, "zh") == "ISO技术管理局"
    assert graph.label(values["organizer"].value) == "ISO Technical Management Board"


def test_opening_without_a_built_graph_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="kg build"):
        KnowledgeGraph.open(tmp_path)


def test_evidence_of_an_edge_an_entity_and_a_claim(graph: KnowledgeGraph) -> None:
    claim = graph.query(
        "SELECT DISTINCT ?claim { GRAPH ?claim { ?s std:agent <place/cn> ; std:in <iso/tc/321> } "
        "?claim std:evidence/oa:hasSource <source/cfsn-2019-04-11> }"
    )
    assert isinstance(claim, Table)
    [[iri]] = claim.rows
    assert isinstance(iri, ox.NamedNode)
    [proposal, proof] = graph.evidence(iri.value)
    assert proposal.inferred == ("subject",)
    assert proof.phrase == "秘书处由中国承担"
    assert (proof.start, proof.end) == (729, 737)
    assert proof.url == "http://www.cfsn.cn/"
    sources = {p.source.rsplit("/", 1)[1] for p in graph.evidence("ISO/TC 321")}
    assert {"cfsn-2019-04-11", "iso-committee-7145156", "xinjiapo-275460"} <= sources
    without_phrase = [p for p in graph.evidence("SAC/TC 563") if p.source.endswith("cspress-80750")]
    assert without_phrase
    assert all(p.phrase is None and p.start is None for p in without_phrase)


def test_the_label_of_a_claim_is_its_phrase_and_source(graph: KnowledgeGraph) -> None:
    one = "https://w3id.org/stdkg/claim/cfsn-2019-04-11/ballot-round"
    several = "https://w3id.org/stdkg/claim/cfsn-2019-04-11/adopts-standard-land"
    none = "https://w3id.org/stdkg/claim/cspress-80750/sac-tc-563"
    assert graph.label(one) == "“第二轮投票” – China Food Safety Net 2019-04-11"
    assert graph.label(one, "zh") == "“第二轮投票” – 中国食品安全网 2019-04-11"
    assert graph.label(several) == "““标准地” …” – China Food Safety Net 2019-04-11"
    assert graph.label(none) == "cspress.com.cn report 80750"


def test_every_derived_edge_can_be_traced_to_a_claim(graph: KnowledgeGraph) -> None:
    edges = graph.query(
        "SELECT ?agent ?property ?thing { GRAPH <graph/derived> { ?agent ?property ?thing } "
        "FILTER(STRSTARTS(STR(?property), STR(std:))) }"
    )
    assert isinstance(edges, Table)
    assert len(edges.rows) > 100
    for agent, property_, thing in edges.rows:
        has_claim = graph.query(
            f"ASK {{ GRAPH ?claim {{ ?node std:agent {agent} ; std:in {thing} ; std:role ?role }} "
            f"?claim a std:Claim . ?role std:roleProperty/rdfs:subPropertyOf* {property_} }}"
        )
        assert has_claim is True, (agent, property_, thing)


def test_every_statement_of_a_claim_has_evidence(graph: KnowledgeGraph) -> None:
    without = graph.query(
        "SELECT ?g { GRAPH ?g { ?s ?p ?o } "
        "FILTER(!STRSTARTS(STR(?g), 'https://w3id.org/stdkg/graph/')) "
        "FILTER NOT EXISTS { ?g std:evidence/oa:hasSource/std:standing ?standing } }"
    )
    assert isinstance(without, Table)
    assert without.rows == ()


def test_the_graph_of_entities_has_no_edges(graph: KnowledgeGraph) -> None:
    stray = graph.query(
        "SELECT ?s ?p ?o { GRAPH <graph/entities> { ?s ?p ?o } "
        "FILTER(STRSTARTS(STR(?p), STR(std:))) }"
    )
    assert isinstance(stray, Table)
    assert stray.rows == ()


def test_the_rdflib_dataset_holds_the_same_statements(graph: KnowledgeGraph) -> None:
    dataset = graph.rdflib()
    query = "SELECT ?group WHERE { <https://w3id.org/stdkg/cn/zj/gov/governor> std:heads ?group }"
    [row] = dataset.query(query)
    assert str(row[0]).endswith("standards-connectivity-group")  # type: ignore[index]


def test_statistics_count_each_statement_once(graph: KnowledgeGraph) -> None:
    totals = dict(graph.statistics().totals)
    quads = list(graph.store.quads())
    assert totals["triples"] == len({quad.triple for quad in quads})
    assert totals["graphs"] == len({quad.graph_name for quad in quads})


def test_an_unknown_format_writes_nothing(graph: KnowledgeGraph) -> None:
    stream = io.BytesIO()
    with pytest.raises(KgError, match="unknown export format"):
        graph.export("docx", stream)
    assert stream.getvalue() == b""
