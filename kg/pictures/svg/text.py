"""Text in pictures: made harmless, measured, cut and wrapped.

Widths are those of Noto Sans CJK SC, whose Latin letters are those of Source Sans: narrower fonts
leave some room, wider ones use the padding of the boxes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape as _escape

# What XML 1.0 (production Char) does not allow, and what is not a character at all.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Embeddings, overrides, isolates and marks of the Unicode bidirectional algorithm (UAX #9): text
# around them could be shown in another order than it is written.
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_SPACE: Final = re.compile(r"\s+")
_ASCII: Final = (
    *(224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392),
    *(555, 555, 555, 555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474),
    *(946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742),
    *(633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559),
    *(606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606),
    *(620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555),
)
_NOT_FIRST: Final = frozenset("，。、；：！？）》」』】〉”’…·—%,.;:!?)]}")
_NOT_LAST: Final = frozenset("（《「『【〈“‘([{")
_EUROPEAN: Final = 0x052F
_ELLIPSIS: Final = "…"
_PART: Final = 6
_FINE: Final = 2.0


def clean(text: str) -> str:
    r"""A text that is harmless in XML and on screen, on one line.

    Characters that XML forbids and lone surrogates become U+FFFD, bidirectional controls go, and
    runs of white space become one space.

    >>> clean("tab\tbell\x07")
    'tab bell�'
    """
    return _FORBIDDEN.sub("\ufffd", _SPACE.sub(" ", _BIDI.sub("", text))).strip()


def escape(text: str) -> str:
    """A text, cleaned, as content or as the value of an attribute in double quotes."""
    return _escape(clean(text), {'"': "&quot;"})


def width(text: str, size: float) -> float:
    """The width of a text in px at a font size in px."""
    return sum(map(_em, text)) * size


def shorten(text: str, limit: float) -> str:
    """A text cut with … where it is wider than a limit in em (about two Latin letters each)."""
    text = clean(text)
    if width(text, 1) <= limit:
        return text
    room, kept = limit - 1, ""
    for piece in _clusters(text):
        room -= width(piece, 1)
        if room < 0:
            break
        kept += piece
    return kept.rstrip(" ,;:，、；：（(《“") + _ELLIPSIS


def fill(text: str, size: float, most: float) -> list[str]:
    """Lines of a text as of :func:`wrap`, but each as full as it can be."""
    return _fill(list(_pieces(clean(text), size, most)), size, most)


def wrap(text: str, size: float, most: float) -> list[str]:
    """Lines of a text at a font size (px), none wider than ``most`` px, evenly filled.

    Lines break at spaces, between East Asian characters, and after the hyphen or slash of a long
    word (not in E-commerce or ISO/TC 1), but not before closing or after opening punctuation (UAX
    #14); a word that is too long is cut up.
    """
    pieces = list(_pieces(clean(text), size, most))
    best = _fill(pieces, size, most)
    low, high = most / 3, most
    while high - low > _FINE:
        middle = (low + high) / 2
        lines = _fill(pieces, size, middle)
        if len(lines) > len(best) or any(width(line, size) > middle for line in lines):
            low = middle
        else:
            best, high = lines, middle
    return best


def _em(sign: str) -> float:
    code = ord(sign)
    if 32 <= code < 127:  # noqa: PLR2004 (the printable signs of ASCII)
        return _ASCII[code - 32] / 1000
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    # Scripts for which the font has no glyphs get as much room as the box that stands for one.
    if code > _EUROPEAN or (unicodedata.east_asian_width(sign) in "WFA" and not sign.isalpha()):
        return 1
    return 0.6


def _clusters(text: str) -> Iterator[str]:
    """The signs of a text with what belongs to each: accents, joiners and what they join."""
    kept = ""
    for sign in text:
        joined = unicodedata.category(sign) in ("Mn", "Me", "Cf") or kept.endswith("\u200d")
        if kept and not joined:
            yield kept
            kept = ""
        kept += sign
    if kept:
        yield kept


def _pieces(text: str, size: float, most: float) -> Iterator[str]:
    """The parts of a text between which a line may break; a space ends its part."""
    kept = ""
    for sign in _clusters(text):
        wide = unicodedata.east_asian_width(kept[-1:] or sign[0]) in "WF"
        wide = wide or unicodedata.east_asian_width(sign[0]) in "WF"
        joint = kept[-1:] == " " or (kept[-1:] in ("-", "/") and len(kept) >= _PART)
        free = joint and sign not in (" ", "-", "/")
        allowed = free or (wide and sign[0] not in _NOT_FIRST and kept[-1:] not in _NOT_LAST)
        if kept and sign != " " and (allowed or width(kept + sign, size) > most):
            yield kept
            kept = ""
        kept += sign
    if kept:
        yield kept


def _fill(pieces: list[str], size: float, most: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and width((line + piece).rstrip(), size) > most:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines
