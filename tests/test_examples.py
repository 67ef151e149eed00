"""The notebook of examples/ runs, and shows what it says it shows."""

from __future__ import annotations

import itertools
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.support import ROOT

TOUR = ROOT / "examples" / "tour.ipynb"


def shown(cell: dict[str, Any], kind: str) -> str:
    """What a cell shows as a MIME type, or prints (``text/plain``)."""
    found = []
    for output in cell["outputs"]:
        found.append(output.get("data", {}).get(kind, ""))
        if kind == "text/plain":
            found.append(output.get("text", ""))
    return "".join(found)


@pytest.fixture(scope="module")
def tour() -> list[dict[str, Any]]:
    """The cells of code of the tour, run in a kernel of their own."""
    notebook = nbformat.read(TOUR, as_version=4)  # type: ignore[no-untyped-call]
    done = NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return [cell for cell in done.cells if cell.cell_type == "code"]


def cell(cells: list[dict[str, Any]], source: str) -> dict[str, Any]:
    """The one cell that holds a text."""
    [found] = [one for one in cells if source in one["source"]]
    return found


def test_the_notebook_is_kept_without_outputs() -> None:
    notebook = nbformat.read(TOUR, as_version=4)  # type: ignore[no-untyped-call]
    for one in notebook.cells:
        assert one.cell_type == "markdown" or (one.outputs, one.execution_count) == ([], None)


def test_a_graph_shows_what_it_holds(tour: list[dict[str, Any]]) -> None:
    table = shown(cell(tour, "in_memory()"), "text/html")
    assert table.startswith("<table>")
    for name in ("claims", "断言", "sources", "entities", "questions", "视图"):
        assert name in table


def test_a_table_shows_chinese_names_and_the_phrase(tour: list[dict[str, Any]]) -> None:
    table = shown(cell(tour, 'graph.table("support"'), "text/html")
    assert table.startswith("<table")
    assert "国家标准化管理委员会" in table
    assert "“国家标准委全力支持”" in table


def test_views_show_themselves_as_pictures(tour: list[dict[str, Any]]) -> None:
    for source, name in (("around=", "second-round ballot"), ('view("timeline")', "2018-07-14")):
        picture = shown(cell(tour, source), "text/html")
        assert picture.startswith("<svg")
        assert name in picture


def test_ways_are_told_with_their_evidence(tour: list[dict[str, Any]]) -> None:
    told = shown(cell(tour, "graph.relate("), "text/plain")
    assert "杭州市提出设立电子商务交易保障国际标准化技术委员会的提案" in told
    assert "“杭州市为主向国际标准化组织(ISO)提出”" in told


def test_every_cell_says_something(tour: list[dict[str, Any]]) -> None:
    kinds = ("text/plain", "text/html")
    for one, kind in itertools.product(tour, kinds[:1]):
        assert shown(one, kind), one["source"]
    assert "2145" in shown(cell(tour, "to_pandas()"), "text/html")
