"""Split names into words for full-text search, and build queries for them.

SQLite's tokenizers don't support Chinese, and Python can't add one, so names are split here before
they are stored or searched. A word is a run of letters or a number; each Han character, kana or
Hangul syllable is a word of its own, so that any part of a Chinese or Japanese name is a phrase.
Case, width, accents, endings of plurals and variants of Han characters
(:func:`kg.common.folding.fold_han`) are ignored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from kg.common.folding import fold_han

_IDEOGRAPHS: Final = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER: Final = rf"[^\W\d_{_IDEOGRAPHS}]"
_PUNCTUATION: Final = re.compile(r"[\W_]+")
# Nine of ten names are ASCII, for which these patterns take a third of the time.
_ASCII_WORD: Final = re.compile(r"\d+|[a-z]+")
_ASCII_COMPOUND: Final = re.compile(r"(?<![a-z])[a-z]++(?:[^\w\s][a-z]++)+")

# Markers: SQLite treats these characters as letters, and no word contains them.
_FIRST: Final = "¶"
_KIND: Final = "§"
_GAP: Final = "¦"

_MAX_INDEXED: Final = 400
"""Maximum number of words indexed per name."""
_MAX_QUERIED: Final = 24
"""Maximum number of words searched per text."""
_MIN_PREFIX: Final = 3
"""Shortest word that also matches as a prefix; the last word of a text always does."""
_SHORTEST_PLURAL: Final = 5
"""Shortest word that loses a plural ending; shorter ones are mostly abbreviations (CORS)."""
FUNCTION_WORDS: Final = frozenset(
    (
        *("a", "an", "and", "as", "at", "by", "for", "from", "in", "it", "of", "on", "or", "the"),
        *("to", "with", "au", "aux", "de", "des", "du", "en", "et", "l", "d", "la", "le", "les"),
        *("par", "pour", "sur", "un", "une", "das", "der", "die", "fur", "im", "und", "von", "zu"),
        *(
            "zur",
            "con",
            "del",
            "el",
            "las",
            "los",
            "para",
            "por",
            "y",
            "の",
            "与",
            "和",
            "的",
            "及",
        ),
    )
)


def split_words(text: str) -> list[str]:
    """Split a text into normalized words.

    >>> split_words("ISO/TC 321"), split_words("電子商務 E‑Commerce"), split_words("Qualités")
    (['iso', 'tc', '321'], ['电', '子', '商', '务', 'e', 'commerce'], ['qualite'])
    """
    return _split(_normalize(text))


def title_parts(title: str) -> Iterator[list[str]]:
    """Yield the words of each part of a title: of what stands between dashes, colons or brackets.

    >>> list(title_parts("Paper - Trimmed sizes (A formats)"))
    [['paper'], ['trimmed', 'size'], ['a', 'format']]
    """
    part: list[str] = []
    for token in _title_token().findall(_normalize(title)):
        if token[0].isalnum() or token[0] in "々〇":
            part.append(_singular(token) if token[-1] == "s" else token)
        elif part:
            yield part
            part = []
    if part:
        yield part


def content_words(words: Iterable[str]) -> list[str]:
    """Return the words without articles, prepositions and conjunctions; all if there is no other.

    >>> content_words(split_words("sizes of paper")), content_words(split_words("IT"))
    (['size', 'paper'], ['it'])
    """
    every = list(words)
    return [word for word in every if word not in FUNCTION_WORDS] or every


def is_ideograph(word: str) -> bool:
    """Return whether a word is a Han character, kana or Hangul syllable."""
    return bool(_ideograph().match(word))


def indexed_text(text: str, kind: int) -> str:
    """Return the text to index for a name of an entity with a kind set id."""
    normalized = _normalize(text)
    words = _split(normalized)[:_MAX_INDEXED]
    compounds = (_ASCII_COMPOUND if normalized.isascii() else _compound()).findall(normalized)
    joined = [_PUNCTUATION.sub("", compound) for compound in compounds]
    first = [_FIRST + words[0]] if words else []
    return " ".join([f"{_KIND}{kind}", *first, *words, *([_GAP, *joined] if joined else ())])


def prefix_query(text: str, whole: bool) -> str | None:
    """Return a query for names that begin with a text.

    Unless ``whole``, its last word also matches as a prefix. None for a text without words.
    """
    first, *rest = split_words(text)[:_MAX_QUERIED] or [""]
    if not first:
        return None
    if not rest:
        return _phrase([_FIRST + first], whole)
    return f"{_phrase([_FIRST + first])} AND {_phrase([first, *rest], whole)}"


def phrase_query(text: str, whole: bool) -> str | None:
    """Return a query for names that contain a text; otherwise as :func:`prefix_query`."""
    words = split_words(text)[:_MAX_QUERIED]
    return _phrase(words, whole) if words else None


def all_words_query(text: str, whole: bool = False) -> str | None:
    """Return a query for names with all space-separated pieces of a text; None without words.

    Function words needn't occur. Unless ``whole``, longer words also match as prefixes.
    """
    pieces = list(_pieces(text))[:_MAX_QUERIED]
    pieces = [each for each in pieces if each[0][0] not in FUNCTION_WORDS] or pieces
    last = len(pieces) - 1
    queries = [_piece_query(piece, at == last, whole) for at, piece in enumerate(pieces)]
    return " AND ".join(queries) if queries else None


def limit_to_kinds(query: str, kinds: Iterable[int]) -> str:
    """Return the query limited to entities with one of the kind set ids."""
    markers = " OR ".join(f'"{_KIND}{kind}"' for kind in kinds)
    return f"({query}) AND ({markers})"


def is_marker(word: str) -> bool:
    """Return whether an indexed word is a marker rather than a word of a name."""
    return word[:1] in (_FIRST, _KIND, _GAP)


def _pieces(text: str) -> Iterator[tuple[list[str], str]]:
    for piece in _normalize(text).split():
        words = _split(piece)
        if words:
            joined = _PUNCTUATION.sub("", piece) if _compound().fullmatch(piece) else ""
            yield words, joined


def _piece_query(piece: tuple[list[str], str], last: bool, whole: bool) -> str:
    words, joined = piece
    phrase = _phrase(words, whole or (len(words[-1]) < _MIN_PREFIX and not last))
    return f'({phrase} OR "{joined}")' if joined else phrase


def _phrase(words: Iterable[str], whole: bool = True) -> str:
    phrase = f'"{" ".join(words)}"'
    return phrase if whole or is_ideograph(phrase[-2]) else phrase + "*"


def _split(normalized: str) -> list[str]:
    words = (_ASCII_WORD if normalized.isascii() else _word()).findall(normalized)
    return [_singular(word) if word[-1] == "s" else word for word in words]


@lru_cache(maxsize=4096)
def _singular(word: str) -> str:
    """Return a word without the ending of a plural (D. Harman's S-stemmer, JASIS 42, 1991)."""
    if len(word) < _SHORTEST_PLURAL or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


@lru_cache(maxsize=64)
def _normalize(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return text if text.isascii() else fold_han(_other_letters().sub(_strip_accents, text))


# Compiled on first use: compilation takes as long as some commands.
@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{_IDEOGRAPHS}]|\d+|{_LETTER}+")


@cache
def _title_token() -> re.Pattern[str]:
    return re.compile(
        rf"[{_IDEOGRAPHS}]|\d+|{_LETTER}+|\s[-\u2013\u2014|]+\s|--+|[\u2015\u2014:;()「」,、]"
    )


@cache
def _compound() -> re.Pattern[str]:
    """Match words joined by punctuation, often written as one word (e-commerce, GB/T).

    Possessive quantifiers try each word once, from its beginning.
    """
    return re.compile(rf"(?<!{_LETTER}){_LETTER}++(?:[^\w\s]{_LETTER}++)+")


@cache
def _other_letters() -> re.Pattern[str]:
    return re.compile(rf"[^\x00-\x7f{_IDEOGRAPHS}]+")


@cache
def _ideograph() -> re.Pattern[str]:
    return re.compile(rf"[{_IDEOGRAPHS}]")


def _strip_accents(letters: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFD", letters.group())
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
