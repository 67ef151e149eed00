"""The notebook of examples/ runs and shows what it announces."""

from __future__ import annotations

import itertools
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.support import ROOT

TOUR = ROOT / "examples" / "tour.ipynb"


def shown(cell: dict[str, Any], kind: str) -> str:
    """Return a cell's output of a MIME type; ``text/plain`` includes what it prints."""
    parts = []
    for output in cell["outputs"]:
        parts.append(output.get("data", {}).get(kind, ""))
        if kind == "text/plain":
            parts.append(output.get("text", ""))
    return "".join(parts)


@pytest.fixture(scope="module")
def tour() -> list[dict[str, Any]]:
    """The code cells of the tour after a run in a kernel of its own."""
    notebook = nbformat.read(TOUR, as_version=4)  # type: ignore[no-untyped-call]
    executed = NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return [cell for cell in executed.cells if cell.cell_type == "code"]


def cell(cells: list[dict[str, Any]], source: str) -> dict[str, Any]:
    """Return the only cell that contains a text."""
    [match] = [cell for cell in cells if source in cell["source"]]
    return match


def test_the_notebook_is_stored_without_outputs() -> None:
    notebook = nbformat.read(TOUR, as_version=4)  # type: ignore[no-untyped-call]
    for item in notebook.cells:
        assert item.cell_type == "markdown" or (item.outputs, item.execution_count) == ([], None)


def test_a_graph_shows_its_counts(tour: list[dict[str, Any]]) -> None:
    table = shown(cell(tour, "in_memory()"), "text/html")
    assert table.startswith("<table>")
    for name in ("claims", "断言", "sources", "entities", "questions", "视图"):
        assert name in table


def test_a_table_shows_chinese_names_and_the_phrase(tour: list[dict[str, Any]]) -> None:
    table = shown(cell(tour, 'graph.table("support"'), "text/html")
    assert table.startswith("<table")
    assert "国家标准化管理委员会" in table
    assert "“国家标准委全力支持”" in table


def test_views_are_shown_as_pictures(tour: list[dict[str, Any]]) -> None:
    for source, name in (("around=", "second-round ballot"), ('view("timeline")', "2018-07-14")):
        picture = shown(cell(tour, source), "text/html")
        assert picture.startswith("<svg")
        assert name in picture


def test_paths_are_shown_with_their_evidence(tour: list[dict[str, Any]]) -> None:
    printed = shown(cell(tour, "graph.relate("), "text/plain")
    assert "设立电子商务交易保障国际标准化技术委员会的提案由杭州市提出" in printed
    assert "“杭州市为主向国际标准化组织(ISO)提出”" in printed


def test_every_cell_has_output(tour: list[dict[str, Any]]) -> None:
    kinds = ("text/plain", "text/html")
    for item, kind in itertools.product(tour, kinds[:1]):
        assert shown(item, kind), item["source"]
    assert "2145" in shown(cell(tour, "to_pandas()"), "text/html")
