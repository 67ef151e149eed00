"""The drawing of a timeline: bars and dots in lanes above a time axis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.common.bilingual import Text
from kg.evidence.proofs import Proof
from kg.pictures.charts.axis import WIDTH, Axis, TimeSpan, time_span
from kg.pictures.svg import text
from kg.pictures.svg.elements import element, text_line, tooltip
from kg.pictures.svg.frame import Frame, evidence_lines
from kg.pictures.svg.geometry import px
from kg.pictures.svg.style import group_color, palette
from kg.pictures.svg.symbols import group_legend, group_symbol
from kg.queries.views import View

_LANE_HEIGHT: Final = 47.0
_NAME_SIZE: Final = 12.0
_SMALL_SIZE: Final = 10.5
_MAX_NAME: Final = 34.0
"""Longest name, in em."""
_MIN_ROOM: Final = 20.0
"""Room for a name, in em, below which it is right-aligned."""
_SYMBOL_WIDTH: Final = 15.0
_MONTHS_FROM: Final = 250.0
"""Width of a year, in px, above which its months are marked."""
_BAR_HEIGHT: Final = 7.0
_DOT_RADIUS: Final = 4.6
_MIN_BAR_WIDTH: Final = 13.0
_ARROW_LENGTH: Final = 34.0
_FADING: Final = ("early", "end")
"""Parts of a date that are drawn as a fading bar."""
_NOTES: Final = (
    Text(
        "A dot is a day, a bar a month, a year or a period: the source says no more. "
        "Bars that fade are early or late in the time they cover; an arrow has no known end.",
        "圆点表示某日，横条表示某月、某年或一段时间：来源未给出更精确的日期。"
        "渐隐的横条表示该时段之初或之末；箭头表示起点或终点不详。",
    ),
    Text(
        "The scale changes from year to year: the more is dated in a year, the wider it is; "
        "years without any are hatched.",
        "各年刻度不同：事项越多的年份越宽，无事项的年份以斜线表示。",
    ),
)
PLANNED: Final = Text("planned", "计划中")
"""The legend of what is planned."""


@dataclass(frozen=True)
class TimelineItem:
    """A date to draw: a name, its group, the date and its kind as text, and ISO 8601 bounds.

    ``start`` and ``end`` are equal for a single date and empty where unknown. ``part`` is
    ``early``, ``end`` or another part of the date, or empty. ``row`` is its row in the chart's
    table.
    """

    name: Text
    group: str
    when: Text
    kind: Text
    start: str
    end: str
    part: str
    planned: bool
    proofs: tuple[Proof, ...]
    row: int = -1


@dataclass(frozen=True)
class PlacedItem:
    """An item with its bar (left and right in px), its lane and its lines of text.

    ``lines`` are the name and the date; ``x`` in px and ``anchor`` (``start`` or ``end``) place
    them.
    """

    item: TimelineItem
    left: float
    right: float
    point: bool
    lines: tuple[str, str]
    x: float
    anchor: str
    lane: int = 0

    @property
    def extent(self) -> tuple[float, float]:
        """Left and right of the space it takes in its lane, in px."""
        name, when = self.lines
        width = max(text.width(name, _NAME_SIZE) + _SYMBOL_WIDTH, text.width(when, _SMALL_SIZE))
        low, high = (0.0, width) if self.anchor == "start" else (-width, 0.0)
        return min(self.x + low, self.left - 5), max(self.x + high, self.right + 5)


def draw(view: View, items: Sequence[TimelineItem], lang: str, dark: bool = False) -> str:
    """Draw items in the order of time as SVG; a note names those with an unreadable date."""
    dated = [(item, *spans) for item in items if (spans := _first_and_last(item))]
    axis = Axis.of([TimeSpan(first.low, last.high, False) for _, first, last in dated])
    placed = _assign_lanes(_place(item, first, last, axis, lang) for item, first, last in dated)
    lanes = 1 + max((item.lane for item in placed), default=-1)
    height = lanes * _LANE_HEIGHT + 12
    out = [_patterns(items, view, lang, dark), *_axis(axis, height, view, lang, dark)]
    out += [_item(item, view, lang, dark) for item in placed]
    undated = [item.name for item in items if not _first_and_last(item)]
    notes = [*_NOTES, _not_drawn(undated)] if undated else _NOTES
    legend = group_legend({item.group for item in items}, lang, dark)
    if any(item.planned for item in items):
        legend.append(planned_legend(lang, dark))
    proofs = (proof for item in items for proof in item.proofs)
    frame = Frame.of_view(view, lang, dark, legend, notes, proofs)
    return frame.draw("".join(out), (WIDTH, height + 30))


def planned_legend(lang: str, dark: bool) -> tuple[str, str]:
    """Return the legend's item for what is planned: its symbol and its name."""
    style = _bar_style(palette(dark).soft, planned=True)
    return element("rect", x=0, y=-8, width=16, height=8, rx=3, **style), PLANNED.of(lang)


def _not_drawn(names: Sequence[Text]) -> Text:
    english, chinese = ("; ".join(name.of(lang) for name in names) for lang in ("en", "zh"))
    return Text(f"Not drawn: {english}", f"无法绘出：{chinese}")


def _first_and_last(item: TimelineItem) -> tuple[TimeSpan, TimeSpan] | None:
    """Return the spans of start and end, equal for a lone one; None if either is unreadable."""
    first, last = time_span(item.start or item.end), time_span(item.end or item.start)
    return (first, last) if first and last else None


def _place(
    item: TimelineItem, first: TimeSpan, last: TimeSpan, axis: Axis, lang: str
) -> PlacedItem:
    point = first.point and first == last
    left, right = axis.x(first.low), axis.x(last.high)
    if point:
        left = right = (left + right) / 2
    elif right - left < _MIN_BAR_WIDTH:
        left, right = (left + right - _MIN_BAR_WIDTH) / 2, (left + right + _MIN_BAR_WIDTH) / 2
    if not item.end:
        right = left + _ARROW_LENGTH
    if not item.start:
        left = right - _ARROW_LENGTH
    room = (WIDTH - left - _SYMBOL_WIDTH) / _NAME_SIZE
    at_end = room < _MIN_ROOM
    lines = (
        text.shorten(item.name.of(lang), _MAX_NAME if at_end else min(_MAX_NAME, room)),
        " · ".join(part for part in (item.when.of(lang), item.kind.of(lang)) if part),
    )
    radius = point * _DOT_RADIUS
    x, anchor = (right + radius, "end") if at_end else (left - radius, "start")
    return PlacedItem(item, left, right, point, lines, x, anchor)


def _assign_lanes(items: Iterable[PlacedItem]) -> list[PlacedItem]:
    """Put each item, in order, into the first lane where it overlaps no other item."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for item in items:
        low, high = item.extent
        free = (
            lane
            for lane, extents in enumerate(taken)
            if all(high + 12 < left or right + 12 < low for left, right in extents)
        )
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        placed.append(replace(item, lane=lane))
    return placed


def _key(view: View, lang: str) -> str:
    """Return a suffix that makes ids unique between pictures on one page."""
    return re.sub(r"[^a-z0-9]+", "-", f"{view.name}-{lang}".casefold())


def _axis(axis: Axis, height: float, view: View, lang: str, dark: bool) -> Iterable[str]:
    colors = palette(dark)
    for year, left, right in axis.years():
        if year in axis.empty:
            hatching = f"url(#h-{_key(view, lang)})"
            yield element("rect", x=left, y=0, width=right - left, height=height, fill=hatching)
        border = f"M{px(left)} 0V{px(height + 6)}"
        yield element("path", d=border, stroke=colors.faint, stroke_width=1.2)
        if right - left > _MONTHS_FROM:
            for month in range(1, 12):
                x = axis.x(year + month / 12)
                tick = f"M{px(x)} {px(height - (4 if month % 3 else 7))}V{px(height)}"
                yield element("path", d=tick, stroke=colors.line)
        size = 13.0 if year not in axis.empty else 9.5
        if text.width(str(year), size) + 4 > right - left:
            continue
        yield text_line(
            str(year),
            (left + right) / 2,
            height + 22,
            class_="year",
            font_size=size,
            text_anchor="middle",
            fill=colors.ink if size > _SMALL_SIZE else colors.soft,
        )
    baseline = f"M0 {px(height)}H{px(WIDTH)}"
    yield element("path", d=baseline, stroke=colors.line, stroke_width=1.4)


def _patterns(items: Sequence[TimelineItem], view: View, lang: str, dark: bool) -> str:
    """Return the hatching of empty years, and the gradients of fading bars for each group."""
    key = _key(view, lang)
    color = palette(dark).faint
    line = element("path", d="M-2 8L8 -2M0 14L14 0", stroke=color, stroke_width=1.5)
    out = [
        element("pattern", line, id=f"h-{key}", width=6, height=6, patternUnits="userSpaceOnUse")
    ]
    for group in sorted({item.group for item in items}):
        color = group_color(group, dark)
        for part, transparent in zip(_FADING, (1, 0), strict=True):
            stops = (
                element(
                    "stop",
                    offset=offset,
                    stop_color=color,
                    stop_opacity=0.08 if offset == transparent else 0.95,
                )
                for offset in (0, 1)
            )
            out.append(element("linearGradient", *stops, id=f"{part}-{group}-{key}"))
    return element("defs", *out)


def _bar_style(color: str, planned: bool) -> dict[str, object]:
    if planned:
        return {"fill": "none", "stroke": color, "stroke_width": 1.5, "stroke_dasharray": "4 2.5"}
    return {"fill": color}


def _item(placed: PlacedItem, view: View, lang: str, dark: bool) -> str:
    item, (name, when) = placed.item, placed.lines
    colors, color = palette(dark), group_color(item.group, dark)
    top = placed.lane * _LANE_HEIGHT
    style = _bar_style(color, item.planned)
    if item.part in _FADING and not item.planned:
        style["fill"] = f"url(#{item.part}-{item.group}-{_key(view, lang)})"
    width = text.width(name, _NAME_SIZE) + _SYMBOL_WIDTH
    start = placed.x if placed.anchor == "start" else placed.x - width
    halo = {
        "stroke": colors.paper,
        "stroke_width": 3,
        "stroke_linejoin": "round",
        "paint_order": "stroke",
    }
    return element(
        "g",
        tooltip([item.name.of(lang), when, *evidence_lines(item.proofs, lang)]),
        _shape(placed, top + 38, style, color),
        group_symbol(item.group, (start + 5, top + 10), 4.6, dark),
        text_line(
            name, start + _SYMBOL_WIDTH, top + 14, font_size=_NAME_SIZE, fill=colors.ink, **halo
        ),
        text_line(
            when,
            placed.x,
            top + 28,
            font_size=_SMALL_SIZE,
            fill=colors.soft,
            text_anchor=placed.anchor,
            **halo,
        ),
        class_="dated",
        data_date="/".join(dict.fromkeys((item.start, item.end))),
        data_planned="true" if item.planned else None,
        data_rows=item.row,
    )


def _shape(placed: PlacedItem, y: float, style: Mapping[str, object], color: str) -> str:
    if placed.item.start and placed.item.end:
        if placed.point:
            return element("circle", cx=placed.left, cy=y, r=_DOT_RADIUS, **style)
        return element(
            "rect",
            x=placed.left,
            y=y - _BAR_HEIGHT / 2,
            width=placed.right - placed.left,
            height=_BAR_HEIGHT,
            rx=3,
            **style,
        )
    # Only one end is known: a dot there, and an arrow towards the other.
    dot, tip = placed.left, placed.right
    if not placed.item.start:
        dot, tip = tip, dot
    barb = 6 if tip > dot else -6
    d = f"M{px(dot)} {px(y)}H{px(tip)}M{px(tip - barb)} {px(y - 4)}L{px(tip)} {px(y)}"
    d += f"L{px(tip - barb)} {px(y + 4)}"
    arrow = element("path", d=d, fill="none", stroke=color, stroke_width=1.8)
    return arrow + element("circle", cx=float(dot), cy=y, r=_DOT_RADIUS, **style)
