"""Partial dates: parsing, rejected texts and comparison."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.common.dates import PartialDate


@given(st.dates())
def test_every_day_of_the_calendar_round_trips(day: date) -> None:
    parsed = PartialDate.parse(day.isoformat())
    assert parsed == PartialDate(day.year, day.month, day.day)
    assert str(parsed) == day.isoformat()
    assert parsed.datatype == "xsd:date"
    assert parsed.first_day == parsed.last_day == parsed


@given(st.integers(1, 9998), st.integers(1, 12))
def test_a_month_spans_its_days(year: int, month: int) -> None:
    parsed = PartialDate.parse(f"{year:04}-{month:02}")
    assert parsed is not None
    assert parsed.datatype == "xsd:gYearMonth"
    assert str(parsed.first_day) == date(year, month, 1).isoformat()
    following = date(year, month, 28) + timedelta(days=4)
    assert str(parsed.last_day) == (following - timedelta(days=following.day)).isoformat()


@pytest.mark.parametrize(
    "text",
    ["", "soon", "0000", "18", "2018-13", "2018-00", "2018-02-29", "2018-7", "2018-07-14Z", "٢٠١٨"],
)
def test_invalid_dates_are_rejected(text: str) -> None:
    assert PartialDate.parse(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2018", (2018, 0, 0)),
        ("2018-07Z", (2018, 7, 0)),
        ("2018-07-14T09:30:00.5+08:00", (2018, 7, 14)),
        ("-0044-03-15", (-44, 3, 15)),
        ("12018", (12018, 0, 0)),
    ],
)
def test_xml_schema_dates_are_parsed(text: str, parts: tuple[int, int, int]) -> None:
    assert PartialDate.parse_lexical(text) == PartialDate(*parts)


def test_leap_years_before_year_one() -> None:
    assert PartialDate(-4, 2).days_in_month == 29
    assert [PartialDate(year, 2).days_in_month == 29 for year in range(1, 3000)] == [
        calendar.isleap(year) for year in range(1, 3000)
    ]


def test_less_precise_dates_sort_first() -> None:
    dates = [
        PartialDate(2018, 7, 14),
        PartialDate(2018),
        PartialDate(2017, 12),
        PartialDate(2018, 7),
    ]
    assert [str(d) for d in sorted(dates)] == ["2017-12", "2018", "2018-07", "2018-07-14"]
    assert max(dates) == PartialDate(2018, 7, 14)
