"""All relations in NetworkX, and figures of them: beside NetworkX alone, and rdflib's converter."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import networkx as nx
import pyoxigraph as ox
import rdflib
from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph

from benchmarks.measure import Cost, Row, calls, patiently
from benchmarks.world import World
from kg import KnowledgeGraph
from kg.analysis import centrality
from kg.network.adjacency.arrays import Adjacency
from kg.network.adjacency.builder import adjacency

_SAMPLE = 50_000
_PATIENCE = 60
_MINUTE = 60.0
_SOURCES = 2


def rows(world: World) -> Iterator[Row]:
    """The network, then betweenness and communities."""
    graph = KnowledgeGraph.open(world.store)
    yield _network(graph, world)
    index = adjacency(graph.store, graph.views["everything"])
    yield from _figures(index, world)


def _network(graph: KnowledgeGraph, world: World) -> Row:
    rounds = min(world.rounds, 3)
    ours = calls(graph.structure, rounds)
    edges = list(graph.structure().edges(keys=True, data=True))

    def plain() -> object:
        found: Any = nx.MultiDiGraph()
        found.add_edges_from(edges)
        return found

    limit = calls(plain, rounds)
    peer = None if world.alone else _converted(graph, len(edges))
    return Row(
        "all relations into NetworkX",
        ours,
        limit,
        peer,
        "300,000 edges/s",
        len(edges) / ours.wall >= 300_000,
        f"{len(edges):,} edges, {len(edges) / ours.wall:,.0f}/s; limit: add_edges_from of ready"
        f" tuples, {len(edges) / limit.wall:,.0f}/s, which NetworkX's dictionaries of dictionaries"
        f" set; people: rdflib_to_networkx_multidigraph of {_SAMPLE:,} triples that rdflib holds"
        " already, scaled",
    )


def _converted(graph: KnowledgeGraph, edges: int) -> Cost:
    held = rdflib.Graph()
    triples = (quad.triple for quad in islice(graph.store.quads(), _SAMPLE))
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    held.parse(data=text.decode("utf-8"), format="nt")
    took = calls(lambda: rdflib_to_networkx_multidigraph(held), 1)
    return Cost(took.wall * edges / len(held), took.cpu * edges / len(held))


def _figures(index: Adjacency, world: World) -> Iterator[Row]:
    simple: nx.Graph[int] = nx.Graph()
    for one in range(len(index)):
        simple.add_edges_from((one, other) for other in index.around(one).tolist() if other > one)
    ours = _once(lambda: centrality.betweenness(index))
    few = _once(lambda: nx.betweenness_centrality(simple, k=_SOURCES, seed=1))
    times = centrality.SAMPLES / _SOURCES
    yield Row(
        f"betweenness from {centrality.SAMPLES} things",
        ours,
        None,
        Cost(few.wall * times, few.cpu * times),
        "a minute",
        ours.wall <= _MINUTE,
        f"{len(index):,} things, {len(index.neighbors) // 2:,} pairs of neighbors; people:"
        f" networkx.betweenness_centrality from {_SOURCES}, scaled; the tests compare the values",
    )
    ours = _once(lambda: centrality.communities(index))
    greedy = None
    if not world.alone:
        greedy = patiently(lambda: nx.community.greedy_modularity_communities(simple), _PATIENCE)
    ended = "" if greedy or world.alone else f", given up after {_PATIENCE} s"
    yield Row(
        "communities",
        ours,
        None,
        greedy or (None if world.alone else Cost(_PATIENCE, _PATIENCE)),
        "a minute",
        ours.wall <= _MINUTE,
        f"people: networkx.community.greedy_modularity_communities{ended}; the tests hold that the"
        " modularity is no less",
    )


def _once(what: Callable[[], object]) -> Cost:
    gc.collect()
    begin, used = time.perf_counter(), time.process_time()
    what()
    return Cost(time.perf_counter() - begin, time.process_time() - used)
