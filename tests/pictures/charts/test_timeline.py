"""The timeline: every dated row, as precise as its source, without overlaps."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from kg import KnowledgeGraph
from kg.common.bilingual import Text
from kg.common.namespaces import BASE, STD
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.evidence.short_citations import in_short
from kg.pictures.charts.axis import WIDTH, Axis, TimeSpan, time_span
from kg.pictures.charts.chart import Chart
from kg.pictures.charts.timeline import COLUMNS, build_chart
from kg.pictures.charts.timeline_drawing import TimelineItem, draw
from kg.pictures.svg import text
from kg.queries.kept_rows import select_rows
from kg.store.embedded import EmbeddedStore
from tests.network.hostile import IRIS, LABELS
from tests.pictures import svgs
from tests.pictures.svgs import LANGS, SVG

VIEW = svgs.view_of_kind("timeline")


@pytest.fixture(scope="module")
def chart(graph: KnowledgeGraph) -> Chart:
    return build_chart(graph.store, VIEW)


def item(start: str, end: str | None = None, **about: object) -> TimelineItem:
    given = {
        "name": Text("a thing", "某物"),
        "group": "event",
        "when": Text(start, start),
        "kind": Text("", ""),
        "start": start,
        "end": start if end is None else end,
        "part": "",
        "planned": False,
        "proofs": (),
    }
    return TimelineItem(**(given | about))  # type: ignore[arg-type]


def only(svg: str) -> ET.Element:
    (found,) = svgs.by_class(svgs.parse(svg), "dated")
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_every_dated_row_is_drawn(graph: KnowledgeGraph, chart: Chart, lang: str) -> None:
    rows = select_rows(graph.store, VIEW)
    assert len(rows) > 30
    groups = svgs.by_class(svgs.parse(chart.svg[lang]), "dated")
    evidence = proofs.proofs_of_claims(graph.store, {row["claim"] for row in rows})
    for row in rows:
        name = graph.label(row["thing"], lang)
        own = [
            group
            for group in groups
            if name in svgs.tooltip_of(group)
            and row["date"] in str(group.get("data-date")).split("/")
        ]
        assert own, (name, row["date"])
        tooltips = " ".join(map(svgs.tooltip_of, own))
        first = in_short(evidence[row["claim"]])[0]
        assert text.clean(first.phrase or first.source_name(lang)) in tooltips


def test_the_table_has_every_row_with_its_evidence(graph: KnowledgeGraph, chart: Chart) -> None:
    assert chart.columns == COLUMNS
    assert len(svgs.by_class(svgs.parse(chart.svg["en"]), "dated")) == len(chart.rows)
    claims = {proof.claim for row in chart.rows for proof in row.proofs}
    assert claims == {row["claim"] for row in select_rows(graph.store, VIEW)}
    for row in chart.rows:
        assert len(row.cells) == len(COLUMNS)
        assert row.proofs
        assert row.cells[1].iri.startswith(BASE)
    dates = [row.cells[0].text.en for row in chart.rows]
    assert "early 2018" in dates
    assert "2018-05-14 – 2018-05-17" in dates
    assert "2018年初" in [row.cells[0].text.zh for row in chart.rows]


@pytest.mark.parametrize("lang", LANGS)
def test_text_and_bars_do_not_overlap(chart: Chart, lang: str) -> None:
    root = svgs.parse(chart.svg[lang])
    taken = []
    for group in svgs.by_class(root, "dated"):
        for line in group.iter(f"{SVG}text"):
            x, y, size = (float(line.get(key, "0")) for key in ("x", "y", "font-size"))
            long = text.width(line.text or "", size)
            left = x - long if line.get("text-anchor") == "end" else x
            assert left >= -1
            assert left + long <= WIDTH + 1
            taken.append((left, y - size * 0.75, left + long, y + size * 0.2))
        for bar in (e for e in group if e.tag == f"{SVG}rect" and e.get("height") == "7"):
            x, y, wide = (float(bar.get(key, "0")) for key in ("x", "y", "width"))
            taken.append((x, y, x + wide, y + 7))
    assert len(taken) > 60
    for rank, (a0, b0, a1, b1) in enumerate(taken):
        for c0, d0, c1, d1 in taken[:rank]:
            assert not (a0 < c1 and c0 < a1 and b0 < d1 and d0 < b1)


@pytest.mark.parametrize("lang", LANGS)
def test_the_svg_is_safe_and_has_years_and_a_legend(chart: Chart, lang: str) -> None:
    root = svgs.parse(chart.svg[lang])
    assert svgs.unsafe_parts(root) == []
    years = [element.text for element in svgs.by_class(root, "year")]
    assert years == [str(year) for year in range(2016, 2026)]
    assert svgs.by_class(root, "legend")
    assert VIEW.title.of(lang) in svgs.visible_texts(root)


def test_the_same_graph_gives_the_same_bytes(graph: KnowledgeGraph, chart: Chart) -> None:
    assert build_chart(graph.store, VIEW).svg == chart.svg


def test_a_bar_spans_the_precision_of_its_date() -> None:
    items = [item("2018"), item("2018-07"), item("2018-07-14"), item("2018-05-14", "2018-05-17")]
    groups = svgs.by_class(svgs.parse(draw(VIEW, items, "en")), "dated")
    shapes = [next(e for e in g if e.tag in (f"{SVG}rect", f"{SVG}circle")) for g in groups]
    year, month, day, days = shapes
    assert float(year.get("width", "0")) == pytest.approx(WIDTH, abs=0.1)
    assert float(month.get("width", "0")) == pytest.approx(WIDTH * 31 / 365, abs=0.1)
    assert day.tag == f"{SVG}circle"
    assert float(day.get("cx", "0")) == pytest.approx(WIDTH * 194.5 / 365, abs=0.1)
    assert float(days.get("x", "0")) == pytest.approx(WIDTH * 133 / 365, abs=0.7)


def test_planned_items_are_hollow_and_dashed() -> None:
    for planned in (False, True):
        svg = draw(VIEW, [item("2018", planned=planned)], "en")
        (bar,) = only(svg).findall(f"{SVG}rect")[:1]
        assert (bar.get("fill") == "none") is planned
        assert bool(bar.get("stroke-dasharray")) is planned
        assert ("planned" in svgs.visible_texts(svgs.parse(svg))) is planned


def test_early_and_end_fade_out_on_one_side() -> None:
    fills = {}
    for part in ("", "early", "end"):
        fills[part] = str(only(draw(VIEW, [item("2018", part=part)], "en"))[1].get("fill"))
    assert fills["early"].startswith("url(#early-")
    assert fills["end"].startswith("url(#end-")
    assert fills[""].startswith("#")


def test_a_lone_start_or_end_is_an_arrow() -> None:
    since = only(draw(VIEW, [item("2018-08-17", "")], "en"))
    until = only(draw(VIEW, [item("", "2018-08-17")], "en"))
    for group, beginning in ((since, "2018-08-17/"), (until, "/2018-08-17")):
        assert group.get("data-date") == beginning
        assert not [e for e in group if e.tag == f"{SVG}rect" and e.get("height") == "7"]
        assert group.find(f"{SVG}path") is not None


@pytest.mark.parametrize(
    ("date", "low", "high", "point"),
    [
        ("2018", 2018, 2019, False),
        ("2018-01", 2018, 2018 + 31 / 365, False),
        ("2020-02-29", 2020 + 59 / 366, 2020 + 60 / 366, True),
        ("2019-04-11T17:22:00", 2019 + 100 / 365, 2019 + 101 / 365, True),
        ("2019-04-11T17:22:00+08:00", 2019 + 100 / 365, 2019 + 101 / 365, True),
        ("2018Z", 2018, 2019, False),
        ("-0044-03", -44 + 60 / 366, -44 + 91 / 366, False),
    ],
)
def test_the_time_span_of_a_date(date: str, low: float, high: float, point: bool) -> None:
    found = time_span(date)
    assert found is not None
    assert [found.low, found.high] == pytest.approx([low, high])
    assert found.point is point


@pytest.mark.parametrize("date", ["", "soon", "2018-13", "2019-02-29", "18", "2018-07-14x"])
def test_an_invalid_date_has_no_time_span(date: str) -> None:
    assert time_span(date) is None


def test_items_with_an_invalid_date_are_named() -> None:
    svg = draw(VIEW, [item("2018"), item("soon", name=Text("odd one", "怪"))], "en")
    assert any("odd one" in line for line in svgs.visible_texts(svgs.parse(svg)))


def test_years_are_ordered_and_fill_the_axis() -> None:
    axis = Axis.of([TimeSpan(2016.2, 2016.3, False), *[TimeSpan(2018, 2019, False)] * 9])
    years = [*axis.years()]
    assert [year for year, _, _ in years] == [2016, 2017, 2018]
    assert all(right > left for _, left, right in years)
    assert years[-1][2] == pytest.approx(WIDTH)
    assert axis.empty == {2017}
    assert axis.x(2017) == pytest.approx(years[1][1])
    assert axis.x(2018.5) == pytest.approx((years[2][1] + years[2][2]) / 2)


def test_a_start_and_an_end_from_different_sources_are_not_joined() -> None:
    store = EmbeddedStore.in_memory(())
    rows = [
        ("s1", "start", "2018"),
        ("s2", "end", "2019"),
        ("s3", "start", "2020"),
        ("s3", "end", "2021"),
    ]
    values = " ".join(
        f'(<{BASE}x> <{STD}{name}> "{date}" <{BASE}claim/{claim}>)' for claim, name, date in rows
    )
    names = "?thing ?property ?date ?claim"
    sparql = f"SELECT {names} WHERE {{ VALUES ({names}) {{ {values} }} }}"
    view = type(VIEW)(VIEW.name, VIEW.title, VIEW.description, VIEW.kind, VIEW.layout, (), sparql)
    dates = [row.cells[0].text.en for row in build_chart(store, view).rows]
    assert dates == ["from 2018", "until 2019", "2020 – 2021"]


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_items_are_harmless(lang: str) -> None:
    items = []
    for rank, (name, label) in enumerate(LABELS.items()):
        url = IRIS.get(name, "https://w3id.org/stdkg/x")
        proof = Proof(url, label, 0, 1, url, url, label, label)
        when = f"20{rank + 10}"
        items.append(
            item(
                when, name=Text(label, label), when=Text(label, when), group=label, proofs=(proof,)
            )
        )
    svg = draw(VIEW, [*items, item(LABELS["script"])], lang)
    root = svgs.parse(svg)
    assert svgs.unsafe_parts(root) == []
    assert len(svgs.by_class(root, "dated")) == len(items)
    assert not re.search(r"href=\"(?!https?://)", svg)


def test_an_empty_timeline_is_a_valid_picture() -> None:
    assert VIEW.title.en in svgs.visible_texts(svgs.parse(draw(VIEW, [], "en")))


def test_the_length_of_the_axis_is_limited() -> None:
    svg = draw(VIEW, [item("0001"), item("9999"), item("99999")], "en")
    assert len(svg) < 1_000_000
    groups = svgs.by_class(svgs.parse(svg), "dated")
    assert len(groups) == 3
    for group in groups:
        assert all(
            -20 <= float(line.get("x", "0")) <= WIDTH + 20 for line in group.iter(f"{SVG}text")
        )
