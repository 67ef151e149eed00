"""Using the page of a chart: opening evidence by click and by key, narrow windows, dark, height."""

from __future__ import annotations

import re

import pytest

from kg import KnowledgeGraph
from kg.pictures.charts.chart import Chart
from kg.pictures.page.page import chart_page
from tests.pictures.browser import Tab
from tests.pictures.conftest import Show

CHARTS = ("timeline", "figures")


def chart_of(graph: KnowledgeGraph, name: str) -> Chart:
    content = graph.view(name).content
    assert isinstance(content, Chart)
    return content


def phrases(tab: Tab) -> list[str]:
    quoted = tab.page.locator("#panel .phrase").all_inner_texts()
    return [text.strip("“”") for text in quoted]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("width", [1400, 390])
def test_every_mark_opens_the_evidence_of_its_row(
    name: str, width: int, graph: KnowledgeGraph, show: Show
) -> None:
    chart = chart_of(graph, name)
    tab = show(chart_page(chart, "en"), width=width, height=844)
    marks = tab.js(
        "[...document.querySelectorAll('#drawing [data-rows]')].map((m) => m.dataset.rows)"
    )
    assert sorted(map(int, marks)) == list(range(len(chart.rows)))
    quoted = next(n for n, row in enumerate(chart.rows) if all(p.phrase for p in row.proofs))
    tab.page.locator(f"#drawing [data-rows='{quoted}'] text").first.click()
    assert phrases(tab) == [proof.phrase for proof in chart.rows[quoted].proofs]
    texts = tab.text("#panel")
    assert all(cell.text.en in texts for cell in chart.rows[quoted].cells)
    top = tab.js("stdkg.byId('panel').getBoundingClientRect().top")
    assert -1 <= top < 844
    assert tab.js("document.documentElement.scrollWidth") <= width
    tab.press("Escape")
    assert tab.page.locator("#panel").is_hidden()
    assert tab.js("document.activeElement.dataset.rows") == str(quoted)


@pytest.mark.parametrize("name", CHARTS)
def test_marks_are_reached_and_opened_by_key(name: str, graph: KnowledgeGraph, show: Show) -> None:
    chart = chart_of(graph, name)
    tab = show(chart_page(chart, "zh"))
    marks = tab.js(
        "[...document.querySelectorAll('#drawing [data-rows]')].map((m) => m.dataset.rows)"
    )
    assert tab.count("#drawing [data-rows][tabindex='0']") == 1
    tab.page.focus("#drawing [data-rows][tabindex='0']")
    tab.press("ArrowDown", "ArrowRight")
    assert tab.js("document.activeElement.dataset.rows") == marks[2]
    tab.press("Enter")
    row = chart.rows[int(marks[2])]
    assert row.cells[0].text.zh in tab.text("#panel")
    assert phrases(tab) == [proof.phrase for proof in row.proofs if proof.phrase]


def test_bars_of_the_overview_open_what_they_count(world: KnowledgeGraph, show: Show) -> None:
    chart = chart_of(world, "overview")
    tab = show(chart_page(chart, "en"))
    marks = tab.js(
        "[...document.querySelectorAll('#drawing [data-rows]')].map((m) => m.dataset.rows)"
    )
    opened = {int(row) for rows in marks for row in rows.split()}
    drawn = {
        n for n, row in enumerate(chart.rows) if row.cells[0].text.en != "Countries in committees"
    }
    assert drawn <= opened
    for number, rows in enumerate(marks):
        tab.page.locator("#drawing [data-rows]").nth(number).locator("text").first.click()
        shown = [chart.rows[int(row)] for row in rows.split()]
        commands = tab.page.locator("#panel code").all_inner_texts()
        assert commands == [row.command for row in shown]
        assert all(row.cells[3].text.en in tab.text("#panel") for row in shown)
        assert tab.count("#panel .proof") > 0


def test_the_commands_of_the_overview_list_something(world: KnowledgeGraph) -> None:
    commands = {row.command for row in chart_of(world, "overview").rows}
    assert len(commands) > 20
    questions = world.questions
    seen = set()
    for command in sorted(commands):
        words = re.findall(r"(?:'[^']*'|[^\s'])+", command)
        if words[1] == "view":
            assert world.view("organizations", around=words[-1].strip("'")).network.size()
            continue
        name, arguments = words[2], [word.strip("'").partition("=") for word in words[3:]]
        if (name, tuple(key for key, *_ in arguments)) in seen:
            continue
        seen.add((name, tuple(key for key, *_ in arguments)))
        assert {key for key, *_ in arguments} <= {param.name for param in questions[name].params}
        assert world.ask(name, **{key: value for key, _, value in arguments}), command


def test_a_long_table_scrolls_in_itself(world: KnowledgeGraph, show: Show) -> None:
    chart = chart_of(world, "overview")
    tab = show(chart_page(chart, "en"))
    drawing = tab.js("stdkg.byId('picture').offsetHeight")
    assert tab.count("#rows tbody tr") == len(chart.rows)
    assert tab.js("document.documentElement.scrollHeight") < drawing + 1400
    tab.js("stdkg.byId('rows').scrollTo(0, 2000)")
    head = tab.js("document.querySelector('#rows th').getBoundingClientRect().top")
    assert head == pytest.approx(tab.js("stdkg.byId('rows').getBoundingClientRect().top"), abs=2)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_narrow_windows_have_a_drawing_as_wide_as_they_are(
    name: str, lang: str, graph: KnowledgeGraph, show: Show
) -> None:
    tab = show(chart_page(chart_of(graph, name), lang), width=390, height=844)
    box = tab.page.locator("#drawing svg").bounding_box()
    assert box is not None
    assert box["width"] <= 360
    small = tab.js(
        """Math.min(...[...document.querySelectorAll('#drawing text')].map((text) =>
            text.getBoundingClientRect().height))"""
    )
    assert small > 11
    assert tab.js("stdkg.byId('drawing').scrollWidth <= stdkg.byId('drawing').clientWidth")


@pytest.mark.parametrize("name", CHARTS)
def test_a_dark_drawing_stands_on_the_ground_of_the_page(
    name: str, graph: KnowledgeGraph, show: Show
) -> None:
    tab = show(chart_page(chart_of(graph, name), "en"), scheme="dark")
    assert tab.js("getComputedStyle(document.querySelector('#drawing svg > rect')).fill") == "none"
    stage = "getComputedStyle(document.querySelector('.stage')).backgroundColor"
    assert tab.js(stage) == "rgb(17, 22, 29)"
