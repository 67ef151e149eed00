"""A timeline for narrow windows: a list of dated entities under the year in which each begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from kg.common.bilingual import Text
from kg.pictures.charts.timeline_drawing import PLANNED, TimelineItem, planned_legend
from kg.pictures.svg import text
from kg.pictures.svg.elements import element, text_line, tooltip
from kg.pictures.svg.frame import Frame, evidence_lines
from kg.pictures.svg.geometry import px
from kg.pictures.svg.style import palette
from kg.pictures.svg.symbols import group_legend, group_symbol
from kg.queries.views import View

_WIDTH: Final = 332.0
_YEAR_SIZE: Final = 15.0
_NAME_SIZE: Final = 13.0
_DATE_SIZE: Final = 11.5
_INDENT: Final = 24.0
_MAX_NAME: Final = 60.0
"""Longest name, in em."""
_YEAR_LENGTH: Final = 4
_UNDATED: Final = Text("no year", "年份不详")


def draw_narrow(view: View, items: Sequence[TimelineItem], lang: str, dark: bool = False) -> str:
    """Draw items in the order of time as SVG, each with its date below its name."""
    colors = palette(dark)
    out, y = [], 0.0
    for year, of_year in groupby(items, key=_year):
        y += _YEAR_SIZE + 6
        heading = year or _UNDATED.of(lang)
        out.append(text_line(heading, 0, y, class_="year", font_size=_YEAR_SIZE, fill=colors.ink))
        rule = f"M0 {px(y + 7)}H{px(_WIDTH)}"
        out.append(element("path", d=rule, stroke=colors.faint, stroke_width=1.2))
        y += 12
        for item in of_year:
            svg, height = _item(item, lang, dark)
            out.append(element("g", svg, transform=f"translate(0 {px(y)})"))
            y += height + 9
        y += 6
    legend = group_legend({item.group for item in items}, lang, dark)
    if any(item.planned for item in items):
        legend.append(planned_legend(lang, dark))
    proofs = (proof for item in items for proof in item.proofs)
    frame = Frame.of_view(view, lang, dark, legend, (), proofs).narrowed(_WIDTH)
    return frame.draw("".join(out), (_WIDTH, y))


def _year(item: TimelineItem) -> str:
    year = (item.start or item.end)[:_YEAR_LENGTH]
    return year if year.isdecimal() else ""


def _item(item: TimelineItem, lang: str, dark: bool) -> tuple[str, float]:
    """Return the SVG of an item and its height in px."""
    colors = palette(dark)
    name = text.shorten(item.name.of(lang), _MAX_NAME)
    y = 0.0
    lines = []
    for line in text.wrap(name, _NAME_SIZE, _WIDTH - _INDENT):
        y += _NAME_SIZE + 4
        lines.append(text_line(line, _INDENT, y, font_size=_NAME_SIZE, fill=colors.ink))
    when = " · ".join(part for part in (item.when.of(lang), item.kind.of(lang)) if part)
    for line in text.wrap(when, _DATE_SIZE, _WIDTH - _INDENT):
        y += _DATE_SIZE + 4
        lines.append(text_line(line, _INDENT, y, font_size=_DATE_SIZE, fill=colors.soft))
    ring = []
    if item.planned:
        circle = {"fill": "none", "stroke": colors.soft, "stroke_dasharray": "3 2"}
        ring = [element("circle", cx=8.0, cy=12.0, r=9.0, **circle)]
    planned = [PLANNED.of(lang)] if item.planned else []
    svg = element(
        "g",
        tooltip([item.name.of(lang), when, *planned, *evidence_lines(item.proofs, lang)]),
        group_symbol(item.group, (8, 12), 5.5, dark),
        *ring,
        *lines,
        class_="dated",
        data_date="/".join(dict.fromkeys((item.start, item.end))),
        data_planned="true" if item.planned else None,
        data_rows=item.row,
    )
    return svg, y
