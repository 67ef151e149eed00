"""Days on which something may have happened, by dates that give a day, a month or a year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pyoxigraph as ox

from kg.common.dates import PartialDate
from kg.store import Term

DateStatement = tuple[str, str, str, Term]
"""A statement of a date: graph, subject, property (IRIs) and value."""


class Window(NamedTuple):
    """The days on which something may have happened, the words for them, and who states them."""

    first: PartialDate
    last: PartialDate
    date: str
    basis: tuple[DateStatement, ...] = ()


def windows_of(dates: dict[str, list[DateStatement]], properties: Iterable[str]) -> list[Window]:
    """Return the windows of dates, without duplicates; what is no date is left out."""
    found: dict[str, Window] = {}
    for statement in (each for name in properties for each in dates.get(name, ())):
        value = statement[3].value if isinstance(statement[3], ox.Literal) else ""
        date = PartialDate.parse_lexical(value)
        if date is not None:
            text = str(date)
            known = found.get(text, Window(date.first_day, date.last_day, text))
            found[text] = known._replace(basis=(*known.basis, statement))
    return list(found.values())


def earliest(windows: Iterable[Window]) -> Window | None:
    """Return the earliest window; of a month and a day in it, the day."""
    return min(windows, key=lambda window: (window.last, window.date), default=None)


def told(windows: Iterable[Window]) -> tuple[str, tuple[DateStatement, ...]]:
    """Return the earliest date of windows, and the statements of all."""
    ordered = sorted(windows, key=lambda window: (window.first, window.date))
    return ordered[0].date, tuple(each for window in ordered for each in window.basis)
