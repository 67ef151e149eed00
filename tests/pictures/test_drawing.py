"""Drawings: their short form, and the language of charts."""

from __future__ import annotations

import pytest

from kg import KnowledgeGraph
from kg.common.errors import ExportError
from kg.pictures.charts.chart import Chart
from kg.pictures.drawing import Drawing
from tests.pictures import svgs
from tests.pictures.svgs import small_network


def test_the_short_form_of_a_network_counts_nodes_and_edges(graph: KnowledgeGraph) -> None:
    drawing = graph.view("committees")
    nodes, edges = len(drawing.network), drawing.network.number_of_edges()
    assert nodes > 1
    assert str(drawing) == repr(drawing) == f"<Drawing committees: {nodes} nodes, {edges} edges>"


def test_the_short_form_of_a_chart_counts_rows(graph: KnowledgeGraph) -> None:
    drawing = graph.view("timeline")
    assert isinstance(drawing.content, Chart)
    rows = len(drawing.content.rows)
    assert rows > 1
    assert str(drawing) == repr(drawing) == f"<Drawing timeline: {rows} rows>"
    assert repr(drawing.content) == f"<Chart {drawing.view.title.en!r}: {rows} rows>"


def test_the_short_form_has_singulars_and_separators() -> None:
    view = svgs.view_of_kind("network")
    assert (
        repr(Drawing(view, small_network(("a", "a", "r"))))
        == f"<Drawing {view.name}: 1 node, 1 edge>"
    )
    many = small_network(*((f"n{i}", f"n{i + 1}", "r") for i in range(1199)))
    assert repr(Drawing(view, many)) == f"<Drawing {view.name}: 1,200 nodes, 1,199 edges>"


@pytest.mark.parametrize(("tag", "lang"), [("zh-Hant", "zh"), ("de", "en")])
def test_a_chart_is_drawn_in_the_nearest_language(
    graph: KnowledgeGraph, tag: str, lang: str
) -> None:
    drawing = graph.view("figures")
    assert drawing.svg(tag) == drawing.svg(lang)


def test_a_chart_has_no_network(graph: KnowledgeGraph) -> None:
    with pytest.raises(ExportError, match="'timeline' is not a network: use html, svg, png or csv"):
        _ = graph.view("timeline").network
