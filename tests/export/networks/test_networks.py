"""The whole graph, exported to every RDF format, read back by rdflib and pyoxigraph."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest
import rdflib

from kg import KnowledgeGraph

pytestmark = pytest.mark.slow

DATASETS = {"trig": ("trig", ox.RdfFormat.TRIG), "nquads": ("nquads", ox.RdfFormat.N_QUADS)}
GRAPHS = {
    "turtle": ("turtle", ox.RdfFormat.TURTLE),
    "ntriples": ("nt", ox.RdfFormat.N_TRIPLES),
    "rdfxml": ("xml", ox.RdfFormat.RDF_XML),
}


def exported(graph: KnowledgeGraph, format_: str) -> bytes:
    stream = io.BytesIO()
    graph.export(format_, stream)
    return stream.getvalue()


@pytest.mark.parametrize("format_", [*DATASETS, "jsonld"])
def test_a_dataset_reads_back_the_same(
    graph: KnowledgeGraph, graph_quads: list[ox.Quad], format_: str
) -> None:
    name, kind = {**DATASETS, "jsonld": ("json-ld", ox.RdfFormat.JSON_LD)}[format_]
    data = exported(graph, format_)
    assert set(ox.parse(data, format=kind)) == set(graph_quads)
    read = rdflib.Dataset()
    read.parse(data=data, format=name)
    assert sum(1 for _ in read.quads((None, None, None, None))) == len(set(graph_quads))


@pytest.mark.parametrize("format_", GRAPHS)
def test_a_graph_reads_back_the_same(
    graph: KnowledgeGraph, graph_quads: list[ox.Quad], format_: str
) -> None:
    name, kind = GRAPHS[format_]
    data = exported(graph, format_)
    wanted = {quad.triple for quad in graph_quads}
    assert {quad.triple for quad in ox.parse(data, format=kind)} == wanted
    assert len(rdflib.Graph().parse(data=data, format=name)) == len(wanted)


def test_the_json_ld_is_compact(graph: KnowledgeGraph) -> None:
    text = exported(graph, "jsonld").decode("utf-8")
    assert '"agent": "place/cn"' in text
    assert '"secretariatOf": "iso/tc/321"' in text
    assert "全票通过" in text
