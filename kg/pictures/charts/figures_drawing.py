"""The drawing of figures: a card for each thing, numbers large, bars only among like units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.common.bilingual import Text
from kg.evidence.proofs import Proof
from kg.pictures.svg import text
from kg.pictures.svg.elements import el, tooltip, words
from kg.pictures.svg.geometry import num
from kg.pictures.svg.marks import legend, mark
from kg.pictures.svg.paper import Paper, evidence
from kg.pictures.svg.style import GROUND, color, mix
from kg.queries.views import View

_COLUMNS: Final = 3
_WIDE: Final = 396.0
_GAP: Final = 20.0
_PAD: Final = 16.0
_HEAD: Final = 14.0
_NUMBER: Final = 23.0
_SIZE: Final = 12.5
_SMALL: Final = 11.0
_BAR: Final = 8.0
_OPEN: Final = 26.0
_LIMIT: Final = 60.0
_INDENT: Final = 18.0
_MORE: Final = ("more-than", "at-least")
_LESS: Final = ("less-than", "at-most")
_NOTES: Final = (
    Text(
        "Bars compare only figures of one thing in one unit; a part stands under its whole, on the "
        "same scale. An open bar with an arrow is a bound, not a value.",
        "横条仅比较同一对象、同一单位的数值；部分列于总体之下，刻度相同。带箭头的开口横条表示界限，而非确数。",
    ),
)


@dataclass(frozen=True)
class Entry:
    """A figure or rank as it is drawn.

    ``number`` is the figure or rank in words, ``before`` the comparator and ``after`` the unit;
    ``comparator`` is the name of its concept (such as ``more-than``), ``unit`` and ``whole`` are
    IRIs, or empty; ``value`` is None where there is no length to draw.
    """

    iri: str
    number: Text
    comparator: str
    before: Text
    after: Text
    measure: Text
    details: Text
    unit: str
    value: float | None
    whole: str
    proofs: tuple[Proof, ...]

    def said(self, lang: str) -> str:
        """The figure with comparator and unit."""
        parts = (self.before.of(lang), self.number.of(lang), self.after.of(lang))
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Section:
    """What is said in figures of one thing."""

    name: Text
    group: str
    entries: tuple[Entry, ...]


def draw(view: View, sections: Sequence[Section], lang: str, dark: bool = False) -> str:
    """Draw sections as cards in columns, the highest first, in a language, as SVG."""
    cards = [(section, *_card(section, lang, dark)) for section in sections]
    cards.sort(key=lambda card: (-card[2], card[0].name.en))
    feet = [0.0] * _COLUMNS
    out = []
    for _, drawn, high in cards:
        column = feet.index(min(feet))
        at = f"translate({num(column * (_WIDE + _GAP))} {num(feet[column])})"
        out.append(el("g", drawn, class_="card", transform=at))
        feet[column] += high + _GAP
    legend_ = legend({section.group for section in sections}, lang, dark)
    everything = (p for section in sections for entry in section.entries for p in entry.proofs)
    size = _COLUMNS * (_WIDE + _GAP) - _GAP, max(0.0, max(feet) - _GAP)
    return Paper.of(view, lang, dark, legend_, _NOTES, everything).draw("".join(out), size)


def _card(section: Section, lang: str, dark: bool) -> tuple[str, float]:
    """A card and its height (px)."""
    ground, own = GROUND[dark], color(section.group, dark)
    out, y = [], _PAD
    inside = _WIDE - 2 * _PAD
    out.append(mark(section.group, (_PAD + 6, y + 8), 6, dark))
    name = text.shorten(section.name.of(lang), _LIMIT)
    for line in text.fill(name, _HEAD, inside - 22):
        out.append(words(line, _PAD + 20, y + 13, font_size=_HEAD, fill=ground.ink))
        y += 19
    y += 4
    out.append(el("path", d=f"M{num(_PAD)} {num(y)}H{num(_WIDE - _PAD)}", stroke=ground.faint))
    scales = _scales(section.entries)
    for entry in section.entries:
        drawn, high = _entry(entry, scales, inside, own, lang, dark)
        out.append(el("g", drawn, transform=f"translate({num(_PAD)} {num(y + 8)})"))
        y += high + 8
    high = y + _PAD - 4
    box = el(
        "rect",
        width=_WIDE,
        height=high,
        rx=10,
        fill=mix(own, ground.paper, 0.035),
        stroke=mix(own, ground.paper, 0.35),
    )
    return box + "".join(out), high


def _scales(entries: Iterable[Entry]) -> Mapping[str, float]:
    """By unit, the largest value, where a unit has several and comparing them says something."""
    found: dict[str, list[float]] = {}
    for entry in entries:
        if entry.value is not None:
            found.setdefault(entry.unit, []).append(entry.value)
    return {unit: max(values) for unit, values in found.items() if len(values) > 1 and max(values)}


def _entry(
    entry: Entry, scales: Mapping[str, float], wide: float, own: str, lang: str, dark: bool
) -> tuple[str, float]:
    """A figure and its height (px)."""
    ground = GROUND[dark]
    left = _INDENT if entry.whole else 0.0
    out, x, y = [], left, 24.0
    for said, size, fill in (
        (entry.before.of(lang), _SIZE, ground.ink),
        (entry.number.of(lang), _NUMBER, own),
        (entry.after.of(lang), _SIZE, ground.ink),
    ):
        if said:
            shown = text.shorten(said, (wide - x) / size)
            out.append(words(shown, x, y, font_size=size, fill=fill))
            x += text.width(shown, size) + 6
    for said, size, fill in (
        (
            "" if entry.measure.of(lang) == entry.after.of(lang) else entry.measure.of(lang),
            _SIZE,
            ground.ink,
        ),
        (entry.details.of(lang), _SMALL, ground.soft),
    ):
        for line in text.fill(text.shorten(said, _LIMIT), size, wide - left) if said else ():
            y += size + 5
            out.append(words(line, left, y, font_size=size, fill=fill))
    if entry.whole:
        turn = f"M4 8V{num(18)}H13"
        out.append(el("path", d=turn, fill="none", stroke=ground.line, stroke_width=1.4))
    y += 9
    bar = _bar(entry, scales, wide, own, y, dark)
    out += bar
    y += _BAR + 6 if bar else 0
    return (
        el(
            "g",
            tooltip(
                [f"{entry.measure.of(lang)}: {entry.said(lang)}", *evidence(entry.proofs, lang)]
            ),
            *out,
            class_="figure",
            data_id=entry.iri,
        ),
        y,
    )


def _bar(
    entry: Entry, scales: Mapping[str, float], wide: float, own: str, y: float, dark: bool
) -> list[str]:
    """The bar of a figure among others of its unit; alone, only a bound has one."""
    if entry.value is None:
        return []
    bound = entry.comparator in (*_MORE, *_LESS)
    most = scales.get(entry.unit)
    if most is None and not bound:
        return []
    long = max(2.0, (wide - _OPEN) * entry.value / most) if most else wide * 0.3
    fill = mix(own, GROUND[dark].paper, 0.85 if entry.whole or not entry.comparator else 0.6)
    if not bound:
        return [el("rect", x=0, y=y, width=long, height=_BAR, rx=2, fill=fill, class_="bar")]
    middle = y + _BAR / 2
    tip = long + _OPEN if entry.comparator in _MORE else long - _OPEN
    turn = 5 if tip > long else -5
    arrow = f"M{num(long)} {num(middle)}H{num(tip)}M{num(tip - turn)} {num(middle - 4)}"
    arrow += f"L{num(tip)} {num(middle)}L{num(tip - turn)} {num(middle + 4)}"
    edge = f"M{num(long)} {num(y - 2)}V{num(y + _BAR + 2)}"
    return [
        el(
            "rect",
            x=0,
            y=y,
            width=long,
            height=_BAR,
            rx=2,
            fill="none",
            stroke=own,
            stroke_width=1.2,
            stroke_dasharray="4 2.5",
            class_="bound",
        ),
        el("path", d=edge + arrow, fill="none", stroke=own, stroke_width=1.6),
    ]
