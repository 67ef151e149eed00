"""A text that is being drafted: as it was read, and folded for matching."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from kg.common.dates import PartialDate
from kg.drafting.model import Mention
from kg.drafting.words import Words
from kg.sources import article_folder

# Full-width forms have a code point each, as their ASCII forms do: offsets stay those of the text.
_WIDE: Final = {
    code: code - 0xFEE0
    for code in range(0xFF01, 0xFF5F)
    if chr(code).isalnum() or chr(code) in "（）％／．－～＋"
} | {0x3000: ord(" "), 0xA0: ord(" ")}
_WIDE_QUOTES: Final = {
    ord("〝"): "“",
    ord("〞"): "”",
    ord("「"): "“",
    ord("」"): "”",
    ord("『"): "“",
    ord("』"): "”",
}
# Some sites set ASCII punctuation; a comma between digits separates thousands.
_MARKS: Final = {",": "，", ";": "；", "!": "！", "?": "？"}
_ASCII_MARK: Final = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[;!?]")
_STRAIGHT: Final = re.compile(r'"([^"\n]*)"')
_HEADER: Final = 12
"""Lines in which title and date stand."""
_FULL_DATE: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?!\d)日?(\s+\d{1,2}:\d\d)?"
)
_LONGEST_TITLE: Final = 60


@dataclass(frozen=True)
class ArticleText:
    """A text, its title and date of publication (None if unknown), and the words of the rules."""

    text: str
    title: str
    date: PartialDate | None
    words: Words

    @cached_property
    def folded(self) -> str:
        """The text in half-width forms with Chinese quotation marks, of the same length."""
        return fold_text(self.text)

    def mention(
        self,
        type_: str,
        span: tuple[int, int],
        value: str,
        rule: str,
        confidence: float,
        **more: str,
    ) -> Mention:
        """Return a mention of a span of the text."""
        start, end = span
        return Mention(type_, start, end, self.text[start:end], value, rule, confidence, **more)

    def named(self, type_: str, span: tuple[int, int], rule: str, confidence: float) -> Mention:
        """Return a mention whose value is its name without quotation marks."""
        value = re.sub("[“”]", "", self.text[slice(*span)])
        return self.mention(type_, span, value, rule, confidence)


def fold_text(text: str) -> str:
    """Return a text with half-width letters and digits and Chinese marks, code for code.

    >>> fold_text('第１届（"标准"）')
    '第1届(“标准”)'
    """
    folded = _STRAIGHT.sub(r"“\1”", text.translate(_WIDE).translate(_WIDE_QUOTES))
    return _ASCII_MARK.sub(lambda match: _MARKS[match[0]], folded)


def read_text(file: Path) -> str:
    """Return the text of a file, code point for code point; SourceError if it can't be read."""
    # Neither a byte order mark nor the ends of lines are changed: offsets count them.
    return article_folder.read_text(file).decode("utf-8")


def find_date(text: str) -> PartialDate | None:
    """Return the date of publication that the head of a text names; None if it names none.

    A date with a time of day is preferred, then the first complete date in the head, then the first
    one of the text.
    """
    folded = fold_text(text)
    dates = list(_dates(folded))
    head = len("\n".join(folded.split("\n")[:_HEADER]))
    timed = [date for date, start, with_time in dates if with_time and start <= head]
    early = [date for date, start, _ in dates if start <= head]
    every = [date for date, _, _ in dates]
    return next(iter((*timed, *early, *every)), None)


def _dates(text: str) -> Iterator[tuple[PartialDate, int, bool]]:
    for match in _FULL_DATE.finditer(text):
        date = PartialDate.parse(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}")
        if date:
            yield date, match.start(), bool(match[4])


def find_title(text: str) -> str:
    r"""Return the title of a text: the longest line before its date, or else the first.

    >>> find_title("网站\n\n某地标准化改革取得进展\n2020-01-02 10:00 来源:某网\n正文。")
    '某地标准化改革取得进展'
    """
    lines = [line.strip() for line in text.split("\n")[:_HEADER]]
    dated = next((i for i, line in enumerate(lines) if _FULL_DATE.search(fold_text(line))), None)
    before = [line for line in lines[:dated] if line] if dated else []
    titles = [line for line in before if len(line) <= _LONGEST_TITLE and not line.endswith("。")]
    if titles:
        return max(titles, key=len)
    return next((line[:_LONGEST_TITLE] for line in lines if line), "")
