"""The overview: documents by body and year, fields, and countries, counted and drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from kg.common.bilingual import Text
from kg.common.namespaces import compact, iri
from kg.pictures.charts.chart import Chart, TableCell, TableRow
from kg.pictures.charts.overview.counts import OverviewCounts
from kg.pictures.charts.overview.drawing import draw
from kg.pictures.charts.overview.panels import PANELS, PLACE
from kg.pictures.charts.overview.wording import (
    COLUMNS,
    EMPTY_GRAPH,
    ROLES,
    SEVERAL,
    SEVERAL_KEY,
    STATUSES,
    TITLES,
)
from kg.pictures.charts.panels import Panel, PanelRow
from kg.queries.views import View
from kg.store import Store


def build_chart(store: Store, view: View) -> Chart:
    """Draw a view of the kind ``overview`` in both languages, for wide and narrow windows.

    The table has all counts; the drawing shows the largest and adds up the rest. The same graph
    gives the same bytes.
    """
    counts = OverviewCounts.load(store, view)
    rows = tuple(_rows(counts))
    by_entity: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(rows):
        title, entity, *_ = row.cells
        by_entity.setdefault((title.text.en, entity.iri), []).append(number)
    panels = [_with_table_rows(build_panel(counts), by_entity) for build_panel in PANELS]
    proofs = [proof for some in counts.proofs.values() for proof in some]
    wide, narrow = (
        {lang: draw(view, panels, proofs, lang, narrow=narrow) for lang in ("en", "zh")}
        for narrow in (False, True)
    )
    return Chart(view.title, view.description, wide, COLUMNS, rows, narrow, EMPTY_GRAPH)


def _with_table_rows(panel: Panel, by_entity: Mapping[tuple[str, str], list[int]]) -> Panel:
    """Note in each row of a panel which rows of the table it draws."""
    titles = [panel.title.en, *([TITLES["years"].en] if panel.title == TITLES["bodies"] else [])]

    def add(row: PanelRow) -> PanelRow:
        entities = row.members or (row.iri,)
        drawn = (by_entity.get((title, each), ()) for each in entities for title in titles)
        return replace(row, table_rows=tuple(chain.from_iterable(drawn)))

    return replace(panel, rows=tuple(map(add, panel.rows)))


def _command(panel: str, entity: str, part: str) -> str:
    """Return the command that lists what a row of a panel counts."""
    name = compact(entity)
    if panel == "fields":
        return f"kg query standards 'field={name}'"
    if panel == "countries" and not entity.startswith(PLACE):
        return f"kg view organizations --around '{name}'"
    if panel == "countries":
        secretariats = part == iri("role:secretariat")
        return (
            f"kg query country-{'secretariats' if secretariats else 'memberships'} 'country={name}'"
        )
    year = f" year={part}" if panel == "years" else ""
    return f"kg query standards 'body={name}'{year}"


def _rows(counts: OverviewCounts) -> Iterator[TableRow]:
    for panel, title in TITLES.items():
        for entity in counts.ranked(panel):
            name = counts.field_name(entity) if panel == "fields" else counts.names[entity]
            parts = counts.counts[panel][entity]
            for part, count in sorted(parts.items(), key=lambda pair: _order(panel, pair)):
                cells = (
                    TableCell(title),
                    TableCell(name, entity),
                    _part(counts, part),
                    TableCell(Text(str(count), str(count))),
                )
                command = _command(panel, entity, part)
                yield TableRow(cells, counts.proofs_of(panel, entity), command)


def _order(panel: str, pair: tuple[str, int]) -> tuple[int, str]:
    """Return the sort key of a part and its count, in the order of the panel's bars."""
    part, count = pair
    if panel == "bodies":
        return list(STATUSES).index(part), part
    if panel == "countries":
        return list(ROLES).index(part), part
    return (0 if panel == "years" else -count), part


def _part(counts: OverviewCounts, part: str) -> TableCell:
    swatches = {**STATUSES, **ROLES, SEVERAL_KEY: SEVERAL}
    if part in swatches:
        return TableCell(swatches[part].name, part if "://" in part else "")
    if "://" in part:
        return TableCell(counts.names.get(part, Text(part, part)), part)
    return TableCell(Text(part, part))
