"""The ways in which a reference can be read, the one that changes least first."""

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
_COUNTED: Final = re.compile(r"\[\d{1,4}\]\s*|\(\d{1,3}\)\s+|\d{1,3}[.)、]\s+")
# What kind of standard it is, said before the number, makes no other standard of it.
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
_DISTINCT: Final = 5
_GAP: Final = re.compile(
    r"[\s,;()（）《》“”，；：、]+|:\s+|(?<=\d)(?=[^\W\d_a-zA-Z])"
    r"|(?<=[^\W\d_a-zA-Z])(?=[a-zA-Z])"
)
_AS_DIGITS: Final = str.maketrans("OoIl", "0011")
_AS_LETTERS: Final = str.maketrans("015", "OIS")
_MOST_PIECES: Final = 24


@dataclass(frozen=True)
class Reading:
    """A text that a reference may stand for; ``how`` says what was changed, if anything.

    ``rest`` is what stands behind a number and may be the title.
    """

    text: str
    how: str = ""
    rest: str = ""


def trimmed(text: str) -> str:
    """The text without what lists put around: counts, marks of quotation, points at the end."""
    bare = _COUNTED.sub("", text.strip(), count=1) if _COUNTED.match(text.strip()) else text
    before = None
    while before != bare:
        before, bare = bare, bare.strip(_AROUND)
        for opening, closing in _PAIRS:
            if len(bare) > 1 and bare.startswith(opening) and bare.endswith(closing):
                bare = bare[1:-1]
    return bare


def plain(text: str) -> Iterator[Reading]:
    """As it stands, written otherwise, and as a number with a title."""
    bare = _KIND.sub("", text, count=1) if _KIND.match(text) else text
    others = [Reading(bare, "written")] if bare != text else []
    others += [Reading(other, "written") for other in _written_otherwise(clean(bare))]
    american = _BRITISH.sub("iz", text)
    others += [Reading(american, "written")] if american != text else []
    # A name that differs in its signs alone means less than a designation.
    others.sort(key=lambda other: parse(other.text) is None)
    at = 0 if parse(text) or not others or parse(others[0].text) is None else 1
    yield from (*others[:at], Reading(text), *others[at:])
    yield from _titled(bare)


def alike(text: str) -> Iterator[str]:
    """The text with the letters O and l for digits made digits, or such digits made letters.

    >>> list(alike("IS0 9OO1"))
    ['ISO 9001']
    """
    other = _TOKEN.sub(_unmixed, text)
    if other != text:
        yield other


def respelled(text: str, index: NameIndex) -> Iterator[str]:
    """The text with one word spelled otherwise, as a word that names hold.

    A word that names hold itself, or a short one beside a number, is taken for an error only if two
    of its letters changed places or one is doubled, and the former only beside a number: elsewhere
    it may well be meant.
    """
    numbered = any(sign.isdigit() for sign in text)
    for found in islice(_WORD.finditer(text), _MOST_PIECES):
        word = found.group().casefold()
        spellings = similarity.respelled(word)
        if index.known([word]) or (numbered and len(word) < _DISTINCT):
            # Few letters are soon those of another body (ISO, ISA).
            near = similarity.swapped(word) | {_DOUBLED.sub(r"\1", word)} - {word}
            spellings = near if numbered else set()
        for other in index.known(spellings):
            yield text[: found.start()] + other + text[found.end() :]


def inside(text: str) -> Iterator[str]:
    """The designations that stand somewhere in a text, the longest only."""
    pieces = list(_GAP.split(text))[:_MOST_PIECES]
    at = 0
    while at < len(pieces):
        ends = range(len(pieces), at, -1)
        found = next((e for e in ends if parse(" ".join(pieces[at:e])) is not None), None)
        if found is None:
            at += 1
        else:
            yield " ".join(pieces[at:found])
            at = found


def _written_otherwise(text: str) -> Iterator[str]:
    """The year behind another sign, or a sign between body and number."""
    spaced = _NUMBERED.sub(r"\1 ", _BODIES.sub(r"\1/\2", text))
    dated = (_DATE.sub(r":\1", text), _DATE.sub(r":\1", spaced))
    yield from dict.fromkeys(other for other in (spaced, *dated) if other != text)


def _titled(text: str) -> Iterator[Reading]:
    """The longest number that a text begins with, and what stands behind it."""
    for gap in reversed(list(islice(_GAP.finditer(text), _MOST_PIECES))):
        head, rest = text[: gap.start()], trimmed(text[gap.end() :].lstrip("-–—"))
        if rest and parse(head) is not None:
            # Two numbers are two documents, or one that adopts the other.
            if not list(inside(rest)):
                yield Reading(head, "", rest)
            return


def _unmixed(token: re.Match[str]) -> str:
    """A run of letters and digits as one or the other, if it looks like that."""
    text = token.group()
    digits, letters = text.translate(_AS_DIGITS), text.translate(_AS_LETTERS)
    if text.isdigit():
        return text
    if digits.isdigit():
        return digits
    # A small l among capitals; fewer digits than letters.
    capitals = letters.replace("l", "I")
    mostly = sum(sign.isalpha() for sign in text) * 2 > len(text)
    return capitals if mostly and capitals.isalpha() and capitals.isupper() else text
