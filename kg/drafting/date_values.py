"""Values of dates and intervals in ISO 8601-1 and 8601-2, as precise as they are known."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from kg.common.dates import PartialDate
from kg.drafting.numerals import read_number

MONTHS: Final = 12
DAYS: Final = 31
_LETTERS: Final = {"年": "Y", "个月": "M", "周": "W", "天": "D"}
_LONGEST: Final = 60
_WEEKDAYS: Final = "一二三四五六日"


@dataclass(frozen=True)
class DateValue:
    """A date or interval; ``part`` is the part of it that is meant, ``date`` its beginning."""

    text: str
    part: str = ""
    date: PartialDate | None = None


def number(text: str) -> int:
    """Return the whole number of a text such as ``12日`` or ``十二``, or 0."""
    read = read_number(text.rstrip("日号月年 "))
    return int(read) if read is not None and read == int(read) else 0


def partial(year: int, month: int = 0, day: int = 0) -> PartialDate | None:
    """Return a date if there is such a day in the calendar."""
    return PartialDate.parse("-".join([f"{year:04}", *(f"{n:02}" for n in (month, day) if n)]))


def since(date: PartialDate | int, published: PartialDate | None, part: str = "") -> DateValue:
    """Return the interval from a date until the publication (``2018/2019-04-11``)."""
    return DateValue(f"{date}/{published or '..'}", part)


def interval(first: PartialDate | None, last: PartialDate | None) -> DateValue | None:
    """Return the interval between two dates; None if the second isn't later.

    >>> interval(PartialDate(2018, 10), PartialDate(2018, 12)).text
    '2018-10/2018-12'
    """
    if first is None or last is None or not first < last:
        return None
    return DateValue(f"{first}/{last}", "", first)


def duration(text: str, unit: str) -> str:
    """Return a duration such as ``P2Y``; empty if it is none.

    >>> duration("两", "年"), duration("半", "年"), duration("2018", "年")
    ('P2Y', 'P6M', '')
    """
    if text == "半":
        return {"年": "P6M"}.get(unit, "")
    read = read_number(text)
    return f"P{read}{_LETTERS[unit]}" if read and read <= _LONGEST else ""


def shifted_day(published: PartialDate | None, days: int) -> DateValue:
    """Return a day counted from the publication; without a value if its day is unknown."""
    if published is None or not published.day:
        return DateValue("")
    day = datetime.date(published.year, published.month, published.day)
    return DateValue((day + datetime.timedelta(days=days)).isoformat())


def week(published: PartialDate | None, text: str) -> DateValue:
    """Return the week or day that 上周, 本周五 and the like mean (``2023-W46``).

    >>> week(PartialDate(2023, 11, 20), "上周").text, week(PartialDate(2023, 11, 20), "上周五").text
    ('2023-W46', '2023-11-17')
    """
    if published is None or not published.day:
        return DateValue("")
    day = datetime.date(published.year, published.month, published.day)
    day += datetime.timedelta(weeks={"上": -1, "下": 1}.get(text[0], 0))
    year, number_, _ = day.isocalendar()
    weekday = _WEEKDAYS.find(text[-1].replace("天", "日")) + 1
    if not weekday:
        return DateValue(f"{year}-W{number_:02}")
    return DateValue(datetime.date.fromisocalendar(year, number_, weekday).isoformat())
