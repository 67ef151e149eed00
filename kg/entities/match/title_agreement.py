"""Whether what stands behind a number is the title of the document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.entities.index.words import is_sign, words

_ENOUGH: Final = 0.8
"""So many of the words behind a number must be the title's. Titles differ in a single word."""
_STEM: Final = 5


def agrees(rest: str, titles: Iterable[str]) -> str:
    """``same-title``, ``other-title``, or ``no-title`` where there is none in the same script.

    A number that no title has makes another document, or an edition that was not understood.
    """
    asked = words(rest)
    held = [set(words(title)) for title in titles]
    numbers = {word for word in asked if word.isdigit()}
    known = set().union(*held)
    if not numbers <= known:
        return "other-title"
    scripts = [is_sign(word) for word in asked]
    signs = sum(scripts) * 2 > len(scripts)
    comparable = [title for title in held if any(map(is_sign, title)) == signs]
    if not comparable:
        return "no-title"
    best = max(sum(_holds(title, word) for word in asked) / len(asked) for title in comparable)
    return "same-title" if best >= _ENOUGH else "other-title"


def _holds(title: set[str], word: str) -> bool:
    """Whether a title has a word, or one that begins alike: lists cut words, or change endings."""
    return word in title or (
        len(word) >= _STEM and any(held.startswith(word[:_STEM]) for held in title)
    )
