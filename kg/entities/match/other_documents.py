"""Find words for a document other than the standard in the text behind its number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.entities.match import suffix_words as words

_KINDS: Final = {"Amd": "amendment", "Cor": "corrigendum", "Add": "addendum"}


@dataclass(frozen=True)
class OtherDocument:
    """A document that a word names beside the number of a standard.

    ``kind`` is ``amendment``, ``draft``, ``handbook`` or another key of
    :mod:`kg.entities.match.suffix_words`. ``supplement`` is its kind in designations if it is a
    supplement, with ``number`` and ``year``, and ``title`` the text without these.
    """

    kind: str
    word: str
    supplement: str = ""
    number: str = ""
    year: str = ""
    title: str = ""


def find_other_documents(text: str) -> tuple[OtherDocument, ...]:
    """Return the other documents that a text names, supplements first.

    >>> [other.kind for other in find_other_documents("Kites - Amendment 1 (draft)")]
    ['amendment', 'draft']
    """
    return tuple(_find(text))


def lower(text: str) -> str:
    """Return the text in lower case and normal width, of the same length where possible."""
    folded = "".join(map(_lower_char, unicodedata.normalize("NFC", text)))
    return folded if len(folded) == len(text) else text.lower()


def _lower_char(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if len(folded) == 1 else char


def _rest(text: str) -> str:
    return text.strip(" -:,.–—") if any(map(str.isalnum, text)) else ""


def _find(text: str) -> Iterator[OtherDocument]:
    low = lower(text)
    for supplement, pattern in _supplements().items():
        if match := pattern.search(low):
            yield OtherDocument(
                _KINDS[supplement],
                match["word"] or match["cjk"],
                supplement,
                match["n1"] or match["n2"] or match["n3"] or "",
                match["year"] or "",
                _rest(text[: match.start()] + text[match.end() :]),
            )
    for kind, pattern in _others().items():
        if match := pattern.search(low):
            yield OtherDocument(kind, match.group())


# Compiled on first use: compilation takes as long as some commands.
@cache
def _supplements() -> dict[str, re.Pattern[str]]:
    return {
        kind: re.compile(
            rf"\b(?P<word>{spaced})(?![^\W\d])\.?\s*(?:no\.?|nr\.?|n°|№)?\s*(?P<n1>\d{{1,2}})?(?!\w)"
            r"(?:\s*[:-]\s*(?P<year>(?:19|20)\d\d))?"
            rf"|(?:第\s*(?P<n2>\d{{1,2}})\s*号\s*)?(?P<cjk>{joined})\s*(?P<n3>\d{{1,2}})?(?=\s|$)"
        )
        for kind, (spaced, joined) in words.SUPPLEMENTS.items()
    }


@cache
def _others() -> dict[str, re.Pattern[str]]:
    return {
        kind: re.compile(rf"\b(?:{spaced})(?!\w)|(?:{joined})(?=\s|$|\d)")
        for kind, (spaced, joined) in words.OTHER_DOCUMENTS.items()
    }
