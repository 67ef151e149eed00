"""Where a name begins whose ending is known.

A name goes on to the left up to a boundary: punctuation, a date or figure, a word that is in no
name. It begins at the first place, or first word of names, after the boundary.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.drafting.article_text import ArticleText
from kg.drafting.model import Mention
from kg.drafting.numerals import HAN
from kg.drafting.words import alternatives

EDITION: Final = re.compile(
    rf"第(?:\d+|[{HAN}]+)(?:届|次|批)|首届|首次|(?:19|20)\d\d(?:年度?)?(?!\d)"
)
"""First words of the name of an event: its number or year."""
_LONGEST: Final = 32
_LONGEST_PREFIX: Final = 4
_PUNCTUATION: Final = re.compile(r"[\s，。、；：！？:()《》…·|]")
_INNER_BRACKETS: Final = re.compile(
    "(?<=[\u4e00-\u9fff])\\([\u4e00-\u9fff]{1,8}\\)(?=[\u4e00-\u9fff])"
)
_JOINING: Final = re.compile("和|与|及(?!其)|暨")
_WHOLE: Final = re.compile(
    "(?:会|局|院|厅|部|委|司|所|府|校|室|学|社|组织|中心|公司|集团|联盟|处|署|办|银行)$"
)
NO_COUNTRY: Final = re.compile("其中国[家际内]")
"""Where 中国 is no name."""
_SHORTEST: Final = 2
_EVENT_SCOPE: Final = "全[省市县区国]"


@dataclass(frozen=True)
class Beginning:
    """Where a name begins, and how that is known: ``anchor``, ``quoted`` or ``bare``."""

    start: int
    how: str

    @property
    def is_bare(self) -> bool:
        """Whether only a boundary tells where the name begins."""
        return self.how == "bare"


class NameBoundaries:
    """The boundaries of names in one text, given what was already found in it.

    ``edges`` are mentions that end a name before them: dates, figures, ranks; ``codes`` are
    committees by number, whose slashes and spaces are no boundaries.
    """

    def __init__(
        self,
        article: ArticleText,
        places: Sequence[Mention],
        edges: Iterable[Mention],
        codes: Sequence[Mention],
    ) -> None:
        self.text = article.folded
        self.words = article.words
        self.places = places
        self._codes = codes
        self._edges = sorted(edges, key=lambda edge: edge.end)

    def endings(
        self, words: Iterable[str], not_before: Iterable[str] = ()
    ) -> Iterator[re.Match[str]]:
        """Yield the endings of names, the longest at each place, but none inside another.

        None is followed by a word of ``not_before``.
        """
        pattern = re.compile(rf"(?=(?P<e>{alternatives(words)})(?!{alternatives(not_before)}))")
        last = -1
        for match in pattern.finditer(self.text):
            if match.end("e") > last:
                last = match.end("e")
                yield match

    def begin(self, ending: int, *, is_event: bool = False, is_plan: bool = False) -> Beginning:
        """Return where a name begins whose ending is at a position."""
        left = self._boundary(ending, is_event)
        anchor = min(self._anchors(left, ending, is_event), default=None)
        if anchor is not None:
            # In a list, the whole item is the name: 、云上贵州大数据公司. So it is of a plan after
            # punctuation, unless it begins with a place: 三江源国家公园试点.
            items = "、由，。；：“" if is_plan else "、由"
            is_place = any(place.start == anchor for place in self.places)
            is_item = not is_event and self.text[left - 1 : left] in tuple(items)
            is_item = is_item and not (is_plan and is_place)
            is_near = anchor - left <= _LONGEST_PREFIX
            return Beginning(left if is_item and is_near else anchor, "anchor")
        digits = re.compile(r"\d+").match(self.text, left)
        if digits and not is_event:
            left = digits.end()
        return Beginning(left, "quoted" if self.text[left : left + 1] == "“" else "bare")

    def join_places(self, end: int) -> int:
        """Return where places begin that end at a position, or the position."""
        start = end
        for place in reversed(self.places):
            if place.end == start:
                start = place.start
        return start

    def is_counted(self, end: int) -> bool:
        """Return whether a figure follows that counts what stands before it."""
        return any(edge.start == end and edge.type == "QTY" for edge in self._edges)

    def crosses(self, start: int, end: int) -> bool:
        """Return whether a word that is in no name stands between two positions."""
        return any(start < stop <= end for stop in self._stops)

    def _boundary(self, ending: int, is_event: bool) -> int:
        """Return the leftmost position from which a name can reach its ending."""
        low = max(0, ending - _LONGEST)
        for match in _PUNCTUATION.finditer(self.text, low, ending):
            in_code = any(code.start <= match.start() < code.end for code in self._codes)
            if not in_code and not (is_event and match.start() in self._brackets):
                low = match.end()
        for edge in self._edges:
            if low < edge.end <= ending and not (is_event and _is_part_of_event(edge)):
                low = edge.end
        closing = self.text.rfind("”", low, ending)
        if closing >= 0 and "“" not in self.text[low:closing]:
            low = closing + 1
        opening = self.text.rfind("“", low, ending)
        if opening > self.text.rfind("”", low, ending):
            low = opening + 1
        index = bisect_left(self._stops, ending + 1)
        stop = self._stops[index - 1] if index else 0
        # 全省标准化工作会议 is the name of an event, though 全省 begins none otherwise.
        if is_event and re.search(f"{_EVENT_SCOPE}$", self.text[:stop]):
            stop -= _SHORTEST
            index = bisect_left(self._stops, stop + 1)
            stop = max(self._stops[index - 1] if index else 0, 0)
        return self._join(max(low, stop), ending, is_event)

    def _join(self, low: int, ending: int, is_event: bool) -> int:
        """Move the boundary across 和 and 与 if what stands before them is a name by itself."""
        for match in _JOINING.finditer(self.text, low, ending):
            inside = match.start() in self._protected or (is_event and match[0] == "暨")
            if not inside and not self._is_inner(low, match.start()):
                low = match.end()
        return low

    def _is_inner(self, low: int, position: int) -> bool:
        """Return whether a name goes on across 和 (上海市质量和标准化研究院)."""
        before = self.text[low:position]
        if len(before) < _SHORTEST or _WHOLE.search(before):
            return False
        if any(place.end == position for place in self.places):
            return False
        begins = any(low <= place.start < position for place in self.places)
        return begins or any(word in before for word in ("国家", "全国", "中国", "国际"))

    def _anchors(self, left: int, ending: int, is_event: bool) -> Iterator[int]:
        """Yield where a name can begin in a part of the text."""
        for each in (*self.places, *self._codes):
            if left <= each.start and each.end <= ending:
                yield each.start
        words = self.words["organizations", "beginnings"]
        fields = alternatives(self.words["organizations", "fields"])
        for match in re.compile(rf"{alternatives(words)}|(?<!全)[省市](?=(?:{fields}))").finditer(
            self.text, left, ending
        ):
            if not NO_COUNTRY.match(self.text, max(0, match.start() - 1)):
                yield match.start()
        if is_event:
            for match in re.finditer(_EVENT_SCOPE, self.text[left:ending]):
                yield left + match.start()
            yield from (match.start() for match in EDITION.finditer(self.text, left, ending))

    @cached_property
    def _brackets(self) -> frozenset[int]:
        """Positions of brackets inside a name, as of 小商品(标准)博览会."""
        found = _INNER_BRACKETS.finditer(self.text)
        return frozenset(i for match in found for i in (match.start(), match.end() - 1))

    @cached_property
    def _stops(self) -> list[int]:
        """Positions after a word that is in no name, sorted."""
        lists = (self.words["boundaries", key] for key in ("words", "characters"))
        words = alternatives(word for words in lists for word in words)
        found = re.compile(rf"(?=({words}))").finditer(self.text)
        spans = (match.span(1) for match in found)
        return sorted(
            {end for start, end in spans if self._protected.isdisjoint(range(start, end))}
        )

    @cached_property
    def _protected(self) -> frozenset[int]:
        """Positions inside words of names, where characters of boundaries don't count."""
        lists = (("boundaries", "protected"), ("organizations", "beginnings"))
        words = alternatives(word for place in lists for word in self.words[place])
        found = re.compile(rf"(?=({words}))").finditer(self.text)
        spans = [match.span(1) for match in found]
        spans += [(place.start, place.end) for place in self.places]
        return frozenset(i for span in spans for i in range(*span))


def _is_part_of_event(mention: Mention) -> bool:
    if mention.type == "RANK":
        return mention.quote in {"首届", "首次"}
    return mention.type == "DATE" and re.fullmatch(r"(?:19|20)\d\d年度?", mention.quote) is not None
