"""A small picture of what a thing is next to: one neighbor by each of its relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from kg.pictures.svg.symbols import group_symbol
from kg.pictures.svg.text import shorten

if TYPE_CHECKING:
    from kg.web.pages.relations import Group

WIDTH: Final = 300
"""Of the picture, in px."""
_ROW: Final = 38
_TOP: Final = 10
_MOST: Final = 9
_CENTER: Final = 20
_LINE_END: Final = 64
_NAME: Final = 15.5
"""Widest name, in em."""


@dataclass(frozen=True)
class Neighbor:
    """A row: the neighbor, the relation with its anchor and count, and the line that leads to it.

    ``y`` is the middle of the row, ``path`` the line (SVG), ``width`` its width.
    """

    iri: str
    name: str
    group: str
    symbol: Markup
    heading: str
    anchor: str
    total: int
    y: float
    path: str
    width: float


@dataclass(frozen=True)
class Neighborhood:
    """The picture: the symbol of the thing itself, its neighbors, the height, and what is left out.

    ``more`` is the number of kinds of relation that have no row.
    """

    symbol: Markup
    neighbors: tuple[Neighbor, ...]
    height: int
    more: int


def neighborhood(
    group: str, relations: Iterable[Group], marks: Mapping[str, str], lang: str
) -> Neighborhood | None:
    """Return the picture of a thing's relations; None for fewer than two kinds of them."""
    listed = [each for each in relations if each.facts]
    if len(listed) < 2:  # noqa: PLR2004
        return None
    shown = listed[:_MOST]
    height = 2 * _TOP + _ROW * len(shown)
    neighbors = []
    for place, each in enumerate(shown):
        fact, y = each.facts[0], _TOP + _ROW * (place + 0.5)
        other = marks.get(fact.value.value, "topic")
        middle = (_CENTER + _LINE_END) / 2
        neighbors.append(
            Neighbor(
                fact.value.value,
                shorten(fact.shown.of(lang), _NAME),
                other,
                _symbol(other, (_LINE_END + 8, y), 5.5),
                each.heading,
                each.anchor,
                each.total,
                y,
                f"M{_CENTER} {height / 2}C{middle} {height / 2} {middle} {y} {_LINE_END} {y}",
                round(1 + log10(each.total) * 1.4, 1) if each.total else 1,
            )
        )
    center = _symbol(group, (_CENTER, height / 2), 10)
    return Neighborhood(center, tuple(neighbors), height, len(listed) - len(shown))


def _symbol(group: str, center: tuple[float, float], radius: float) -> Markup:
    return Markup(group_symbol(group, center, radius, False))  # noqa: S704
