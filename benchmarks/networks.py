"""All relations as a NetworkX graph, and metrics, compared with NetworkX and rdflib."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import networkx as nx
import pyoxigraph as ox
import rdflib
from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph

from benchmarks.measure import Cost, Row, calls, one_call, one_call_within
from benchmarks.workload import Workload
from kg import KnowledgeGraph
from kg.analysis import centrality
from kg.network.adjacency.arrays import Adjacency
from kg.network.adjacency.builder import load_adjacency

_SAMPLE: Final = 50_000
_TIMEOUT: Final = 60
_MINUTE: Final = 60.0
_SOURCES: Final = 2


def rows(workload: Workload) -> Iterator[Row]:
    """Measure the conversion, then betweenness and communities."""
    graph = KnowledgeGraph.open(workload.store)
    yield _network(graph, workload)
    index = load_adjacency(graph.store, graph.views["everything"])
    yield from _metrics(index, workload)


def _network(graph: KnowledgeGraph, workload: Workload) -> Row:
    rounds = min(workload.rounds, 3)
    ours = calls(graph.structure, rounds)
    edges = list(graph.structure().edges(keys=True, data=True))

    def add_edges() -> object:
        network: Any = nx.MultiDiGraph()
        network.add_edges_from(edges)
        return network

    limit = calls(add_edges, rounds)
    peer = None if workload.without_peers else _rdflib_conversion(graph, len(edges))
    return Row(
        "all relations to NetworkX",
        ours,
        limit,
        peer,
        "300,000 edges/s",
        len(edges) / ours.wall >= 300_000,
        f"{len(edges):,} edges, {len(edges) / ours.wall:,.0f}/s; limit: add_edges_from of prepared"
        f" tuples, {len(edges) / limit.wall:,.0f}/s, bounded by NetworkX's nested dictionaries;"
        f" peer: rdflib_to_networkx_multidigraph of {_SAMPLE:,} triples already in rdflib, scaled",
    )


def _rdflib_conversion(graph: KnowledgeGraph, edges: int) -> Cost:
    sample = rdflib.Graph()
    triples = (quad.triple for quad in islice(graph.store.quads(), _SAMPLE))
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    sample.parse(data=text.decode("utf-8"), format="nt")
    cost = calls(lambda: rdflib_to_networkx_multidigraph(sample), 1)
    return Cost(cost.wall * edges / len(sample), cost.cpu * edges / len(sample))


def _metrics(index: Adjacency, workload: Workload) -> Iterator[Row]:
    simple: nx.Graph[int] = nx.Graph()
    for node in range(len(index)):
        neighbors = index.neighbors_of(node).tolist()
        simple.add_edges_from((node, neighbor) for neighbor in neighbors if neighbor > node)
    ours = one_call(lambda: centrality.betweenness(index))
    sampled = one_call(lambda: nx.betweenness_centrality(simple, k=_SOURCES, seed=1))
    times = centrality.SAMPLES / _SOURCES
    yield Row(
        f"betweenness from {centrality.SAMPLES} nodes",
        ours,
        None,
        Cost(sampled.wall * times, sampled.cpu * times),
        "a minute",
        ours.wall <= _MINUTE,
        f"{len(index):,} nodes, {len(index.neighbors) // 2:,} pairs of neighbors; peer:"
        f" networkx.betweenness_centrality from {_SOURCES}, scaled; tests compare the values",
    )
    ours = one_call(lambda: centrality.communities(index))
    greedy = None
    if not workload.without_peers:
        greedy = one_call_within(
            lambda: nx.community.greedy_modularity_communities(simple), _TIMEOUT
        )
    note = "" if greedy or workload.without_peers else f", given up after {_TIMEOUT} s"
    yield Row(
        "communities",
        ours,
        None,
        greedy or (None if workload.without_peers else Cost(_TIMEOUT, _TIMEOUT)),
        "a minute",
        ours.wall <= _MINUTE,
        f"peer: networkx.community.greedy_modularity_communities{note}; tests check that the"
        " modularity is at least as high",
    )
