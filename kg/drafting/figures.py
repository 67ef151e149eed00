"""Figures with unit and comparator."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from kg.drafting.article_text import ArticleText
from kg.drafting.model import Mention
from kg.drafting.numerals import HAN, plain, read_decimal, read_number
from kg.drafting.words import Words, alternatives

_SURE: Final = 0.95
_LIKELY: Final = 0.85
_THOUSANDTHS: Final = Decimal("0.001")
_ZERO: Final = Decimal(0)
_ARABIC: Final = r"(?<![\d.,A-Za-z%])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_TO: Final = "(?:至|到|—{1,2}|-|~|～|–)"
_VAGUE: Final = re.compile("[多余几数]")
_ORDINAL: Final = re.compile(r"[第之〔\[A-Za-z]$")
_PATH: Final = re.compile("[/-]$")
_EACH: Final = re.compile("每[年月季周半]")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


class _Value(NamedTuple):
    value: str
    unit: str
    rule: str


def find_figures(article: ArticleText) -> list[Mention]:
    """Return the figures of a text: numbers with a unit, percentages, fractions and multiples.

    Their values are numbers without the unit: 2.6万家 is 26000, 三分之一 is 0.333, 近九成 is 90
    (%), a range is 30-40.
    """
    pattern = re.compile(_pattern(article.words))
    return [m for match in pattern.finditer(article.folded) if (m := _figure(article, match))]


def _pattern(words: Words) -> str:
    unit = alternatives(words["quantities", "units"])
    before = alternatives(words.mapping("quantities", "before"))
    after = alternatives(words.mapping("quantities", "after"))
    han = rf"(?:[几数](?=[十百千万亿])|[{HAN}])"
    arabic = rf"{_ARABIC}(?:(?:多|余|几)?[十百千万亿]+)?"
    number = rf"(?:{arabic}|{han}+(?:点[零一二三四五六七八九]+)?)"
    not_tenths = alternatives(words["quantities", "not_tenths"])
    kinds = (
        rf"(?P<percent>{_ARABIC}(?:{_TO}{_ARABIC})?)(?P<sign>[%‰](?![A-Za-z\d])|个百分点|个点)",
        rf"(?P<points>[{HAN}]+)个百分点",
        rf"百分之(?P<hundredth>[{HAN}]+(?:点[{HAN}]+)?|\d+(?:\.\d+)?)",
        rf"(?P<below>[{HAN}]+)分之(?P<above>[{HAN}]+)",
        rf"(?P<tenth>[一两二三四五六七八九\d])成(?P<half5>[半一二三四五六七八九])?(?!{not_tenths})",
        "(?P<half>一半|半数|过半|对半)",
        r"翻(?:了)?近?(?P<double>[一两二三四五六七八九\d]+)番",
        rf"(?P<a>{number})(?P<m>多|余|几|来)?(?P<u1>{unit})?{_TO}(?P<b>{number})[多余]?(?P<u2>{unit})",
        rf"(?P<number>{number})(?P<more>多|余|几|来)?(?P<unit>{unit})?"
        "(?P<and_half>半(?!年|数|导|径|成|自))?",
    )
    return rf"(?P<before>{before}|上(?=[百千万]))?(?:{'|'.join(kinds)})(?P<after>{after})?"


def _figure(article: ArticleText, match: re.Match[str]) -> Mention | None:
    value = _value(article, match)
    if value is None:
        return None
    confidence = _SURE if re.search(r"\d", match[0]) else _LIKELY
    return article.mention(
        "QTY",
        match.span(),
        value.value,
        f"figure.{value.rule}",
        confidence,
        unit=value.unit,
        comparator=_comparator(article, match),
    )


def _comparator(article: ArticleText, match: re.Match[str]) -> str:
    """Return how the number compares, by the words after, in or before it; empty if it is exact."""
    words = article.words
    if match["after"]:
        return str(words.mapping("quantities", "after")[match["after"]])
    if match["before"]:
        return str(words.mapping("quantities", "before").get(match["before"], "gt"))
    more = match["more"] or match["m"]
    if more or (match["number"] and _VAGUE.search(match["number"])):
        return "about" if more == "来" else "gt"
    verbs = words.mapping("quantities", "verbs")
    verb = re.search(
        rf"({alternatives(verbs)})了?$", article.folded[max(0, match.start() - 4) : match.start()]
    )
    return str(verbs[verb[1]]) if verb else ""


def _value(article: ArticleText, match: re.Match[str]) -> _Value | None:
    if match["percent"]:
        numbers = re.sub(r"[^\d.]+", "-", match["percent"].replace(",", ""))
        return _Value(numbers, match["sign"].replace("个点", "个百分点"), "percent")
    if match["points"]:
        return _Value(read_decimal(match["points"]), "个百分点", "percent")
    if match["hundredth"]:
        return _Value(read_decimal(match["hundredth"]), "%", "percent")
    if match["below"] or match["tenth"] or match["half"] or match["double"]:
        return _share(match)
    return _range(match) if match["a"] else _count(article, match)


def _share(match: re.Match[str]) -> _Value | None:
    if match["half"]:
        return _Value("0.5", "", "half")
    if match["below"]:
        below, above = read_number(match["below"]), read_number(match["above"])
        if not below or not above:
            return None
        return _Value(plain((above / below).quantize(_THOUSANDTHS)), "", "fraction")
    if match["double"]:
        times = read_number(match["double"])
        return _Value(plain(Decimal(2) ** int(times)), "倍", "doubled") if times else None
    tenths = (read_number(match["tenth"]) or _ZERO) * 10
    rest = match["half5"] or ""
    return _Value(
        plain(tenths + (5 if rest == "半" else read_number(rest) or _ZERO)), "%", "tenths"
    )


def _range(match: re.Match[str]) -> _Value | None:
    if _YEAR.fullmatch(match["a"]) and match["u2"] == "年":
        return None
    large = re.search("[万亿]+$", match["b"])
    first = match["a"]
    if large and not match["u1"] and not re.search("[万亿]", first):
        first += large[0]
    return _Value(f"{_plain(first)}-{_plain(match['b'])}", match["u2"], "range")


def _count(article: ArticleText, match: re.Match[str]) -> _Value | None:
    """Return a number with a unit; None for ordinals, years and 一个 as an article."""
    words, text = article.words, article.folded
    number, unit = match["number"], match["unit"] or ""
    before = text[max(0, match.start("number") - 6) : match.start("number")]
    has_digits = number[0].isdigit()
    if _ORDINAL.search(before) or (has_digits and _PATH.search(before)):
        return None
    if not unit:
        after = text[match.end("number") : match.end("number") + 1]
        if not has_digits or not re.search("[百千万亿]$", number) or after in {"工", "能"}:
            return None
    lasting = re.compile(rf"(?:{alternatives(words['quantities', 'lasting'])})(?:了|至|到|为)?$")
    if unit == "年" and (_YEAR.fullmatch(number) or not (has_digits or lasting.search(before))):
        return None
    if not has_digits and not _is_count(words, match, before, text[match.end() :]):
        return None
    value = _plain(re.sub("[多余几](?=[十百千万亿])", "", number))
    if match["and_half"] and value.isdigit() and unit:
        value = f"{value}.5"
    is_time = unit in words["quantities", "time_units"]
    return _Value(value, unit, "duration" if is_time else "count")


def _is_count(words: Words, match: re.Match[str], before: str, rest: str) -> bool:
    """Return whether a number in characters counts: 一个 and 千家万户 do not."""
    number, unit = match["number"], match["unit"]
    compared = match["before"] or match["more"] or match["after"]
    if number == "一" and unit in words["quantities", "indefinite"]:
        return unit == "次" and _EACH.search(before) is not None
    if number == "一" and before.endswith(tuple(words["quantities", "before_no_one"])):
        return False
    if number in set("百千万亿") and (not compared or rest.startswith(("万", "户"))):
        return False
    if unit == "分" and number in words["quantities", "not_points"]:
        return False
    return number not in {"两", "〇"} or unit in words["quantities", "counted_by_two"]


def _plain(text: str) -> str:
    """Return a number in digits; 数百 and 几十 stay as they are, since nobody can tell."""
    return text if re.search("[几数]", text) else read_decimal(text)
