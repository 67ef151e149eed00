"""Dates with the precision of their source: a year, a month or a day."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from functools import total_ordering
from typing import Final

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TYPED: Final = re.compile(
    r"([0-9]{4})\s*(?:年度?|(?:年|[-/.])\s*([0-9]{1,2})\s*(?:月|(?:月|[-/.])\s*([0-9]{1,2})\s*日?)?)?"
)
_LEXICAL: Final = re.compile(
    r"(-?[0-9]{4,5})(?:-([0-9]{2})(?:-([0-9]{2})(?:T[0-9]{2}:[0-9]{2}\S*?)?)?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DATATYPES: Final = ("xsd:gYear", "xsd:gYearMonth", "xsd:date")
_CYCLE: Final = 400
"""Years after which the Gregorian calendar repeats."""


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A year, a month (``day`` is 0) or a day of the proleptic Gregorian calendar.

    Unknown months and days are 0. ``str`` gives the common form of ISO 8601 and XML Schema Part 2
    (xsd:gYear, xsd:gYearMonth, xsd:date).

    >>> str(PartialDate.parse("2018-07")), PartialDate.parse("2018-02-30")
    ('2018-07', None)
    >>> PartialDate.parse("2018") < PartialDate.parse("2018-07-14")
    True
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> PartialDate | None:
        """Parse ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, years 1 to 9999; else None."""
        match = _ISO.fullmatch(text)
        date = cls._from_match(match) if match else None
        return date if date and date.year > 0 else None

    @classmethod
    def parse_typed(cls, text: str) -> PartialDate | None:
        """Parse a date as people type it: also ``2018年4月``, ``2018/4/11``, ``2018.04.11``.

        The year comes first; None if it isn't such a date.

        >>> str(PartialDate.parse_typed("２０１８年4月")), PartialDate.parse_typed("11/4/2018")
        ('2018-04', None)
        """
        match = _TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if match is None:
            return None
        year, *rest = filter(None, match.groups())
        return cls.parse("-".join((year, *(part.zfill(2) for part in rest))))

    @classmethod
    def parse_lexical(cls, text: str) -> PartialDate | None:
        """Parse an XML Schema date, ignoring a time or time zone; None if it isn't one.

        Years may be negative or have five digits.

        >>> str(PartialDate.parse_lexical("2018-07-14T09:30:00+08:00"))
        '2018-07-14'
        """
        match = _LEXICAL.fullmatch(text)
        return cls._from_match(match) if match else None

    @classmethod
    def _from_match(cls, match: re.Match[str]) -> PartialDate | None:
        year, month, day = (None if part is None else int(part) for part in match.groups())
        assert year is not None  # noqa: S101 (the pattern has no match without a year)
        if month is None:
            return cls(year)
        if not 1 <= month <= len(calendar.month_name) - 1:
            return None
        if day is None:
            return cls(year, month)
        date = cls(year, month, day)
        return date if 1 <= day <= date.days_in_month else None

    @property
    def datatype(self) -> str:
        """The XML Schema datatype of this precision, as a prefixed name."""
        return _DATATYPES[bool(self.month) + bool(self.day)]

    @property
    def days_in_month(self) -> int:
        """Number of days in the month (0 for a year)."""
        return calendar.monthrange(_CYCLE + self.year % _CYCLE, self.month)[1] if self.month else 0

    @property
    def first_day(self) -> PartialDate:
        """The earliest day that the date can mean.

        >>> str(PartialDate(2018).first_day), str(PartialDate(2018, 2).last_day)
        ('2018-01-01', '2018-02-28')
        """
        return PartialDate(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> PartialDate:
        """The latest day that the date can mean."""
        month = PartialDate(self.year, self.month or 12)
        return PartialDate(self.year, month.month, self.day or month.days_in_month)

    def __lt__(self, other: PartialDate) -> bool:
        """Compare by calendar; a year sorts before its months, a month before its days."""
        return (self.year, self.month, self.day) < (other.year, other.month, other.day)

    def __str__(self) -> str:
        sign, year = ("-", -self.year) if self.year < 0 else ("", self.year)
        parts = (f"{sign}{year:04}", *(f"{part:02}" for part in (self.month, self.day) if part))
        return "-".join(parts)
