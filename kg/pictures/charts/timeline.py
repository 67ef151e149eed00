"""Dated things on an axis of years, each as long as its source's date is precise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.common.bilingual import Text
from kg.common.namespaces import STD
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.network.filters import Filter, is_outside
from kg.pictures.charts.chart import Cell, Picture, Row
from kg.pictures.charts.rows import Things, dated, read
from kg.pictures.charts.timeline_drawing import Mark, draw
from kg.queries.views import View
from kg.store import Store

COLUMNS: Final = (
    Text("date", "时间"),
    Text("what", "事项"),
    Text("kind of date", "日期类型"),
)
"""The columns of the table beside the picture."""

_START: Final = STD + "start"
_END: Final = STD + "end"
_PLAIN: Final = (STD + "date", _START, _END)
_PERIOD: Final = Text("from – to", "起止")
_PLANNED: Final = Text("{} (planned)", "{}（计划中）")
_SINCE: Final = Text("from {}", "{} 起")
_UNTIL: Final = Text("until {}", "至 {}")


@dataclass(frozen=True)
class Dated:
    """A thing with one of its dates: ISO 8601 texts, ``end`` empty unless it is an interval.

    ``kind`` is the IRI of the property, that of the start for an interval; ``part`` the IRI of the
    part of the date that the source names (such as early), or empty.
    """

    thing: str
    kind: str
    start: str
    end: str
    part: str
    planned: bool
    claims: tuple[str, ...]


def picture(store: Store, view: View, period: Filter | None = None) -> Picture:
    """Draw a view of the kind ``timeline`` in both languages, with its table.

    ``period``: a filter of which ``since`` and ``until`` count, if not all is to be drawn.

    The picture holds every dated row of the view; rows that say the same are one, with the evidence
    of each. A start and an end that the same source gives are one interval.
    """
    within = period or Filter()
    found = [one for one in _dated(read(store, view)) if not _outside(one, within)]
    things = Things.read(store, {iri for d in found for iri in (d.thing, d.kind, d.part)})
    evidence = proofs.of_claims(store, {claim for d in found for claim in d.claims})
    marks = [_mark(d, things, evidence) for d in found]
    kinds = [_kind(d, things) for d in found]
    rows = tuple(
        Row((Cell(mark.when), things.cell(d.thing), Cell(kind)), mark.proofs)
        for d, mark, kind in zip(found, marks, kinds, strict=True)
    )
    svg = {lang: draw(view, marks, lang) for lang in ("en", "zh")}
    return Picture(view.title, view.description, svg, COLUMNS, rows)


def _dated(rows: list[dict[str, str]]) -> list[Dated]:
    """The rows as dated things in order, starts and ends joined, each claim once."""
    found: dict[tuple[str, str, str, str, str, bool], list[str]] = {}
    starts, ends = (
        {(row["thing"], row["claim"]): row["date"] for row in rows if row["property"] == which}
        for which in (_START, _END)
    )
    for row in rows:
        key = row["thing"], row["claim"]
        kind, start, end = row["property"], row["date"], ""
        if kind == _START and key in ends:
            end = ends[key]
        elif kind == _END and key in starts:
            kind, start, end = _START, starts[key], row["date"]
        planned = bool(row.get("planned"))
        about = (row["thing"], kind, start, end, row.get("part", ""), planned)
        claims = found.setdefault(about, [])
        if row["claim"] not in claims:
            claims.append(row["claim"])
    # A date whose part one source names and another does not stands twice: both said so.
    ordered = sorted(found.items(), key=lambda pair: (pair[0][2], pair[0][3], pair[0]))
    return [Dated(*about, tuple(claims)) for about, claims in ordered]


def _outside(one: Dated, period: Filter) -> bool:
    return is_outside(*_bounds(one), period.since, period.until)


def _bounds(one: Dated) -> tuple[str, str]:
    """The first and the last date; of a lone start or end the other one is not known."""
    if one.kind == _END:
        return "", one.start
    return one.start, one.end or ("" if one.kind == _START else one.start)


def _mark(one: Dated, things: Things, evidence: Mapping[str, tuple[Proof, ...]]) -> Mark:
    proofs_ = tuple(proof for claim in one.claims for proof in evidence.get(claim, ()))
    return Mark(
        name=things.name(one.thing),
        group=things.groups.get(one.thing, "topic"),
        when=_when(one, things),
        kind=Text("", "") if one.kind in _PLAIN and not one.planned else _kind(one, things),
        start=_bounds(one)[0],
        end=_bounds(one)[1],
        part=one.part.rsplit("/", 1)[-1],
        planned=one.planned,
        proofs=proofs_,
    )


def _when(one: Dated, things: Things) -> Text:
    part = things.name(one.part) if one.part else None
    first = dated(one.start, part)
    if one.end:
        last = dated(one.end)
        return Text(f"{first.en} – {last.en}", f"{first.zh} 至 {last.zh}")
    frame = {_START: _SINCE, _END: _UNTIL}.get(one.kind, Text("{}", "{}"))
    return Text(frame.en.format(first.en), frame.zh.format(first.zh))


def _kind(one: Dated, things: Things) -> Text:
    name = _PERIOD if one.end else things.name(one.kind)
    if not one.planned:
        return name
    return Text(_PLANNED.en.format(name.en), _PLANNED.zh.format(name.zh))
