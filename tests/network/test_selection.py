"""Loading a filtered part gives the same as filtering the whole network."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import KnowledgeGraph
from kg.common.namespaces import BASE
from kg.network.adjacency.arrays import Adjacency
from kg.network.adjacency.builder import load_adjacency
from kg.network.filters import Filter, filter_network
from kg.network.model import Network
from kg.network.selection import load_filtered, select_edges

COMMITTEE, ISO = BASE + "iso/tc/321", BASE + "iso"


@pytest.fixture(scope="module")
def whole(graph: KnowledgeGraph) -> Network:
    return graph.view("everything").network


@pytest.fixture(scope="module")
def index(graph: KnowledgeGraph) -> Adjacency:
    return load_adjacency(graph.store, graph.views["everything"])


@settings(deadline=None, max_examples=60)
@given(
    kinds=st.sets(st.sampled_from(["event", "body", "topic", "std:Standard", "<scheme/topic>"])),
    since=st.sampled_from(["", "2017", "2018-07", "2019-04-01"]),
    until=st.sampled_from(["", "2019-04", "2023"]),
    place=st.sampled_from(["", BASE + "place/cn/zj/hangzhou", BASE + "place/cn"]),
    around=st.sampled_from(["", ISO, COMMITTEE, BASE + "place/cn/zj"]),
    hops=st.integers(0, 3),
)
def test_the_part_equals_the_filtered_whole(
    graph: KnowledgeGraph,
    whole: Network,
    index: Adjacency,
    kinds: set[str],
    since: str,
    until: str,
    place: str,
    around: str,
    hops: int,
) -> None:
    wanted = Filter(tuple(kinds), since, until, place, around, hops)
    view = graph.views["everything"]
    found = load_filtered(graph.store, view, index, wanted, None)
    expected = filter_network(whole, wanted)
    assert nx.utils.graphs_equal(found, expected)
    assert found.graph == expected.graph
    # Little more is loaded than is kept.
    if not (since or until or place):
        assert select_edges(graph.store, index, wanted, view.name).node_count == len(expected) - (
            around in expected and not expected.degree(around)
        )
