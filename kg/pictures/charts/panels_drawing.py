"""The drawing of panels: rows of names with bars or histograms, a unit per column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.common.bilingual import Text
from kg.pictures.charts.panels import (
    Panel,
    PanelColumn,
    PanelRow,
    StackedBar,
    Swatch,
    YearHistogram,
)
from kg.pictures.svg import text
from kg.pictures.svg.elements import element, text_line, tooltip
from kg.pictures.svg.frame import evidence_lines
from kg.pictures.svg.geometry import px
from kg.pictures.svg.style import LIGHT

_TITLE_SIZE: Final = 15.0
_NAME_SIZE: Final = 12.5
_SMALL_SIZE: Final = 11.0
_TINY_SIZE: Final = 10.0
_BAR_HEIGHT: Final = 15.0
_HISTOGRAM_HEIGHT: Final = 34.0
_ROW_GAP: Final = 9.0
_COLUMN_GAP: Final = 26.0
_TOTAL_WIDTH: Final = 62.0
_PEAK_WIDTH: Final = 78.0
"""Room for the count and year of a histogram's peak."""
_DECADE: Final = 10
_MAX_NAME_LINES: Final = 2
_SCALES_DIFFER: Final = Text("a scale for each color", "各色刻度不同")
_IN_YEAR: Final = Text("in {}", "{}年")


def draw_panel(panel: Panel, width: float, lang: str, narrow: bool = False) -> tuple[str, float]:
    """Draw a panel of a width in px; return its SVG with its origin at (0, 0), and its height.

    ``narrow`` puts names above their bars instead of to the left.
    """
    title = panel.title.of(lang)
    out = [text_line(title, 0, 15, class_="panel", font_size=_TITLE_SIZE, fill=LIGHT.ink)]
    y = 20.0
    summary = panel.summary if panel.rows else panel.empty_message
    for line in text.wrap(summary.of(lang), _NAME_SIZE, width):
        y += 17
        out.append(text_line(line, 0, y, font_size=_NAME_SIZE, fill=LIGHT.soft))
    if panel.rows:
        layout = _PanelLayout(panel, width, lang, narrow)
        y = layout.draw_legend(out, y + 12)
        y = layout.draw_heads(out, y)
        top = y
        for row in panel.rows:
            y = layout.draw_row(out, row, y)
        out.insert(0, layout.decade_lines(top, y))
    for note in panel.notes if panel.rows else ():
        for line in text.wrap(note.of(lang), _SMALL_SIZE, width):
            y += 15
            out.append(text_line(line, 0, y, font_size=_SMALL_SIZE, fill=LIGHT.soft))
    return "".join(out), y + 6


class _PanelLayout:
    """Positions and scales of the columns of a panel.

    Its ``draw`` methods append SVG to a list at a height ``y`` and return the ``y`` below.
    """

    def __init__(self, panel: Panel, width: float, lang: str, narrow: bool) -> None:
        self.panel, self.width, self.lang, self.narrow = panel, width, lang, narrow
        self.name_width = width if narrow else panel.name_share * width
        left = 0.0 if narrow else self.name_width + 12
        room = width if narrow else width - left
        count = 1 if narrow else len(panel.columns)
        column_width = (room - _COLUMN_GAP * (count - 1)) / count
        self.places = [
            (left if narrow else left + index * (column_width + _COLUMN_GAP), column_width)
            for index in range(len(panel.columns))
        ]
        """Left border and width of each column, in px."""
        self.largest = [
            max((cell.total for cell in cells if isinstance(cell, StackedBar)), default=0) or 1
            for cells in zip(*(row.cells for row in panel.rows), strict=True)
        ]
        """The largest total of each column of bars."""

    def draw_legend(self, out: list[str], y: float) -> float:
        """Draw the swatches of bars; a single one is omitted where the column's head names it."""
        x = 0.0
        bars = [column for column in self.panel.columns if not column.span[0]]
        explained = [
            column for column in bars if len(column.swatches) > 1 or (self.narrow and len(bars) > 1)
        ]
        swatches = [swatch for column in explained for swatch in column.swatches.values()]
        for swatch in swatches:
            name = swatch.name.of(self.lang)
            width = 17 + text.width(name, _SMALL_SIZE) + 16
            if x and x + width > self.width + 16:
                x, y = 0.0, y + 18
            label = text_line(name, x + 17, y + 9, font_size=_SMALL_SIZE, fill=LIGHT.ink)
            out.append(element("g", _box(x, y, 12, 10, swatch), label, class_="legend"))
            x += width
        return y + (22 if swatches else 0)

    def draw_heads(self, out: list[str], y: float) -> float:
        """Draw the unit of each column, unless the legend names it, and the years of its axis."""
        if self.narrow:
            for column in (column for column in self.panel.columns if column.span[0]):
                for line in text.wrap(column.unit.of(self.lang), _SMALL_SIZE, self.width):
                    out.append(text_line(line, 0, y + 11, font_size=_SMALL_SIZE, fill=LIGHT.soft))
                    y += 15
            if sum(not column.span[0] for column in self.panel.columns) > 1:
                # Stacked bars of two scales would invite a wrong comparison.
                note = _SCALES_DIFFER.of(self.lang)
                out.append(text_line(note, 0, y + 11, font_size=_SMALL_SIZE, fill=LIGHT.soft))
                y += 15
            return y + 6
        for column, (left, width) in zip(self.panel.columns, self.places, strict=True):
            unit = text.shorten(column.unit.of(self.lang), width / _SMALL_SIZE)
            out.append(text_line(unit, left, y + 11, font_size=_SMALL_SIZE, fill=LIGHT.soft))
            for year, x in _decades(column, left, width - _PEAK_WIDTH):
                out.append(_year(year, x, y + 27))
        return y + (34 if any(column.span[0] for column in self.panel.columns) else 18)

    def decade_lines(self, top: float, bottom: float) -> str:
        """Return a faint line at each decade, behind all rows."""
        if self.narrow:
            return ""
        lines = (
            f"M{px(x)} {px(top - 4)}V{px(bottom)}"
            for column, (left, width) in zip(self.panel.columns, self.places, strict=True)
            for _, x in _decades(column, left, width - _PEAK_WIDTH)
        )
        return element("path", d="".join(lines) or "M0 0", stroke=LIGHT.faint)

    def draw_row(self, out: list[str], row: PanelRow, y: float) -> float:
        """Draw a row."""
        names, names_height = self._names(row)
        cells: list[str] = []
        cell_top = names_height + 4
        max_height = 0.0
        for index, cell in enumerate(row.cells):
            left, width = self.places[index]
            origin = (left, cell_top) if self.narrow else (left, 0.0)
            if isinstance(cell, YearHistogram):
                cells += self._histogram(cell, index, origin, width)
                height = _HISTOGRAM_HEIGHT + 14 * self.narrow
            else:
                cells += self._bar(cell, index, origin, width)
                height = _BAR_HEIGHT
            max_height = max(max_height, height)
            cell_top += height + 9
        out.append(
            element(
                "g",
                tooltip([*self._tooltip_lines(row), *evidence_lines(row.proofs, self.lang)]),
                *names,
                *cells,
                class_="line",
                data_id=row.iri or None,
                data_rows=" ".join(map(str, row.table_rows)) or None,
                transform=f"translate(0 {px(y)})",
            )
        )
        return y + (cell_top if self.narrow else max(names_height, max_height)) + _ROW_GAP

    def _names(self, row: PanelRow) -> tuple[list[str], float]:
        """Return the SVG of the names of a row and its height in px."""
        name, full_name = row.name.of(self.lang), row.full_name.of(self.lang)
        out, y = [], -1.5
        for part, size, fill in (
            (name, _NAME_SIZE, LIGHT.ink),
            (full_name, _TINY_SIZE, LIGHT.soft),
        ):
            lines = text.wrap(part, size, self.name_width) if part else []
            if len(lines) > _MAX_NAME_LINES:
                rest = " ".join(lines[_MAX_NAME_LINES - 1 :])
                shortened = text.shorten(rest, self.name_width / size - 1)
                lines = [*lines[: _MAX_NAME_LINES - 1], shortened]
            for line in lines:
                y += size + 2.5
                out.append(text_line(line, 0, y, font_size=size, fill=fill))
        return out, y + 3

    def _tooltip_lines(self, row: PanelRow) -> Iterator[str]:
        full_name = f" · {row.full_name.of(self.lang)}" if row.full_name.en else ""
        yield row.name.of(self.lang) + full_name
        for column, cell in zip(self.panel.columns, row.cells, strict=True):
            unit = column.unit.of(self.lang)
            if isinstance(cell, StackedBar):
                yield f"{unit}: {cell.total:,}"
                for key, count in cell.parts.items():
                    if len(column.swatches) > 1 and count:
                        share = f" ({count / cell.total:.0%})"
                        yield f"  {column.swatches[key].name.of(self.lang)}: {count:,}{share}"
            elif cell.counts:
                yield f"{unit}: {min(cell.counts)} – {max(cell.counts)}"

    def _bar(
        self, cell: StackedBar, index: int, origin: tuple[float, float], width: float
    ) -> Iterator[str]:
        column, (x, y) = self.panel.columns[index], origin
        scale = (width - _TOTAL_WIDTH) / self.largest[index]
        for key, swatch in column.swatches.items():
            count = cell.parts.get(key, 0)
            length = count * scale
            if not count:
                continue
            yield _box(x, y, max(length, 0.6), _BAR_HEIGHT, swatch)
            label = f"{round(100 * count / cell.total)}%" if column.percent else f"{count:,}"
            if len(column.swatches) > 1 and text.width(label, _TINY_SIZE) + 6 <= length:
                yield text_line(
                    label,
                    x + length / 2,
                    y + 11,
                    font_size=_TINY_SIZE,
                    text_anchor="middle",
                    fill=swatch.ink,
                )
            x += length
        yield text_line(f"{cell.total:,}", x + 6, y + 12, font_size=_NAME_SIZE, fill=LIGHT.ink)

    def _histogram(
        self, cell: YearHistogram, index: int, origin: tuple[float, float], width: float
    ) -> Iterator[str]:
        column, (left, top) = self.panel.columns[index], origin
        first, last = column.span
        counts = {year: count for year, count in cell.counts.items() if first <= year <= last}
        bottom, room = top + _HISTOGRAM_HEIGHT, width - _PEAK_WIDTH
        right = left + room
        step = room / (last - first + 1)
        yield element("path", d=f"M{px(left)} {px(bottom)}h{px(room)}", stroke=LIGHT.line)
        if self.narrow:
            for year, x, anchor in ((first, left, None), (last, right, "end")):
                yield text_line(
                    str(year),
                    x,
                    bottom + 11,
                    font_size=_TINY_SIZE,
                    text_anchor=anchor,
                    fill=LIGHT.soft,
                )
        if not counts:
            return
        peak = min(counts, key=lambda year: (-counts[year], year))
        (swatch,) = column.swatches.values()
        bars = ""
        for year, count in sorted(counts.items()):
            height = max(0.8, _HISTOGRAM_HEIGHT * count / counts[peak])
            bar_width = max(0.7, step * 0.86)
            bars += f"M{px(left + (year - first) * step)} {px(bottom)}"
            bars += f"v{px(-height)}h{px(bar_width)}V{px(bottom)}z"
        yield element("path", d=bars, fill=swatch.fill, class_="years")
        x = left + (peak - first + 0.43) * step
        yield element("circle", cx=x, cy=top - 3.5, r=1.8, fill=swatch.fill)
        count_label, year_label = f"{counts[peak]:,}", _IN_YEAR.of(self.lang).format(peak)
        yield text_line(count_label, right + 8, bottom - 15, font_size=_NAME_SIZE, fill=LIGHT.ink)
        yield text_line(year_label, right + 8, bottom - 2, font_size=_TINY_SIZE, fill=LIGHT.soft)


def _box(x: float, y: float, width: float, height: float, swatch: Swatch) -> str:
    return element(
        "rect", x=x, y=y, width=width, height=height, fill=swatch.fill, stroke=swatch.edge
    )


def _decades(column: PanelColumn, left: float, width: float) -> Sequence[tuple[int, float]]:
    """Return the decades of a column of years with their x; every second if there are many."""
    first, last = column.span
    if not first:
        return ()
    interval = _DECADE if last - first <= 6 * _DECADE else 2 * _DECADE
    step = width / (last - first + 1)
    years = range(first + -first % interval, last + 1, interval)
    return [(year, left + (year - first) * step) for year in years]


def _year(year: int, x: float, y: float) -> str:
    return text_line(str(year), x + 2, y, font_size=_TINY_SIZE, fill=LIGHT.soft, class_="year")
