"""Dates: absolute, relative to the publication, parts of years and months, intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.common.dates import PartialDate
from kg.drafting import date_values as values
from kg.drafting.article_text import ArticleText
from kg.drafting.date_pattern import KINDS, date_pattern
from kg.drafting.date_values import MONTHS, DateValue, duration, interval, number, partial
from kg.drafting.model import Mention
from kg.drafting.words import alternatives

_SURE: Final = 0.97
_RELATIVE: Final = 0.93
_VAGUE: Final = 0.8
_CONFIDENCE: Final = {
    **dict.fromkeys(("dayword", "md", "plan"), _RELATIVE),
    **dict.fromkeys(("recent", "coming", "within", "bareseason", "dayonly", "ahead"), _VAGUE),
}
_SENTENCE_END: Final = re.compile("[。\n！？；]")
_PLAN_FOLLOWED: Final = re.compile("[，。以、时末]")
_CLAUSE: Final = 20
_SOON: Final = 2
"""Months after the publication that a month without a year may still be ahead."""
_LONG_AGO: Final = 6
_DATELINE: Final = 7
"""Days after the publication that a day without a month may still be ahead."""
_FULL: Final = 3


def find_dates(article: ArticleText) -> list[Mention]:
    """Return the dates of a text in its order, valued as precisely as they are given.

    Without a date of publication, relative dates have no value.
    """
    return list(_Finder(article).find())


class _Finder:
    """Finds the dates of one text; remembers the last date that was named."""

    def __init__(self, article: ArticleText) -> None:
        self.article = article
        self.text = article.folded
        self.words = article.words
        self.date = article.date
        self.last: PartialDate | None = None
        self.last_end = 0
        self.position = 0

    def find(self) -> Iterator[Mention]:
        pattern = re.compile(date_pattern(self.words))
        for match in pattern.finditer(self.text):
            kind = next(name for name in KINDS if match[name] is not None)
            self.position = match.start()
            value: DateValue | None = getattr(self, f"_{kind}")(match)
            if value is None:
                continue
            end = match.start() + len(match[0].rstrip())
            if value.date:
                self.last, self.last_end = value.date, end
            yield self.article.mention(
                "DATE",
                (match.start(), end),
                value.text,
                f"date.{kind}.{value.part}".rstrip("."),
                _CONFIDENCE.get(kind, _SURE),
                part=value.part,
            )

    def _list(self, name: str) -> Mapping[str, Any]:
        return self.words.mapping("dates", name)

    def _iso(self, match: re.Match[str]) -> DateValue | None:
        parts = re.split("[-/.]", match["iso"].split()[0])
        date = partial(*map(int, parts))
        # 2018.10 is a number.
        is_number = len(parts) < _FULL and "." in match["iso"]
        return DateValue(str(date), "", date) if date and not is_number else None

    def _plan(self, match: re.Match[str]) -> DateValue | None:
        text = match["plan"].strip("“")
        years = self._list("five_year_plans").get(text.partition("五")[0])
        if years is None:
            return None
        if text.endswith("以来"):
            return values.since(years[0], self.date)
        if text.endswith(("末", "初")):
            return DateValue(str(years[text[-1] == "末"]), self._list("parts")[text[-1]])
        named = text.endswith(("期间", "时期", "前", "后"))
        # “十四五”规划 is a plan, and no date.
        if named or _PLAN_FOLLOWED.match(self.text, match.end()):
            return DateValue(f"{years[0]}/{years[1]}")
        return None

    def _years(self, match: re.Match[str]) -> DateValue | None:
        return interval(partial(int(match["ya"])), partial(int(match["yb"])))

    def _full(self, match: re.Match[str]) -> DateValue | None:
        year = self._year(match["y"])
        if year is None:
            return DateValue("")
        if match["firstmonths"]:
            return interval(partial(year, 1), partial(year, number(match["firstmonths"])))
        if match["season"]:
            return self._season(year, match["season"])
        month = self._month(match["m"]) if match["m"] else 0
        return None if month is None else self._month_or_day(match, year, month)

    def _month_or_day(self, match: re.Match[str], year: int, month: int) -> DateValue | None:
        if match["mm2"]:
            return interval(partial(year, month), partial(year, number(match["mm2"])))
        if match["d"]:
            return self._day(year, month, match["d"], match["m2"], match["d2"], match["since"])
        date = partial(year, month)
        part = str(self._list("parts").get(match["mp"] or match["yp"] or "", ""))
        if date and match["since"]:
            return values.since(date, self.date)
        return DateValue(str(date), part, date) if date else None

    def _md(self, match: re.Match[str]) -> DateValue | None:
        relative = self._list("months")
        month = self._month(match["m3"])
        if month is None:
            return None if match["m3"] not in relative else DateValue("")
        if self.date is None:
            day = f"-{number(match['d3']):02}" if match["d3"] else ""
            return DateValue(f"--{month:02}{day}")
        year = self._nearest_year(match, month)
        if match["m3"] in relative:
            months = self.date.year * MONTHS + self.date.month - 1 + relative[match["m3"]]
            year = months // MONTHS
        if match["m5"]:
            return interval(partial(year, month), partial(year, number(match["m5"])))
        if match["d3"]:
            return self._day(year, month, match["d3"], match["m4"], match["d4"], match["since3"])
        date = PartialDate(year, month)
        if match["since3"]:
            return values.since(date, self.date)
        return DateValue(str(date), str(self._list("parts").get(match["mp3"] or "", "")), date)

    def _nearest_year(self, match: re.Match[str], month: int) -> int:
        """Return the year of a month without one.

        It is that of a date before it in the sentence, or that of the publication; the one before
        if the month is still to come and nothing says so.
        """
        assert self.date is not None  # noqa: S101
        is_same = not _SENTENCE_END.search(self.text, self.last_end, match.start())
        if self.last and self.last.year != self.date.year and is_same:
            return self.last.year
        before = _SENTENCE_END.split(self.text[max(0, match.start() - _CLAUSE) : match.start()])[-1]
        after = self.text[match.end() : match.end() + _CLAUSE]
        words = alternatives(self.words["dates", "future"])
        # 自11月1日起实施 is ahead.
        starts = before.endswith(("自", "从")) and after.startswith("起")
        is_future = starts or re.search(words, before + after) is not None
        ahead = month - (self.date.month or month)
        if ahead > _SOON and not is_future:
            return self.date.year - 1
        return self.date.year + (ahead < -_LONG_AGO and is_future)

    def _day(
        self, year: int, month: int, day: str, month2: str, day2: str, since: str
    ) -> DateValue | None:
        date = partial(year, month, number(day))
        if date is None or not number(day):
            return None
        if day2:
            return interval(date, partial(year, number(month2) if month2 else month, number(day2)))
        return values.since(date, self.date) if since else DateValue(str(date), "", date)

    def _year(self, text: str) -> int | None:
        context, relative = self._list("context_years"), self._list("years")
        if text in context:
            paragraph = self.text.rfind("\n", 0, self.position)
            base = self.last if self.last_end > paragraph else self.date
            base = base or self.date
            return base.year + int(context[text]) if base else None
        if text in relative:
            return self.date.year + int(relative[text]) if self.date else None
        return number(text) or None

    def _month(self, text: str) -> int | None:
        relative = self._list("months")
        if text not in relative:
            return number(text) if 1 <= number(text) <= MONTHS else None
        if self.date is None or not self.date.month:
            return None
        return (self.date.month - 1 + int(relative[text])) % MONTHS + 1

    def _season(self, year: int, name: str) -> DateValue:
        first, last = self._list("seasons")[name]
        return DateValue(f"{year}-{first:02}/{year}-{last:02}", "", PartialDate(year))

    def _bareseason(self, match: re.Match[str]) -> DateValue:
        return self._season(self.date.year, match["bareseason"]) if self.date else DateValue("")

    def _dayword(self, match: re.Match[str]) -> DateValue:
        return values.shifted_day(self.date, int(self._list("days")[match["dayword"]]))

    def _week(self, match: re.Match[str]) -> DateValue:
        return values.week(self.date, match["week"])

    def _both(self, match: re.Match[str]) -> DateValue:
        if self.date is None:
            return DateValue("")
        if match["both"].startswith("近"):
            return DateValue(f"P2Y/{self.date}")
        first = self.date.year - match["both"].startswith("去")
        return DateValue(f"{first}/{first + 1}")

    def _dayonly(self, match: re.Match[str]) -> DateValue | None:
        day, base = number(match["dayonly"]), self.date
        paragraph = self.text.rfind("\n", 0, match.start())
        if self.last and self.last.month and self.last_end > paragraph:
            base = self.last
        if base is None or not base.month:
            return DateValue(f"---{day:02}") if 1 <= day <= values.DAYS else None
        year, month = base.year, base.month
        # A dateline names a day of the month, or of the month before.
        if base == self.date and base.day and day > base.day + _DATELINE:
            year, month = (year, month - 1) if month > 1 else (year - 1, MONTHS)
        date = partial(year, month, day)
        return DateValue(str(date)) if date and day else None

    def _recent(self, _: re.Match[str]) -> DateValue:
        return DateValue(f"../{self.date}" if self.date else "", "recent")

    def _coming(self, _: re.Match[str]) -> DateValue:
        return DateValue(f"{self.date}/.." if self.date else "", "coming")

    def _ago(self, match: re.Match[str]) -> DateValue | None:
        length = duration(match["n"], match["u"])
        part = "ago" if match["ago"].endswith("前") else ""
        return self._until(length, part)

    def _past(self, match: re.Match[str]) -> DateValue | None:
        return self._until(duration(match["n2"], match["u2"]))

    def _until(self, length: str, part: str = "") -> DateValue | None:
        if not length:
            return None
        return DateValue(f"{length}/{self.date}" if self.date else length, part)

    def _ahead(self, match: re.Match[str]) -> DateValue | None:
        return self._from(duration(match["n3"], match["u3"]))

    def _future(self, match: re.Match[str]) -> DateValue | None:
        return self._from(duration(match["n4"], match["u4"]))

    def _from(self, length: str) -> DateValue | None:
        if not length:
            return None
        return DateValue(f"{self.date}/{length}" if self.date else length)

    def _within(self, match: re.Match[str]) -> DateValue:
        if self.date is None:
            return DateValue("")
        is_month = match["within"].startswith("月")
        date = PartialDate(self.date.year, self.date.month if is_month else 0)
        return DateValue(str(date), str(self._list("within")[match["within"]]))
