"""The whole at a glance: documents by body and year, fields, and countries, counted and drawn."""

from __future__ import annotations

from collections.abc import Iterator

from kg.common.bilingual import Text
from kg.pictures.charts.chart import Cell, Picture, Row
from kg.pictures.charts.overview import panels as overview_panels
from kg.pictures.charts.overview.counts import Counted
from kg.pictures.charts.overview.drawing import draw
from kg.pictures.charts.overview.wording import (
    COLUMNS,
    NOTHING,
    ROLES,
    SEVERAL,
    SEVERAL_KEY,
    STANDING,
    TITLES,
)
from kg.queries.views import View
from kg.store import Store


def picture(store: Store, view: View) -> Picture:
    """Draw a view of the kind ``overview`` in both languages, for wide and narrow windows.

    The table beside the picture has all numbers; the picture names the largest and adds up the
    rest. The same graph gives the same bytes.
    """
    counted = Counted.read(store, view)
    panels = [panel(counted) for panel in overview_panels.ALL]
    cited = [proof for panel in counted.proofs.values() for proof in panel]
    wide, narrow = (
        {lang: draw(view, panels, cited, lang, narrow=slim) for lang in ("en", "zh")}
        for slim in (False, True)
    )
    rows = tuple(_rows(counted))
    return Picture(view.title, view.description, wide, COLUMNS, rows, narrow, NOTHING)


def _rows(counted: Counted) -> Iterator[Row]:
    for panel, title in TITLES.items():
        for thing in counted.ranked(panel):
            name = counted.field(thing) if panel == "fields" else counted.names[thing]
            parts = counted.numbers[panel][thing]
            for part, number in sorted(parts.items(), key=lambda pair: _order(panel, pair)):
                cells = (
                    Cell(title),
                    Cell(name, thing),
                    _part(counted, part),
                    Cell(Text(str(number), str(number))),
                )
                yield Row(cells, counted.of(panel, thing))


def _order(panel: str, pair: tuple[str, int]) -> tuple[int, str]:
    part, number = pair
    if panel == "bodies":
        return list(STANDING).index(part), part
    if panel == "countries":
        return list(ROLES).index(part), part
    return (0 if panel == "years" else -number), part


def _part(counted: Counted, part: str) -> Cell:
    known = {**STANDING, **ROLES, SEVERAL_KEY: SEVERAL}
    if part in known:
        return Cell(known[part].name, part if "://" in part else "")
    if "://" in part:
        return Cell(counted.names.get(part, Text(part, part)), part)
    return Cell(Text(part, part))
