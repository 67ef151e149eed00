"""The layout: boxes with room for their labels that never overlap, the same positions each time."""

from __future__ import annotations

import itertools
import random
import time

import networkx as nx
import numpy as np
import pytest

from kg import KnowledgeGraph
from kg.network.model import Network
from kg.pictures.diagrams.overlaps import pack
from kg.pictures.diagrams.positions import (
    FONT_SIZE,
    PADDING,
    SYMBOL_WIDTH,
    box_size,
    label_lines,
    positions,
)
from kg.pictures.svg import text
from kg.queries.views import LAYOUTS
from tests.network.hostile import hostile
from tests.pictures import svgs
from tests.pictures.svgs import LANGS, NETWORKS, small_network

pytestmark = pytest.mark.slow

IN_BOTH = [(name, lang) for name in NETWORKS for lang in LANGS]


def overlaps(graph: Network, centers: dict[str, tuple[float, float]], lang: str) -> list[str]:
    nodes = list(graph)
    at = np.array([centers[node] for node in nodes])
    sizes = np.array([box_size(graph.nodes[node][f"label_{lang}"]) for node in nodes])
    lack = (sizes[:, None] + sizes[None]) / 2 - np.abs(at[:, None] - at[None])
    pairs = np.argwhere(np.triu((lack > 0).all(-1), 1))
    return [f"{nodes[one]} over {nodes[other]}" for one, other in pairs]


def extent(
    graph: Network, centers: dict[str, tuple[float, float]], lang: str
) -> tuple[float, float]:
    halves = {node: box_size(graph.nodes[node][f"label_{lang}"]) for node in graph}
    wide = max(centers[n][0] + halves[n][0] / 2 for n in graph)
    high = max(centers[n][1] + halves[n][1] / 2 for n in graph)
    return wide, high


def big(size: int, edges: int) -> Network:
    chance = random.Random(7)
    pairs = []
    for rank in range(edges):
        source = rank + 1 if rank + 1 < size else chance.randrange(1, size)
        target = int(chance.random() ** 3 * source)
        pairs.append((f"n{source}", f"n{target}", f"r{rank}"))
    return small_network(*pairs)


@pytest.mark.parametrize(("name", "lang"), IN_BOTH)
def test_no_boxes_overlap(graph: KnowledgeGraph, name: str, lang: str) -> None:
    view_graph = svgs.view_network(graph, name)
    centers = svgs.view_positions(graph, name, lang)
    assert set(centers) == set(view_graph)
    assert overlaps(view_graph, centers, lang) == []


@pytest.mark.parametrize(("name", "lang"), IN_BOTH)
def test_the_layout_is_landscape_with_its_origin_at_the_top_left(
    graph: KnowledgeGraph, name: str, lang: str
) -> None:
    view_graph = svgs.view_network(graph, name)
    centers = svgs.view_positions(graph, name, lang)
    lefts = [
        centers[n][0] - box_size(view_graph.nodes[n][f"label_{lang}"])[0] / 2 for n in view_graph
    ]
    tops = [
        centers[n][1] - box_size(view_graph.nodes[n][f"label_{lang}"])[1] / 2 for n in view_graph
    ]
    assert abs(min(lefts)) < 0.2
    assert abs(min(tops)) < 0.2
    wide, high = extent(view_graph, centers, lang)
    assert 1.1 < wide / high < 3.2


@pytest.mark.parametrize("name", NETWORKS)
def test_the_same_network_gets_the_same_positions(graph: KnowledgeGraph, name: str) -> None:
    view_graph = svgs.view_network(graph, name)
    other: Network = nx.MultiDiGraph(**view_graph.graph)
    other.add_nodes_from(reversed([*view_graph.nodes(data=True)]))
    other.add_edges_from(reversed([*view_graph.edges(keys=True, data=True)]))
    assert svgs.view_positions(graph, name, "en") == positions(other, "en")


def test_layers_follow_the_direction_of_edges(graph: KnowledgeGraph) -> None:
    view_graph = svgs.view_network(graph, "standards")
    centers = svgs.view_positions(graph, "standards", "en")
    assert view_graph.graph["layout"] == "layered"
    onward = [centers[s][0] < centers[t][0] for s, t in view_graph.edges()]
    assert sum(onward) > 0.85 * len(onward)


def test_layers_higher_than_wide_are_not_used() -> None:
    fan = [(f"leaf {rank}", "hub", "r") for rank in range(30)]
    wide, high = extent(
        small_network(*fan), positions(small_network(*fan, layout="layered"), "en"), "en"
    )
    assert wide > high


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "edges",
    [
        [],
        [("a", "a", "r")],
        [("a", "b", "r"), ("b", "a", "s"), ("a", "b", "t")],
        [("a", "b", "r"), ("b", "c", "r"), ("c", "a", "r")],
        [(f"{r}a", f"{r}b", "r") for r in range(40)],
        [(str(r), str(r + 1), "r") for r in range(60)],
        [(str(a), str(b), "r") for a, b in itertools.combinations(range(14), 2)],
    ],
    ids=["nothing", "loop", "to and fro", "cycle", "pairs", "path", "clique"],
)
def test_unusual_networks_are_laid_out(edges: list[tuple[str, str, str]], layout: str) -> None:
    graph = small_network(*edges, layout=layout)
    centers = positions(graph, "en")
    assert set(centers) == set(graph)
    assert np.isfinite([*centers.values()]).all()
    assert overlaps(graph, centers, "en") == []


def test_hostile_labels_have_separate_boxes() -> None:
    graph = hostile()
    for lang in LANGS:
        centers = positions(graph, lang)
        assert overlaps(graph, centers, lang) == []
        assert max(box_size(graph.nodes[n][f"label_{lang}"])[0] for n in graph) < 200


def test_a_large_network_is_laid_out_in_seconds() -> None:
    graph = big(1200, 2100)
    start = time.process_time()
    centers = positions(graph, "en")
    assert time.process_time() - start < 40
    assert overlaps(graph, centers, "en") == []
    wide, high = extent(graph, centers, "en")
    assert 1 < wide / high < 3


def test_neighbors_are_closer_than_other_nodes(graph: KnowledgeGraph) -> None:
    view_graph = svgs.view_network(graph, "everything")
    centers = svgs.view_positions(graph, "everything", "zh")

    def mean(pairs: list[tuple[str, str]]) -> float:
        return float(np.mean([np.hypot(*np.subtract(centers[a], centers[b])) for a, b in pairs]))

    assert mean([*view_graph.edges()]) < 0.5 * mean(
        [*itertools.combinations(sorted(view_graph), 2)]
    )


def test_a_box_has_room_for_its_label() -> None:
    label = "二十四字的名称：国际标准化会议基地与浙江省“最多跑一次”改革"
    wide, high = box_size(label)
    assert all(
        text.width(line, FONT_SIZE) <= wide - SYMBOL_WIDTH - 2 * PADDING[0] + 0.1
        for line in label_lines(label)
    )
    assert high > box_size("一")[1]
    assert "".join(label_lines(label)) == label
    assert box_size("宽") > box_size("w")
    assert label_lines("") == ("–",)


def test_a_long_label_is_cut() -> None:
    assert label_lines("x" * 500)[-1].endswith("…")
    assert sum(map(len, label_lines("word " * 100))) < 75
    assert sum(map(len, label_lines("很" * 100))) < 35


def test_lines_do_not_begin_with_closing_punctuation() -> None:
    for line in label_lines("标准，标准，标准，标准，标准，标准，标准，标准，标准，标准")[1:]:
        assert line[0] not in "，。”）"


def test_designations_are_not_broken() -> None:
    for line in label_lines("plenary meeting number 37 of ISO/TC 321 on E-commerce"):
        assert not line.endswith(("ISO/", "E-"))


def test_small_components_are_packed_beside_a_large_one() -> None:
    def part(wide: float, high: float) -> tuple[np.ndarray, np.ndarray]:
        return np.zeros((1, 2)), np.array([[wide, high]])

    parts = [part(500, 400), part(200, 180), part(200, 180)]
    one, two, three = (centers[0] for centers in pack(parts, 20, 1.6))
    assert two[0] == three[0] > one[0] + 250
    assert two[1] != three[1]
