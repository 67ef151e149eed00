"""Claims as nanopublications, checked by the library of the nanopublication network."""

from __future__ import annotations

import io
from collections import defaultdict

import pyoxigraph as ox
import pytest
from nanopub.nanopub import Nanopub
from rdflib import ConjunctiveGraph

from kg.common.errors import ExportError
from kg.common.namespaces import BASE, CLAIM, node
from kg.export import export
from kg.export.rdf.nanopubs import NAMESPACE
from kg.graph import KnowledgeGraph

SECRETARIAT = ox.NamedNode(CLAIM + "cfsn-2019-04-11/secretariat-china")


@pytest.fixture(scope="module")
def nanopubs(graph: KnowledgeGraph) -> dict[str, list[ox.Quad]]:
    """The nanopublications of all claims by their IRI."""
    output = io.BytesIO()
    graph.export("nanopub", output)
    found = defaultdict(list)
    for quad in ox.parse(output.getvalue(), ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        found[quad.graph_name.value.partition("#")[0]].append(quad)
    return found


def _of(nanopubs: dict[str, list[ox.Quad]], claim: ox.NamedNode) -> list[ox.Quad]:
    [quads] = [
        quads
        for quads in nanopubs.values()
        if any(q.predicate == node("dcterms:isFormatOf") and q.object == claim for q in quads)
    ]
    return quads


def _inside(quads: list[ox.Quad], part: str) -> set[ox.Triple]:
    return {quad.triple for quad in quads if str(quad.graph_name).endswith(f"#{part}>")}


def test_every_claim_is_one_and_all_are_valid(
    nanopubs: dict[str, list[ox.Quad]], graph: KnowledgeGraph
) -> None:
    claims = {
        quad.graph_name
        for quad in graph.store.quads()
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(CLAIM)
    }
    assert len(nanopubs) == len(claims) > 100
    for iri, quads in nanopubs.items():
        assert iri.startswith(NAMESPACE + "RA")
        data = ConjunctiveGraph()
        data.parse(data=ox.serialize(quads, format=ox.RdfFormat.N_QUADS), format="nquads")
        checked = Nanopub(rdf=data)
        assert checked.is_valid
        assert checked.has_valid_trusty, iri


def test_it_has_the_statements_and_the_evidence(
    nanopubs: dict[str, list[ox.Quad]], graph: KnowledgeGraph
) -> None:
    quads = _of(nanopubs, SECRETARIAT)
    assert _inside(quads, "assertion") == {q.triple for q in graph.store.quads(graph=SECRETARIAT)}
    provenance = {triple.object for triple in _inside(quads, "provenance")}
    assert ox.Literal("秘书处由中国承担") in provenance
    assert ox.NamedNode(BASE + "evidence/cfsn-2019-04-11/secretariat-china") in provenance
    assert ox.NamedNode(BASE + "source/cfsn-2019-04-11") in provenance
    assert len(_inside(quads, "Head")) == 4


def test_a_changed_statement_changes_the_iri(graph: KnowledgeGraph) -> None:
    evidence = [
        *graph.store.quads(subject=SECRETARIAT),
        *graph.store.quads(graph=SECRETARIAT),
    ]
    added = ox.Quad(SECRETARIAT, node("skos:note"), ox.Literal('a "\\\n'), SECRETARIAT)

    def written(quads: list[ox.Quad]) -> bytes:
        output = io.BytesIO()
        export(quads, "nanopub", output)
        return output.getvalue()

    assert written(evidence) == written(evidence[::-1])
    assert written(evidence) != written([*evidence, added])
    blank = ox.Quad(ox.BlankNode(), node("skos:note"), ox.Literal("x"), SECRETARIAT)
    with pytest.raises(ExportError, match="no blank nodes"):
        written([*evidence, blank])
