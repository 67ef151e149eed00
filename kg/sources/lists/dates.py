"""Dates in the cells of lists, as people and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from kg.common.dates import PartialDate

_REMARK: Final = re.compile(r"(?:起|起?(?:正式)?(?:实施|发布|生效|施行|执行|废止|作废)|止)$")
_TIME: Final = re.compile(r"(?<=\d)[T ]+\d\d?:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$")
_COMPACT: Final = re.compile(r"((?:18|19|20)\d\d)(0[1-9]|1[0-2])(\d\d)?")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIALS: Final = range(20_000, 80_000)
"""Numbers of days that stand for 1954 to 2119."""
_EPOCH: Final = date(1899, 12, 30)
"""Day 0 of the numbers after 1 March 1900 (ECMA-376, part 1, 18.17.4.1)."""
_EPOCH_1904: Final = date(1904, 1, 1)
_LOST_ZERO: Final = re.compile(r"(\d{4})\.1")
"""January, or October as a number without its last zero: the year alone is certain."""
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DAY_FIRST: Final = re.compile(r"(?:(\d\d?)(?:st|nd|rd|th)?[ -])?([a-z]{3,9})\.?[ ,-]+(\d{4})")
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.? (\d\d?)(?:st|nd|rd|th)?,? (\d{4})")
_FULL_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december", "sept"),
)
_NUMERALS: Final = {
    **{digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")},
    **dict.fromkeys("零○O", "0"),
}
_CHINESE: Final = re.compile(
    "([〇零○O一二三四五六七八九]{4})年(?:([元一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?)?"
)
_YEAR_LAST: Final = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})")
_FORMAT: Final = re.compile("yyyy|MM|dd|M|d|[-/. ]")
"""The parts of date formats of CSVW (Metadata Vocabulary for Tabular Data, 6.4.4)."""
_PATTERNS: Final = {
    "yyyy": r"(?P<y>\d{4})",
    "MM": r"(?P<m>\d\d)",
    "M": r"(?P<m>\d\d?)",
    "dd": r"(?P<d>\d\d)",
    "d": r"(?P<d>\d\d?)",
}


@lru_cache(maxsize=8192)
def parse_date(text: str, format: str = "", *, epoch_1904: bool = False) -> PartialDate | None:
    """Parse the date in a cell; None if it isn't one, or can mean several days (``01/02/2020``).

    ``format`` is a date format of CSVW, such as ``dd/MM/yyyy``. Numbers of five digits are days as
    spreadsheets count them.

    >>> [str(parse_date(text)) for text in ("２０２０年3月1日起实施", "43891", "20200301")]
    ['2020-03-01', '2020-03-01', '2020-03-01']
    >>> [str(parse_date(text)) for text in ("1 March 2020", "二〇二〇年三月一日", "1/2/2020")]
    ['2020-03-01', '2020-03-01', 'None']
    >>> str(parse_date("1/2/2020", "d/M/yyyy")), str(parse_date("2020.1"))
    ('2020-02-01', '2020')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = plain.replace("元月", "1月") if plain[:1].isdigit() else plain
    plain = _REMARK.sub("", _TIME.sub("", plain).strip()).strip()
    if format and (date_ := _by_format(plain, format)):
        return date_
    if match := _LOST_ZERO.fullmatch(plain):
        return PartialDate.parse(match[1])
    if match := _COMPACT.fullmatch(plain):
        return PartialDate.parse("-".join(filter(None, match.groups())))
    if match := _SERIAL.fullmatch(plain):
        return _by_serial(int(match[1]), _EPOCH_1904 if epoch_1904 else _EPOCH)
    return (
        PartialDate.parse_typed(plain)
        or _spelled(plain.casefold())
        or _chinese(plain)
        or _year_last(plain)
    )


def _by_serial(days: int, epoch: date) -> PartialDate | None:
    if days not in _SERIALS:
        return None
    day = epoch + timedelta(days)
    return PartialDate(day.year, day.month, day.day)


def _by_format(text: str, format: str) -> PartialDate | None:
    if "".join(_FORMAT.findall(format)) != format:
        return None
    pattern = _FORMAT.sub(lambda part: _PATTERNS.get(part[0], re.escape(part[0])), format)
    match = re.fullmatch(pattern, text)
    if match is None:
        return None
    found = match.groupdict()
    parts = (found.get("y"), found.get("m"), found.get("d"))
    return PartialDate.parse("-".join(part.zfill(2) for part in parts if part))


def _spelled(text: str) -> PartialDate | None:
    match = _DAY_FIRST.fullmatch(text)
    day, month, year = match.groups() if match else (None, "", "")
    if match is None:
        match = _MONTH_FIRST.fullmatch(text)
        if match is None:
            return None
        month, day, year = match.groups()
    if month[:3] not in _MONTHS or (len(month) > 3 and month not in _FULL_MONTHS):  # noqa: PLR2004
        return None
    parts = (year, f"{_MONTHS[month[:3]]:02}", *([day.zfill(2)] if day else []))
    return PartialDate.parse("-".join(parts))


def _chinese(text: str) -> PartialDate | None:
    match = _CHINESE.fullmatch(text)
    if match is None:
        return None
    year = "".join(_NUMERALS[digit] for digit in match[1])
    parts = [f"{_chinese_number(part):02}" for part in match.groups()[1:] if part]
    return PartialDate.parse("-".join((year, *parts)))


def _chinese_number(text: str) -> int:
    """Return a number from 1 to 99; 0 for another text, which is no month and no day."""
    tens, ten, ones = text.replace("元", "一").rpartition("十")
    digits = (_NUMERALS.get(tens or "一", "") if ten else "0") + _NUMERALS.get(ones or "零", "")
    return int(digits) if len(digits) == 2 else 0  # noqa: PLR2004


def _year_last(text: str) -> PartialDate | None:
    """Parse a day whose year comes last, if only one of the other numbers can be its month."""
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    first, second, year = match.groups()
    readings = {
        PartialDate.parse(f"{year}-{month:>02}-{day:>02}")
        for day, month in ((first, second), (second, first))
    } - {None}
    return readings.pop() if len(readings) == 1 else None
