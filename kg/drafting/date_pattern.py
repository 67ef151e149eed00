"""The pattern of dates as news writes them, made of the words of ``drafting/dates.yaml``."""

from __future__ import annotations

from typing import Final

from kg.drafting.numerals import HAN
from kg.drafting.words import Words, alternatives

KINDS: Final = (
    *("iso", "plan", "years", "full", "md", "dayword", "week", "both", "recent", "coming"),
    *("ago", "past", "ahead", "future", "within", "bareseason", "dayonly"),
)
"""The kinds of dates, which are groups of the pattern."""

_NUMBER: Final = rf"(?:\d{{1,2}}|[{HAN}]{{1,3}})"
_DAY: Final = rf"{_NUMBER}[日号]"
_TO: Final = "(?:至|到|—{1,2}|-|~|～|–)"
_UNIT: Final = "(?:年|个月|周|天)"
_MONTH_PART: Final = "上旬|中旬|下旬|月初|月底|月末|初|底|末|份|中"
_NOT_PART: Final = "(?!国|心|央|小|共|等|间|部|东|华|美|英|德|法|期目标)"
_NOT_WEEK: Final = "(?!边|期|年|岁|刊|报|转|密|全|知|到)"


def date_pattern(words: Words) -> str:
    """Return the pattern: a group for each of :data:`KINDS`, and groups for their parts."""
    parts = alternatives(words.mapping("dates", "parts"))
    seasons = alternatives(words.mapping("dates", "seasons"))
    relative = (*words.mapping("dates", "years"), *words.mapping("dates", "context_years"))
    year = rf"(?:(?:19|20)\d\d\s?年|[一二][〇零一二三四五六七八九]{{3}}年|{alternatives(relative)})"
    month = rf"(?:{_NUMBER}月|{alternatives(words.mapping('dates', 'months'))})"
    times = alternatives(words["dates", "times_of_day"])
    time = rf"(?:{times})(?:\d{{1,2}}(?:时|点|:\d\d)(?:\d{{1,2}}分)?)?"
    clock = r"\s\d{1,2}:\d\d(?::\d\d)?"
    kinds = (
        rf"(?P<iso>(?<![\d.A-Za-z/-])(?:19|20)\d\d[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?(?![\d-])"
        rf"(?:{clock})?)",
        "(?P<plan>“?十[一二三四五六]?五”?(?:规划)?(?:期间|时期|以来|末|初|前|后)"
        "|“十[一二三四五六]?五”)",
        rf"(?P<years>(?<![\d-])(?P<ya>(?:19|20)\d\d)\s?年?\s?{_TO}\s?"
        rf"(?P<yb>(?:19|20)\d\d)\s?年(?:间|期间|度)?)",
        rf"(?<!\d)(?P<full>(?P<y>{year})\s?(?:的(?=\d{{1,2}}月))?"
        rf"(?:(?P<m>{month})\s?"
        rf"(?:(?P<d>{_DAY})(?:\s?{_TO}\s?(?:(?P<m2>{_NUMBER})月)?(?P<d2>{_DAY}))?(?P<t>\s?{time})?"
        rf"|{_TO}(?P<mm2>{_NUMBER})月(?:份)?|(?P<mp>{_MONTH_PART})?)"
        rf"|(?P<season>{seasons})|前(?P<firstmonths>{_NUMBER})个月"
        rf"|(?P<yp>度|{parts}){_NOT_PART})?(?P<since>以来)?(?:{clock})?)",
        rf"(?<![\d第])(?P<md>(?P<m3>{month})\s?"
        rf"(?:(?P<d3>{_DAY})(?:\s?{_TO}\s?(?:(?P<m4>{_NUMBER})月)?(?P<d4>{_DAY}))?(?P<t3>\s?{time})?"
        rf"|{_TO}(?P<m5>{_NUMBER})月|(?P<mp3>{_MONTH_PART})|(?<=月)份?)(?P<since3>以来)?)",
        rf"(?P<dayword>{alternatives(words.mapping('dates', 'days'))})(?:\s?{time})?",
        rf"(?P<week>[上本这下](?:一)?周{_NOT_WEEK}(?:[一二三四五六日天])?)",
        "(?P<both>今明两年|去今两年|近两年多?)",
        rf"(?P<recent>{alternatives(words['dates', 'recent'])})",
        rf"(?P<coming>{alternatives(words['dates', 'coming'])})",
        rf"(?P<ago>(?:近|过去|最近|这|前|此后|之后)?(?P<n>{_NUMBER}|半)(?P<u>{_UNIT})多?"
        "(?:以来|来|间|前(?![一二三四]季)))",
        rf"(?P<past>(?:近|过去|最近)(?:的)?(?P<n2>{_NUMBER}|半)(?P<u2>{_UNIT})(?:间|里|内)?)",
        rf"(?P<ahead>(?:未来|今后|接下来|下一?)?(?P<n3>{_NUMBER}|半)(?P<u3>{_UNIT})之?(?:内|后))",
        rf"(?P<future>(?:未来|今后|接下来)(?P<n4>{_NUMBER})至?[{HAN}]?(?P<u4>{_UNIT})(?:间|里)?)",
        "(?P<within>年内|年底前|年底|年初|岁末|年末|月底前|月底|月内)",
        rf"(?P<bareseason>(?<![年各每])(?:{seasons}))",
        rf"(?<![\d月.,])(?P<dayonly>\d{{1,2}}日)(?!内|均|游|元|语|照)(?P<t4>\s?{time})?",
    )
    return "|".join(kinds)
