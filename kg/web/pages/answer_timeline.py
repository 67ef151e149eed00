"""The rows of an answer in the order of their dates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.date_words import spell_date
from kg.common.dates import PartialDate
from kg.tables.columns import is_number
from kg.web.pages.cells import BESIDE, Cell, Reading

if TYPE_CHECKING:
    from kg.store import Store, Term

MOST: Final = 300
"""Dates that are shown."""
_CELLS: Final = 3


@dataclass(frozen=True)
class Moment:
    """A row with a date: the date in words, and what it is about."""

    date: str
    cells: tuple[Cell, ...]


def answer_timeline(
    store: Store,
    columns: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
    lang: str,
    asked: Collection[str] = (),
) -> tuple[Moment, ...]:
    """Return the dated rows of an answer, earliest first; none if no column has only dates.

    ``asked`` are the columns of parameters: what they have in every row is not repeated.
    """
    place = date_column(columns, rows)
    if place is None:
        return ()
    shown = [
        at
        for at, name in enumerate(columns)
        if at != place
        and name not in BESIDE
        and not (name in asked and len({row[at] for row in rows}) == 1)
    ]
    dated = sorted(
        ((term.value, row) for row in rows if (term := row[place]) is not None),
        key=lambda pair: pair[0],
    )[:MOST]
    reading = Reading.of(store, tuple(columns), [tuple(row) for _, row in dated], lang)
    moments: list[Moment] = []
    for date, row in dated:
        cells = [reading.cell(row[at]) for at in shown if row[at] is not None]
        things = [cell for cell in cells if cell.iri] or cells
        moment = Moment(spell_date(date, lang), tuple(things[:_CELLS]))
        moments += [moment] if moment not in moments[-1:] else []
    return tuple(moments)


def date_column(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> int | None:
    """Return the place of the first column that has dates alone; None if there is none."""
    return next((at for at in range(len(columns)) if _has_dates(rows, at)), None)


def _has_dates(rows: Sequence[Sequence[Term | None]], place: int) -> bool:
    """Return whether a column has dates alone, two or more of them."""
    terms = {row[place] for row in rows} - {None}
    return len(terms) > 1 and all(
        isinstance(term, ox.Literal) and not is_number(term) and PartialDate.parse_typed(term.value)
        for term in terms
    )
