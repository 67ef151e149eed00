"""The drawing of observations: a card for each subject, with bars for values of one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.common.bilingual import Text
from kg.evidence.proofs import Proof
from kg.pictures.svg import text
from kg.pictures.svg.elements import element, text_line, tooltip
from kg.pictures.svg.frame import Frame, evidence_lines
from kg.pictures.svg.geometry import px
from kg.pictures.svg.style import blend, group_color, palette
from kg.pictures.svg.symbols import group_legend, group_symbol
from kg.queries.views import View

_COLUMNS: Final = 3
_CARD_WIDTH: Final = 396.0
_NARROW_CARD: Final = 332.0
"""Width of a card in px in a narrow window, where there is one column."""
_GAP: Final = 20.0
_PADDING: Final = 16.0
_NAME_SIZE: Final = 14.0
_NUMBER_SIZE: Final = 23.0
_TEXT_SIZE: Final = 12.5
_SMALL_SIZE: Final = 11.0
_BAR_HEIGHT: Final = 8.0
_ARROW_LENGTH: Final = 26.0
_MAX_TEXT: Final = 60.0
"""Longest name, indicator or line of details, in em."""
_INDENT: Final = 18.0
_LOWER_BOUNDS: Final = ("more-than", "at-least")
_UPPER_BOUNDS: Final = ("less-than", "at-most")
_NOTES: Final = (
    Text(
        "Bars compare only figures of one thing in one unit; a part stands under its whole, on the "
        "same scale. An open bar with an arrow is a bound, not a value.",
        "横条仅比较同一对象、同一单位的数值；部分列于总体之下，刻度相同。带箭头的开口横条表示界限，而非确数。",
    ),
)


@dataclass(frozen=True)
class CardEntry:
    """An observation as drawn.

    ``number`` is the value or rank as text, ``before`` the comparator and ``after`` the unit;
    ``comparator`` is the local name of its concept (such as ``more-than``), ``unit`` and ``whole``
    are IRIs, or empty; ``value`` is None if it can't be drawn as a length; ``row`` is its row in
    the chart's table.
    """

    iri: str
    number: Text
    comparator: str
    before: Text
    after: Text
    indicator: Text
    details: Text
    unit: str
    value: float | None
    whole: str
    proofs: tuple[Proof, ...]
    row: int = -1

    def value_text(self, lang: str) -> str:
        """Return the value with comparator and unit."""
        parts = (self.before.of(lang), self.number.of(lang), self.after.of(lang))
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Card:
    """All observations of a subject."""

    name: Text
    group: str
    entries: tuple[CardEntry, ...]


def draw(
    view: View, cards: Sequence[Card], lang: str, dark: bool = False, *, narrow: bool = False
) -> str:
    """Draw cards in columns, tallest first, as SVG; ``narrow`` puts them in one column."""
    columns, card_width = (1, _NARROW_CARD) if narrow else (_COLUMNS, _CARD_WIDTH)
    drawn = [(card, *_card(card, card_width, lang, dark)) for card in cards]
    if not narrow:
        drawn.sort(key=lambda each: (-each[2], each[0].name.en))
    bottoms = [0.0] * columns
    out = []
    for _, svg, height in drawn:
        column = bottoms.index(min(bottoms))
        place = f"translate({px(column * (card_width + _GAP))} {px(bottoms[column])})"
        out.append(element("g", svg, class_="card", transform=place))
        bottoms[column] += height + _GAP
    legend = group_legend({card.group for card in cards}, lang, dark)
    proofs = (proof for card in cards for entry in card.entries for proof in entry.proofs)
    size = columns * (card_width + _GAP) - _GAP, max(0.0, max(bottoms) - _GAP)
    frame = Frame.of_view(view, lang, dark, legend, _NOTES, proofs)
    if narrow:
        frame = frame.narrowed(card_width)
    return frame.draw("".join(out), size)


def _card(card: Card, width: float, lang: str, dark: bool) -> tuple[str, float]:
    """Return the SVG of a card and its height in px."""
    colors, color = palette(dark), group_color(card.group, dark)
    out, y = [], _PADDING
    inner_width = width - 2 * _PADDING
    out.append(group_symbol(card.group, (_PADDING + 6, y + 8), 6, dark))
    name = text.shorten(card.name.of(lang), _MAX_TEXT)
    for line in text.wrap(name, _NAME_SIZE, inner_width - 22):
        out.append(text_line(line, _PADDING + 20, y + 13, font_size=_NAME_SIZE, fill=colors.ink))
        y += 19
    y += 4
    rule = f"M{px(_PADDING)} {px(y)}H{px(width - _PADDING)}"
    out.append(element("path", d=rule, stroke=colors.faint))
    scales = _scales(card.entries)
    for entry in card.entries:
        svg, height = _entry(entry, scales, inner_width, color, lang, dark)
        out.append(element("g", svg, transform=f"translate({px(_PADDING)} {px(y + 8)})"))
        y += height + 8
    height = y + _PADDING - 4
    background = element(
        "rect",
        width=width,
        height=height,
        rx=10,
        fill=blend(color, colors.paper, 0.035),
        stroke=blend(color, colors.paper, 0.35),
    )
    return background + "".join(out), height


def _scales(entries: Iterable[CardEntry]) -> Mapping[str, float]:
    """Return the largest value of each unit that has several values to compare."""
    by_unit: dict[str, list[float]] = {}
    for entry in entries:
        if entry.value is not None:
            by_unit.setdefault(entry.unit, []).append(entry.value)
    return {
        unit: max(values) for unit, values in by_unit.items() if len(values) > 1 and max(values)
    }


def _entry(
    entry: CardEntry,
    scales: Mapping[str, float],
    width: float,
    color: str,
    lang: str,
    dark: bool,
) -> tuple[str, float]:
    """Return the SVG of an observation and its height in px."""
    colors = palette(dark)
    left = _INDENT if entry.whole else 0.0
    out, x, y = [], left, 24.0
    indicator, unit = entry.indicator.of(lang), entry.after.of(lang)
    for part, size, fill in (
        (entry.before.of(lang), _TEXT_SIZE, colors.ink),
        (entry.number.of(lang), _NUMBER_SIZE, color),
        (unit, _TEXT_SIZE, colors.ink),
    ):
        if part:
            shown = text.shorten(part, (width - x) / size)
            out.append(text_line(shown, x, y, font_size=size, fill=fill))
            x += text.width(shown, size) + 6
    for part, size, fill in (
        ("" if indicator == unit else indicator, _TEXT_SIZE, colors.ink),
        (entry.details.of(lang), _SMALL_SIZE, colors.soft),
    ):
        for line in text.wrap(text.shorten(part, _MAX_TEXT), size, width - left) if part else ():
            y += size + 5
            out.append(text_line(line, left, y, font_size=size, fill=fill))
    if entry.whole:
        branch = f"M4 8V{px(18)}H13"
        out.append(element("path", d=branch, fill="none", stroke=colors.line, stroke_width=1.4))
    y += 9
    bar = _bar(entry, scales, width, color, y, dark)
    out += bar
    y += _BAR_HEIGHT + 6 if bar else 0
    title = [f"{indicator}: {entry.value_text(lang)}", *evidence_lines(entry.proofs, lang)]
    return element(
        "g", tooltip(title), *out, class_="figure", data_id=entry.iri, data_rows=entry.row
    ), y


def _bar(
    entry: CardEntry,
    scales: Mapping[str, float],
    width: float,
    color: str,
    y: float,
    dark: bool,
) -> list[str]:
    """Return the bar of a value among others of its unit, or of a single bound."""
    if entry.value is None:
        return []
    bound = entry.comparator in (*_LOWER_BOUNDS, *_UPPER_BOUNDS)
    largest = scales.get(entry.unit)
    if largest is None and not bound:
        return []
    length = max(2.0, (width - _ARROW_LENGTH) * entry.value / largest) if largest else width * 0.3
    fill = blend(color, palette(dark).paper, 0.85 if entry.whole or not entry.comparator else 0.6)
    if not bound:
        return [
            element(
                "rect", x=0, y=y, width=length, height=_BAR_HEIGHT, rx=2, fill=fill, class_="bar"
            )
        ]
    middle = y + _BAR_HEIGHT / 2
    tip = length + (_ARROW_LENGTH if entry.comparator in _LOWER_BOUNDS else -_ARROW_LENGTH)
    barb = 5 if tip > length else -5
    arrow = f"M{px(length)} {px(middle)}H{px(tip)}M{px(tip - barb)} {px(middle - 4)}"
    arrow += f"L{px(tip)} {px(middle)}L{px(tip - barb)} {px(middle + 4)}"
    end = f"M{px(length)} {px(y - 2)}V{px(y + _BAR_HEIGHT + 2)}"
    return [
        element(
            "rect",
            x=0,
            y=y,
            width=length,
            height=_BAR_HEIGHT,
            rx=2,
            fill="none",
            stroke=color,
            stroke_width=1.2,
            stroke_dasharray="4 2.5",
            class_="bound",
        ),
        element("path", d=end + arrow, fill="none", stroke=color, stroke_width=1.6),
    ]
