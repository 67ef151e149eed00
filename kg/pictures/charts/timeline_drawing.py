"""The drawing of a timeline: an axis on which busy years are wide, and lanes of bars above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.common.bilingual import Text
from kg.evidence.proofs import Proof
from kg.pictures.charts.axis import WIDTH, Axis, Bounds, bounds
from kg.pictures.svg import text
from kg.pictures.svg.elements import el, tooltip, words
from kg.pictures.svg.geometry import num
from kg.pictures.svg.marks import legend, mark
from kg.pictures.svg.paper import Paper, evidence
from kg.pictures.svg.style import GROUND, color
from kg.queries.views import View

_LANE: Final = 47.0
_SIZE: Final = 12.0
_SMALL: Final = 10.5
_LIMIT: Final = 34.0
_ROOM: Final = 20.0
_MARK: Final = 15.0
_MONTHS_FROM: Final = 250.0
_BAR: Final = 7.0
_DOT: Final = 4.6
_SHORT: Final = 13.0
_OPEN: Final = 34.0
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
_PLANNED: Final = Text("planned", "计划中")


@dataclass(frozen=True)
class Mark:
    """What is drawn for one date: a name, its group, words for when, and ISO 8601 bounds.

    ``start`` and ``end`` are the same for a single date; one that is empty is not known. ``part``
    is ``early``, ``end`` or another part of the date, or empty.
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


@dataclass(frozen=True)
class Placed:
    """A mark with its bar (px from left to right), its lane, and where its words stand."""

    mark: Mark
    left: float
    right: float
    point: bool
    words: tuple[str, str]
    x: float
    anchor: str
    lane: int = 0

    @property
    def extent(self) -> tuple[float, float]:
        """From where to where it takes up its lane."""
        wide = max(text.width(self.words[0], _SIZE) + _MARK, text.width(self.words[1], _SMALL))
        low, high = (0.0, wide) if self.anchor == "start" else (-wide, 0.0)
        return min(self.x + low, self.left - 5), max(self.x + high, self.right + 5)


def draw(view: View, marks: Sequence[Mark], lang: str, dark: bool = False) -> str:
    """Draw marks in a language as SVG; one whose date can't be read is named in a note."""
    known = [(m, first, last) for m in marks if (first := _low(m)) and (last := _high(m))]
    axis = Axis.of([Bounds(first.low, last.high, False) for _, first, last in known])
    placed = _lanes(_place(*one, axis, lang) for one in known)
    lanes = 1 + max((one.lane for one in placed), default=-1)
    high = lanes * _LANE + 12
    ground = GROUND[dark]
    out = [_patterns(marks, view, lang, dark), *_axis(axis, high, view, lang, dark)]
    out += [_one(one, view, lang, dark) for one in placed]
    lost = [m.name for m in marks if not (_low(m) and _high(m))]
    notes = [*_NOTES, _not_drawn(lost)] if lost else _NOTES
    found = legend({m.group for m in marks}, lang, dark)
    if any(m.planned for m in marks):
        box = el("rect", x=0, y=-8, width=16, height=8, rx=3, **_style(ground.soft, True))
        found.append((box, _PLANNED.of(lang)))
    everything = (p for m in marks for p in m.proofs)
    paper = Paper.of(view, lang, dark, found, notes, everything)
    return paper.draw("".join(out), (WIDTH, high + 30))


def _not_drawn(names: Sequence[Text]) -> Text:
    english, chinese = ("; ".join(name.of(lang) for name in names) for lang in ("en", "zh"))
    return Text(f"Not drawn: {english}", f"无法绘出：{chinese}")


def _low(one: Mark) -> Bounds | None:
    return bounds(one.start or one.end)


def _high(one: Mark) -> Bounds | None:
    return bounds(one.end or one.start)


def _place(one: Mark, low: Bounds, high: Bounds, axis: Axis, lang: str) -> Placed:
    point = low.point and low == high
    left, right = axis.x(low.low), axis.x(high.high)
    if point:
        left = right = (left + right) / 2
    elif right - left < _SHORT:
        left, right = (left + right - _SHORT) / 2, (left + right + _SHORT) / 2
    if not one.end:
        right = left + _OPEN
    if not one.start:
        left = right - _OPEN
    room = (WIDTH - left - _MARK) / _SIZE
    late = room < _ROOM
    said = (
        text.shorten(one.name.of(lang), _LIMIT if late else min(_LIMIT, room)),
        " · ".join(part for part in (one.when.of(lang), one.kind.of(lang)) if part),
    )
    x, anchor = (right + point * _DOT, "end") if late else (left - point * _DOT, "start")
    return Placed(one, left, right, point, said, x, anchor)


def _lanes(found: Iterable[Placed]) -> list[Placed]:
    """Give each the first lane in which it meets no other, in the order of time."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for one in found:
        low, high = one.extent
        free = (
            rank
            for rank, extents in enumerate(taken)
            if all(high + 12 < left or right + 12 < low for left, right in extents)
        )
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        placed.append(replace(one, lane=lane))
    return placed


def _key(view: View, lang: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"{view.name}-{lang}".casefold())


def _axis(axis: Axis, high: float, view: View, lang: str, dark: bool) -> Iterable[str]:
    ground = GROUND[dark]
    for year, left, right in axis.years():
        if year in axis.empty:
            fill = f"url(#h-{_key(view, lang)})"
            yield el("rect", x=left, y=0, width=right - left, height=high, fill=fill)
        yield el("path", d=f"M{num(left)} 0V{num(high + 6)}", stroke=ground.faint, stroke_width=1.2)
        if right - left > _MONTHS_FROM:
            for month in range(1, 12):
                x = axis.x(year + month / 12)
                tick = f"M{num(x)} {num(high - (4 if month % 3 else 7))}V{num(high)}"
                yield el("path", d=tick, stroke=ground.line)
        size = 13.0 if year not in axis.empty else 9.5
        if text.width(str(year), size) + 4 > right - left:
            continue
        yield words(
            str(year),
            (left + right) / 2,
            high + 22,
            class_="year",
            font_size=size,
            text_anchor="middle",
            fill=ground.ink if size > _SMALL else ground.soft,
        )
    yield el("path", d=f"M0 {num(high)}H{num(WIDTH)}", stroke=ground.line, stroke_width=1.4)


def _patterns(marks: Sequence[Mark], view: View, lang: str, dark: bool) -> str:
    """The hatching of empty years, and for each color bars that fade to the right or the left."""
    key = _key(view, lang)
    line = el("path", d="M-2 8L8 -2M0 14L14 0", stroke=GROUND[dark].faint, stroke_width=1.5)
    made = [el("pattern", line, id=f"h-{key}", width=6, height=6, patternUnits="userSpaceOnUse")]
    for group in sorted({m.group for m in marks}):
        own = color(group, dark)
        for part, clear in (("early", 1), ("end", 0)):
            stops = (
                el("stop", offset=at, stop_color=own, stop_opacity=0.08 if at == clear else 0.95)
                for at in (0, 1)
            )
            made.append(el("linearGradient", *stops, id=f"{part}-{group}-{key}"))
    return el("defs", *made)


def _style(own: str, planned: bool) -> dict[str, object]:
    if planned:
        return {"fill": "none", "stroke": own, "stroke_width": 1.5, "stroke_dasharray": "4 2.5"}
    return {"fill": own}


def _one(one: Placed, view: View, lang: str, dark: bool) -> str:
    ground, own = GROUND[dark], color(one.mark.group, dark)
    top = one.lane * _LANE
    y = top + 38
    full = [one.mark.name.of(lang), one.words[1], *evidence(one.mark.proofs, lang)]
    style = _style(own, one.mark.planned)
    if one.mark.part in ("early", "end") and not one.mark.planned:
        style["fill"] = f"url(#{one.mark.part}-{one.mark.group}-{_key(view, lang)})"
    whole = text.width(one.words[0], _SIZE) + _MARK
    start = one.x if one.anchor == "start" else one.x - whole
    halo = {
        "stroke": ground.paper,
        "stroke_width": 3,
        "stroke_linejoin": "round",
        "paint_order": "stroke",
    }
    name = words(one.words[0], start + _MARK, top + 14, font_size=_SIZE, fill=ground.ink, **halo)
    when = words(
        one.words[1],
        one.x,
        top + 28,
        font_size=_SMALL,
        fill=ground.soft,
        text_anchor=one.anchor,
        **halo,
    )
    span = dict.fromkeys((one.mark.start, one.mark.end))
    return el(
        "g",
        tooltip(full),
        _shape(one, y, style, own),
        mark(one.mark.group, (start + 5, top + 10), 4.6, dark),
        name,
        when,
        class_="dated",
        data_date="/".join(span),
        data_planned="true" if one.mark.planned else None,
    )


def _shape(one: Placed, y: float, style: Mapping[str, object], own: str) -> str:
    if one.mark.start and one.mark.end:
        if one.point:
            return el("circle", cx=one.left, cy=y, r=_DOT, **style)
        return el(
            "rect",
            x=one.left,
            y=y - _BAR / 2,
            width=one.right - one.left,
            height=_BAR,
            rx=3,
            **style,
        )
    # Only one end is known: a dot there, and an arrow to where the other would be.
    dot, tip = (one.left, one.right) if one.mark.start else (one.right, one.left)
    turn = 6 if tip > dot else -6
    d = f"M{num(dot)} {num(y)}H{num(tip)}M{num(tip - turn)} {num(y - 4)}L{num(tip)} {num(y)}"
    d += f"L{num(tip - turn)} {num(y + 4)}"
    line = el("path", d=d, fill="none", stroke=own, stroke_width=1.8)
    return line + el("circle", cx=float(dot), cy=y, r=_DOT, **style)
