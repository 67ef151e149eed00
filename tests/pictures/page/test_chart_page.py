"""The page of a chart in a real browser, offline."""

from __future__ import annotations

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.bilingual import Text
from kg.evidence.proofs import Proof
from kg.pictures.charts import timeline
from kg.pictures.charts.chart import Chart, TableCell, TableRow
from kg.pictures.page.page import chart_page
from kg.queries import views
from tests.network.hostile import IRIS, LABELS
from tests.pictures.browser import Tab
from tests.pictures.conftest import Show

SVG = "http://www.w3.org/2000/svg"


@pytest.fixture(scope="module")
def dates(graph: KnowledgeGraph) -> Chart:
    return timeline.build_chart(
        graph.store, views.find_view(resources.queries() / "views", "timeline")
    )


def test_the_page_has_drawing_and_table_in_both_languages(dates: Chart, show: Show) -> None:
    tab = show(chart_page(dates, "en"))
    for lang in ("en", "zh"):
        tab.page.click(f"[data-lang={lang}]")
        assert tab.page.title() == tab.text("h1") == dates.title.of(lang)
        heads = tab.page.locator("#rows th[scope=col]").all_inner_texts()
        assert heads[:-1] == [column.of(lang) for column in dates.columns]
        assert tab.count("#rows tbody tr") == len(dates.rows) > 20
        first = tab.page.locator("#rows tbody tr >> nth=0").locator("th, td").all_inner_texts()
        assert first[:-1] == [cell.text.of(lang) for cell in dates.rows[0].cells]
        drawn = tab.js("document.querySelectorAll('#drawing svg').length")
        assert drawn == 1
        root = ElementTree.fromstring(dates.svg[lang])
        # The page has title and description already.
        root.remove(next(part for part in root if part.get("class") == "header"))
        words = "".join(root.itertext())
        assert tab.page.locator("#drawing svg").text_content() == words.rstrip("\n")


def test_rows_show_phrases_with_sources(dates: Chart, show: Show) -> None:
    tab = show(chart_page(dates, "zh"))
    number, row = next(
        (number, row)
        for number, row in enumerate(dates.rows)
        if any(proof.phrase for proof in row.proofs)
    )
    cell = tab.page.locator(f"#rows tr[data-key='{number}'] td:last-child")
    assert [phrase.strip("“”") for phrase in cell.locator(".phrase").all_inner_texts()] == [
        proof.phrase for proof in row.proofs if proof.phrase
    ]
    assert cell.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))") == [
        proof.url for proof in row.proofs if proof.url
    ]


def test_the_table_is_searchable_and_traversed_by_keyboard(dates: Chart, show: Show) -> None:
    tab = show(chart_page(dates, "en"))
    tab.page.fill("#search", "ＩＳＯ/tc 321")
    found = tab.count("#rows tbody tr")
    assert 0 < found < len(dates.rows)
    assert tab.text("#found") == tab.text("#status") == f"{found} found"
    tab.page.focus("#rows tbody tr[tabindex='0']")
    tab.press("ArrowDown")
    assert tab.js("document.activeElement.sectionRowIndex") == 1
    tab.page.fill("#search", "no such thing")
    assert tab.text("#rows tbody") == "No row fits."


def test_svg_and_png_are_saved(dates: Chart, show: Show) -> None:
    tab = show(chart_page(dates, "zh"))

    def saved(button: str) -> Path:
        with tab.page.expect_download() as download:
            tab.page.click(button)
        assert download.value.suggested_filename.startswith("timeline.zh.")
        return Path(download.value.path())

    root = ElementTree.fromstring(saved("#svg").read_text(encoding="utf-8"))
    assert "".join(root.itertext()) == "".join(ElementTree.fromstring(dates.svg["zh"]).itertext())
    png = saved("#png").read_bytes()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24])[0] > 2000
    assert len(png) > 50_000


def colors(tab: Tab) -> tuple[str, str]:
    return (
        tab.js("getComputedStyle(document.body).backgroundColor"),
        tab.js("getComputedStyle(document.querySelector('#drawing svg')).filter"),
    )


def test_dark_theme_and_narrow_window(dates: Chart, show: Show) -> None:
    tab = show(chart_page(dates, "en"), width=390, height=844, scheme="dark")
    assert tab.js("document.documentElement.scrollWidth") <= 390
    dark = colors(tab)
    tab.page.click("#theme")
    assert dark[1] != colors(tab)[1] == "none"
    assert dark[0] != colors(tab)[0]


def test_hostile_texts_and_drawings_are_harmless(show: Show) -> None:
    drawing = (
        f'<svg xmlns="{SVG}" width="90" height="80" onload="alert(1)"><script>alert(2)</script>'
        '<a href="javascript:alert(3)"><text y="20" onclick="alert(4)">A</text></a>'
        '<a href="https://example.org/"><text y="70">B</text></a>'
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/>'
        "</foreignObject></svg>"
    )
    texts = [Text(label, label) for label in LABELS.values()]
    proofs = tuple(
        Proof(label, label, 0, 1, IRIS["script"], IRIS["script"], label, label)
        for label in LABELS.values()
    )
    picture = Chart(
        title=texts[0],
        description=texts[2],
        svg={"en": drawing, "zh": drawing},
        columns=(texts[0], texts[1]),
        rows=tuple(
            TableRow((TableCell(text, IRIS["script"]), TableCell(text)), proofs) for text in texts
        ),
    )
    tab = show(chart_page(picture, "en"))
    tab.page.locator("#drawing text >> nth=0").click()
    assert tab.count("#drawing script, #drawing foreignObject, #drawing iframe") == 0
    assert tab.count("#drawing a[href]") == 1
    assert tab.count("#rows a") == 0
    assert tab.count("#rows tbody tr") == len(LABELS)
    assert tab.js("document.documentElement.scrollWidth") <= 1400
    assert chart_page(picture, "en") == chart_page(picture, "en")
    # The policy refuses the drawing's handlers while it is parsed, before they are removed.
    assert all(
        "Executing inline event handler violates" in message for message in tab.incidents.errors
    )
    tab.incidents.errors.clear()
