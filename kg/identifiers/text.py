"""The same signs for the same thing, before a grammar sees a text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DASHES: Final = re.compile("[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d─]+")
_DIGIT: Final = re.compile(r"[^\D0-9]")
_MARKS: Final = re.compile("[™®\u200b-\u200f\ufeff]")
_YEAR: Final = re.compile(r" ?- ?(?=\d{4}\b)")
_AROUND: Final = re.compile(r" ([:/+〔〕]) ?|([:/+〔〕]) ")

LONGEST: Final = 160
"""No designation is longer; longer texts are not looked at."""


def clean(text: str) -> str:
    """Bring full-width letters, digits of all scripts, dashes, marks and spaces to one form.

    >>> clean(" ISO／IEC　27001 — 2022™ ")
    'ISO/IEC 27001-2022'
    """
    plain = text if text.isascii() else _in_ascii(text)
    plain = " ".join(plain.split())
    # Without a space there is none to take away.
    return _AROUND.sub(_bare, _YEAR.sub("-", plain)) if " " in plain else plain


def _bare(found: re.Match[str]) -> str:
    return found[1] or found[2]


def _in_ascii(text: str) -> str:
    """What has a form in ASCII in that form."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", _MARKS.sub("", text)))
    plain = _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), plain)
    return _DASHES.sub("-", plain)


def number(text: str | None) -> int | None:
    """A year or month that a grammar found, or None."""
    return int(text) if text else None


def dashed(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """A date behind a dash, as precise as it is known; nothing without a year.

    >>> dashed(2018, 4), dashed(2018), dashed(None)
    ('-2018-04', '-2018', '')
    """
    finer = "".join(f"-{n:02}" for n in (month, day) if n)
    return f"-{year}{finer}" if year else ""
