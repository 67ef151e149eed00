"""The overview: its counts, its panels in both widths, and its messages without data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.common.namespaces import BASE
from kg.pictures.charts.chart import Chart
from kg.pictures.charts.overview import overview
from kg.pictures.png import png
from tests.pictures import svgs
from tests.pictures.svgs import LANGS, VIEWS
from tests.pictures.test_png import characters, image
from tests.support import ROOT, BuildWith, Run

WORLD = ROOT / "tests" / "fixtures" / "catalogues"
SOURCES = (
    WORLD / "relaton-data-iso",
    WORLD / "relaton-data-jis",
    WORLD / "ICS.xml",
    WORLD / "iso_technical_committees.csv",
)


@pytest.fixture(scope="module")
def joined(build_with: BuildWith) -> Path:
    """The article with the catalogues of a small world."""
    return build_with(*SOURCES).folder


@pytest.fixture(scope="module")
def chart(joined: Path) -> Chart:
    return overview.build_chart(KnowledgeGraph.open(joined).store, VIEWS["overview"])


@pytest.fixture(scope="module")
def numbers(chart: Chart) -> dict[tuple[str, str, str], int]:
    """The counts of the table by panel, entity and part."""
    found = {}
    for row in chart.rows:
        panel, thing, part, number = row.cells
        found[panel.text.en, thing.iri.removeprefix(BASE), part.text.en] = int(number.text.en)
    return found


def test_each_body_counts_a_document_once(
    joined: Path, numbers: dict[tuple[str, str, str], int]
) -> None:
    graph = KnowledgeGraph.open(joined)
    for body in ("iso", "iec", "jisc"):
        table = graph.store.select(
            "SELECT DISTINCT ?d { ?g a std:Catalogue . GRAPH ?g { ?d std:publisher <"
            + body
            + "> } }"
        )
        counted = sum(
            number
            for (panel, thing, _), number in numbers.items()
            if panel == "Documents by publishing body" and thing == body
        )
        assert counted == len(table.rows) > 0, body


def test_statuses_years_fields_and_countries_are_counted(
    numbers: dict[tuple[str, str, str], int],
) -> None:
    # Of the records of ISO: two drafts; 9001:2000, 9001:2008 and 27001:2013 are no longer current.
    assert (
        numbers["Documents by publishing body", "iso", "draft under way or not yet in force"] == 2
    )
    assert (
        numbers[
            "Documents by publishing body",
            "iso",
            "withdrawn, replaced, cancelled or an earlier draft",
        ]
        == 3
    )
    assert numbers["Documents by year of publication", "iso", "2008"] == 1
    assert numbers["Current documents by field", "ics/35", "several bodies together"] == 1
    assert numbers["Countries in committees", "place/cn", "secretariats"] == 3
    assert numbers["Countries in committees", "place/gb", "P-memberships"] == 8


def test_every_count_cites_its_catalogues(chart: Chart) -> None:
    assert chart.rows
    for row in chart.rows:
        assert row.proofs, row.cells[1].text.en
    of_jisc = [row for row in chart.rows if row.cells[1].iri == BASE + "jisc"]
    sources = {proof.source for row in of_jisc for proof in row.proofs}
    assert "relaton-data-jis" in str(sources)
    assert "relaton-data-iso" not in str(sources)


def test_every_row_has_its_sources_in_a_tooltip(chart: Chart) -> None:
    lines = {
        line.get("data-id"): svgs.tooltip_of(line)
        for line in svgs.by_class(svgs.parse(chart.svg["en"]), "line")
    }
    assert "relaton-data-jis" in lines[BASE + "jisc"]
    assert "relaton-data-iso" in lines[BASE + "ics/35"]
    for country in ("cn", "gb"):
        assert "technical committees" in lines[BASE + "place/" + country]


@pytest.mark.parametrize("lang", LANGS)
def test_both_widths_have_the_same_rows_inside_the_frame(chart: Chart, lang: str) -> None:
    for svg, width in ((chart.svg[lang], 1326), (chart.narrow[lang], 332)):
        root = svgs.parse(svg)
        assert float(str(root.get("width"))) == pytest.approx(width, abs=60)
        assert svgs.unsafe_parts(root) == []
        lines = {element.get("data-id") for element in svgs.by_class(root, "line")}
        assert {BASE + "iso", BASE + "ics/35", BASE + "place/cn"} <= lines
        wide = float(str(root.get("width")))
        for element, dx, _, _ in svgs.with_offsets(root):
            if element.tag == f"{svgs.SVG}rect" and element.get("x"):
                x = float(str(element.get("x"))) + dx
                assert -0.01 <= x <= x + float(str(element.get("width"))) <= wide + 0.01


def test_stacked_bars_of_different_scales_have_a_note(chart: Chart) -> None:
    assert "a scale for each color" in svgs.visible_texts(svgs.parse(chart.narrow["en"]))
    assert "各色刻度不同" in svgs.visible_texts(svgs.parse(chart.narrow["zh"]))
    assert "a scale for each color" not in svgs.visible_texts(svgs.parse(chart.svg["en"]))


@pytest.mark.parametrize("lang", LANGS)
def test_a_png_has_the_right_size_and_every_character(chart: Chart, lang: str) -> None:
    for svg in (chart.svg[lang], chart.narrow[lang]):
        root = svgs.parse(svg)
        shown = "".join(svgs.visible_texts(root))
        assert len(shown) > 400
        assert {sign for sign in shown if ord(sign) not in characters()} == set()
        pixels = image(png(svg, 0.5))
        assert pixels.width == pytest.approx(float(str(root.get("width"))) / 2, abs=1)
        colors = {color for _, color in pixels.getcolors(pixels.width * pixels.height) or []}
        assert {(255, 255, 255), (0x1E, 0x40, 0xAF)} <= colors


def test_the_same_graph_gives_the_same_bytes(joined: Path, chart: Chart) -> None:
    again = overview.build_chart(KnowledgeGraph.open(joined).store, VIEWS["overview"])
    assert again == chart


@pytest.mark.parametrize(("lang", "message"), [("en", "Add some: kg build"), ("zh", "尚无目录")])
def test_without_catalogues_a_line_names_those_to_add(
    run: Run, built: Path, lang: str, message: str
) -> None:
    result = run("view", "overview", "--lang", lang, store=built)
    assert result.returncode == 1
    lines = [line for line in result.stdout.splitlines() if "relaton-data-iso" in line]
    assert len(lines) == 1
    assert message in lines[0]


def test_an_empty_panel_names_sources_to_add(graph: KnowledgeGraph) -> None:
    empty = overview.build_chart(graph.store, VIEWS["overview"])
    assert empty.rows == ()
    shown = " ".join(svgs.visible_texts(svgs.parse(empty.svg["en"])))
    assert len(re.findall("kg build SOURCE", shown)) == 3


def test_the_command_writes_every_format(run: Run, joined: Path, tmp_path: Path) -> None:
    for ending, begins in (("png", b"\x89PNG"), ("svg", b"<svg"), ("html", b"<!DOCTYPE html>")):
        file = tmp_path / f"whole.{ending}"
        result = run("view", "overview", "-o", file, store=joined)
        assert (result.returncode, result.stderr) == (0, "")
        assert begins.lower() in file.read_bytes()[:200].lower()
