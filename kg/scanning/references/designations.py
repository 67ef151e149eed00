"""Find where designations stand in a text.

The grammars of :mod:`kg.identifiers` decide what a designation is. This module only chooses where
one may begin (at the first words of the bodies) and how far it may reach, and prefers the longest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.entities.match.readings import without_kind
from kg.identifiers import Designation, parse
from kg.identifiers.bodies import BODIES
from kg.identifiers.model import changed
from kg.identifiers.text import clean

LETTER: Final = (
    r"[^\W_\u2460-\u24ff\u2776-\u2793\u3220-\u3247\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
"""A letter or digit of a script that separates words by spaces; no number in a circle."""

_WORD: Final = re.compile(rf"(?<!{LETTER}){LETTER}[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]*")
_DIGITS_FIRST: Final = re.compile(
    r"\d{1,3}[A-Z]?/\d{1,5}[A-Z]?(?:\([EFR]\))?/[A-Z]{1,6}(?![A-Z0-9])|3GPP|802[. ]\d"
    r"|\d+(?:\.\d+[a-z]*)*/D\d",
    re.IGNORECASE,
)
"""Working documents of IEC, documents of 3GPP, and drafts of IEEE without its name."""
_MOSTLY_LOWER: Final = frozenset(
    [
        "iso",
        "iec",
        "ieee",
        "gb",
        "gbt",
        "din",
        "jis",
        "astm",
        "etsi",
        "itu",
        "rfc",
        "cispr",
        "oiml",
        "bs",
        "nist",
    ]
)
"""Bodies whose designations people also write in small letters."""
_MIXED: Final = frozenset(
    [
        "pr",
        "Fpr",
        "fpr",
        "Guide",
        "Guides",
        "Draft",
        "Unapproved",
        "Approved",
        "Std",
        "Metrologia",
        "Federal",
        "Internet",
        "Resolution",
        "Résolution",
        "Recommendation",
        "Recommandation",
        "Decision",
        "Décision",
        "Declaration",
        "Déclaration",
        "urn",
        "draft",
        "A",
        "Руководство",
        "Руководства",
    ]
)
_INSIDE: Final = (
    "of|to|by|as|and|for|from|the|edition|version|ed|corrected|amended|amm?ended|incorporating"
    "|including|revision|redesignated|based|on|designated|draft|ipd|fpd|spd|upd|rev|ver|vol|pt"
    "|amd|cor|add|am|aq|part|errata|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|jan|st|nd|rd|th|e"
    "|du|de|la|sur|le|réunion|en|fr|ru|es|std|standards?|number|norme?|norma|no|nr|v|n|r|p"
    "|iso|iec|ieee|din|gb|gbt|bs|nf|jis|astm|etsi|cispr|ansi|tr|ts|std|supp?|sup|index|insert"
    "|ind|spa|por|chi|viet|pol|bul|slo|jpn|pre|aug|section|sec"
)
_CONTINUED: Final = rf"(?!(?:{_INSIDE})(?!{LETTER}))"
_STOP: Final = re.compile(
    rf"[。；！？，、「」『』《》“”\"„«»|\t•…]|[ \u00a0]{{3,}}|[.!?]\s+(?=[A-ZÀ-Þ][a-zß-ÿ]+\s)"
    rf"|(?<!{LETTER})(?<!_){_CONTINUED}[a-zß-ÿ]{{2,}}(?!{LETTER})"
    r"|[\u3040-\u30ff\u3400-\u7247\u7249-\u7b2b\u7b2d-\u9fff]"
)
_NOTE: Final = re.compile(r"\((?:[^()]|\([^()]{0,100}\)){1,400}\)?")
_NOTE_BEGIN: Final = re.compile(
    r"\((?:Revi|Reaff|Rev|R ?\d|A[Mm]e?nd|Corr|Supp|Adopt|Incorp|Incl|Supers|Superc|Replac|Previ"
    r"|Redes|Part \d"
    r"|Conform|Adden|Trial|Upgrad|Approved|[A-Z]{2,6}[ /]|公共|\d|[a-zA-Z]{1,2}\)|[a-z]{2},)"
)
_END: Final = re.compile(rf"{LETTER}+|[)\]）#版]")
_LONGEST: Final = 110
_MOST_NOTES: Final = 4
_AFTER_NOTE: Final = 30
_TAIL: Final = 36
"""Maximum length of what follows the last digit: ``Redline``, ``- French Translated``."""
_BREAK: Final = re.compile(r"(?<=[-/:.])[^\S\n]*\n\s*(?=\w)")
_HAS_KIND: Final = re.compile(
    r"standard|std|norm|no\.|nr|№|n°|#|™|®|\(TM\)|[/+]\s?A\d", re.IGNORECASE
)
_JOINED: Final = re.compile(
    r"(ISO|IEC|ISO-IEC|ISO/IEC)[-_](?=\d{4,5}(?![\d]))(?!(?:19|20)\d\d)", re.IGNORECASE
)
"""File names and web pages write ISO-9001; years and running numbers aren't meant."""
_SHORT: Final = re.compile(
    rf"(?P<itu>[GHTVXY]\.\d{{3,4}}(?:\.\d{{1,2}})?)(?!{LETTER}|\.\d)"
    rf"|(?P<nist>SP[ \u00a0](?:500|800|1800)-\d{{1,3}}[A-Z]?)(?!{LETTER}|-)"
    rf"|(?P<sae>J(?:1587|1708|1772|1850|1939|2534|2847|2980|3016|3061)(?:[/-]\d{{1,2}})?)"
    rf"(?!{LETTER}|[-/]\d)"
    rf"|(?P<gpp>T[SR][ \u00a0]\d\d\.\d{{3}}(?:[ ][vV]\d+\.\d+\.\d+)?)(?!{LETTER}|\.\d)"
)
"""Numbers that only one body gives in this form, written without it."""
_DATED_RANGE: Final = re.compile(
    r"(?P<first>[A-Z]{2,3}(?:/T)?\s?\d+\.\d+)\s?[~～至]\s?\d+\.\d+\s?[-—–]\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_BODIES: Final = {"itu": "ITU-T", "nist": "NIST", "gpp": "3GPP", "sae": "SAE"}
_DIGIT: Final = re.compile(r"\d")
_DAY: Final = re.compile(r"\sam(?: \d|$)")
"""The German preposition, and no amendment: ``am 3. Mai``."""


class Found(NamedTuple):
    """A designation and its place."""

    start: int
    end: int
    designation: Designation


_WIDE: Final = {0x3000: " "} | {
    0xFEE0 + ord(char): char
    for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./-:~|"
}


def narrow(text: str) -> str:
    """Return the text with letters, digits and signs of normal width, of the same length.

    >>> narrow("ＧＢ／Ｔ　１．１")
    'GB/T 1.1'
    """
    return text if text.isascii() else text.translate(_WIDE)


@cache
def _leads() -> tuple[str, ...]:
    return tuple(sorted({lead for body in BODIES.values() for lead in body.LEADS}))


@cache
def _mixed() -> frozenset[str]:
    """Return first words of designations that have small letters, such as ``IECEx``."""
    examples = (example for body in BODIES.values() for example in body.EXAMPLES)
    words = (_WORD.match(example) for example in examples)
    return _MIXED | {word[0] for word in words if word and not word[0].isupper()}


@lru_cache(maxsize=8192)
def _may_begin(word: str) -> bool:
    """Return whether a word can be the first of a designation."""
    letters = word.lstrip("0123456789")
    upper = word.upper()
    if not letters.isupper() and word not in _mixed():
        simple = word.lower()
        # SyCSmartEnergy, prEN and IECEx have capitals within.
        capitals = any(char.isupper() for char in word[1:])
        if simple not in _MOSTLY_LOWER and not capitals:
            return False
    return upper.startswith(_leads())


def find_starts(text: str, at: int = 0) -> Iterator[int]:
    """Yield the places where a designation may begin, in order."""
    for match in _WORD.finditer(text, at):
        if text[match.start()].isdigit():
            if _DIGITS_FIRST.match(text, match.start()):
                yield match.start()
        elif _may_begin(match[0]) or _SHORT.match(text, match.start()):
            yield match.start()


def longest_at(text: str, start: int) -> Found | None:
    """Return the longest designation that begins at a place; None if there is none."""
    stop = _reach(text, start)
    ends = [
        match.end()
        for match in _END.finditer(text, start, stop)
        if match.end() == len(text) or not _WORD_CHAR.match(text, match.end())
    ]
    digits = [match.end() for match in _DIGIT.finditer(text, start, stop)]
    limit = digits[-1] + _TAIL if digits else start + _TAIL
    first = digits[0] if digits else start + 3
    for end in reversed(ends):
        if first <= end <= limit and _is_closed(text[start:end]):
            designation = read(text[start:end])
            if designation is not None:
                return Found(start, end, designation)
    return _short(text, start) or _in_range(text, start)


def _in_range(text: str, start: int) -> Found | None:
    """Return the first number of a range of which only the whole is dated: ``HJ 25.1~25.4-2019``.

    Two letters and a number without a year identify no standard of a ministry.
    """
    match = _DATED_RANGE.match(text, start)
    if match is None:
        return None
    designation = read(f"{match['first']}-{match['year']}")
    if designation is None:
        return None
    return Found(start, match.end("first"), changed(designation, year=None))


def _is_closed(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count("[") == text.count("]")


def _short(text: str, start: int) -> Found | None:
    """Return a number without its body, if its form tells which body it is of."""
    match = _SHORT.match(text, start)
    if match is None:
        return None
    full = parse(f"{_BODIES[match.lastgroup or '']} {match[0]}")
    return Found(start, match.end(), full) if full else None


_WORD_CHAR: Final = re.compile(LETTER)


def _reach(text: str, start: int) -> int:
    """Return how far a designation from a place may reach."""
    limit = min(len(text), start + _LONGEST)
    first = _WORD.match(text, start)
    at = first.end() if first else start
    for _ in range(_MOST_NOTES):
        stop = _STOP.search(text, at, limit)
        end = stop.start() if stop else limit
        opening = text.find("(", at, end)
        if opening < 0:
            return end
        note = _NOTE.match(text, opening)
        if note is None or not _NOTE_BEGIN.match(text, opening):
            return opening if note is None else max(opening, min(end, note.end()))
        at, limit = note.end(), min(len(text), note.end() + _AFTER_NOTE)
    return at


@lru_cache(maxsize=16384)
def read(text: str) -> Designation | None:
    r"""Parse a text as it stands in a document: broken into lines, with words for its kind.

    >>> print(read("ISO 10303-\n11"), read("IEEE Standard 802.3"))
    ISO 10303-11 IEEE Std 802.3
    """
    if _DAY.search(text):
        return None
    if "\n" in text:
        text = _BREAK.sub("", text)
    found = parse(text)
    if found is None and _HAS_KIND.search(text):
        bare = without_kind(clean(text))
        found = parse(bare) if bare != text else None
    if found is None and text.startswith("RFCs "):
        found = parse(text.replace("RFCs", "RFC", 1))
    if found is None and (joined := _JOINED.match(text)):
        found = parse(f"{joined[1].replace('-', '/')} {text[joined.end() :]}")
    return found
