"""The drawing of panels: rows of names with bars or columns beside them, one unit in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.common.bilingual import Text
from kg.pictures.charts.panels import Column, Line, Look, Panel, Stack, Years
from kg.pictures.svg import text
from kg.pictures.svg.elements import el, tooltip, words
from kg.pictures.svg.geometry import num
from kg.pictures.svg.paper import evidence
from kg.pictures.svg.style import GROUND

_GROUND: Final = GROUND[False]
_TITLE: Final = 15.0
_NAME: Final = 12.5
_SMALL: Final = 11.0
_TINY: Final = 10.0
_BAR: Final = 15.0
_CHART: Final = 34.0
_GAP: Final = 9.0
_NUMBER: Final = 62.0
_PEAK: Final = 78.0
_BETWEEN: Final = 26.0
_DECADE: Final = 10
_LINES: Final = 2
_SCALES: Final = Text("a scale for each color", "各色刻度不同")


def draw(panel: Panel, wide: float, lang: str, narrow: bool = False) -> tuple[str, float]:
    """Draw a panel at a width (px): its SVG from (0, 0) on, and its height.

    ``narrow`` puts names above their bars instead of beside them.
    """
    out = [words(panel.title.of(lang), 0, 15, class_="panel", font_size=_TITLE, fill=_GROUND.ink)]
    y = 20.0
    lede = panel.lede if panel.lines else panel.empty
    for line in text.fill(lede.of(lang), _NAME, wide):
        y += 17
        out.append(words(line, 0, y, font_size=_NAME, fill=_GROUND.soft))
    if panel.lines:
        frame = _Frame(panel, wide, lang, narrow)
        y = frame.key(out, y + 12)
        y = frame.heads(out, y)
        top = y
        for each in panel.lines:
            y = frame.line(out, each, y)
        out.insert(0, frame.decades(top, y))
    for note in panel.notes if panel.lines else ():
        for line in text.fill(note.of(lang), _SMALL, wide):
            y += 15
            out.append(words(line, 0, y, font_size=_SMALL, fill=_GROUND.soft))
    return "".join(out), y + 6


class _Frame:
    """Where the columns of a panel stand, and the scale of each."""

    def __init__(self, panel: Panel, wide: float, lang: str, narrow: bool) -> None:
        self.panel, self.wide, self.lang, self.narrow = panel, wide, lang, narrow
        self.label = wide if narrow else panel.label * wide
        left = 0.0 if narrow else self.label + 12
        room = wide if narrow else wide - left
        count = 1 if narrow else len(panel.columns)
        each = (room - _BETWEEN * (count - 1)) / count
        self.places = [
            (left if narrow else left + rank * (each + _BETWEEN), each)
            for rank in range(len(panel.columns))
        ]
        self.most = [
            max((c.total for c in cells if isinstance(c, Stack)), default=0) or 1
            for cells in zip(*(line.cells for line in panel.lines), strict=True)
        ]

    def key(self, out: list[str], y: float) -> float:
        """The looks of all columns; where one has a single look, its head says it if it has one."""
        x = 0.0
        stacks = [c for c in self.panel.columns if not c.span[0]]
        told = [c for c in stacks if len(c.looks) > 1 or (self.narrow and len(stacks) > 1)]
        looks = [look for column in told for look in column.looks.values()]
        for look in looks:
            wide = 17 + text.width(look.name.of(self.lang), _SMALL) + 16
            if x and x + wide > self.wide + 16:
                x, y = 0.0, y + 18
            box = _box(x, y, 12, 10, look)
            said = words(look.name.of(self.lang), x + 17, y + 9, font_size=_SMALL, fill=_GROUND.ink)
            out.append(el("g", box, said, class_="legend"))
            x += wide
        return y + (22 if looks else 0)

    def heads(self, out: list[str], y: float) -> float:
        """What each column counts, and the years of the axis; what the key says is not repeated."""
        if self.narrow:
            for column in (c for c in self.panel.columns if c.span[0]):
                for line in text.fill(column.unit.of(self.lang), _SMALL, self.wide):
                    out.append(words(line, 0, y + 11, font_size=_SMALL, fill=_GROUND.soft))
                    y += 15
            if sum(not c.span[0] for c in self.panel.columns) > 1:
                # Under one another, bars of two scales would be compared.
                said = _SCALES.of(self.lang)
                out.append(words(said, 0, y + 11, font_size=_SMALL, fill=_GROUND.soft))
                y += 15
            return y + 6
        for column, (left, wide) in zip(self.panel.columns, self.places, strict=True):
            unit = text.shorten(column.unit.of(self.lang), wide / _SMALL)
            out.append(words(unit, left, y + 11, font_size=_SMALL, fill=_GROUND.soft))
            for year, x in _decades(column, left, wide - _PEAK):
                out.append(_year(year, x, y + 27))
        return y + (34 if any(c.span[0] for c in self.panel.columns) else 18)

    def decades(self, top: float, bottom: float) -> str:
        """A faint line at each decade, behind all rows."""
        if self.narrow:
            return ""
        paths = (
            f"M{num(x)} {num(top - 4)}V{num(bottom)}"
            for column, (left, wide) in zip(self.panel.columns, self.places, strict=True)
            for _, x in _decades(column, left, wide - _PEAK)
        )
        return el("path", d="".join(paths) or "M0 0", stroke=_GROUND.faint)

    def line(self, out: list[str], line: Line, y: float) -> float:
        """A row, and where the next one begins."""
        drawn, high = self._label(line)
        cells: list[str] = []
        below = high + 4
        tallest = 0.0
        for rank, cell in enumerate(line.cells):
            left, wide = self.places[rank]
            at = (left, below) if self.narrow else (left, 0.0)
            if isinstance(cell, Years):
                made, tall = self._years(cell, rank, at, wide), _CHART + 14 * self.narrow
            else:
                made, tall = self._stack(cell, rank, at, wide), _BAR
            cells += made
            tallest = max(tallest, tall)
            below += tall + 9
        told = tooltip([*self._told(line), *evidence(line.proofs, self.lang)])
        out.append(
            el(
                "g",
                told,
                *drawn,
                *cells,
                class_="line",
                data_id=line.iri or None,
                transform=f"translate(0 {num(y)})",
            )
        )
        return y + (below if self.narrow else max(high, tallest)) + _GAP

    def _label(self, line: Line) -> tuple[list[str], float]:
        name, more = line.name.of(self.lang), line.more.of(self.lang)
        out, y = [], -1.5
        for said, size, fill in ((name, _NAME, _GROUND.ink), (more, _TINY, _GROUND.soft)):
            lines = text.fill(said, size, self.label) if said else []
            if len(lines) > _LINES:
                rest = text.shorten(" ".join(lines[_LINES - 1 :]), self.label / size - 1)
                lines = [*lines[: _LINES - 1], rest]
            for each in lines:
                y += size + 2.5
                out.append(words(each, 0, y, font_size=size, fill=fill))
        return out, y + 3

    def _told(self, line: Line) -> Iterator[str]:
        yield line.name.of(self.lang) + f" · {line.more.of(self.lang)}" * bool(line.more.en)
        for column, cell in zip(self.panel.columns, line.cells, strict=True):
            if isinstance(cell, Stack):
                yield f"{column.unit.of(self.lang)}: {cell.total:,}"
                for key, number in cell.parts.items():
                    if len(column.looks) > 1 and number:
                        share = f" ({number / cell.total:.0%})"
                        yield f"  {column.looks[key].name.of(self.lang)}: {number:,}{share}"
            elif cell.counts:
                first, last = min(cell.counts), max(cell.counts)
                yield f"{column.unit.of(self.lang)}: {first} – {last}"

    def _stack(self, cell: Stack, rank: int, at: tuple[float, float], wide: float) -> Iterator[str]:
        column, (x, y) = self.panel.columns[rank], at
        scale = (wide - _NUMBER) / self.most[rank]
        for key, look in column.looks.items():
            number = cell.parts.get(key, 0)
            long = number * scale
            if not number:
                continue
            yield _box(x, y, max(long, 0.6), _BAR, look)
            inner = f"{round(100 * number / cell.total)}%" if column.share else f"{number:,}"
            if len(column.looks) > 1 and text.width(inner, _TINY) + 6 <= long:
                middle = x + long / 2
                yield words(
                    inner, middle, y + 11, font_size=_TINY, text_anchor="middle", fill=look.ink
                )
            x += long
        yield words(f"{cell.total:,}", x + 6, y + 12, font_size=_NAME, fill=_GROUND.ink)

    def _years(self, cell: Years, rank: int, at: tuple[float, float], wide: float) -> Iterator[str]:
        column, (left, top) = self.panel.columns[rank], at
        first, last = column.span
        within = {y: n for y, n in cell.counts.items() if first <= y <= last}
        foot, room = top + _CHART, wide - _PEAK
        step = room / (last - first + 1)
        yield el("path", d=f"M{num(left)} {num(foot)}h{num(room)}", stroke=_GROUND.line)
        if self.narrow:
            yield words(str(first), left, foot + 11, font_size=_TINY, fill=_GROUND.soft)
            yield words(
                str(last),
                left + room,
                foot + 11,
                font_size=_TINY,
                text_anchor="end",
                fill=_GROUND.soft,
            )
        if not within:
            return
        peak = min(within, key=lambda year: (-within[year], year))
        (look,) = column.looks.values()
        bars = ""
        for year, number in sorted(within.items()):
            high, broad = max(0.8, _CHART * number / within[peak]), max(0.7, step * 0.86)
            bars += f"M{num(left + (year - first) * step)} {num(foot)}"
            bars += f"v{num(-high)}h{num(broad)}V{num(foot)}z"
        yield el("path", d=bars, fill=look.fill, class_="years")
        x = left + (peak - first + 0.43) * step
        yield el("circle", cx=x, cy=top - 3.5, r=1.8, fill=look.fill)
        said = f"{within[peak]:,}"
        where = f"{peak}年" if self.lang == "zh" else f"in {peak}"
        yield words(said, left + room + 8, foot - 15, font_size=_NAME, fill=_GROUND.ink)
        yield words(where, left + room + 8, foot - 2, font_size=_TINY, fill=_GROUND.soft)


def _box(x: float, y: float, wide: float, high: float, look: Look) -> str:
    return el("rect", x=x, y=y, width=wide, height=high, fill=look.fill, stroke=look.edge)


def _decades(column: Column, left: float, wide: float) -> Sequence[tuple[int, float]]:
    """The decades of a column of years and where they stand; every second one where it is long."""
    first, last = column.span
    if not first:
        return ()
    every = _DECADE if last - first <= 6 * _DECADE else 2 * _DECADE
    step = wide / (last - first + 1)
    years = range(first + -first % every, last + 1, every)
    return [(year, left + (year - first) * step) for year in years]


def _year(year: int, x: float, y: float) -> str:
    return words(str(year), x + 2, y, font_size=_TINY, fill=_GROUND.soft, class_="year")
