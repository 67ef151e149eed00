"""The bare network of all relations, and centrality computed from its arrays."""

from __future__ import annotations

import gc

import networkx as nx
import numpy as np
import pytest

from kg import KnowledgeGraph
from kg.analysis import centrality
from kg.common.errors import KgError
from kg.network.adjacency.arrays import Adjacency
from kg.network.adjacency.builder import load_adjacency


@pytest.fixture(scope="module")
def index(graph: KnowledgeGraph) -> Adjacency:
    return load_adjacency(graph.store, graph.views["everything"])


@pytest.fixture(scope="module")
def simple(index: Adjacency) -> nx.Graph[int]:
    """The same neighbors in NetworkX, by number."""
    simple_graph: nx.Graph[int] = nx.Graph()
    simple_graph.add_nodes_from(range(len(index)))
    for node in range(len(index)):
        simple_graph.add_edges_from(
            (node, neighbor) for neighbor in index.neighbors_of(node).tolist()
        )
    return simple_graph


def test_the_bare_network_has_the_edges_of_the_view(graph: KnowledgeGraph) -> None:
    whole, bare = graph.view("everything").network, graph.structure()
    kept = ("relation", "via", "role", "planned")
    expected = {
        (one, other, key): {name: about[name] for name in kept}
        for one, other, key, about in whole.edges(keys=True, data=True)
    }
    assert {(a, b, key): about for a, b, key, about in bare.edges(keys=True, data=True)} == expected
    assert bare.number_of_edges() == whole.number_of_edges() > 300
    assert set(bare) == set(whole)
    # Edges are found from both ends and can be changed.
    assert nx.utils.graphs_equal(bare.reverse().reverse(), bare)
    one, other, key = next(iter(bare.edges(keys=True)))
    bare.edges[one, other, key]["relation"] = "other"
    assert sum(about["relation"] == "other" for _, _, about in bare.edges(data=True)) == 1
    assert gc.isenabled()


def test_degrees_equal_those_of_networkx(index: Adjacency, simple: nx.Graph[int]) -> None:
    expected = nx.degree_centrality(simple)
    assert centrality.degree(index).tolist() == pytest.approx([expected[n] for n in simple])


@pytest.mark.parametrize("samples", [2, 40, None])
def test_betweenness_equals_that_of_networkx(
    index: Adjacency, simple: nx.Graph[int], samples: int | None
) -> None:
    expected = nx.betweenness_centrality(simple, k=samples, seed=7)
    found = centrality.betweenness(index, samples, seed=7)
    assert found.tolist() == pytest.approx([expected[n] for n in simple])
    assert found.max() > 0.1


def test_a_single_sample_is_rejected(index: Adjacency) -> None:
    with pytest.raises(KgError, match="2 samples or more"):
        centrality.betweenness(index, 1)


def test_communities_have_at_least_the_modularity_of_greedy_ones(
    index: Adjacency, simple: nx.Graph[int]
) -> None:
    found = centrality.communities(index)
    assert np.sort(np.concatenate(found)).tolist() == list(range(len(index)))
    assert [len(part) for part in found] == sorted(map(len, found), reverse=True)
    own = nx.community.modularity(simple, [set(part.tolist()) for part in found])
    greedy = nx.community.greedy_modularity_communities(simple)
    assert own >= nx.community.modularity(simple, map(set, greedy)) > 0.3
    again = centrality.communities(index)
    assert all(np.array_equal(one, other) for one, other in zip(found, again, strict=True))
