"""The chart of observations: values with unit and comparator, lengths compared within a unit."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from kg import KnowledgeGraph
from kg.common.bilingual import Text
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.pictures.charts.chart import Chart
from kg.pictures.charts.observations import COLUMNS, build_chart, format_number
from kg.pictures.charts.observations_drawing import Card, CardEntry, draw
from kg.pictures.svg import text
from kg.queries.kept_rows import select_rows
from tests.network.hostile import IRIS, LABELS
from tests.pictures import svgs
from tests.pictures.svgs import LANGS, SVG

VIEW = svgs.view_of_kind("figures")
BASE_OF_HANGZHOU = "https://w3id.org/stdkg/cn/zj/hangzhou/conference-base/"


@pytest.fixture(scope="module")
def chart(graph: KnowledgeGraph) -> Chart:
    return build_chart(graph.store, VIEW)


def entry(size: str, unit: str = "u", **about: object) -> CardEntry:
    given = {
        "iri": f"https://w3id.org/stdkg/{size}/{unit}",
        "number": Text(size, size),
        "comparator": "",
        "before": Text("", ""),
        "after": Text(unit, unit),
        "indicator": Text("measure", "指标"),
        "details": Text("2018", "2018年"),
        "unit": unit,
        "value": float(size),
        "whole": "",
        "proofs": (),
    }
    return CardEntry(**(given | about))  # type: ignore[arg-type]


def cards(*entries: CardEntry) -> list[Card]:
    return [Card(Text("thing", "某物"), "reform", entries)]


def figures_of(svg: str) -> list[ET.Element]:
    return svgs.by_class(svgs.parse(svg), "figure")


def lengths(svg: str) -> list[float]:
    bars = (bar for figure in figures_of(svg) for bar in svgs.by_class(figure, "bar"))
    return [float(bar.get("width", "0")) for bar in bars]


@pytest.mark.parametrize("lang", LANGS)
def test_every_observation_has_value_unit_and_comparator(
    graph: KnowledgeGraph, chart: Chart, lang: str
) -> None:
    shown = {str(f.get("data-id")): svgs.visible_texts(f) for f in figures_of(chart.svg[lang])}
    rows = select_rows(graph.store, VIEW)
    assert len(rows) > 20
    for row in rows:
        texts = shown[row["figure"]]
        assert graph.label(row["indicator"], lang) in texts or row["unit"]
        if row["value"]:
            assert format_number(row["value"]) in texts
            assert graph.label(row["unit"], lang) in texts
        if row["comparator"]:
            assert graph.label(row["comparator"], lang) in texts
        if row["rank"]:
            among = graph.label(row["among"], lang)
            rank = {"en": f"No. {row['rank']} in {among}", "zh": f"{among}第 {row['rank']} 位"}
            assert rank[lang] in texts
        if row["years"]:
            assert any(row["years"] in part for part in texts)
        for date in (row["asOf"], row["period"]):
            assert any(date in part for part in texts)


def test_the_table_has_the_same_with_evidence(graph: KnowledgeGraph, chart: Chart) -> None:
    assert chart.columns == COLUMNS
    rows = select_rows(graph.store, VIEW)
    assert len(chart.rows) == len({(r["figure"], r["value"], r["rank"]) for r in rows})
    claims = {proof.claim for row in chart.rows for proof in row.proofs}
    assert claims == set(proofs.proofs_of_claims(graph.store, {row["claim"] for row in rows}))
    values = [row.cells[2].text.en for row in chart.rows]
    assert "more than 80 countries and regions" in values
    assert "No. 1 in China · 3 years running" in values
    assert "2,145 persons" in values
    part = next(r for r in chart.rows if r.cells[2].text.en == "1,432 persons")
    assert part.cells[5].iri == BASE_OF_HANGZHOU + "attendees/2018"
    assert part.cells[3].text == Text("as of end of 2018", "截至2018年底")


def test_two_claims_of_an_observation_are_one_row_with_both_proofs(
    graph: KnowledgeGraph, chart: Chart
) -> None:
    (row,) = [r for r in chart.rows if r.cells[2].text.en == "559 standards"]
    assert len({proof.claim for proof in row.proofs}) == 2
    assert row.cells[4].text.en == "Zhejiang"


def test_a_part_follows_its_whole_on_the_same_scale(chart: Chart) -> None:
    figures = figures_of(chart.svg["en"])
    order = [str(figure.get("data-id")) for figure in figures]
    whole = order.index(BASE_OF_HANGZHOU + "attendees/2018")
    assert order[whole + 1] == BASE_OF_HANGZHOU + "foreign-attendees/2018"
    whole_width, part_width = (
        float(svgs.by_class(figures[rank], "bar")[0].get("width", "0"))
        for rank in (whole, whole + 1)
    )
    assert part_width / whole_width == pytest.approx(1432 / 2145, abs=0.001)


def test_a_bound_is_not_drawn_as_a_value(chart: Chart) -> None:
    figure = next(
        f for f in figures_of(chart.svg["en"]) if "attending-areas" in str(f.get("data-id"))
    )
    assert svgs.by_class(figure, "bar") == []
    (bound,) = svgs.by_class(figure, "bound")
    assert bound.get("fill") == "none"
    assert bound.get("stroke-dasharray")
    for comparator, turned in (("more-than", 1), ("at-least", 1), ("less-than", -1)):
        svg = draw(VIEW, cards(entry("10"), entry("5", comparator=comparator)), "en")
        (figure,) = [f for f in figures_of(svg) if svgs.by_class(f, "bound")]
        (bound,) = svgs.by_class(figure, "bound")
        end = float(bound.get("width", "0"))
        arrow = next(p for p in figure.iter(f"{SVG}path") if "H" in str(p.get("d")))
        tip = float(re.findall(r"H([\d.]+)", str(arrow.get("d")))[0])
        assert (tip - end) * turned > 10
        assert len(lengths(svg)) == 1


def test_lengths_are_compared_within_a_unit_and_subject_only() -> None:
    assert lengths(draw(VIEW, cards(entry("10"), entry("5", "other")), "en")) == []
    ten, five = lengths(draw(VIEW, cards(entry("10"), entry("5")), "en"))
    assert five == pytest.approx(ten / 2, abs=0.1)
    apart = [*cards(entry("10")), *cards(entry("5"))]
    assert lengths(draw(VIEW, apart, "en")) == []


@pytest.mark.parametrize("lang", LANGS)
def test_cards_do_not_overlap_and_contain_their_text(chart: Chart, lang: str) -> None:
    root = svgs.parse(chart.svg[lang])
    cards = svgs.first_rects(root, "card")
    assert len(cards) == len({row.cells[0].iri for row in chart.rows})
    for rank, card in enumerate(cards):
        assert not [other for other in cards[:rank] if other.overlaps(card)]
    wide, high = (float(root.get(side, "0")) for side in ("width", "height"))
    for element, dx, dy, by in svgs.with_offsets(root):
        if element.tag == f"{SVG}text":
            x, y = (at + by * float(element.get(k, "0")) for at, k in ((dx, "x"), (dy, "y")))
            end = x + text.width(element.text or "", by * float(element.get("font-size", "0")))
            assert 0 <= x <= end <= wide
            assert 0 <= y <= high
            inside = [c for c in cards if c.contains((x, y))]
            assert all(end <= card.x1 for card in inside)


@pytest.mark.parametrize("lang", LANGS)
def test_the_svg_is_safe_and_has_title_and_sources(chart: Chart, lang: str) -> None:
    root = svgs.parse(chart.svg[lang])
    assert svgs.unsafe_parts(root) == []
    shown = svgs.visible_texts(root)
    assert VIEW.title.of(lang) in shown
    for row in chart.rows:
        assert any(row.proofs[0].source_name(lang) in line for line in shown)
    tooltips = [svgs.tooltip_of(figure) for figure in figures_of(chart.svg[lang])]
    assert any("80" in title and "“" in title for title in tooltips)


def test_the_same_graph_gives_the_same_bytes(graph: KnowledgeGraph, chart: Chart) -> None:
    assert build_chart(graph.store, VIEW).svg == chart.svg


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_observations_are_harmless(lang: str) -> None:
    cards_of_labels = []
    for name, label in LABELS.items():
        name_text, url = Text(label, label), IRIS.get(name, "https://w3id.org/stdkg/x")
        proof = Proof(url, label, 0, 1, url, url, label, label)
        first = entry(
            "1",
            label,
            iri=url,
            number=name_text,
            before=name_text,
            indicator=name_text,
            details=name_text,
            proofs=(proof,),
        )
        cards_of_labels.append(Card(name_text, "figure", (first, entry("2", label, value=None))))
    svg = draw(VIEW, cards_of_labels, lang)
    root = svgs.parse(svg)
    assert svgs.unsafe_parts(root) == []
    assert len(svgs.by_class(root, "figure")) == 2 * len(LABELS)
    assert not re.search(r"href=\"(?!https?://)", svg)
    assert len(svg) < 200_000


def test_a_chart_without_observations_is_valid() -> None:
    assert VIEW.title.en in svgs.visible_texts(svgs.parse(draw(VIEW, [], "en")))


def test_numbers_get_thousands_separators_and_nothing_else() -> None:
    assert format_number("0.50") == "0.50"
    assert format_number("1e3") == "1,000"
    assert format_number("-2145") == "-2,145"
    assert format_number("NaN") == "NaN"
    assert format_number("") == ""
