"""Counts and results of votes, by ballots (17票赞成) or by voters (20个国家投了赞成票)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.drafting.article_text import ArticleText
from kg.drafting.model import Mention
from kg.drafting.numerals import HAN, read_decimal
from kg.drafting.words import Words, alternatives

_SURE: Final = 0.95
_NUMBER: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+[万亿]?|[{HAN}]+)"
_END: Final = "(?=[，。；、：)\\s]|$)"


def find_votes(article: ArticleText) -> list[Mention]:
    """Return counts and results of votes, and the rounds of voting; they may overlap.

    The values are such as ``17 for``, ``1 against``, ``unanimous``, ``round 2``; 20余国 are 20 with
    the comparator ``gt``.
    """
    return [*_counts(article), *_results(article)]


def _counts(article: ArticleText) -> Iterator[Mention]:
    words, text = article.words, article.folded
    sides = {
        word: side
        for side, listed in words.mapping("quantities", "votes").items()
        for word in listed.split()
    }
    before = words.mapping("quantities", "before")
    voting = re.compile(alternatives(words["quantities", "voting"]))
    for name, pattern in _forms(words, sides).items():
        for match in re.compile(pattern).finditer(text):
            if name.startswith("bare") and not voting.search(_paragraph(text, match)):
                continue
            groups = match.groupdict("")
            comparator = before.get(groups["before"], "gt" if groups["more"] else "")
            yield article.mention(
                "VOTE",
                match.span(),
                f"{read_decimal(groups['n'])} {sides[groups['side']]}",
                "vote.count",
                _SURE,
                comparator=str(comparator),
            )


def _forms(words: Words, sides: dict[str, str]) -> dict[str, str]:
    """Return how votes are counted; a form that names no ballot needs a paragraph on a vote."""
    every = rf"(?P<side>{alternatives(sides)})"
    # 同意 and 支持 alone say nothing of a vote.
    clear = rf"(?P<side>{alternatives(words['quantities', 'clear_votes'])})"
    before = alternatives(words.mapping("quantities", "before"))
    number = rf"(?P<before>{before})?(?<![A-Za-z\d.,第{HAN}])(?P<n>{_NUMBER})(?P<more>[多余])?"
    nouns = alternatives(words["quantities", "voters"])
    voters = rf"(?:[个家名位]|[国人方])(?:的?(?:{nouns}))*的?(?:均|都|全部)?"
    on = r"(?:[对在][^，。；、：\d]{1,14}?)?"
    cast = "投票?(?:了|出了?|下了?)?"
    being = r"(?:[有为共达:：]|共有)?\s?"
    return {
        "ballots": rf"{number}\s?(?:票|张(?=[\u4e00-\u9fff]{{2}}票)){every}票?",
        "ballots after": rf"{every}票?{being}{number}[票张]",
        "cast": rf"{number}{voters}{on}{cast}{every}票?",
        "cast by": rf"投?(?:了|出)?{every}票的(?:{nouns})?{being}{number}{voters}",
        "bare": rf"{number}{voters}(?:在(?:投票|表决)[中时])?(?:表示|持)?{clear}"
        "(?:票|意见)?(?!的|者)",
        "bare after": rf"{clear}(?:票|的)?(?:{nouns})?{being}{number}{voters}{_END}",
        "bare number": rf"{clear}票?{being}{number}{_END}",
    }


def _paragraph(text: str, match: re.Match[str]) -> str:
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    return text[start : end if end >= 0 else len(text)]


def _results(article: ArticleText) -> Iterator[Mention]:
    words = article.words
    results = {
        word: name
        for name in ("unanimous", "approved", "rejected")
        for word in words["quantities", name]
    }
    result = re.compile(alternatives(results))
    for match in result.finditer(article.folded):
        yield article.mention("VOTE", match.span(), results[match[0]], "vote.result", _SURE)
    for match in re.finditer(rf"第(\d+|[{HAN}]+)轮(?:投票|表决)", article.folded):
        value = f"round {read_decimal(match[1])}"
        yield article.mention("VOTE", match.span(), value, "vote.round", _SURE)
