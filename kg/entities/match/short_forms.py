"""Read numbers without their body (``H.265``) and abbreviations of titles (``WCAG 2.1``)."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from kg.entities.index import NameIndex
from kg.entities.index.schema import NOT_AN_EDITION, Rank
from kg.entities.match.designation_search import split_aliases, split_head, split_pair
from kg.identifiers import parse, undated
from kg.identifiers.model import changed
from kg.identifiers.text import clean

_BODIES: Final = (
    "ISO",
    "IEC",
    "CISPR",
    "ITU-T",
    "ITU-R",
    "ETSI",
    "3GPP",
    "IEEE",
    "JIS",
    "OIML",
    "OGC",
    "W3C",
    "IETF",
)
_BARE: Final = re.compile(
    r"[A-Z]{1,2}\.\d+(?:\.\d+)*.*|[A-Z]{2,4}[ -]?\d{2,3}[. ]?\d{2,3}.*|\d{3,4}\.\d+[a-z]*.*"
    r"|(?:GS|GR|TS|TR|ES|EG|EN|SR) [A-Z][A-Z-]{1,8} ?\d{3}.*|[A-Z] ?\d{4}(?!\d).*"
    r"|\d{3,5}(?:-\d{1,3})*:(?:19|20)\d\d.*",
    re.IGNORECASE,
)
_SERIES_TYPE: Final = re.compile(r"(?<=[A-Za-z])(?=\d{3} ?\d{3})")
_YEAR_AT_END: Final = re.compile(r"[:-]((?:19|20)\d\d)$")
_ABBREVIATION: Final = re.compile(r"[A-Za-z][\w.+-]*(?: [\w.+-]+){0,3}")
_MAX_TITLES: Final = 5_000


def with_body(index: NameIndex, text: str) -> list[str]:
    """Return the designations that a number without its body can be, if a document has it.

    ``H.265`` gives ``ITU-T H.265``; a number that several bodies have gives one for each.
    """
    # The body of ITU-T and ITU-R, and the predecessor of ITU-T.
    bare = re.sub(r"^(?:ITU|CCITT)[ -](?=[A-Z]{1,2}\.\d)", "", clean(text))
    if not _BARE.fullmatch(bare):
        return []
    spaced = _SERIES_TYPE.sub(" ", bare)
    found: dict[frozenset[str], str] = {}
    for body in _BODIES:
        forms = (f"{body} {spaced}", _YEAR_AT_END.sub(r" (\1)", f"{body} {spaced}"))
        full = next(filter(parse, forms), forms[0])
        head = full if parse(full) else next(iter(split_head(full, _never) or ()), "")
        designation = parse(head) if head.removeprefix(body).strip() else None
        if designation is None:
            continue
        names = [
            name.iri
            for number in (str(undated(designation)), *split_aliases(designation))
            for _, name in index.editions(number)
            if name.rank not in NOT_AN_EDITION
        ]
        if names:
            found.setdefault(frozenset(names), full)
    return list(found.values())


def pair_with_body(index: NameIndex, text: str) -> list[str]:
    """Return the designations of several numbers without their body, if documents have them."""
    bare = clean(text)
    if not _BARE.fullmatch(bare) or split_pair(bare):
        return []
    for body in _BODIES:
        pair = split_pair(f"{body} {bare}")
        if pair and all(index.editions(number) for number in pair):
            return pair
    return []


def abbreviated_works(index: NameIndex, text: str) -> list[str]:
    """Return the documents whose title gives an abbreviation in brackets and the rest of the text.

    ``WCAG 2.1`` gives the document titled "Web Content Accessibility Guidelines (WCAG) 2.1". The
    editions of a document count once, by its undated designation.
    """
    text = re.sub(r"(?<=[A-Z]{2})(?=\d)", " ", text.removeprefix("W3C "))
    if not _ABBREVIATION.fullmatch(text):
        return []
    abbreviation, _, rest = text.partition(" ")
    edition = r"(?:\s*\([^)]*edition\))?"
    pattern = re.compile(
        rf"(?P<full>.+)\({re.escape(abbreviation)}\)[\s:,–—-]*(?:version |v)?"
        rf"{re.escape(rest)}{edition}",
        re.IGNORECASE,
    )
    found: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for name in islice(index.find_phrase(text), _MAX_TITLES):
        match = pattern.fullmatch(name.text) if name.is_title else None
        if match and name.rank < Rank.MENTIONED:
            label = index.names_of(name.iri)[0]
            designation = parse(label)
            bare = changed(undated(designation), type="") if designation else None
            spelled_out = _initials(match["full"]) == _letters(abbreviation)
            found[spelled_out][str(bare) if bare else label] = None
    # Without a number, only a title that the abbreviation stands for is meant.
    return list(found[True] or (found[False] if rest else ()))


def _initials(title: str) -> str:
    words = re.findall(r"[A-Za-z]+", title)
    return _letters("".join(word[0] for word in words if word[0].isupper()))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.casefold())


def _never(text: str) -> bool:
    return False
