"""Split a question into terms: concepts of the vocabulary, and the words that it lacks.

A term is a concept (``=liaison``), the stem of an English word, or two adjacent Han characters
(overlapping bigrams, as is usual for retrieval in Chinese without a dictionary: K. L. Kwok, SIGIR
1997). The vocabulary is matched first, the longest entry at each place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from kg.common.folding import fold_han

CONCEPT: Final = "="
"""First character of a term that is a concept."""
IGNORED: Final = ""
"""The term for a word that tells nothing about a question."""

Entries = Mapping[str, Sequence[tuple[int, Mapping[tuple[str, ...], str]]]]
"""By first word and number of words, the longest first, sequences of words with their terms."""

_DOUBLED: Final = "bdglmnprt"
_SHORTEST: Final = 4
"""Shortest word of which an ending is cut off."""


class Token(NamedTuple):
    """A word, number or Han character of a normalized text, as normalized and by its place."""

    word: str
    start: int
    end: int


class Term(NamedTuple):
    """A term and its place in the text."""

    term: str
    start: int
    end: int


def normalize(text: str) -> str:
    """Return a text in compatibility form (NFKC) with single spaces: full-width digits are digits.

    >>> normalize("ＩＳＯ／TC　３２１ ")
    'ISO/TC 321'
    """
    return " ".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=4096)
def split(text: str) -> tuple[Token, ...]:
    """Split a normalized text into words, numbers and Han characters.

    >>> [token.word for token in split("Members of ISO/TC 321的成员")]
    ['member', 'of', 'iso', 'tc', '321', '的', '成', '员']
    """
    return tuple(Token(_word(match[0]), *match.span()) for match in _pattern().finditer(text))


def is_han(word: str) -> bool:
    """Return whether a word is a Han character."""
    return word[:1] >= "\u3400"


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return an English word without its ending (as step 1 of M. F. Porter, Program 14, 1980).

    >>> [stem(word) for word in ("committees", "published", "publishes", "running", "activities")]
    ['committe', 'publish', 'publish', 'run', 'activity']
    """
    if len(word) < _SHORTEST or not word.isascii():
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _SHORTEST - 1 and re.search("[aeiouy]", rest):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] in _DOUBLED else rest
            break
    for sibilant in ("sse", "xe", "che", "she"):
        if word.endswith(sibilant):
            return word[:-1]
    return word[:-1] if word.endswith("e") and len(word) >= _SHORTEST else word


def terms(tokens: Sequence[Token], entries: Entries) -> Iterator[Term]:
    """Yield the terms of consecutive tokens, those that are ignored included."""
    at = 0
    pending: list[Token] = []
    while at < len(tokens):
        found = _match(tokens, at, entries)
        if found is None and is_han(tokens[at].word):
            pending.append(tokens[at])
            at += 1
            continue
        yield from _bigrams(pending)
        pending = []
        if found is None:
            yield Term(*tokens[at])
            at += 1
        else:
            length, term = found
            yield Term(term, tokens[at].start, tokens[at + length - 1].end)
            at += length
    yield from _bigrams(pending)


def _match(tokens: Sequence[Token], at: int, entries: Entries) -> tuple[int, str] | None:
    for length, terms_by_words in entries.get(tokens[at].word, ()):
        words = tuple([token.word for token in tokens[at : at + length]])
        if words in terms_by_words:
            return length, terms_by_words[words]
    return None


def _bigrams(characters: Sequence[Token]) -> Iterator[Term]:
    if len(characters) == 1:
        yield Term(*characters[0])
    for first, second in pairwise(characters):
        if first.end == second.start:
            yield Term(first.word + second.word, first.start, second.end)


@lru_cache(maxsize=16384)
def _word(text: str) -> str:
    if text.isascii():
        return stem(text.lower())
    return fold_han(text.casefold())


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]|\d+|[^\W\d_\u3400-\u9fff]+")
