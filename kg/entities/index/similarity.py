"""Suggest names similar to a misspelled name.

Four of five typing errors insert, omit, replace or transpose one letter (F. J. Damerau, A technique
for computer detection and correction of spelling errors, Communications of the ACM 7, 1964), so all
words one such edit away are looked up. In a run of Han characters or kana, one character may be
superfluous or wrong, and characters may be missing in one place.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, TypeVar

from kg.common.folding import fold
from kg.entities.index.words import is_ideograph, split_words

_MIN_SIMILARITY: Final = 0.5
_SHORTEST: Final = 2
_LONGEST: Final = 24
"""Maximum length of a word to correct, and maximum number of words to consider."""

T = TypeVar("T")


def rank_by_similarity(text: str, items: Iterable[T], name: Callable[[T], str]) -> Iterator[T]:
    """Yield the items with a name similar to a text, best first; ties keep their order."""
    wanted = fold(text)
    scored = [(_similarity(wanted, fold(name(item))), item) for item in items]
    for score, item in sorted(scored, key=lambda pair: -pair[0]):
        if score >= _MIN_SIMILARITY:
            yield item


def fuzzy_queries(text: str, known_words: Callable[[Iterable[str]], list[str]]) -> Iterator[str]:
    """Yield full-text queries for the possible meanings of a text, narrowest first.

    ``known_words`` returns the given words that occur in names.
    """
    pieces: list[str] = []
    for ideographs, run in groupby(split_words(text)[:_LONGEST], key=is_ideograph):
        if ideographs:
            pieces.append(_with_gap(list(run)))
        else:
            pieces += [_any_word([word, *known_words(edits(word))]) for word in run]
    if pieces:
        yield " AND ".join(pieces)
    if len(pieces) > 1:
        all_but_one = [pieces[:at] + pieces[at + 1 :] for at in range(len(pieces))]
        yield " OR ".join(f"({' AND '.join(rest)})" for rest in all_but_one)


def edits(word: str) -> set[str]:
    """Return all words one edit away from a word.

    >>> sorted(edits("99"))[:3], "hangzhou" in edits("hangzou")
    (['09', '099', '19'], True)
    """
    if not _SHORTEST <= len(word) <= _LONGEST:
        return set()
    letters = string.digits if word.isdigit() else string.ascii_lowercase
    splits = _splits(word)
    words = {head + tail[1:] for head, tail in splits if tail} | transpositions(word)
    words |= {head + letter + tail[1:] for head, tail in splits if tail for letter in letters}
    words |= {head + letter + tail for head, tail in splits for letter in letters}
    return words - {word}


def transpositions(word: str) -> set[str]:
    """Return all words that differ from a word by two transposed neighboring letters.

    >>> sorted(transpositions("ios"))
    ['iso', 'ois']
    """
    return {head + tail[1] + tail[0] + tail[2:] for head, tail in _splits(word) if tail[1:]} - {
        word
    }


def _splits(word: str) -> list[tuple[str, str]]:
    return [(word[:at], word[at:]) for at in range(len(word) + 1)]


def _with_gap(characters: list[str]) -> str:
    splits = [(characters[:at], characters[at:]) for at in range(1, len(characters))]
    if len(characters) > 1:
        splits += [(characters[:at], characters[at + 1 :]) for at in range(len(characters))]
    return _any_of([_all_phrases(split) for split in splits] or [f'"{characters[0]}"'])


def _all_phrases(parts: Iterable[list[str]]) -> str:
    phrases = [f'"{" ".join(part)}"' for part in parts if part]
    return f"({' AND '.join(phrases)})"


def _any_word(words: Iterable[str]) -> str:
    return _any_of([f'"{word}"' for word in words])


def _any_of(queries: list[str]) -> str:
    return f"({' OR '.join(queries)})"


def _similarity(wanted: str, other: str) -> float:
    if wanted and other and (wanted in other or other in wanted):
        return 1.0
    # rapidfuzz is faster, but aligns strings differently: 1 % of the suggestions would change.
    return SequenceMatcher(None, wanted, other).ratio()
