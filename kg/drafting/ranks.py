"""Ranks and firsts."""

from __future__ import annotations

import re
from typing import Final

from kg.drafting.article_text import ArticleText
from kg.drafting.model import Mention
from kg.drafting.numerals import HAN, plain, read_number
from kg.drafting.words import Words, alternatives

_LIKELY: Final = 0.85
_NUMBER: Final = rf"(?:\d{{1,3}}|[{HAN}]{{1,3}})(?![\d{HAN}])"
_PLACED: Final = re.compile(rf"(第|前)(\d+|[{HAN}]+)")
_NOT_A_RANK: Final = "(?![届次轮批期阶条章部季产方代起个家项座例副]|时间|步)"


def find_ranks(article: ArticleText) -> list[Mention]:
    """Return ranks (全国第一) and firsts (首个), with the scope that stands before them.

    The value is the number; 前三 is 3 with the comparator ``le``.
    """
    found = []
    for match in re.compile(_ranks(article.words)).finditer(article.folded):
        kind = match.lastgroup or ""
        # What is 首创性 is no first.
        if kind == "first" and article.folded[match.end() : match.end() + 1] == "性":
            continue
        placed = _PLACED.search(match[kind]) if kind in {"verb", "far", "scoped"} else None
        number = read_number(placed[2]) if placed else None
        value = plain(number) if number is not None else "1"
        comparator = "le" if placed and placed[1] == "前" else ""
        found.append(
            article.mention(
                "RANK", match.span(kind), value, f"rank.{kind}", _LIKELY, comparator=comparator
            )
        )
    return found


def _ranks(words: Words) -> str:
    scope = (
        rf"(?:(?:{alternatives(words['quantities', 'scopes'])})(?:地区|各?省[区份市]|同类城市)?)"
    )
    firsts = alternatives(words["quantities", "firsts"])
    superlatives = alternatives(words["quantities", "superlatives"])
    verbs = alternatives(words["quantities", "ranking"])
    top = rf"前{_NUMBER}(?:位|名|强|列)?"
    kinds = (
        rf"(?P<first>{scope}?(?:{firsts}))",
        rf"(?P<most>{scope}(?:{superlatives}))",
        rf"(?:{verbs})(?:了|在)?"
        rf"(?P<verb>{scope}?的?(?:第{_NUMBER}[位名]?|首位|榜首|{top})){_NOT_A_RANK}",
        # 位居同批试点第一名: what is compared is no scope by its name.
        rf"(?:位居|位列|排名|名列|居)[\u4e00-\u9fff]{{1,8}}?(?P<far>第{_NUMBER}[位名]){_NOT_A_RANK}",
        rf"(?P<scoped>{scope}(?:第{_NUMBER}[位名]?|首位|{top})){_NOT_A_RANK}",
    )
    return "|".join(kinds)
