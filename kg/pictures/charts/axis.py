"""An axis of years on which each has the width that what happened in it needs."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Final

WIDTH: Final = 1240.0
"""The width of the axis, in px."""

_DATE: Final = re.compile(
    r"(-?\d{4,5})(?:-(\d\d))?(?:-(\d\d))?(?:T\d\d:\d\d\S*?)?(?:Z|[+-]\d\d:\d\d)?"
)
_EMPTY: Final = 34.0
_LEAST: Final = 2.4
_YEARS: Final = 400
_MONTHS: Final = 12
_A_BIT: Final = 1e-6


@dataclass(frozen=True)
class Bounds:
    """From when to when (years with fractions) a date lasts, and whether it is a day or less."""

    low: float
    high: float
    point: bool


def bounds(date: str) -> Bounds | None:
    """When a date of ISO 8601 begins and ends, in years; None if it is none.

    >>> bounds("2018"), bounds("2018-07").point, bounds("soon")
    (Bounds(low=2018.0, high=2019.0, point=False), False, None)
    """
    found = _DATE.fullmatch(date)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups()[:3])
    if not month:
        return Bounds(float(year), year + 1.0, False)
    if not 1 <= month <= _MONTHS:
        return None
    days = [31, 29 if calendar.isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if day > days[month - 1]:
        return None
    whole, before = sum(days), sum(days[: month - 1])
    if not day:
        return Bounds(year + before / whole, year + (before + days[month - 1]) / whole, False)
    return Bounds(year + (before + day - 1) / whole, year + (before + day) / whole, True)


@dataclass(frozen=True)
class Axis:
    """Years from left to right, each with its own width in px."""

    first: int
    edges: tuple[float, ...]
    empty: frozenset[int]

    @classmethod
    def of(cls, spans: Sequence[Bounds]) -> Axis:
        """An axis for dates: empty years narrow, the others the wider the more they hold.

        It ends after some hundred years, whatever the dates are.
        """
        first = min((floor(span.low) for span in spans), default=0)
        last = max((floor(span.high - _A_BIT) for span in spans), default=0)
        last = min(last, first + _YEARS)
        count = dict.fromkeys(range(first, last + 1), 0)
        for span in spans:
            for year in range(floor(span.low), min(floor(span.high - _A_BIT), last) + 1):
                count[year] += 1
        weight = {year: 0.0 if not many else _LEAST + many for year, many in count.items()}
        empty = frozenset(year for year, many in count.items() if not many)
        narrow = min(_EMPTY, WIDTH / 2 / max(len(empty), 1))
        unit = (WIDTH - narrow * len(empty)) / (sum(weight.values()) or 1)
        edges = [0.0]
        for year in sorted(count):
            edges.append(edges[-1] + (unit * weight[year] if count[year] else narrow))
        return cls(first, tuple(edges), empty)

    def x(self, when: float) -> float:
        """Where a time (in years) stands; one beyond the axis stands at its end."""
        when = min(max(when, self.first), self.first + len(self.edges) - 1)
        rank = max(0, min(floor(when - self.first), len(self.edges) - 2))
        left, right = self.edges[rank], self.edges[rank + 1]
        return left + (when - self.first - rank) * (right - left)

    def years(self) -> Iterable[tuple[int, float, float]]:
        """Each year with its left and right."""
        for rank, (left, right) in enumerate(pairwise(self.edges)):
            yield self.first + rank, left, right
