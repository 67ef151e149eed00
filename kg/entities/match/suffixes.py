"""Read what stands behind the number of a standard: title, edition, clause, another document.

The forms are those of ISO/IEC Directives, Part 2, clause 10 (editions, clauses, all parts), ISO 690
and GB/T 7714 (``[S]``, pages), and common remarks in English, French, German, Chinese and Japanese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.entities.match import suffix_words as words
from kg.entities.match.other_documents import OtherDocument, find_other_documents, lower

_SEPARATOR: Final = re.compile(
    r"[()（）\[\]［］【】{}<>《》〈〉「」『』“”\"]+|[;；。、|]+|[,，](?!\d)|\s+[-–—―/·]+\s+|^[-–—:：]+|[-–—]{2,}|:\s+|：|\s+$"
    r"|(?<=[a-z]{2})\.\s+(?=[A-Z])"
)
_MEDIUM: Final = re.compile(r"\[(?:S|Z|DB|EB|R)(?:/(?:OL|CD|DK|MT))?\]", re.IGNORECASE)
_NUMERALS: Final = {char: str(n) for n, char in enumerate("一二三四五六七八九十", 1)}
_ORDINALS: Final = {
    word: str(number)
    for number, group in enumerate(
        (
            "first première premiere erste первое",
            "second deuxième zweite второе",
            "third troisième dritte третье",
            "fourth quatrième vierte четвертое четвёртое",
            "fifth cinquième fünfte пятое",
            "sixth sixième sechste шестое",
            "seventh septième siebte",
            "eighth huitième achte",
            "ninth neuvième neunte",
            "tenth dixième zehnte",
        ),
        1,
    )
    for word in group.split()
}
_PART_NUMBERS: Final = {
    word: str(number)
    for number, group in enumerate(
        (
            "i one un une eins ein 一",
            "ii two deux zwei 二",
            "iii three trois drei 三",
            "iv four quatre vier 四",
            "v five cinq fünf 五",
            "vi six sechs 六",
            "vii seven sept sieben 七",
            "viii eight huit acht 八",
            "ix nine neuf neun 九",
            "x ten dix zehn 十",
        ),
        1,
    )
    for word in group.split()
}
_EDITION_WORD: Final = "editions?|édition|edición|edizione|ausgabe|auflage|издание|изд|versions?"
_END: Final = r"(?![\w])"
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_MONTH: Final = (
    r"jan(?:\.|uary|uar|vier)?|fe[bv](?:\.|ruary|ruar)?|févr?(?:\.|ier)?|mar(?:\.|ch|s)?|märz"
    r"|apr(?:\.|il)?|avr(?:\.|il)?|may|mai|jun[ei]?|juin|jul(?:y|i)?|juil(?:\.|let)?|aug(?:\.|ust)?"
    r"|août|sept?(?:\.|ember|embre)?|o[ck]t(?:\.|ober|obre)?|nov(?:\.|ember|embre)?"
    r"|d[eé][cz](?:\.|ember|embre)?"
)
_NUMBER: Final = r"\d+(?:\.\d+)*"


@dataclass(frozen=True)
class Suffix:
    """What stands behind the number of a standard.

    ``title`` is what may be its title, with the words for another document; ``edition`` and
    ``release`` are numbers, ``clause`` names a subdivision or page, ``part`` the number of a part.
    ``others`` are the other documents that the title may name, ``remarks`` don't change what is
    meant: language, medium, price, status; ``printed`` is the year of an imprint. If
    ``whole``, the title is the entire text, and only a document with exactly this title is meant.
    """

    title: str = ""
    edition: str = ""
    release: str = ""
    clause: str = ""
    part: str = ""
    year: str = ""
    others: tuple[OtherDocument, ...] = ()
    all_parts: bool = False
    whole: bool = False
    remarks: tuple[str, ...] = ()
    printed: str = ""


NO_SUFFIX: Final = Suffix()
"""Nothing behind a number."""


def read_suffix(text: str) -> Suffix:
    """Read the text behind a number.

    >>> read_suffix(", Clause 7.1.6").clause, read_suffix(" 2nd edition").edition
    ('Clause 7.1.6', '2')
    >>> read_suffix("（征求意见稿）").others[0].kind, read_suffix("[S/OL]. ISO, 2015").remarks
    ('draft', ('[S/OL]', 'ISO, 2015'))
    """
    suffix = Suffix()
    medium = _MEDIUM.search(text)
    if medium:
        imprint = text[medium.end() :].strip(" .．。,，:：/")
        remarks = tuple(filter(None, (medium.group(), imprint)))
        printed = next(iter(_YEAR.findall(imprint)), "")
        suffix = replace(suffix, remarks=remarks, printed=printed)
        text = text[: medium.start()]
    for piece, bracketed in _pieces(text):
        suffix = _read_piece(suffix, piece, bracketed)
    return replace(suffix, others=find_other_documents(suffix.title))


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Return the phrases of a text, and whether each is in brackets."""
    pieces: list[tuple[str, bool]] = []
    start, bracketed = 0, False
    for match in _SEPARATOR.finditer(text):
        pieces.append((text[start : match.start()], bracketed))
        start = match.end()
        if any(char in match.group() for char in "([（［【"):
            bracketed = True
        elif any(char in match.group() for char in ")]）］】"):
            bracketed = False
    pieces.append((text[start:], bracketed))
    stripped = [(piece.strip(" \t.,;:，；：、。·-–—"), inside) for piece, inside in pieces]
    return [(piece, inside) for piece, inside in stripped if any(map(str.isalnum, piece))]


def _read_piece(suffix: Suffix, piece: str, bracketed: bool) -> Suffix:
    """Read the marks at the beginning of a phrase; the rest belongs to the title."""
    while piece:
        low = lower(piece)
        if _whole_remark(bracketed).fullmatch(low):
            return replace(suffix, remarks=(*suffix.remarks, piece))
        for field, pattern in _marks().items():
            match = pattern.match(low)
            if match and len(low) == len(piece):
                suffix = _with_mark(suffix, field, match, piece[: match.end()].strip())
                piece = piece[match.end() :].strip(" \t.,;:，；：、。·-–—")
                break
        else:
            if suffix.clause and not suffix.title:
                # A clause is often followed by its own title.
                return replace(suffix, clause=f"{suffix.clause} {piece}")
            title = f"{suffix.title} - {piece}" if suffix.title else piece
            return replace(suffix, title=title)
    return suffix


def _with_mark(suffix: Suffix, field: str, match: re.Match[str], text: str) -> Suffix:
    if field == "clause":
        return replace(suffix, clause=f"{suffix.clause}, {text}" if suffix.clause else text)
    if field in ("kind", "all_parts"):
        return replace(suffix, all_parts=suffix.all_parts or field == "all_parts")
    value = next(filter(None, match.groups()[:3]), "")
    value = _ORDINALS.get(value, _NUMERALS.get(value, value))
    if field == "part":
        year = match["year"] or suffix.year
        return replace(suffix, part=_PART_NUMBERS.get(value, value), year=year)
    if field == "edition" and not _YEAR.fullmatch(value):
        return replace(suffix, edition=value)
    if field == "release":
        return replace(suffix, release=value)
    return replace(suffix, year=value)


# Compiled on first use: compilation takes as long as some commands.
@cache
def _marks() -> dict[str, re.Pattern[str]]:
    ordinals = "|".join(_ORDINALS)
    numerals = "".join(_NUMERALS)
    part_words = "|".join(_PART_NUMBERS)
    patterns = {
        "kind": rf"(?:{words.KINDS})(?!\w)\.?",
        "all_parts": rf"(?:{words.ALL_PARTS})(?!\w)",
        "part": rf"(?:(?:{words.PART})\s*(\d+|(?<=\s)(?:{part_words}|[a-z])){_END}"
        rf"|第\s*(\d+|[{numerals}])\s*(?:部分|部|編|分冊))"
        r"(?:\s*:\s*(?P<year>(?:19|20)\d\d)(?!\d))?",
        "edition": rf"(?:the )?(?:({ordinals}) (?:{_EDITION_WORD}|ed){_END}"
        rf"|({_NUMBER})(?:\.|st|nd|rd|th|re|er|e|ère|ème|-?[ео]?е)?\s*(?:{_EDITION_WORD}|ed){_END}\.?"
        rf"|(?:(?:{_EDITION_WORD}|revisions?|ed|rev|ver|v)\.?\s*(?=\d)(?!(?:19|20)\d\d-\d)|第\s*(?=[\d{numerals}]+\s*(?:版|次修订|次修訂)))"
        rf"({_NUMBER}|[{numerals}])(?:\s*(?:版|次修订|次修訂))?{_END})",
        "release": rf"(?:release|rel\.?|rel-)\s*(\d+){_END}",
        "clause": rf"(?:(?:{words.CLAUSES})(?:(?![a-zäöüé])|(?<![a-z]))"
        rf"\s*(?:[a-z]?{_NUMBER}[a-z]?|[a-z](?:\.\d+)*)"
        rf"(?:\s*(?:to|and|bis|[-–])\s*{_NUMBER})?{_END}|(?:{words.NAMED_CLAUSES})$"
        rf"|第?\s*{_NUMBER}\s*(?:{words.CLAUSE_COUNTERS})"
        rf"|\d+(?:\.\d+)+[a-z]?{_END}|[a-z](?:\.\d+)+{_END}"
        rf"|(?:{words.PAGES})\s*\d+(?:\s*[-–]\s*\d+)?\s*[页頁]?(?:(?<=[页頁])|(?<!第\d)){_END}"
        r"|\d+(?:\s*[-–]\s*\d+)?\s*(?:页|頁|ページ))",
        "date": rf"(?:(?:{_EDITION_WORD})\s+)?(?:(?:\d\d?\.? )?(?:{_MONTH}) |(?:0[1-9]|1[0-2])/)?"
        r"((?:19|20)\d\d)(?:-\d\d){0,2}(?:年(?:\d+月)?版?|版)?(?!\w)",
    }
    return {field: re.compile(pattern) for field, pattern in patterns.items()}


@cache
def _whole_remark(bracketed: bool) -> re.Pattern[str]:
    names = "|".join(words.LANGUAGES.values())
    long_names = "|".join(
        name
        for each in words.LANGUAGES.values()
        for name in each.split("|")
        if not (name.isascii() and len(name) <= 3)  # noqa: PLR2004
    )
    language = rf"(?:{names})" if bracketed else rf"(?:{long_names})"
    version = f"(?:{words.VERSION})"
    return re.compile(
        rf"{language}(?:\s*{version})*|{version}\s+(?:{long_names})|(?:in|en|auf) (?:{long_names})"
        rf"|(?:{long_names})\s*{version}(?:\s*only)?"
        rf"|(?:{words.PRICES})[\s.:：]*[\w.,]*(?:\s*(?:{words.PRICES}|元|円))?"
        rf"|\d+(?:[.,]\d+)?\s*(?:元|円|chf|eur|usd|€)|\d+\s*(?:pages?|pp?\.?|seiten?|s\.?|с\.?)"
        rf"|(?:{words.STATUSES})|(?:{words.IMPRINTS})|s(?:/(?:ol|cd))?"
    )
