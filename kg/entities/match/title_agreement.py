"""Check whether the text after a number is the title of the document."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from kg.entities.index import NameIndex
from kg.entities.index.words import is_ideograph, split_words
from kg.identifiers import parse

_MIN_AGREEMENT: Final = 0.8
"""Share of the text's words that the title must have; high, as titles may differ by a word."""
_STEM_LENGTH: Final = 5
_MAX_TITLES: Final = 50


def compare_titles(rest: str, titles: Iterable[str]) -> str:
    """Return ``same-title``, ``other-title``, or ``no-title`` if none has the same script.

    A number that no title contains means another document, or an edition that wasn't recognized.
    """
    words = split_words(rest)
    words_by_title = [set(split_words(title)) for title in titles]
    numbers = {word for word in words if word.isdigit()}
    if not numbers <= set().union(*words_by_title):
        return "other-title"
    ideographs = [is_ideograph(word) for word in words]
    is_east_asian = sum(ideographs) * 2 > len(ideographs)
    comparable = [
        title for title in words_by_title if any(map(is_ideograph, title)) == is_east_asian
    ]
    if not comparable:
        return "no-title"
    best = max(sum(_has_word(title, word) for word in words) / len(words) for title in comparable)
    return "same-title" if best >= _MIN_AGREEMENT else "other-title"


def is_title_of_another(index: NameIndex, iri: str, rest: str, titles: Iterable[str]) -> bool:
    """Return whether the titles of a document lack a word of a text, and another's has them all.

    A title that differs by a single word can be that of another part or document.
    """
    words = set(split_words(rest))
    words_by_title = [set(split_words(title)) for title in titles]
    if any(all(_has_word(title, word) for word in words) for title in words_by_title):
        return False
    own = {_number(name) for name in index.names_of(iri)}
    return any(
        name.iri != iri
        and name.is_title
        and not own & {_number(other) for other in index.names_of(name.iri)}
        for name in islice(index.find_words(rest), _MAX_TITLES)
    )


def _number(name: str) -> object:
    designation = parse(name)
    return (designation.number, designation.parts) if designation else name


def _has_word(title: set[str], word: str) -> bool:
    """Return whether a title has a word, or one with the same stem, as in shortened lists."""
    return word in title or (
        len(word) >= _STEM_LENGTH and any(other.startswith(word[:_STEM_LENGTH]) for other in title)
    )
