"""Correct signs that look alike and single spelling errors, never a digit or a Han character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from kg.entities.index import NameIndex, similarity
from kg.entities.match.designation_search import MAX_PIECES

_TOKEN: Final = re.compile(r"[A-Za-z0-9]+")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_DOUBLED: Final = re.compile(r"([a-z])\1")
_MIN_DISTINCT: Final = 5
_AS_DIGITS: Final = str.maketrans("OoIl", "0011")
_AS_LETTERS: Final = str.maketrans("015", "OIS")


def swap_lookalikes(text: str) -> Iterator[str]:
    """Yield the text with letters such as O and l replaced by digits, or the reverse, if mixed.

    >>> list(swap_lookalikes("IS0 9OO1"))
    ['ISO 9001']
    """
    other = _TOKEN.sub(_unify_token, text)
    if other != text:
        yield other


def correct_spelling(text: str, index: NameIndex) -> Iterator[str]:
    """Yield the text with one word corrected to a word that occurs in names.

    In a text with a number, a known or short word is only corrected if two letters are transposed
    or one is doubled. In other texts a known word is left alone, since it is probably intended.
    """
    has_number = any(char.isdigit() for char in text)
    for match in islice(_WORD.finditer(text), MAX_PIECES):
        word = match.group().casefold()
        corrections = similarity.edits(word)
        if index.known_words([word]) or (has_number and len(word) < _MIN_DISTINCT):
            # A single edit of a short word often gives another body (ISO, ISA).
            near = similarity.transpositions(word) | {_DOUBLED.sub(r"\1", word)} - {word}
            corrections = near if has_number else set()
        for correction in index.known_words(corrections):
            yield text[: match.start()] + correction + text[match.end() :]


def _unify_token(token: re.Match[str]) -> str:
    """Return a mix of letters and digits as only letters or only digits, if it looks like one."""
    text = token.group()
    digits, letters = text.translate(_AS_DIGITS), text.translate(_AS_LETTERS)
    if text.isdigit():
        return text
    if digits.isdigit():
        return digits
    # A lower-case l among capitals counts as I; letters must outnumber digits.
    capitals = letters.replace("l", "I")
    mostly = sum(char.isalpha() for char in text) * 2 > len(text)
    return capitals if mostly and capitals.isalpha() and capitals.isupper() else text
