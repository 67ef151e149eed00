"""Observations and rankings by subject, each with unit, comparator and date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from kg.common.bilingual import Text
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.pictures.charts.chart import Chart, TableCell, TableRow
from kg.pictures.charts.observations_drawing import Card, CardEntry, draw
from kg.pictures.charts.view_rows import Entities, format_date
from kg.queries.kept_rows import select_rows
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
"""The columns of the chart's table."""

_KEY: Final = ("figure", "thing", "indicator", "comparator", "value", "unit", "rank")
"""Columns that have the same values in all rows of an observation."""
_YEAR_LENGTH: Final = 4
_EMPTY: Final = Text("", "")


@dataclass(frozen=True)
class Observation:
    """An observation or a ranking: its values by column of the view, and the claims that state it.

    See ``queries/views/figures.rq`` for the columns.
    """

    values: Mapping[str, str]
    claims: tuple[str, ...]


def build_chart(store: Store, view: View) -> Chart:
    """Draw a view of the kind ``figures`` in both languages, with its table.

    Rows with the same observation are merged, with the evidence of each. Bars compare only
    observations of one subject in one unit; comparators (such as "more than") are always shown.
    """
    observations = _observations(select_rows(store, view))
    iris = {value for observation in observations for value in observation.values.values()}
    entities = Entities.load(store, (iri for iri in iris if "://" in iri))
    claims = {claim for observation in observations for claim in observation.claims}
    evidence = proofs.proofs_of_claims(store, claims)
    entries = [
        _entry(row, observation, entities, evidence) for row, observation in enumerate(observations)
    ]
    by_subject: dict[str, list[CardEntry]] = {}
    for observation, entry in zip(observations, entries, strict=True):
        by_subject.setdefault(observation.values["thing"], []).append(entry)
    cards = [
        Card(entities.name(subject), entities.groups.get(subject, "topic"), tuple(its_entries))
        for subject, its_entries in by_subject.items()
    ]
    rows = tuple(
        _row(observation, entry, entities)
        for observation, entry in zip(observations, entries, strict=True)
    )
    svg, narrow = (
        {lang: draw(view, cards, lang, narrow=narrow) for lang in ("en", "zh")}
        for narrow in (False, True)
    )
    return Chart(view.title, view.description, svg, COLUMNS, rows, narrow)


def format_number(value: str) -> str:
    """Return a number with thousands separators; any other text unchanged.

    >>> format_number("185774"), format_number("12.50"), format_number("many")
    ('185,774', '12.50', 'many')
    """
    try:
        return f"{Decimal(value):,f}" if Decimal(value).is_finite() else value
    except InvalidOperation:
        return value


def _observations(rows: list[dict[str, str]]) -> list[Observation]:
    """Merge rows with the same observation; a whole comes right before its parts."""
    merged: dict[tuple[str, ...], tuple[dict[str, str], list[str]]] = {}
    for row in rows:
        key = tuple(row.get(name, "") for name in _KEY)
        values, claims = merged.setdefault(key, (dict(row), []))
        # Sources complement each other; where they differ, the first counts.
        values.update({name: value for name, value in row.items() if not values.get(name)})
        if row["claim"] not in claims:
            claims.append(row["claim"])
    observations = [Observation(values, tuple(claims)) for values, claims in merged.values()]
    order = {each.values["figure"]: index for index, each in enumerate(observations)}

    def whole_first(observation: Observation) -> tuple[int, bool, int]:
        own = order[observation.values["figure"]]
        whole = order.get(observation.values.get("whole", ""), own)
        return whole, whole != own, own

    observations.sort(key=whole_first)
    first = {each.values["thing"]: i for i, each in reversed([*enumerate(observations)])}
    return sorted(observations, key=lambda each: first[each.values["thing"]])


def _entry(
    row: int,
    observation: Observation,
    entities: Entities,
    evidence: Mapping[str, tuple[Proof, ...]],
) -> CardEntry:
    values = observation.values
    rank = values.get("rank", "")
    number = format_number(values.get("value", ""))
    return CardEntry(
        iri=values["figure"],
        number=_rank(values, entities) if rank else Text(number, number),
        comparator=values.get("comparator", "").rsplit("/", 1)[-1],
        before=_name(values, "comparator", entities),
        after=_EMPTY if rank else _name(values, "unit", entities),
        indicator=entities.name(values["indicator"]),
        details=_details(values, entities),
        unit=values.get("unit", ""),
        value=_length(values.get("value", "")),
        whole=values.get("whole", ""),
        proofs=tuple(proof for claim in observation.claims for proof in evidence.get(claim, ())),
        row=row,
    )


def _rank(values: Mapping[str, str], entities: Entities) -> Text:
    rank = values["rank"]
    if not values.get("among"):
        return Text(f"No. {rank}", f"第 {rank} 位")
    among = entities.name(values["among"])
    return Text(f"No. {rank} in {among.en}", f"{among.zh}第 {rank} 位")


def _details(values: Mapping[str, str], entities: Entities) -> Text:
    """Return level, consecutive years, place and date of an observation in one line."""
    place, when = _name(values, "place", entities), _when(values, entities)
    return _join([*_rank_terms(values, entities), place, when])


def _rank_terms(values: Mapping[str, str], entities: Entities) -> list[Text]:
    """Return the level of the areas in a ranking, and the consecutive years of the rank."""
    years = values.get("years")
    running = Text(f"{years} years running", f"连续 {years} 年") if years else _EMPTY
    return [_name(values, "level", entities), running]


def _full(entry: CardEntry, values: Mapping[str, str], entities: Entities) -> Text:
    value = Text(entry.value_text("en"), entry.value_text("zh"))
    return _join([value, *_rank_terms(values, entities)])


def _join(parts: Iterable[Text]) -> Text:
    present = [part for part in parts if part.en]
    return Text(" · ".join(part.en for part in present), " · ".join(part.zh for part in present))


def _when(values: Mapping[str, str], entities: Entities) -> Text:
    part = entities.name(values["timePart"]) if values.get("timePart") else None
    at, period = values.get("asOf", ""), values.get("period", "")
    if not (at or period):
        return _EMPTY
    date = format_date(at or period, part)
    chinese = f"{date.zh}年" if part is None and len(at or period) == _YEAR_LENGTH else date.zh
    return Text(f"as of {date.en}", f"截至{chinese}") if at else Text(date.en, chinese)


def _name(values: Mapping[str, str], column: str, entities: Entities) -> Text:
    return entities.name(values[column]) if values.get(column) else _EMPTY


def _length(value: str) -> float | None:
    """Return a value that can be drawn as a length (finite, not negative), else None."""
    try:
        number = float(value)
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def _row(observation: Observation, entry: CardEntry, entities: Entities) -> TableRow:
    values = observation.values
    cells = (
        entities.cell(values["thing"]),
        entities.cell(values["indicator"]),
        TableCell(_full(entry, values, entities), values["figure"]),
        TableCell(_when(values, entities)),
        TableCell(_name(values, "place", entities), values.get("place", "")),
        TableCell(_name(values, "whole", entities), values.get("whole", "")),
    )
    return TableRow(cells, entry.proofs)
