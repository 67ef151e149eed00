"""How well a name answers a search; the order of hits.

A name scores for how it matches: it equals the text, is its number or abbreviation, begins with it,
contains it, or only has all its words; and for how much of a title, or of a part of it between
dashes, the text covers. An entity scores for how much else refers to it, on a logarithmic scale,
where all editions of a document count as one. What people rarely look for loses: supplements,
drafts and withdrawn documents, what is only mentioned, terms, statements such as a membership or a
ranking, and claims; also what is found by a translation or by an incomplete word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.entities.index import Name
from kg.entities.index.schema import Rank
from kg.entities.index.words import FUNCTION_WORDS, content_words, split_words, title_parts

_WHOLE: Final[Mapping[str, float]] = {"known": 1.5, "same": 1.0, "designates": 1.0, "part": 1.0}
_SAME_LABEL: Final = 1.3
_SPELLED_SO: Final = 0.12
_PARTLY: Final[Mapping[str, float]] = {"begins": 0.55, "contains": 0.5, "words": 0.4}
_ABBREVIATION: Final = 0.65
_COVERAGE: Final = 0.35
_LATER_PART: Final = 0.8
"""Coverage of a later part of a title counts less than that of the first."""
_IMPORTANCE: Final = 0.45
_MANY: Final = math.log(400)
"""Logarithm of the number of references beyond which more make no difference."""
_LOSS: Final[Mapping[Rank, float]] = {
    Rank.CURRENT: 0.0,
    Rank.SERIES: 0.0,
    Rank.WORK: 0.0,
    Rank.DRAFT: 0.35,
    Rank.OBSOLETE: 0.35,
    Rank.MENTIONED: 0.3,
    Rank.TERM: 0.5,
    Rank.STATEMENT: 0.6,
    Rank.CLAIM: 0.7,
}
_SUPPLEMENT: Final = 0.25
_LOSS_BY_NUMBER: Final = 0.4
_TRANSLATED: Final = 0.1
_INCOMPLETE: Final = 0.1
_OTHER_NUMBER: Final = 0.4
_REPEATED: Final = 0.1
_MOST_REPEATED: Final = 4

_FIRST_IDEOGRAPH: Final = "\u3005"
_BRACKETS: Final = re.compile(r"[(（]([^()（）]*)[)）]")
_NO_SUBJECT: Final = frozenset(
    (
        *("approved", "draft", "edition", "guide", "norme", "part", "partie", "practice"),
        *("recommendation", "recommended", "second", "specification", "standard", "third"),
        *("version", "iec", "ieee", "iso", "itu", "jis", "ogc", "opengi"),
    )
)
"""Words of titles that name no subject, in the form of :func:`split_words`."""


@dataclass(frozen=True)
class Query:
    """A text to search for; ``translated`` if it is a translation of what was asked."""

    text: str
    translated: bool = False

    def entity_score(self, match: str, name: Name) -> float:
        """Return the share of the score that follows from what an entity is."""
        score = _IMPORTANCE * min(math.log1p(name.references) / _MANY, 1)
        # Whoever types a number may well mean an amendment, or a withdrawn document.
        weight = _LOSS_BY_NUMBER if match in ("designates", "part") else 1
        score -= weight * (_LOSS[name.standing] + _SUPPLEMENT * name.is_supplement)
        return score - _TRANSLATED * self.translated

    def highest_match_score(self, match: str, name: Name | None = None) -> float:
        """Return the highest score of a kind of match, for any name or for one."""
        if match in _WHOLE:
            return max(_SAME_LABEL, _WHOLE[match])
        may_be_abbreviated = self._letters and (name is None or "(" in name.text)
        return (_ABBREVIATION if may_be_abbreviated else _PARTLY[match]) + _COVERAGE

    def match_score(self, match: str, name: Name) -> float:
        """Return the share of the score that follows from how the name matches."""
        if match in _WHOLE:
            if match == "same":
                return _WHOLE[match] if name.is_title else _SAME_LABEL
            return _WHOLE[match] + _SPELLED_SO * (self.text.lower() in name.text.lower())
        spelled_out = self._abbreviated_share(name.text)
        if spelled_out:
            return _ABBREVIATION + _COVERAGE * spelled_out
        coverage, complete = self._coverage(name.text)
        return _PARTLY[match] + _COVERAGE * coverage - (0 if complete else self._incomplete)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(content_words(split_words(self.text)))

    @cached_property
    def _letters(self) -> str:
        return "".join(split_words(self.text)) if self.text.isalnum() else ""

    @cached_property
    def _incomplete(self) -> float:
        # A longer number is another one.
        return _OTHER_NUMBER if split_words(self.text)[-1].isdigit() else _INCOMPLETE

    @cached_property
    def _dropped(self) -> frozenset[str]:
        return (_NO_SUBJECT | FUNCTION_WORDS) - self._words

    def _coverage(self, title: str) -> tuple[float, bool]:
        """Return which share of a title the text covers, and whether it has the whole words."""
        wanted, dropped = self._words, self._dropped
        found: set[str] = set()
        best, length = 0.0, 0
        for place, part in enumerate(title_parts(title)):
            own: set[str] = set()
            size = 0
            for word in part:
                if word in wanted:
                    own.add(word)
                elif word not in dropped:
                    # Han characters and kana count one by one, letters and numbers don't.
                    long = len(word) > 1 and word[0] > "9"
                    size += long or word[0] >= _FIRST_IDEOGRAPH
            size += len(own)
            length += size
            found |= own
            if len(own) == len(wanted):
                best = max(best, len(own) / size if place == 0 else _LATER_PART * len(own) / size)
        whole = len(wanted) / max(length, len(wanted))
        return max(best, whole), len(found) == len(wanted)

    def _size(self, text: str) -> int:
        """Return the number of words that name a subject."""
        words = (word for part in title_parts(text) for word in part)
        return sum(len(word) > 1 and word not in self._dropped for word in words)

    def _abbreviated_share(self, title: str) -> float:
        """Return the share of a title for which the text stands as an abbreviation in brackets."""
        if not self._letters or "(" not in title or self._letters not in title.lower():
            return 0.0
        for each in _BRACKETS.finditer(title):
            before = title[: each.start()]
            if "".join(split_words(each[1])) != self._letters:
                continue
            if _has_in_order(before.lower(), self._letters):
                stands_for = min(len(self._letters), self._size(before))
                return min((stands_for + 1) / max(self._size(title), 1), 1)
        return 0.0


def repetition_loss(better: int) -> float:
    """Return what a hit loses for the number of documents of its series with better hits."""
    return _REPEATED * min(better, _MOST_REPEATED)


def _has_in_order(text: str, letters: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
