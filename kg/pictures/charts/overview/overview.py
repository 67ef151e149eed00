"""The overview: documents by body and year, fields, and countries, counted and drawn."""

from __future__ import annotations

from collections.abc import Iterator

from kg.common.bilingual import Text
from kg.pictures.charts.chart import Chart, TableCell, TableRow
from kg.pictures.charts.overview.counts import OverviewCounts
from kg.pictures.charts.overview.drawing import draw
from kg.pictures.charts.overview.panels import PANELS
from kg.pictures.charts.overview.wording import (
    COLUMNS,
    EMPTY_GRAPH,
    ROLES,
    SEVERAL,
    SEVERAL_KEY,
    STATUSES,
    TITLES,
)
from kg.queries.views import View
from kg.store import Store


def build_chart(store: Store, view: View) -> Chart:
    """Draw a view of the kind ``overview`` in both languages, for wide and narrow windows.

    The table has all counts; the drawing shows the largest and adds up the rest. The same graph
    gives the same bytes.
    """
    counts = OverviewCounts.load(store, view)
    panels = [build_panel(counts) for build_panel in PANELS]
    proofs = [proof for some in counts.proofs.values() for proof in some]
    wide, narrow = (
        {lang: draw(view, panels, proofs, lang, narrow=narrow) for lang in ("en", "zh")}
        for narrow in (False, True)
    )
    rows = tuple(_rows(counts))
    return Chart(view.title, view.description, wide, COLUMNS, rows, narrow, EMPTY_GRAPH)


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
                yield TableRow(cells, counts.proofs_of(panel, entity))


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
