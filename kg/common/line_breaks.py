"""Where lines of English and Chinese text may break, by columns of a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

NO_BREAK_BEFORE: Final = frozenset("，。、；：！？）》」』】〉”’…·—%,.;:!?)]}")
"""Characters that don't begin a line (UAX #14)."""

NO_BREAK_AFTER: Final = frozenset("（《「『【〈“‘([{")
"""Characters that don't end a line."""

_SIGNS: Final = "/-_.,:=&?"
_WIDE: Final = ("W", "F")


def cell_width(text: str) -> int:
    """Return the number of columns that a text takes; wide characters take two.

    >>> cell_width("ISO标准")
    7
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def wrap_cells(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` columns, at spaces and between Han characters.

    A word is broken only if it is wider than a line. Line breaks of the text are kept.

    >>> wrap_cells("ISO/TC 321主席（2021年）", 12)
    ['ISO/TC 321主', '席（2021年）']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = paragraph.rstrip()
        if cell_width(line) <= width:
            lines.append(line)
            continue
        line = ""
        for segment in _fitting(paragraph, width):
            if line and cell_width((line + segment).rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += segment
        lines.append(line.rstrip())
    return lines


def longest_segment(text: str) -> int:
    """Return the number of columns of the widest part of a text that may not be broken."""
    return max((cell_width(segment.rstrip()) for segment in _segments(text)), default=0)


def _fitting(text: str, width: int) -> Iterator[str]:
    for segment in _segments(text):
        rest = segment
        while cell_width(rest.rstrip()) > width:
            cut = next(at for at in range(1, len(rest)) if cell_width(rest[: at + 1]) > width)
            # An address or number breaks behind a sign rather than anywhere.
            sign = max(rest.rfind(char, 0, cut) for char in _SIGNS)
            cut = sign + 1 if sign > cut // 2 else cut
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _segments(text: str) -> Iterator[str]:
    """Yield the parts of a text between which lines may break, each with the space after it."""
    begin = 0
    for place, (char, after) in enumerate(pairwise(text), 1):
        if _may_break(char, after):
            yield text[begin:place]
            begin = place
    if text:
        yield text[begin:]


@lru_cache(1 << 16)
def _may_break(char: str, after: str) -> bool:
    if char in " \n":
        return after not in " \n"
    if after in NO_BREAK_BEFORE or after.isspace() or char in NO_BREAK_AFTER:
        return False
    return _width(char) > 1 or _width(after) > 1


@lru_cache(1 << 16)
def _width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1
