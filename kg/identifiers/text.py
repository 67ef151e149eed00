"""Normalize a text before parsing."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_COLONS: Final = re.compile("[\ufe30\u2236\ua789\u02d0\u2982\u05c3]")
_DASHES: Final = re.compile("[\u2010-\u2015\u2212\u2043\u00ad\u2e3a\u2e3b\ufe58\ufe63\uff0d─]+")
_DIGIT: Final = re.compile(r"[^\D0-9]")
_MARKS: Final = re.compile("[™®\u200b-\u200f\ufeff]")
_YEAR: Final = re.compile(r" ?- ?(?=\d{4}\b)")
_AROUND: Final = re.compile(r" ([:/+〔〕]) ?|([:/+〔〕]) ")

LONGEST: Final = 160
"""Maximum length of a designation before notes in parentheses; longer texts aren't parsed."""
LONGEST_WITH_NOTES: Final = 600
"""Maximum length of a designation with notes."""


def clean(text: str) -> str:
    """Normalize width, digits of all scripts, dashes, trademark signs and spaces.

    >>> clean(" ISO／IEC　27001 — 2022™ ")
    'ISO/IEC 27001-2022'
    """
    plain = text if text.isascii() else _to_ascii(text)
    plain = " ".join(plain.split())
    # Both patterns need a space to change anything.
    return _AROUND.sub(_without_spaces, _YEAR.sub("-", plain)) if " " in plain else plain


def _without_spaces(match: re.Match[str]) -> str:
    return match[1] or match[2]


def _to_ascii(text: str) -> str:
    """Replace characters that have an ASCII equivalent."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", _MARKS.sub("", _COLONS.sub(":", text))))
    plain = _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), plain)
    return _DASHES.sub("-", plain)


def number(text: str | None) -> int | None:
    """Return a matched year or month as a number; None for no match."""
    return int(text) if text else None


def dashed(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """Return a year, month or day with a leading dash; empty without a year.

    >>> dashed(2018, 4), dashed(2018), dashed(None)
    ('-2018-04', '-2018', '')
    """
    if not year:
        return ""
    if not (month or day):
        return f"-{year}"
    return f"-{year}" + "".join(f"-{n:02}" for n in (month, day) if n)


def edition_phrase(edition: str) -> str:
    """Return an edition or version as catalogues print it after a designation.

    >>> edition_phrase("16"), edition_phrase("2"), edition_phrase("5.1")
    ('16th edition', '2nd edition', 'edition 5.1')
    """
    if not re.fullmatch(r"[1-9]\d*", edition):
        return f"edition {edition}"
    teens = edition[-2:] in ("11", "12", "13")
    ending = "th" if teens else {"1": "st", "2": "nd", "3": "rd"}.get(edition[-1], "th")
    return f"{edition}{ending} edition"
