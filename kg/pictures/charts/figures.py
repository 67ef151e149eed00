"""Figures and ranks by the thing they are about, each with unit, comparator and date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from kg.common.bilingual import Text
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.pictures.charts.chart import Cell, Picture, Row
from kg.pictures.charts.figures_drawing import Entry, Section, draw
from kg.pictures.charts.rows import Things, dated, read
from kg.queries.views import View
from kg.store import Store

COLUMNS: Final = (
    Text("what", "对象"),
    Text("measure", "指标"),
    Text("figure", "数值"),
    Text("when", "时间"),
    Text("where", "地点"),
    Text("part of", "所属总体"),
)
"""The columns of the table beside the picture."""

_ONE: Final = ("figure", "thing", "indicator", "comparator", "value", "unit", "rank")
_YEAR: Final = 4


@dataclass(frozen=True)
class Figure:
    """A figure or a rank: the columns of its rows by name, and the claims that state it."""

    about: Mapping[str, str]
    claims: tuple[str, ...]


def picture(store: Store, view: View) -> Picture:
    """Draw a view of the kind ``figures`` in both languages, with its table.

    Rows that state the same figure are one, with the evidence of each. Lengths are compared only
    among figures of one thing in one unit; a comparator is never dropped.
    """
    found = _figures(read(store, view))
    iris = {value for figure in found for value in figure.about.values()}
    things = Things.read(store, (iri for iri in iris if "://" in iri))
    evidence = proofs.of_claims(store, {claim for figure in found for claim in figure.claims})
    entries = [_entry(figure, things, evidence) for figure in found]
    sections = [
        Section(
            things.name(thing),
            things.groups.get(thing, "topic"),
            tuple(e for e, f in zip(entries, found, strict=True) if f.about["thing"] == thing),
        )
        for thing in dict.fromkeys(figure.about["thing"] for figure in found)
    ]
    rows = tuple(_row(figure, entry, things) for figure, entry in zip(found, entries, strict=True))
    svg = {lang: draw(view, sections, lang) for lang in ("en", "zh")}
    return Picture(view.title, view.description, svg, COLUMNS, rows)


def number(value: str) -> str:
    """A number with its thousands parted; a text that is none stays as it is.

    >>> number("185774"), number("12.50"), number("many")
    ('185,774', '12.50', 'many')
    """
    try:
        return f"{Decimal(value):,f}" if Decimal(value).is_finite() else value
    except InvalidOperation:
        return value


def _figures(rows: list[dict[str, str]]) -> list[Figure]:
    """Rows that say the same of one figure as one, wholes right before their parts."""
    found: dict[tuple[str, ...], tuple[dict[str, str], list[str]]] = {}
    for row in rows:
        key = tuple(row.get(name, "") for name in _ONE)
        about, claims = found.setdefault(key, (dict(row), []))
        # What one source leaves open another may say; what both say differently stands first.
        about.update({name: value for name, value in row.items() if not about.get(name)})
        if row["claim"] not in claims:
            claims.append(row["claim"])
    figures = [Figure(about, tuple(claims)) for about, claims in found.values()]
    order = {figure.about["figure"]: rank for rank, figure in enumerate(figures)}

    def place(figure: Figure) -> tuple[int, bool, int]:
        own = order[figure.about["figure"]]
        whole = order.get(figure.about.get("whole", ""), own)
        return whole, whole != own, own

    figures.sort(key=place)
    first = {figure.about["thing"]: rank for rank, figure in reversed([*enumerate(figures)])}
    return sorted(figures, key=lambda figure: first[figure.about["thing"]])


def _entry(figure: Figure, things: Things, evidence: Mapping[str, tuple[Proof, ...]]) -> Entry:
    about = figure.about
    rank = about.get("rank", "")
    return Entry(
        iri=about["figure"],
        number=_rank(about, things) if rank else Text(*[number(about.get("value", ""))] * 2),
        comparator=about.get("comparator", "").rsplit("/", 1)[-1],
        before=_name(about, "comparator", things),
        after=Text("", "") if rank else _name(about, "unit", things),
        measure=things.name(about["indicator"]),
        details=_details(about, things),
        unit=about.get("unit", ""),
        value=_float(about.get("value", "")),
        whole=about.get("whole", ""),
        proofs=tuple(proof for claim in figure.claims for proof in evidence.get(claim, ())),
    )


def _rank(about: Mapping[str, str], things: Things) -> Text:
    rank = about["rank"]
    if not about.get("among"):
        return Text(f"No. {rank}", f"第 {rank} 位")
    among = things.name(about["among"])
    return Text(f"No. {rank} in {among.en}", f"{among.zh}第 {rank} 位")


def _details(about: Mapping[str, str], things: Things) -> Text:
    """What else belongs to a figure, in a line: level, years running, place and date."""
    return _joined([*_terms(about, things), _name(about, "place", things), _when(about, things)])


def _terms(about: Mapping[str, str], things: Things) -> list[Text]:
    """On which terms a rank holds: among things of which level, and for how many years."""
    years = about.get("years")
    running = Text(f"{years} years running", f"连续 {years} 年") if years else Text("", "")
    return [_name(about, "level", things), running]


def _full(entry: Entry, about: Mapping[str, str], things: Things) -> Text:
    return _joined([Text(entry.said("en"), entry.said("zh")), *_terms(about, things)])


def _joined(parts: Iterable[Text]) -> Text:
    said = [part for part in parts if part.en]
    return Text(" · ".join(part.en for part in said), " · ".join(part.zh for part in said))


def _when(about: Mapping[str, str], things: Things) -> Text:
    part = things.name(about["timePart"]) if about.get("timePart") else None
    at, period = about.get("asOf", ""), about.get("period", "")
    if not (at or period):
        return Text("", "")
    said = dated(at or period, part)
    chinese = f"{said.zh}年" if part is None and len(at or period) == _YEAR else said.zh
    return Text(f"as of {said.en}", f"截至{chinese}") if at else Text(said.en, chinese)


def _name(about: Mapping[str, str], column: str, things: Things) -> Text:
    return things.name(about[column]) if about.get(column) else Text("", "")


def _float(value: str) -> float | None:
    try:
        found = float(value)
    except ValueError:
        return None
    return found if 0 <= found < float("inf") else None


def _row(figure: Figure, entry: Entry, things: Things) -> Row:
    about = figure.about
    cells = (
        things.cell(about["thing"]),
        things.cell(about["indicator"]),
        Cell(_full(entry, about, things), about["figure"]),
        Cell(_when(about, things)),
        Cell(_name(about, "place", things), about.get("place", "")),
        Cell(_name(about, "whole", things), about.get("whole", "")),
    )
    return Row(cells, entry.proofs)
