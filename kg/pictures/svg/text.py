"""Text in pictures: cleaning, measuring, shortening and line breaking.

Widths are those of Noto Sans CJK SC, whose Latin letters come from Source Sans; the padding of
boxes absorbs the difference to wider fonts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape as _escape

# Characters that XML 1.0 (production Char) forbids, controls and noncharacters.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Embeddings, overrides, isolates and marks of the Unicode bidirectional algorithm (UAX #9), which
# could show text in another order than it is written.
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_SPACE: Final = re.compile(r"\s+")
_ASCII_WIDTHS: Final = (
    *(224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392),
    *(555, 555, 555, 555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474),
    *(946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742),
    *(633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559),
    *(606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606),
    *(620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555),
)
"""Widths of U+0020 to U+007E in thousandths of an em."""
_NUMBER_BEGINS: Final = re.compile(r"[\d.,]*\d[.,]?$")
_NUMBER_GOES_ON: Final = re.compile(r"[.,]?\d")
_NO_BREAK_BEFORE: Final = frozenset("，。、；：！？）》」』】〉”’…·—%,.;:!?)]}")
_NO_BREAK_AFTER: Final = frozenset("（《「『【〈“‘([{")
_EUROPEAN_END: Final = 0x052F
"""Last code point of the Latin, Greek and Cyrillic blocks that the font covers."""
_ELLIPSIS: Final = "…"
_MIN_BREAKABLE: Final = 6
"""Shortest prefix, hyphen or slash included, after which a word may be broken."""
_PRECISION: Final = 2.0
"""Precision in px of the width of balanced lines."""


def clean(text: str) -> str:
    r"""Make a text safe for XML and the screen, on one line.

    Characters that XML forbids and lone surrogates become U+FFFD, bidirectional controls are
    removed, runs of white space become one space.

    >>> clean("tab\tbell\x07")
    'tab bell�'
    """
    return _FORBIDDEN.sub("\ufffd", _SPACE.sub(" ", _BIDI.sub("", text))).strip()


def escape(text: str) -> str:
    """Clean a text and escape it for XML content or a double-quoted attribute."""
    return _escape(clean(text), {'"': "&quot;"})


def width(text: str, size: float) -> float:
    """Return the width of a text in px at a font size in px."""
    return sum(map(_char_width, text)) * size


def shorten(text: str, limit: float) -> str:
    """Clean a text and cut it with … at a limit in em (about two Latin letters each).

    A number is kept whole or left out: the beginning of a number is another number.

    >>> shorten("a total of 1,432, in all", 7.5), shorten("a total of 1,432, in all", 8)
    ('a total of…', 'a total of 1,432…')
    """
    text = clean(text)
    if width(text, 1) <= limit:
        return text
    room, kept = limit - 1, ""
    for cluster in _clusters(text):
        room -= width(cluster, 1)
        if room < 0:
            break
        kept += cluster
    if _NUMBER_GOES_ON.match(text[len(kept) :]):
        kept = _NUMBER_BEGINS.sub("", kept)
    return kept.rstrip(" ,;:–-，、；：（(《“") + _ELLIPSIS


def wrap(text: str, size: float, max_width: float) -> list[str]:
    """Break a text into lines of at most ``max_width`` px at a font size in px, each line full.

    Lines break at spaces, between East Asian characters, and after the hyphen or slash of a long
    word (not in E-commerce or ISO/TC 1), but not before closing or after opening punctuation (see
    UAX #14); a word wider than a line is cut.
    """
    return _fill(list(_segments(clean(text), size, max_width)), size, max_width)


def wrap_balanced(text: str, size: float, max_width: float) -> list[str]:
    """Break a text into as many lines as :func:`wrap` does, but of similar width."""
    segments = list(_segments(clean(text), size, max_width))
    best = _fill(segments, size, max_width)
    low, high = max_width / 3, max_width
    while high - low > _PRECISION:
        middle = (low + high) / 2
        lines = _fill(segments, size, middle)
        if len(lines) > len(best) or any(width(line, size) > middle for line in lines):
            low = middle
        else:
            best, high = lines, middle
    return best


def _char_width(char: str) -> float:
    """Return the width of a character in em."""
    code = ord(char)
    if 32 <= code < 127:  # noqa: PLR2004 (printable ASCII)
        return _ASCII_WIDTHS[code - 32] / 1000
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    # Characters missing from the font count as wide as the box shown in their place.
    if code > _EUROPEAN_END or (unicodedata.east_asian_width(char) in "WFA" and not char.isalpha()):
        return 1
    return 0.6


def _clusters(text: str) -> Iterator[str]:
    """Split a text into characters with their accents and joiners."""
    cluster = ""
    for char in text:
        joined = unicodedata.category(char) in ("Mn", "Me", "Cf") or cluster.endswith("\u200d")
        if cluster and not joined:
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _segments(text: str, size: float, max_width: float) -> Iterator[str]:
    """Split a text at its break opportunities; spaces end a segment."""
    segment = ""
    for cluster in _clusters(text):
        wide = unicodedata.east_asian_width(segment[-1:] or cluster[0]) in "WF"
        wide = wide or unicodedata.east_asian_width(cluster[0]) in "WF"
        after_space = segment[-1:] == " "
        after_hyphen = segment[-1:] in ("-", "/") and len(segment) >= _MIN_BREAKABLE
        allowed = (after_space or after_hyphen) and cluster not in (" ", "-", "/")
        if wide and cluster[0] not in _NO_BREAK_BEFORE and segment[-1:] not in _NO_BREAK_AFTER:
            allowed = True
        ends = bool(segment) and cluster != " "
        if ends and (allowed or width(segment + cluster, size) > max_width):
            yield segment
            segment = ""
        segment += cluster
    if segment:
        yield segment


def _fill(segments: list[str], size: float, max_width: float) -> list[str]:
    """Join segments into lines, each as full as possible."""
    lines: list[str] = []
    line = ""
    for segment in segments:
        if line and width((line + segment).rstrip(), size) > max_width:
            lines.append(line.rstrip())
            line = ""
        line += segment
    return [*lines, line.rstrip()] if line.strip() or not lines else lines
