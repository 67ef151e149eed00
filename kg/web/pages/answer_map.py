"""The rows of an answer on a map: a circle for each country, as large as its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import BASE
from kg.pictures.charts import world_map
from kg.pictures.svg.text import width as text_width
from kg.queries.columns import column_headings
from kg.web.pages.answer_chart import amount_column
from kg.web.pages.cells import BESIDE, Reading

if TYPE_CHECKING:
    from kg.queries.model import Question
    from kg.store import Store, Table, Term

_PLACE: Final = BASE + "place/"
_CODE: Final = 2
"""Letters of a country's code (ISO 3166-1 alpha-2), which is the end of its IRI."""
_FEWEST: Final = 3
_RADIUS: Final = (2.5, 24.0)
"""Smallest and largest radius, in px; the area follows the number."""
_NAMED: Final = 14
"""Countries whose names may be on the map, if they have room."""
_FONTS: Final = {"wide": 13.0, "phone": 26.0}
"""Sizes of names, in px of the map."""
_Box = tuple[float, float, float, float]
_ROWS: Final = Text("rows", "行数")


@dataclass(frozen=True)
class CountryCircle:
    """A country: its IRI, name and number, and its circle.

    ``named`` is empty if its name has no room on the map, ``wide`` if it has none on a phone.
    """

    iri: str
    name: str
    value: int
    x: float
    y: float
    radius: float
    named: str


@dataclass(frozen=True)
class WorldMap:
    """Circles, the largest first, with the heading of their numbers and the map's land and size.

    ``missing`` are countries of the answer that the map has no place for: IRI, name and number.
    """

    heading: str
    circles: tuple[CountryCircle, ...]
    missing: tuple[tuple[str, str, int], ...]
    land: str
    width: float
    height: float


def has_countries(table: Table, asked: Collection[str] = ()) -> bool:
    """Return whether :func:`answer_map` draws anything; ``asked`` are columns of parameters."""
    return world_map.is_available() and _country_column(table, asked) is not None


def answer_map(
    store: Store, question: Question, table: Table, lang: str, asked: Collection[str] = ()
) -> WorldMap | None:
    """Return the countries of an answer with the first amount of their row; None without countries.

    Where a country has several rows, it is they that are counted: their amounts may be of
    different things.
    """
    place = _country_column(table, asked)
    if place is None or not world_map.is_available():
        return None
    rows = [(term, row) for row in table.rows if (term := row[place]) is not None and _code(term)]
    counts = Counter(term.value for term, _ in rows)
    amount = amount_column(table)
    if amount is None or max(counts.values()) > 1:
        heading, values = _ROWS.of(lang), dict(counts)
    else:
        heading = column_headings(table.columns, lang, question.name)[table.columns[amount]]
        values = {term.value: int(float(_text(row[amount]))) for term, row in rows}
    reading = Reading.of(store, table.columns, [row for _, row in rows], lang)
    names = {term.value: reading.cell(term).text for term, _ in rows}
    points = world_map.country_points()
    ranked = sorted(values, key=lambda iri: (-values[iri], iri))
    largest = max(1, *values.values())
    circles: list[CountryCircle] = []
    missing = []
    taken: dict[str, list[_Box]] = {size: [] for size in _FONTS}
    for iri in ranked:
        point = points.get(iri.removeprefix(_PLACE).upper())
        if point is None:
            missing.append((iri, names[iri], values[iri]))
            continue
        radius = max(_RADIUS[0], _RADIUS[1] * sqrt(values[iri] / largest))
        x, y = (round(part, 1) for part in point)
        named = ""
        for size, font in _FONTS.items():
            if len(circles) < _NAMED and _takes_room(taken[size], names[iri], (x, y, radius), font):
                named = size
        circles.append(CountryCircle(iri, names[iri], values[iri], x, y, round(radius, 1), named))
    return WorldMap(
        heading,
        tuple(circles),
        tuple(missing),
        world_map.land_path(),
        world_map.WIDTH,
        round(world_map.height()),
    )


def _takes_room(
    taken: list[_Box], name: str, circle: tuple[float, float, float], font: float
) -> bool:
    """Take the room of a circle, and of its name below it if that is free; return whether it is."""
    x, y, radius = circle
    half, top = text_width(name, font) / 2, y + radius
    box = x - half, top, x + half, top + font * 1.3
    is_free = not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in taken
    )
    taken.append((x - radius, y - radius, x + radius, y + radius))
    taken += [box] if is_free else []
    return is_free


def _country_column(table: Table, asked: Collection[str]) -> int | None:
    """Return the place of the first column with several countries and nothing else."""
    for at, name in enumerate(table.columns):
        if name in BESIDE or name in asked:
            continue
        terms = {row[at] for row in table.rows} - {None}
        if len(terms) >= _FEWEST and all(term is not None and _code(term) for term in terms):
            return at
    return None


def _code(term: Term) -> str:
    """Return the code of a country, empty for anything else."""
    name = term.value.removeprefix(_PLACE)
    is_country = isinstance(term, ox.NamedNode) and term.value.startswith(_PLACE)
    return name if is_country and len(name) == _CODE else ""


def _text(term: Term | None) -> str:
    return term.value if term is not None else "0"
