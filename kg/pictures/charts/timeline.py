"""Timelines: dated entities on an axis of years, each as long as the period its date covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.common.bilingual import Text
from kg.common.namespaces import iri
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.network.filters import Filter, is_outside
from kg.pictures.charts.chart import Chart, TableCell, TableRow
from kg.pictures.charts.timeline_drawing import TimelineItem, draw
from kg.pictures.charts.timeline_list import draw_narrow
from kg.pictures.charts.view_rows import Entities, format_date
from kg.queries.kept_rows import select_rows
from kg.queries.views import View
from kg.store import Store

COLUMNS: Final = (
    Text("date", "时间"),
    Text("what", "事项"),
    Text("kind of date", "日期类型"),
)
"""The columns of the chart's table."""

_START: Final = iri("std:start")
_END: Final = iri("std:end")
_SELF_EVIDENT: Final = (iri("std:date"), _START, _END)
"""Kinds of date that are not named in the chart."""
_PERIOD: Final = Text("from – to", "起止")
_PLANNED: Final = Text("{} (planned)", "{}（计划中）")
_SINCE: Final = Text("from {}", "{} 起")
_UNTIL: Final = Text("until {}", "至 {}")


@dataclass(frozen=True)
class EntityDate:
    """A date or an interval of an entity, in ISO 8601; ``end`` is empty for a single date.

    ``kind`` is the IRI of the property (for an interval, of its start); ``part`` is the IRI of the
    part of the date that the source names (such as early), or empty.
    """

    entity: str
    kind: str
    start: str
    end: str
    part: str
    planned: bool
    claims: tuple[str, ...]


def build_chart(store: Store, view: View, period: Filter | None = None) -> Chart:
    """Draw a view of the kind ``timeline`` in both languages, with its table.

    ``period`` limits the chart by its ``since`` and ``until``. Rows with the same statement are
    merged, with the evidence of each; a start and an end from the same claim make an interval.
    """
    within = period or Filter()
    dates = [date for date in _entity_dates(select_rows(store, view)) if not _outside(date, within)]
    entities = Entities.load(store, {iri for d in dates for iri in (d.entity, d.kind, d.part)})
    evidence = proofs.proofs_of_claims(store, {claim for date in dates for claim in date.claims})
    items = [_item(row, date, entities, evidence) for row, date in enumerate(dates)]
    rows = tuple(
        TableRow(
            (TableCell(item.when), entities.cell(date.entity), TableCell(_kind(date, entities))),
            item.proofs,
        )
        for date, item in zip(dates, items, strict=True)
    )
    svg = {lang: draw(view, items, lang) for lang in ("en", "zh")}
    narrow = {lang: draw_narrow(view, items, lang) for lang in ("en", "zh")}
    return Chart(view.title, view.description, svg, COLUMNS, rows, narrow)


def _entity_dates(rows: list[dict[str, str]]) -> list[EntityDate]:
    """Merge equal rows and join starts with ends; sort by time."""
    merged: dict[tuple[str, str, str, str, str, bool], list[str]] = {}
    starts, ends = (
        {(row["thing"], row["claim"]): row["date"] for row in rows if row["property"] == kind}
        for kind in (_START, _END)
    )
    for row in rows:
        key = row["thing"], row["claim"]
        kind, start, end = row["property"], row["date"], ""
        if kind == _START and key in ends:
            end = ends[key]
        elif kind == _END and key in starts:
            kind, start, end = _START, starts[key], row["date"]
        planned = bool(row.get("planned"))
        statement = (row["thing"], kind, start, end, row.get("part", ""), planned)
        claims = merged.setdefault(statement, [])
        if row["claim"] not in claims:
            claims.append(row["claim"])
    # A date appears twice if only one of two sources names a part of it.
    ordered = sorted(merged.items(), key=lambda pair: (pair[0][2], pair[0][3], pair[0]))
    return [EntityDate(*statement, tuple(claims)) for statement, claims in ordered]


def _outside(date: EntityDate, period: Filter) -> bool:
    return is_outside(*_bounds(date), period.since, period.until)


def _bounds(date: EntityDate) -> tuple[str, str]:
    """Return the first and the last date; the other side of a lone start or end is empty."""
    if date.kind == _END:
        return "", date.start
    return date.start, date.end or ("" if date.kind == _START else date.start)


def _item(
    row: int, date: EntityDate, entities: Entities, evidence: Mapping[str, tuple[Proof, ...]]
) -> TimelineItem:
    start, end = _bounds(date)
    self_evident = date.kind in _SELF_EVIDENT and not date.planned
    return TimelineItem(
        name=entities.name(date.entity),
        group=entities.groups.get(date.entity, "topic"),
        when=_when(date, entities),
        kind=Text("", "") if self_evident else _kind(date, entities),
        start=start,
        end=end,
        part=date.part.rsplit("/", 1)[-1],
        planned=date.planned,
        proofs=tuple(proof for claim in date.claims for proof in evidence.get(claim, ())),
        row=row,
    )


def _when(date: EntityDate, entities: Entities) -> Text:
    part = entities.name(date.part) if date.part else None
    first = format_date(date.start, part)
    if date.end:
        last = format_date(date.end)
        return Text(f"{first.en} – {last.en}", f"{first.zh} 至 {last.zh}")
    template = {_START: _SINCE, _END: _UNTIL}.get(date.kind, Text("{}", "{}"))
    return Text(template.en.format(first.en), template.zh.format(first.zh))


def _kind(date: EntityDate, entities: Entities) -> Text:
    name = _PERIOD if date.end else entities.name(date.kind)
    if not date.planned:
        return name
    return Text(_PLANNED.en.format(name.en), _PLANNED.zh.format(name.zh))
