"""The layout: boxes that hold their labels and never overlap, the same places each time."""

from __future__ import annotations

import itertools
import random
import time

import networkx as nx
import numpy as np
import pytest

from kg import KnowledgeGraph
from kg.network.networkx_graph import Network
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
from tests.pictures.svgs import LANGS, NETWORKS, small

IN_BOTH = [(name, lang) for name in NETWORKS for lang in LANGS]


def overlaps(graph: Network, places: dict[str, tuple[float, float]], lang: str) -> list[str]:
    nodes = list(graph)
    at = np.array([places[node] for node in nodes])
    sizes = np.array([box_size(graph.nodes[node][f"label_{lang}"]) for node in nodes])
    lack = (sizes[:, None] + sizes[None]) / 2 - np.abs(at[:, None] - at[None])
    pairs = np.argwhere(np.triu((lack > 0).all(-1), 1))
    return [f"{nodes[one]} over {nodes[other]}" for one, other in pairs]


def extent(
    graph: Network, places: dict[str, tuple[float, float]], lang: str
) -> tuple[float, float]:
    halves = {node: box_size(graph.nodes[node][f"label_{lang}"]) for node in graph}
    wide = max(places[n][0] + halves[n][0] / 2 for n in graph)
    high = max(places[n][1] + halves[n][1] / 2 for n in graph)
    return wide, high


def big(size: int, edges: int) -> Network:
    chance = random.Random(7)
    pairs = []
    for rank in range(edges):
        one = rank + 1 if rank + 1 < size else chance.randrange(1, size)
        pairs.append((f"n{one}", f"n{int(chance.random() ** 3 * one)}", f"r{rank}"))
    return small(*pairs)


@pytest.mark.parametrize(("name", "lang"), IN_BOTH)
def test_no_box_lies_over_another(graph: KnowledgeGraph, name: str, lang: str) -> None:
    seen = svgs.seen(graph, name)
    places = svgs.places(graph, name, lang)
    assert set(places) == set(seen)
    assert overlaps(seen, places, lang) == []


@pytest.mark.parametrize(("name", "lang"), IN_BOTH)
def test_the_whole_is_landscape_and_begins_at_the_top_left(
    graph: KnowledgeGraph, name: str, lang: str
) -> None:
    seen = svgs.seen(graph, name)
    places = svgs.places(graph, name, lang)
    lefts = [places[n][0] - box_size(seen.nodes[n][f"label_{lang}"])[0] / 2 for n in seen]
    tops = [places[n][1] - box_size(seen.nodes[n][f"label_{lang}"])[1] / 2 for n in seen]
    assert abs(min(lefts)) < 0.2
    assert abs(min(tops)) < 0.2
    wide, high = extent(seen, places, lang)
    assert 1.1 < wide / high < 3.2


@pytest.mark.parametrize("name", NETWORKS)
def test_the_same_network_gets_the_same_places(graph: KnowledgeGraph, name: str) -> None:
    seen = svgs.seen(graph, name)
    other: Network = nx.MultiDiGraph(**seen.graph)
    other.add_nodes_from(reversed([*seen.nodes(data=True)]))
    other.add_edges_from(reversed([*seen.edges(keys=True, data=True)]))
    assert svgs.places(graph, name, "en") == positions(other, "en")


def test_columns_say_what_derives_from_what(graph: KnowledgeGraph) -> None:
    seen = svgs.seen(graph, "standards")
    places = svgs.places(graph, "standards", "en")
    assert seen.graph["layout"] == "layered"
    onward = [places[s][0] < places[t][0] for s, t in seen.edges()]
    assert sum(onward) > 0.85 * len(onward)


def test_columns_that_would_be_higher_than_wide_are_not_used() -> None:
    fan = [(f"leaf {rank}", "hub", "r") for rank in range(30)]
    wide, high = extent(small(*fan), positions(small(*fan, layout="layered"), "en"), "en")
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
def test_odd_networks_too(edges: list[tuple[str, str, str]], layout: str) -> None:
    graph = small(*edges, layout=layout)
    places = positions(graph, "en")
    assert set(places) == set(graph)
    assert np.isfinite([*places.values()]).all()
    assert overlaps(graph, places, "en") == []


def test_hostile_labels_have_boxes_of_their_own() -> None:
    graph = hostile()
    for lang in LANGS:
        places = positions(graph, lang)
        assert overlaps(graph, places, lang) == []
        assert max(box_size(graph.nodes[n][f"label_{lang}"])[0] for n in graph) < 200


def test_a_large_network_gets_places_in_seconds() -> None:
    graph = big(1200, 2100)
    start = time.process_time()
    places = positions(graph, "en")
    assert time.process_time() - start < 40
    assert overlaps(graph, places, "en") == []
    wide, high = extent(graph, places, "en")
    assert 1 < wide / high < 3


def test_neighbors_are_nearer_than_others(graph: KnowledgeGraph) -> None:
    seen = svgs.seen(graph, "everything")
    places = svgs.places(graph, "everything", "zh")

    def mean(pairs: list[tuple[str, str]]) -> float:
        return float(np.mean([np.hypot(*np.subtract(places[a], places[b])) for a, b in pairs]))

    assert mean([*seen.edges()]) < 0.5 * mean([*itertools.combinations(sorted(seen), 2)])


def test_a_box_holds_its_lines() -> None:
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


def test_designations_stay_whole() -> None:
    for line in label_lines("plenary meeting number 37 of ISO/TC 321 on E-commerce"):
        assert not line.endswith(("ISO/", "E-"))


def test_small_parts_fill_the_room_beside_a_large_one() -> None:
    def part(wide: float, high: float) -> tuple[np.ndarray, np.ndarray]:
        return np.zeros((1, 2)), np.array([[wide, high]])

    parts = [part(500, 400), part(200, 180), part(200, 180)]
    one, two, three = (places[0] for places in pack(parts, 20, 1.6))
    assert two[0] == three[0] > one[0] + 250
    assert two[1] != three[1]
