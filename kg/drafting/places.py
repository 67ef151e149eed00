"""Places: countries, provinces and cities by name, smaller ones by their ending."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.drafting.article_text import ArticleText
from kg.drafting.model import Mention
from kg.drafting.words import Words, alternatives

_KNOWN: Final = 0.93
_BY_ENDING: Final = 0.75
_HAN: Final = "[\u4e00-\u9fff]"
_TOO_SHORT: Final = 2
_ABBREVIATED: Final = {"阿拉伯联合酋长国": "阿联酋", "沙特阿拉伯": "沙特", "刚果（金）": "刚果"}
_LARGER: Final = ("新区", "园区", "高新区", "开发区", "科技城")
_ABROAD: Final = re.compile(
    "[\u4e00-\u9fff·]{2,6}(?=(?:正式|隆重|成功)?(?:召开|举行|举办|闭幕|开幕|会场|揭幕|举办))"
)
"""What follows a country and is where something took place (哥伦比亚卡塔赫纳)."""
_IN_NO_NAME: Final = "[的了由在和与及于为是向从对被到赴以占]"
_FRONT: Final = (
    r"(?:^|(?<=[\s，。、；：！？“”()《》:在于到赴由从和与及向对州市县区省])"
    r"|(?<=走进)|(?<=来自)|(?<=位于))"
)


@cache
def country_names() -> tuple[str, ...]:
    """Return the Chinese names of countries from CLDR, with the shorter ones of news."""
    from babel import Locale

    territories = Locale("zh").territories
    names = [name for code, name in territories.items() if code.isalpha() and code not in _REGIONS]
    kept = [name for name in names if re.fullmatch(f"{_HAN}{{2,}}", name)]
    return tuple({*kept, *_ABBREVIATED.values()})


_REGIONS: Final = frozenset(("QO", "EU", "EZ", "UN", "XA", "XB", "ZZ", "HK", "MO", "TW"))


def known_places(words: Words) -> dict[str, bool]:
    """Return the names of places; those that count only with their ending are False."""
    names = dict.fromkeys((*country_names(), *words["places", "provinces"]), True)
    names |= dict.fromkeys((*words["places", "cities"], *words["places", "others"]), True)
    return names | dict.fromkeys(words["places", "cities_with_ending"], False)


def place_pattern(words: Words) -> str:
    """Return a pattern of known places, provinces and cities with or without their ending."""
    names = known_places(words)
    free = alternatives(name for name, counts in names.items() if counts)
    bound = alternatives(name for name, counts in names.items() if not counts)
    endings = alternatives(words["places", "province_endings"])
    # 其中国家标准 names no country.
    real = "(?<!其(?=中国[家际内]))"
    return rf"(?:{real}(?:{free})(?:{endings}|县|区(?!域|块|县))?|(?:{bound})市)"


def find_places(article: ArticleText) -> list[Mention]:
    """Return the places of a text; names that follow each other are two (山东寿光)."""
    words, text = article.words, article.folded
    found: list[Mention] = []
    end = 0
    for match in re.compile(place_pattern(words)).finditer(text):
        if match.start() >= end:
            end = _end(words, text, match.span())
            found.append(_place(article, (match.start(), end), "known", _KNOWN))
    abroad = (_ABROAD.match(text, each.end) for each in found)
    found += [_place(article, match.span(), "abroad", _BY_ENDING) for match in abroad if match]
    taken = {i for each in found for i in range(each.start, each.end)}
    for match in _smaller(words).finditer(text):
        start, end = match.start(), _without_market(text, match.span())
        # A shorter one is a word (县城); one of three characters is a name (民乐乡).
        is_whole = end == match.end() and end - start > _TOO_SHORT
        if is_whole and _is_name(words, text[start:end]) and taken.isdisjoint(range(start, end)):
            found.append(_place(article, (start, end), "ending", _BY_ENDING))
    return sorted(found, key=lambda each: each.start)


def _is_name(words: Words, text: str) -> bool:
    """Return whether what ends like a place is no general word, such as 老城区."""
    nots = [word for word in words["places", "not_places"] if word not in _LARGER]
    return text not in words["places", "not_places"] and not text.endswith(tuple(nots))


def _smaller(words: Words) -> re.Pattern[str]:
    """Return the pattern of places that are known by their ending only."""
    endings = alternatives(words["places", "endings"])
    verbs = alternatives(words["boundaries", "words"])
    nots = "全省|全市|各地|城市"
    return re.compile(
        rf"{_FRONT}(?!{verbs})(?!{_HAN}{{0,4}}(?:{nots}))"
        rf"(?:(?!{_IN_NO_NAME}){_HAN}){{1,5}}?(?:{endings})",
    )


def _end(words: Words, text: str, span: tuple[int, int]) -> int:
    """Return where a known place ends, with what makes it a larger one (苏州工业园区)."""
    end = _without_market(text, span)
    endings = alternatives(words["places", "endings"])
    larger = re.compile(rf"{_HAN}{{0,4}}?(?:{endings})").match(text, end)
    complete = end == span[1] and text[end - 1] in "省市县区"
    return larger.end() if larger and not complete and _is_part(words, larger[0]) else end


def _is_part(words: Words, text: str) -> bool:
    """Return whether what follows a place belongs to its name (not 市 after 市, nor 全市)."""
    is_word = len(text) <= _TOO_SHORT or text in words["places", "not_places"]
    return text in _LARGER or (text.endswith(_LARGER) and not is_word)


def _without_market(text: str, span: tuple[int, int]) -> int:
    """Return the end of a place that does not take 市 from 市场."""
    start, end = span
    is_market = text[end - 1] == "市" and text[end : end + 1] in {"场", "值", "容"}
    return end - 1 if is_market and end - start > _TOO_SHORT else end


def _place(article: ArticleText, span: tuple[int, int], rule: str, confidence: float) -> Mention:
    return article.mention("PLACE", span, article.folded[slice(*span)], f"place.{rule}", confidence)
