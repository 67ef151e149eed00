"""Networks as SVG: all that is in them, harmless, each label and line where it belongs."""

from __future__ import annotations

import itertools
import re

import pytest

from kg import KnowledgeGraph
from kg.entities.groups import GROUPS
from kg.network.model import Network, by_ends, edges_of
from kg.network.networkx_graph import network
from kg.pictures.diagrams.bundles import (
    LABEL_SIZE,
    MAX_LABELED_EDGES,
    place_labels,
    route_edges,
)
from kg.pictures.diagrams.positions import box_size, positions
from kg.pictures.diagrams.routing import Curve, ObstacleGrid, route
from kg.pictures.diagrams.svg import draw
from kg.pictures.svg import text
from kg.pictures.svg.geometry import Rect
from kg.pictures.svg.style import GROUP_STYLES, palette
from tests.network.hostile import LABELS, hostile
from tests.pictures import svgs
from tests.pictures.svgs import LANGS, NETWORKS, SVG, VIEWS, small_network

pytestmark = pytest.mark.slow

IN_BOTH = [(name, lang) for name in NETWORKS for lang in LANGS]


def picture(graph: Network, lang: str = "en", dark: bool = False) -> str:
    return draw(graph, positions(graph, lang), lang, dark)


def of_view(graph: KnowledgeGraph, name: str, lang: str = "en") -> str:
    return draw(svgs.view_network(graph, name), svgs.view_positions(graph, name, lang), lang)


def boxes(
    graph: Network, lang: str, centers: dict[str, tuple[float, float]] | None = None
) -> dict[str, Rect]:
    centers = centers or positions(graph, lang)
    return {n: Rect.around(centers[n], box_size(graph.nodes[n][f"label_{lang}"])) for n in graph}


@pytest.mark.parametrize(("name", "lang"), IN_BOTH)
def test_every_node_and_edge_occurs_once(graph: KnowledgeGraph, name: str, lang: str) -> None:
    view_graph = svgs.view_network(graph, name)
    root = svgs.parse(of_view(graph, name, lang))
    nodes = [element.get("data-id") for element in svgs.by_class(root, "node")]
    edges = [
        tuple(element.get(f"data-{part}") for part in ("source", "target", "key"))
        for element in svgs.by_class(root, "edge")
    ]
    assert sorted(map(str, nodes)) == sorted(view_graph)
    assert sorted(map(str, edges)) == sorted(map(str, view_graph.edges(keys=True)))
    assert svgs.unsafe_parts(root) == []


@pytest.mark.parametrize(("name", "lang"), IN_BOTH)
def test_the_same_network_gives_the_same_bytes(graph: KnowledgeGraph, name: str, lang: str) -> None:
    again = network(graph.store, VIEWS[name])
    assert of_view(graph, name, lang) == picture(again, lang)


@pytest.mark.parametrize(("name", "lang"), IN_BOTH)
def test_edge_labels_overlap_no_box_and_no_other_label(
    graph: KnowledgeGraph, name: str, lang: str
) -> None:
    view_graph = svgs.view_network(graph, name)
    rects = boxes(view_graph, lang, svgs.view_positions(graph, name, lang))
    drawn = route_edges(sorted(edges_of(view_graph), key=by_ends), rects)
    found, dropped, count = place_labels(drawn, rects, lang)
    if view_graph.number_of_edges() > MAX_LABELED_EDGES:
        assert (found, dropped) == ([], count)
        return
    for rank, label in enumerate(found):
        others = [*rects.values(), *(other.rect for other in found[:rank])]
        assert not [other for other in others if other.overlaps(label.rect)]
        for line in label.lines:
            assert text.width(line, LABEL_SIZE) <= label.rect.x1 - label.rect.x0
    assert dropped < 0.12 * count


@pytest.mark.parametrize(("name", "lang"), IN_BOTH)
def test_all_text_lies_inside_the_frame(graph: KnowledgeGraph, name: str, lang: str) -> None:
    root = svgs.parse(of_view(graph, name, lang))
    wide, high = (float(root.get(side, "0")) for side in ("width", "height"))
    for element, dx, dy, by in svgs.with_offsets(root):
        if element.tag == f"{SVG}text":
            x, y = (at + by * float(element.get(k, "0")) for at, k in ((dx, "x"), (dy, "y")))
            size = by * float(element.get("font-size") or LABEL_SIZE)
            long = text.width(element.text or "", size)
            left = x if element.get("font-size") else x - long / 2
            assert left >= 20 * by, element.text
            assert left + long <= wide - 20 * by, element.text
            assert size * 0.7 <= y <= high - size * 0.2, element.text


@pytest.mark.parametrize("name", NETWORKS)
def test_edges_end_at_the_borders_of_their_boxes(graph: KnowledgeGraph, name: str) -> None:
    view_graph = svgs.view_network(graph, name)
    rects = boxes(view_graph, "en", svgs.view_positions(graph, name, "en"))
    edges = sorted(edges_of(view_graph), key=by_ends)
    for bundle in route_edges(edges, rects):
        source, target = bundle.edges[0].source, bundle.edges[0].target
        start, end = bundle.curve.points[0], bundle.curve.points[-1]
        assert rects[source].expanded(1).contains(start)
        assert not rects[source].expanded(-1.5).contains(start)
        assert rects[target].expanded(3).contains(end)
        assert not rects[target].expanded(-0.5).contains(end)


@pytest.mark.parametrize("name", [name for name in NETWORKS if name != "everything"])
def test_few_edges_cross_other_boxes(graph: KnowledgeGraph, name: str) -> None:
    view_graph = svgs.view_network(graph, name)
    rects = boxes(view_graph, "zh", svgs.view_positions(graph, name, "zh"))
    edges = sorted(edges_of(view_graph), key=by_ends)
    crossing = 0
    for bundle in route_edges(edges, rects):
        source, target = bundle.edges[0].source, bundle.edges[0].target
        others = ObstacleGrid(rect for node, rect in rects.items() if node not in (source, target))
        crossing += any(others.containing(point) for point in bundle.curve.samples(200))
    assert crossing <= 1


def test_tooltips_have_full_labels_and_phrases(graph: KnowledgeGraph) -> None:
    view_graph = svgs.view_network(graph, "committees")
    root = svgs.parse(of_view(graph, "committees", "zh"))
    for element in svgs.by_class(root, "node"):
        about = view_graph.nodes[str(element.get("data-id"))]
        assert about["label_zh"] in svgs.tooltip_of(element)
        assert about["kind_zh"] in svgs.tooltip_of(element)
    tooltips = [svgs.tooltip_of(element) for element in svgs.by_class(root, "edge")]
    assert any("秘书处由中国承担" in title and "中国食品安全网" in title for title in tooltips)
    assert any("承担秘书处" in title for title in tooltips)


@pytest.mark.parametrize("lang", LANGS)
def test_title_description_legend_and_sources(graph: KnowledgeGraph, lang: str) -> None:
    view, view_graph = VIEWS["standards"], svgs.view_network(graph, "standards")
    root = svgs.parse(of_view(graph, "standards", lang))
    named = {element.get("id"): element.text for element in root}
    title, description = str(root.get("aria-labelledby")).split()
    assert (named[title], named[description]) == (view.title.of(lang), view.description.of(lang))
    assert root.get("role") == "img"
    assert root.get("lang") == {"en": "en", "zh": "zh-Hans"}[lang]
    assert "Noto Sans CJK SC" in str(root.get("font-family"))
    shown = "\n".join(svgs.visible_texts(root))
    groups = {about["group"] for _, about in view_graph.nodes(data=True)}
    for group, name in GROUPS.items():
        assert (name.of(lang) in shown) == (group in groups)
    for proofs in view_graph.graph["proofs"].values():
        assert text.shorten(proofs[0].source_name(lang), 40) in shown


def test_a_note_counts_labels_left_out(graph: KnowledgeGraph) -> None:
    pairs = itertools.combinations("abcdefghijkl", 2)
    crowd = small_network(*((a, b, f"is one of many relations of {a} with") for a, b in pairs))
    close = {node: (rank * 90.0, rank % 3 * 80.0) for rank, node in enumerate(crowd)}
    root = svgs.parse(draw(crowd, close, "en"))
    note = next(line for line in svgs.visible_texts(root) if "left out for want of room" in line)
    dropped, count = map(int, re.findall(r"\d+", note))
    assert count == 66
    assert 0 < dropped == count - sum(len(g) for g in svgs.by_class(root, "relation"))
    everything = svgs.visible_texts(svgs.parse(of_view(graph, "everything")))
    assert any("in the table and the tooltips" in line for line in everything)


def test_parallel_edges_and_self_loops_are_apart() -> None:
    graph = small_network(
        ("a", "b", "r"), ("a", "b", "s"), ("b", "a", "t"), ("a", "a", "u"), ("a", "a", "v")
    )
    paths = [
        path.get("d")
        for edge in svgs.by_class(svgs.parse(picture(graph)), "edge")
        for path in edge.iter(f"{SVG}path")
    ]
    assert len(paths) == len(set(paths)) == 5
    rects = boxes(graph, "en")
    lines = [bundle.curve for bundle in route_edges([*edges_of(graph)], rects)]
    middles = [line.at(0.5) for line in lines]
    for rank, (x, y) in enumerate(middles):
        assert all(abs(x - a) + abs(y - b) > 8 for a, b in middles[:rank])


def test_relations_of_classes_share_a_line_and_are_all_named() -> None:
    graph = small_network(("a", "b", "r"), ("a", "b", "s"), ("b", "a", "t"), claims=())
    root = svgs.parse(picture(graph))
    edges = svgs.by_class(root, "edge")
    assert len(edges) == 3
    assert sum(1 for edge in edges for _ in edge.iter(f"{SVG}path")) == 2
    named = [[line.text for line in group] for group in svgs.by_class(root, "relation")]
    assert sorted(named) == [["r", "s"], ["t"]]


def test_planned_edges_are_dashed_and_in_the_legend() -> None:
    for planned in (True, False):
        root = svgs.parse(picture(small_network(("a", "b", "r"), planned=planned)))
        (edge,) = svgs.by_class(root, "edge")
        path = next(edge.iter(f"{SVG}path"))
        assert bool(path.get("stroke-dasharray")) is planned
        assert ("planned" in svgs.visible_texts(root)) is planned
        assert ("planned" in svgs.tooltip_of(edge)) is planned


def test_subclass_edges_have_a_hollow_arrowhead() -> None:
    root = svgs.parse(picture(small_network(("a", "b", "rdfs:subClassOf"), claims=())))
    (edge,) = svgs.by_class(root, "edge")
    assert next(edge.iter(f"{SVG}polygon")).get("fill") == palette(False).paper
    assert svgs.by_class(root, "relation") == []
    assert "is a kind of" in svgs.visible_texts(root)


def test_groups_differ_in_color_and_in_shape() -> None:
    assert set(GROUP_STYLES) == set(GROUPS)
    for values in (
        [style.light for style in GROUP_STYLES.values()],
        [style.dark for style in GROUP_STYLES.values()],
    ):
        assert len(set(values)) == len(GROUP_STYLES)
    assert len({style.shape for style in GROUP_STYLES.values()}) == len(GROUP_STYLES)
    marks = set()
    for group in GROUPS:
        graph = small_network(("a", "a", "r"))
        graph.nodes["a"]["group"] = group
        (node,) = svgs.by_class(svgs.parse(picture(graph)), "node")
        drawn = [e for e in node if e.tag.removeprefix(SVG) in ("circle", "polygon", "rect")][-1]
        marks.add((drawn.tag, drawn.get("rx"), drawn.get("points")))
    assert len(marks) == len(GROUPS)


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("dark", [False, True])
def test_colors_and_text_have_enough_contrast(dark: bool) -> None:
    ground = palette(dark)
    colors = [style.dark if dark else style.light for style in GROUP_STYLES.values()]
    for color in (*colors, ground.ink, ground.soft):
        low, high = sorted((luminance(color), luminance(ground.paper)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, color


def test_a_dark_picture_differs_in_colors_only() -> None:
    graph = small_network(("a", "b", "r"))
    light, dark = picture(graph), picture(graph, dark=True)
    assert palette(True).paper in dark
    assert palette(True).paper not in light
    assert re.findall(r' d="([^"]+)"', light) == re.findall(r' d="([^"]+)"', dark)


@pytest.mark.parametrize("lang", [*LANGS, "zh-Hans", "de"])
def test_hostile_networks_are_harmless_and_legible(lang: str) -> None:
    graph = hostile()
    svg = picture(graph, "zh" if lang.startswith("zh") else "en")
    root = svgs.parse(draw(graph, positions(graph, lang), lang))
    assert svgs.unsafe_parts(root) == []
    assert len(svgs.by_class(root, "node")) == len(graph)
    assert len(svgs.by_class(root, "edge")) == graph.number_of_edges()
    for line in svgs.all_texts(root):
        assert not re.search(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", line
        )
    shown = "".join(svgs.visible_texts(root))
    assert "</script>" in shown
    assert "tab newlinebell\ufffdnull" in shown.replace("\n", "")
    assert "العالم" not in shown
    assert "<script" not in svg
    assert not re.search(r"href=\"(?!https?://)", svg)
    titles = " ".join(svgs.tooltip_of(node) for node in svgs.by_class(root, "node"))
    assert LABELS["long"] in titles
    assert LABELS["long"] not in shown
    assert max(map(len, svgs.visible_texts(root))) < 200


def test_an_empty_network_is_a_valid_picture() -> None:
    root = svgs.parse(picture(small_network()))
    assert "Small" in svgs.visible_texts(root)


@pytest.mark.parametrize("aside", [0.0, 30.0, -30.0])
def test_a_route_goes_around_a_box_between(aside: float) -> None:
    source, target = (Rect.around((x, 0.0), (80.0, 30.0)) for x in (0.0, 600.0))
    between = Rect.around((300.0, aside), (90.0, 80.0))
    straight = route(source, target, 0.0, ObstacleGrid())
    around = route(
        source, target, 0.0, ObstacleGrid(r.expanded(4) for r in (source, target, between))
    )
    assert any(between.contains(point) for point in straight.samples(200))
    assert not any(between.contains(point) for point in around.samples(200))
    assert max(abs(y) for _, y in around.samples()) < 100


def test_a_part_of_a_curve_has_the_points_of_the_whole() -> None:
    line = Curve(((0.0, 0.0), (50.0, 100.0), (100.0, 0.0)))
    part = line.between(0.25, 0.75)
    for share in (0.0, 0.5, 1.0):
        assert part.at(share) == pytest.approx(line.at(0.25 + share / 2))
