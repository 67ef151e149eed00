"""Fold the spellings of a name to one form, for comparing and searching but not for display."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from opencc import OpenCC

_PUNCTUATION: Final = re.compile(r"(?<=\d)([\W_]+)(?=\d)|[\W_]+")
"""A run of punctuation; group 1 matches only between digits."""
_MEANINGFUL: Final = frozenset("&%#@*")
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """Return the folded form of a name.

    Width, case, traditional characters, white space and punctuation are ignored, except for
    punctuation between two digits: it separates numbers, and dropping it would conflate standards.

    >>> fold("ISO/TC 321") == fold("iso／tc321")
    True
    >>> fold("“最多跑一次”改革") == fold("最多跑一次改革")
    True
    >>> fold("國際標準化組織") == fold("国际标准化组织")
    True
    >>> fold("GB/T 1.1—2020") == fold("gb/t1.1-2020"), fold("GB/T 1.1") == fold("GB/T 11")
    (True, False)
    """
    if text.isascii():
        # ASCII needs neither normalization nor simplification.
        lower = text.lower()
        return (
            _PUNCTUATION.sub(_reduce, lower)
            if _NUMBERS.search(lower)
            else lower.translate(_DROPPED)
        )
    # Case folding can undo the normal form (Unicode 3.13, NFKC_Casefold), hence twice.
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return simplified(unicodedata.normalize("NFKC", _PUNCTUATION.sub(_reduce, plain)))


def simplified(text: str) -> str:
    """Convert traditional Chinese characters to simplified ones (OpenCC, ``t2s``).

    >>> simplified("電子商務 ISO")
    '电子商务 ISO'
    """
    return _converter().convert(text) if _HAN.search(text) else text


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    # Loading its dictionaries takes longer than most commands take to start.
    from opencc import OpenCC

    return OpenCC("t2s")


def _reduce(match: re.Match[str]) -> str:
    return _significant(match[0], match[1] is not None)


@lru_cache(maxsize=1024)
def _significant(run: str, between_digits: bool) -> str:
    rest = "".join(_significant_character(char, between_digits) for char in run)
    return rest or (" " if between_digits and any(char.isspace() for char in run) else "")


def _significant_character(char: str, between_digits: bool) -> str:
    category = unicodedata.category(char)
    if category == "Pd" or char == "\N{MINUS SIGN}":
        return "-" if between_digits else ""
    if category[0] in "ZC":
        return ""
    if category[0] == "P" and char not in _MEANINGFUL:
        return char if between_digits else ""
    return char


# Without punctuation between digits, each character is kept or dropped regardless of its context.
_NUMBERS: Final = re.compile(r"[0-9][\W_]+[0-9]", re.ASCII)
_DROPPED: Final = {
    code: None
    for code in range(128)
    if _PUNCTUATION.match(chr(code)) and not _significant(chr(code), False)
}
