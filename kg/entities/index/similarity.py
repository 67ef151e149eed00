"""What someone may have meant who typed a name with an error in it.

Four of five errors in typing are one letter too much, too few, wrong, or two that changed places
(F. J. Damerau, A technique for computer detection and correction of spelling errors, Communications
of the ACM 7, 1964). So all words one such error away are looked up; of a run of Han characters or
kana, one may be superfluous or wrong, and some may be missing in one place.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, TypeVar

from kg.common.folding import fold
from kg.entities.index.words import is_sign, words

_ALIKE: Final = 0.5
_SHORTEST: Final = 2
_LONGEST: Final = 24
"""Longer words are taken as they are, and of a text no more words than these."""

T = TypeVar("T")


def ranked(text: str, found: Iterable[T], spelled: Callable[[T], str]) -> Iterator[T]:
    """What is like a text, best first; what is not, is left out."""
    wanted = fold(text)
    scored = [(_likeness(wanted, fold(spelled(one))), one) for one in found]
    # What is equally like keeps its order.
    for score, one in sorted(scored, key=lambda each: -each[0]):
        if score >= _ALIKE:
            yield one


def loosened(text: str, known: Callable[[Iterable[str]], list[str]]) -> Iterator[str]:
    """Searches for what a text may mean, the narrowest first.

    ``known`` keeps those of some words that any name holds.
    """
    asked = words(text)[:_LONGEST]
    pieces: list[str] = []
    for signs, run in groupby(asked, key=is_sign):
        if signs:
            pieces.append(_gapped(list(run)))
        else:
            pieces += [_any([word, *known(respelled(word))]) for word in run]
    if pieces:
        yield " AND ".join(pieces)
    if len(pieces) > 1:
        most = [pieces[:at] + pieces[at + 1 :] for at in range(len(pieces))]
        yield " OR ".join(f"({' AND '.join(some)})" for some in most)


def respelled(word: str) -> set[str]:
    """All words that are one error away from a word.

    >>> sorted(respelled("99"))[:3], "hangzhou" in respelled("hangzou")
    (['09', '099', '19'], True)
    """
    if not _SHORTEST <= len(word) <= _LONGEST:
        return set()
    letters = string.digits if word.isdigit() else string.ascii_lowercase
    cuts = _cuts(word)
    found = {before + after[1:] for before, after in cuts if after} | swapped(word)
    found |= {before + sign + after[1:] for before, after in cuts if after for sign in letters}
    found |= {before + sign + after for before, after in cuts for sign in letters}
    return found - {word}


def swapped(word: str) -> set[str]:
    """All words from which a word differs by two neighboring letters that changed places.

    >>> sorted(swapped("ios"))
    ['iso', 'ois']
    """
    return {b + after[1] + after[0] + after[2:] for b, after in _cuts(word) if after[1:]} - {word}


def _cuts(word: str) -> list[tuple[str, str]]:
    return [(word[:at], word[at:]) for at in range(len(word) + 1)]


def _gapped(signs: list[str]) -> str:
    cuts = [(signs[:at], signs[at:]) for at in range(1, len(signs))]
    cuts += [(signs[:at], signs[at + 1 :]) for at in range(len(signs)) if len(signs) > 1]
    return _either([_both(cut) for cut in cuts] or [f'"{signs[0]}"'])


def _both(parts: Iterable[list[str]]) -> str:
    phrases = [f'"{" ".join(part)}"' for part in parts if part]
    return f"({' AND '.join(phrases)})"


def _any(choice: Iterable[str]) -> str:
    return _either([f'"{word}"' for word in choice])


def _either(choice: list[str]) -> str:
    return f"({' OR '.join(choice)})"


def _likeness(wanted: str, other: str) -> float:
    if wanted and other and (wanted in other or other in wanted):
        return 1.0
    return SequenceMatcher(None, wanted, other).ratio()
