"""A time axis whose years are as wide as their items need."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Final

from kg.common.dates import PartialDate

WIDTH: Final = 1240.0
"""The width of the axis, in px."""

_MAX_EMPTY_WIDTH: Final = 34.0
_BASE_WEIGHT: Final = 2.4
"""Weight of a year with items, in items."""
_MAX_YEARS: Final = 400
_EPSILON: Final = 1e-6


@dataclass(frozen=True)
class TimeSpan:
    """A span of time in fractional years; ``point`` is whether it is a day or less."""

    low: float
    high: float
    point: bool


def time_span(date: str) -> TimeSpan | None:
    """Return the span that a date (ISO 8601) covers; None for any other text.

    >>> time_span("2018"), time_span("2018-07").point, time_span("soon")
    (TimeSpan(low=2018.0, high=2019.0, point=False), False, None)
    """
    parsed = PartialDate.parse_lexical(date)
    if parsed is None:
        return None
    days = 366 if calendar.isleap(parsed.year) else 365
    first, last = _day_of_year(parsed.first_day), _day_of_year(parsed.last_day)
    low, high = parsed.year + first / days, parsed.year + (last + 1) / days
    return TimeSpan(low, high, bool(parsed.day))


def _day_of_year(day: PartialDate) -> int:
    """Return the number of days of the year before a day."""
    months = (PartialDate(day.year, month) for month in range(1, day.month))
    return sum(month.days_in_month for month in months) + day.day - 1


@dataclass(frozen=True)
class Axis:
    """Years from left to right.

    ``borders`` are the left borders in px of all years from ``first`` on, and the right border of
    the last; ``empty`` are the years without items.
    """

    first: int
    borders: tuple[float, ...]
    empty: frozenset[int]

    @classmethod
    def of(cls, spans: Sequence[TimeSpan]) -> Axis:
        """Return an axis for spans: empty years are narrow, others widen with their items.

        The axis has at most 400 years.
        """
        first = min((floor(span.low) for span in spans), default=0)
        last = max((floor(span.high - _EPSILON) for span in spans), default=0)
        last = min(last, first + _MAX_YEARS)
        count = dict.fromkeys(range(first, last + 1), 0)
        for span in spans:
            for year in range(floor(span.low), min(floor(span.high - _EPSILON), last) + 1):
                count[year] += 1
        weight = {year: _BASE_WEIGHT + items if items else 0.0 for year, items in count.items()}
        empty = frozenset(year for year, items in count.items() if not items)
        narrow = min(_MAX_EMPTY_WIDTH, WIDTH / 2 / max(len(empty), 1))
        unit = (WIDTH - narrow * len(empty)) / (sum(weight.values()) or 1)
        borders = [0.0]
        for year in sorted(count):
            borders.append(borders[-1] + (unit * weight[year] if count[year] else narrow))
        return cls(first, tuple(borders), empty)

    def x(self, time: float) -> float:
        """Return the position in px of a time in years, clamped to the axis."""
        time = min(max(time, self.first), self.first + len(self.borders) - 1)
        index = max(0, min(floor(time - self.first), len(self.borders) - 2))
        left, right = self.borders[index], self.borders[index + 1]
        return left + (time - self.first - index) * (right - left)

    def years(self) -> Iterable[tuple[int, float, float]]:
        """Return each year with its left and right border in px."""
        for index, (left, right) in enumerate(pairwise(self.borders)):
            yield self.first + index, left, right
