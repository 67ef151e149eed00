"""Dates, intervals and durations in words of a language, as precise as they are given."""

from __future__ import annotations

import re
from typing import Final

from kg.common.bilingual import Text, language
from kg.common.dates import PartialDate

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_FROM_TO: Final = Text("{} to {}", "{}至{}")
_SINCE: Final = Text("since {}", "{}起")
_UNTIL: Final = Text("until {}", "至{}")
_OPEN: Final = ("", "..")
# ISO 8601-1, 5.5.2.2, without decimal fractions.
_DURATION: Final = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)
_UNITS: Final = (
    Text("year", "年"),
    Text("month", "个月"),
    Text("week", "周"),
    Text("day", "天"),
    Text("hour", "小时"),
    Text("minute", "分钟"),
    Text("second", "秒"),
)


def spell_date(text: str, lang: str) -> str:
    """Return a date, interval or duration of ISO 8601 in words; any other text unchanged.

    >>> spell_date("2018-07-14", "en"), spell_date("2018-07", "zh"), spell_date("2018", "en")
    ('July 14, 2018', '2018年7月', '2018')
    >>> spell_date("2018-08-17/..", "en"), spell_date("2018-10-08/2018-10-12", "zh")
    ('since August 17, 2018', '2018年10月8日至12日')
    >>> spell_date("P6M", "en"), spell_date("P1Y6M", "zh"), spell_date("soon", "en")
    ('6 months', '1年6个月', 'soon')
    """
    if text.startswith("P"):
        return _spell_duration(text, lang) or text
    start, slash, end = text.partition("/")
    first, last = PartialDate.parse_lexical(start), PartialDate.parse_lexical(end)
    if not slash:
        return _spell(first, lang) if first else text
    if first and last:
        return _spell_interval(first, last, lang)
    if first and end in _OPEN:
        return _SINCE.of(lang).format(_spell(first, lang))
    if last and start in _OPEN:
        return _UNTIL.of(lang).format(_spell(last, lang))
    return text


def _spell(date: PartialDate, lang: str) -> str:
    if language(lang) == "zh":
        month = f"{date.month}月" if date.month else ""
        return f"{date.year}年{month}" + (f"{date.day}日" if date.day else "")
    if not date.month:
        return str(date.year)
    day = f" {date.day}," if date.day else ""
    return f"{_MONTHS[date.month - 1]}{day} {date.year}"


def _spell_interval(first: PartialDate, last: PartialDate, lang: str) -> str:
    end = _spell(last, lang)
    if language(lang) == "zh" and first.year == last.year and first.month:
        same_month = first.month == last.month and first.day
        end = end.removeprefix(f"{last.year}年").removeprefix(f"{last.month}月" * bool(same_month))
    return _FROM_TO.of(lang).format(_spell(first, lang), end)


def _spell_duration(text: str, lang: str) -> str:
    match = _DURATION.fullmatch(text)
    parts = [
        (int(number), unit.of(lang))
        for number, unit in zip(match.groups() if match else (), _UNITS, strict=False)
        if number
    ]
    if language(lang) == "zh":
        return "".join(f"{number}{unit}" for number, unit in parts)
    return " ".join(f"{number} {unit}{'s' * (number != 1)}" for number, unit in parts)
