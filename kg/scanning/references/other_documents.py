"""Find words beside a number by which another document than the standard is cited.

The amendment 1 to ISO 9001:2015, 《GB/T 1.1》征求意见稿 and the ISO 9000 series are none of these
standards. What a certificate or a handbook is about is a standard, so that such words don't count.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.entities.match import suffix_words as words
from kg.entities.match.other_documents import lower

_GAP: Final = r"[ \u00a0]?[,，]?[ \u00a0]?(?:的|の)?"
_NUMBER: Final = r"\.?\s?(?:no\.?|nr\.?|n°|№)?\s?\d{1,2}(?![\w.]*\d)"
# Behind words that aren't plainly nouns, Chinese characters may make verbs of them: 更正了, 系列化.
_WHOLE: Final = (
    r"(?![\u3400-\u9fff])|(?=[的是中已未尚和与及或对也所])|(?<=[单單表稿案件准準格族])(?!化)"
)
_OF: Final = r"(?:to|of|zu[rm]?|der|des|à|de|du|d['’])\s?(?:the |der |la |le )?"
_REACH: Final = 130


def other_document_behind(text: str, end: int) -> str:
    """Return the words behind a number that name another document; empty without such.

    >>> other_document_behind("GB/T 1.1—2020第1号修改单已发布", 13)
    '第1号修改单'
    """
    return _said(_behind(), text[end : end + _REACH])


def other_document_ahead(text: str, start: int, limit: int) -> str:
    """Return such words before a number, behind another place: ``Amendment 1 to``."""
    return _said(_ahead(), text[max(limit, start - _REACH) : start])


def _said(pattern: re.Pattern[str], text: str) -> str:
    low = lower(text)
    match = pattern.search(low)
    return text[match.start("said") : match.end("said")] if match and len(low) == len(text) else ""


# Compiled on first use: compilation takes as long as some commands.
@cache
def _behind() -> re.Pattern[str]:
    spaced, joined = _supplements()
    drafts, series = (words.OTHER_DOCUMENTS[kind] for kind in ("draft", "series"))
    return re.compile(
        rf"^》?(?:\s?《[^》]{{1,80}}》)?{_GAP}[ \u00a0]?[(（\[]?"
        rf"(?P<said>(?:{spaced}){_NUMBER}|(?:{drafts[0]})(?=\s?(?:[.,;:)\]）]|$))"
        rf"|(?:{series[0]})(?!\w)"
        rf"|(?:第\s?\d{{1,2}}\s?号\s?)?(?:(?:{joined})\d{{0,2}}|{words.NAMED_DRAFTS}|{series[1]})"
        rf"(?:{_WHOLE}))"
    )


@cache
def _ahead() -> re.Pattern[str]:
    spaced, _ = _supplements()
    drafts, _ = words.OTHER_DOCUMENTS["draft"]
    return re.compile(rf"(?<!\w)(?P<said>(?:{spaced}){_NUMBER}|(?:{drafts}))\s{_OF}$")


def _supplements() -> tuple[str, str]:
    pairs = words.SUPPLEMENTS.values()
    spaced, joined = zip(*pairs, strict=True)
    return "|".join(spaced), "|".join(joined)
