"""Alternative readings of a reference, those with the fewest changes first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kg.entities.index import NameIndex, similarity
from kg.identifiers import parse
from kg.identifiers.text import clean

_AROUND: Final = " \t\r\n,;.、，；。·*•"
_PAIRS: Final = (("《", "》"), ("“", "”"), ('"', '"'), ("'", "'"), ("「", "」"), ("『", "』"))
_LIST_NUMBER: Final = re.compile(r"\[\d{1,4}\]\s*|\(\d{1,3}\)\s+|\d{1,3}[.)、]\s+")
# A word for the kind of standard before the number doesn't change which standard is meant.
_KIND: Final = re.compile(
    r"(?:(?:中国|中华人民共和国)?(?:推荐性|强制性)?(?:国家|行业|地方|团体|企业|国际)?标准(?:编号)?"
    r"|(?:international )?(?:standard|recommendation|rec\.|norm))[\s:：]*(?=[A-Za-z])",
    re.IGNORECASE,
)
_DATE: Final = re.compile(r"(?<=\d) ?(?:[/._,]|\(| ) ?((?:19|20)\d\d)\)?$")
_BODIES: Final = re.compile(r"^([A-Za-z]+)[-_ ]([A-Za-z]+)(?=[-_ ]?\d)")
_NUMBERED: Final = re.compile(r"^([A-Za-z/]+)[-_](?=\d)")
_BRITISH: Final = re.compile(r"(?<=[a-z]{2})is(?=(?:ation|ations|ed|ing|e)\b)")
_TOKEN: Final = re.compile(r"[A-Za-z0-9]+")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_DOUBLED: Final = re.compile(r"([a-z])\1")
_MIN_DISTINCT: Final = 5
_GAP: Final = re.compile(
    r"[\s,;()（）《》“”，；：、]+|:\s+|(?<=\d)(?=[^\W\d_a-zA-Z])"
    r"|(?<=[^\W\d_a-zA-Z])(?=[a-zA-Z])"
)
_AS_DIGITS: Final = str.maketrans("OoIl", "0011")
_AS_LETTERS: Final = str.maketrans("015", "OIS")
_MAX_PIECES: Final = 24


@dataclass(frozen=True)
class Reading:
    """A possible reading of a reference.

    ``correction`` is the key of the :class:`~kg.entities.match.model.Reason` for a change, if any;
    ``rest`` is the text after a number, which may be the title.
    """

    text: str
    correction: str = ""
    rest: str = ""


def trim(text: str) -> str:
    """Return the text without list numbers, quotation marks and punctuation around it."""
    bare = _LIST_NUMBER.sub("", text.strip(), count=1) if _LIST_NUMBER.match(text.strip()) else text
    before = None
    while before != bare:
        before, bare = bare, bare.strip(_AROUND)
        for opening, closing in _PAIRS:
            if len(bare) > 1 and bare.startswith(opening) and bare.endswith(closing):
                bare = bare[1:-1]
    return bare


def readings(text: str) -> Iterator[Reading]:
    """Yield the text as written, in other notations, and as a number followed by a title."""
    bare = _KIND.sub("", text, count=1) if _KIND.match(text) else text
    others = [Reading(bare, "written")] if bare != text else []
    others += [Reading(other, "written") for other in _other_notations(clean(bare))]
    american = _BRITISH.sub("iz", text)
    others += [Reading(american, "written")] if american != text else []
    # Try designations before names that only differ in punctuation.
    others.sort(key=lambda other: parse(other.text) is None)
    own_place = 0 if parse(text) or not others or parse(others[0].text) is None else 1
    yield from (*others[:own_place], Reading(text), *others[own_place:])
    yield from _with_title(bare)


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
    for match in islice(_WORD.finditer(text), _MAX_PIECES):
        word = match.group().casefold()
        corrections = similarity.edits(word)
        if index.known_words([word]) or (has_number and len(word) < _MIN_DISTINCT):
            # A single edit of a short word often gives another body (ISO, ISA).
            near = similarity.transpositions(word) | {_DOUBLED.sub(r"\1", word)} - {word}
            corrections = near if has_number else set()
        for correction in index.known_words(corrections):
            yield text[: match.start()] + correction + text[match.end() :]


def find_designations(text: str) -> Iterator[str]:
    """Yield the longest designations within a text."""
    pieces = list(_GAP.split(text))[:_MAX_PIECES]
    start = 0
    while start < len(pieces):
        ends = range(len(pieces), start, -1)
        end = next((e for e in ends if parse(" ".join(pieces[start:e])) is not None), None)
        if end is None:
            start += 1
        else:
            yield " ".join(pieces[start:end])
            start = end


def _other_notations(text: str) -> Iterator[str]:
    """Yield the text with other punctuation before the year, or between body and number."""
    spaced = _NUMBERED.sub(r"\1 ", _BODIES.sub(r"\1/\2", text))
    dated = (_DATE.sub(r":\1", text), _DATE.sub(r":\1", spaced))
    yield from dict.fromkeys(other for other in (spaced, *dated) if other != text)


def _with_title(text: str) -> Iterator[Reading]:
    """Yield the longest number at the start of a text, with the rest as its title."""
    for gap in reversed(list(islice(_GAP.finditer(text), _MAX_PIECES))):
        head, rest = text[: gap.start()], trim(text[gap.end() :].lstrip("-–—"))
        if rest and parse(head) is not None:
            # A second number means another document, or one that is adopted.
            if not list(find_designations(rest)):
                yield Reading(head, "", rest)
            return


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
