"""Pages pass axe-core (https://github.com/dequelabs/axe-core) in both themes and on a phone."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Browser

from kg import KnowledgeGraph
from kg.pictures.charts.chart import Chart

OPENING = """document.querySelector('#drawing')
    ? document.querySelector('#drawing [data-rows]').dispatchEvent(
        new MouseEvent('click', { bubbles: true }))
    : stdkg.choose('e0', true)"""


@pytest.mark.parametrize("name", ["committees", "timeline", "figures"])
@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (1400, "dark"), (390, "light")])
def test_a_page_with_an_open_panel_passes_axe(
    name: str, width: int, scheme: str, graph: KnowledgeGraph, chromium: Browser
) -> None:
    drawing = graph.view(name)
    assert isinstance(drawing.content, Chart) == (name != "committees")
    script = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    # The policy of the page would keep the script of the test out.
    context = chromium.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    try:
        page = context.new_page()
        page.set_content(drawing.write("html").decode("utf-8"))
        page.evaluate(OPENING)
        page.evaluate(script)
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
    finally:
        context.close()
    found = [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]]
    assert found == []
    assert len(result["passes"]) > 20
