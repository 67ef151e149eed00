"""Recognize references to adoptions, stated or by the convention of their bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.entities.match.designation_search import find_designations, split_head
from kg.identifiers import adoptions, mentions, parse
from kg.identifiers.model import changed
from kg.identifiers.text import LONGEST, clean

_DEGREES: Final = {
    "IDT": re.compile(r"\b(?:idt|IDT)\b|(?<!非)等同采用|等同採用|国際一致"),
    "MOD": re.compile(r"\bMOD\b|修改采用"),
    "NEQ": re.compile(r"\b(?:neq|NEQ)\b|非等效采用|非等同采用"),
    "": re.compile(r"\b(?:eqv|EQV)\b|(?<!非)等效采用|(?<![同效改])采用(?=[A-Z])"),
}
_PREFIXED: Final = re.compile(
    r"(?P<prefix>(?:[A-Za-z]{0,3}[A-Z]{2,6}h?[ /-]+){1,4}?)"
    r"(?P<original>(?:ISO|IEC|CISPR)(?:[/ ](?:IEC|TR|TS|PAS))* ?\d+(?:-\d+)*(?::(?:19|20)\d\d)?)"
)
_INTERNATIONAL: Final = frozenset(
    ("ISO", "IEC", "CISPR", "IEEE", "ITU", "ITU-T", "ITU-R", "ASTM", "CIE", "SAE", "OIML", "IDF")
)
_WORDS: Final = frozenset(("STD", "STANDARD", "NORM", "DRAFT", "DIS", "FDIS", "CD", "NEW", "OLD"))


@dataclass(frozen=True)
class Adoption:
    """An adoption: what adopts (may be empty), what is adopted, and the degree if it is given.

    ``degree`` is IDT, MOD or NEQ (ISO/IEC Guide 21-1), or empty.
    """

    adopter: str
    original: str
    degree: str = ""


def stated_adoption(text: str) -> Adoption | None:
    """Return the adoption that a text states; None if it states none.

    >>> stated_adoption("GB/T 19001-2016 idt ISO 9001:2015").degree
    'IDT'
    >>> stated_adoption("(ISO 9001:2015, MOD)")
    Adoption(adopter='', original='ISO 9001:2015', degree='MOD')
    """
    mention = mentions.split(clean(text)) if len(text) <= LONGEST else None
    adopting = parse(mention.adopting) if mention else None
    if mention and adopting and parse(mention.original):
        # Without a degree, a text of several international numbers names several documents.
        says_degree = any(pattern.search(text) for pattern in _DEGREES.values())
        international = not says_degree and _INTERNATIONAL & set(adopting.publishers)
        adopted = Adoption(mention.adopting, mention.original, mention.degree)
        return None if international else adopted
    for degree, pattern in _DEGREES.items():
        if pattern.search(text):
            found = list(find_designations(pattern.sub(" ; ", text)))
            adopter = found[0] if len(found) > 1 else ""
            return Adoption(adopter, found[-1], degree) if found else None
    return None


def conventional_adoption(text: str) -> Adoption | None:
    """Return the adoption that a designation is by the convention of its body; None if it is none.

    The year of the original is that of the adoption, which is its own only for some documents.

    >>> conventional_adoption("BS EN ISO 9001:2015 Quality management systems")
    Adoption(adopter='BS EN ISO 9001:2015', original='ISO 9001:2015', degree='')
    """
    head = text if parse(text) else next(iter(split_head(text, _never) or ()), "")
    designation = parse(head) if head else None
    original = found = designation
    while found is not None:
        adopted = adoptions.adoption(found)
        original, found = (adopted.original, adopted.original) if adopted else (found, None)
    if designation is None or original is None or original == designation:
        return _prefixed(text)
    year = designation.year
    can_be_dated = year and not original.year and original.editions_by_year
    dated = changed(original, year=year) if can_be_dated else original
    return Adoption(head, str(dated))


def _prefixed(text: str) -> Adoption | None:
    """Return the adoption that letters before an international number show (``prEN ISO 9001``)."""
    match = _PREFIXED.match(clean(text))
    if (
        not match
        or not parse(match["original"])
        or (_INTERNATIONAL | _WORDS) & _words(match["prefix"])
    ):
        return None
    return Adoption(clean(text), match["original"])


def _words(prefix: str) -> set[str]:
    return set(re.split("[ /.-]+", prefix.upper()))


def _never(text: str) -> bool:
    return False
