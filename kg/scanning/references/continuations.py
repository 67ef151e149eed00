"""Read the numbers that follow a designation without its body: lists and ranges.

``ISO 10303-1, -11 and -21`` names three documents, ``GB/T 1.1～1.3`` as many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kg.identifiers import Designation, undated
from kg.identifiers.bodies.chinese import Chinese
from kg.identifiers.bodies.iso import Iso
from kg.identifiers.model import changed
from kg.scanning.references.designations import LETTER, Found, read
from kg.scanning.references.distractors import is_quantity

_CONJUNCTION: Final = (
    r"(?:and/or|und/oder|et/ou|and|or|und|oder|sowie|bzw\.|et|ou|as well as|resp\.)(?=[\s-])"
)
JOINER: Final = re.compile(
    rf"\s*(?P<comma>[,，、;；]\s*)?(?P<and>{_CONJUNCTION}|和|及び?|与|與|以及|或|および|並びに"
    rf"|または|又は|と|や|&)?\s*"
    r"(?P<slash>/)?\s*",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    r"\s*(?:[~～〜–—…]|\.\.\.|至|到|から|(?:to|through|thru|up to|bis|à|jusqu'à)(?=\s))\s*",
    re.IGNORECASE,
)
_HYPHEN: Final = re.compile(r"\s*-\s*(?=\d+\.\d)")
_BODY_PART: Final = re.compile(r"(?:Parts?|Pts?\.?|Teile?|Parties?|部分?)\s*", re.IGNORECASE)
_FRAGMENT: Final = re.compile(
    r"(?:[-–‑][A-Za-z]{0,2}(?=\d)|\.(?=\d)|:(?=(?:19|20)\d\d(?!\d))"
    r"|(?:[A-Z]{1,4}[. ]?)?(?=\d))"
    r"\d(?:[A-Za-z0-9]|[.](?=\d)|[-–—‐‑:](?=\d)|(?<=\d)\s?[—:]\s?(?=(?:19"
    r"|20)\d\d(?!\d)))*(?:/(?:Amd|Cor|A)\.?\s?\d+(?::\d{4})?)?"
)
_LAST_NUMBER: Final = re.compile(r"(?<![\w.-])\d[\w.-]*$")
_LETTERED_NUMBER: Final = re.compile(r"(?<![\w.-])[A-Z]{1,2}[. ]?\d[\w.-]*$")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_DATED: Final = re.compile(r"[:—–-]\s?((?:19|20)\d\d)$")
_PART: Final = re.compile(r"[A-Z]{0,2}\d{1,5}[A-Z]{0,2}")
_CENTS: Final = re.compile(r"0\d?")
_SLASHED_PART: Final = re.compile(r"\d{1,2}(?![\w.:/-]*\d{3}|[A-Z]|[-:.]\d)")
_CLASS_AND_DIGITS: Final = re.compile(r"([A-Z]? ?)(\d+)")
_LETTERS: Final = re.compile(r"/([a-z]{1,2})(?![\w])")
_FOLLOWED_BY_NOUN: Final = re.compile(
    r"[ \u00a0](?!is\b|its\b|this\b|as\b|was\b|has\b|does\b|series\b|requires\b|standards\b"
    r"|specifies\b|applies\b"
    r"|requirements\b|audits\b|certificates\b|systems\b|processes\b|defines\b|gives\b|methods\b"
    r"|describes\b|us\b"
    r"|provides\b|covers\b|states\b|sets\b|contains\b|norms\b)[a-z]{3,}s\b"
)
_LONGEST_JOINER: Final = 12
_MOST: Final = 20
"""Maximum number of members that a range is expanded to; of a longer one, only the ends."""
MOST_LISTED: Final = 40


class Member(NamedTuple):
    """A member of a list or range, with its place; ``inferred`` if it has no text of its own."""

    start: int
    end: int
    designation: Designation
    form: str


def continued(text: str, found: Found) -> Iterator[Member]:
    """Yield the numbers that continue a designation, as far as they are certain."""
    current, start, at = found.designation, found.start, found.end
    for _ in range(MOST_LISTED):
        step = _range(text, start, at, current) or _listed(text, at, current)
        if not step:
            return
        yield from step
        current, start, at = step[-1].designation, step[-1].start, step[-1].end


def _listed(text: str, at: int, current: Designation) -> list[Member]:
    letters = _LETTERS.match(text, at)
    if letters and re.search(r"\d[a-z]{1,2}$", current.number):
        number = re.sub(r"[a-z]{1,2}$", letters[1], current.number)
        own = changed(current, number=number)
        return [Member(letters.start(1), letters.end(), own, "listed")]
    joiner = JOINER.match(text, at)
    if joiner is None or not (joiner["comma"] or joiner["and"] or joiner["slash"]):
        return []
    if joiner["slash"] and current.parts and (part := _SLASHED_PART.match(text, joiner.end())):
        # GB/T 17626.2/3/4
        further = _with_parts(changed(current, year=None, month=None), part[0], "")
        return [Member(part.start(), part.end(), further, "listed")] if further else []
    member = _fragment(text, joiner.end(), current, by_comma=not (joiner["and"] or joiner["slash"]))
    return [member] if member else []


def _range(text: str, start: int, at: int, current: Designation) -> list[Member]:
    joiner = _RANGE.match(text, at)
    if joiner is None and isinstance(current, Chinese) and not current.year:
        joiner = _HYPHEN.match(text, at)
    if joiner is None:
        return []
    last = _fragment(text, joiner.end(), current, by_comma=False, in_range=True)
    if last is None:
        # GB/T 1.1～GB/T 1.3
        return []
    return [*between(current, last.designation, start, last.end), last._replace(form="listed")]


def is_range(text: str, start: int, end: int) -> bool:
    """Return whether the text between two numbers makes them the ends of a range."""
    return end - start < _LONGEST_JOINER and _RANGE.fullmatch(text, start, end) is not None


def between(first: Designation, last: Designation, start: int, end: int) -> Iterator[Member]:
    """Yield the numbers between the ends of a range of parts or numbers."""
    if type(first) is not type(last) or first.publishers != last.publishers:
        return
    if first.parts[:-1] != last.parts[:-1] or (first.parts and first.number != last.number):
        return
    low, high = _last(first), _last(last)
    if low is None or high is None or low[1] != high[1]:
        return
    begin, stop = int(low[2]), int(high[2])
    if not 1 < stop - begin <= _MOST:
        return
    year = last.year if not first.year else None
    for n in range(begin + 1, stop):
        shown = f"{low[1]}{n:0{len(low[2])}}" if low[2][0] == "0" else f"{low[1]}{n}"
        if first.parts:
            own = changed(first, parts=(*first.parts[:-1], shown))
        else:
            own = changed(first, number=shown)
        yield Member(start, end, changed(own, year=year or own.year), "range")


def _last(designation: Designation) -> re.Match[str] | None:
    """Match the last number, behind the letters of a class: ``Z3801``."""
    text = designation.parts[-1] if designation.parts else designation.number
    return _CLASS_AND_DIGITS.fullmatch(text)


def _fragment(
    text: str, at: int, current: Designation, *, by_comma: bool, in_range: bool = False
) -> Member | None:
    """Return the number at a place that continues a designation; the longest that is certain."""
    word = _BODY_PART.match(text, at)
    begin = word.end() if word else at
    match = _FRAGMENT.match(text, begin)
    if match is None:
        return None
    piece = match[0]
    if _CENTS.fullmatch(piece):
        return None
    if piece[0].isalpha() and not current.number[:1].isalpha():
        return None
    while piece:
        end = begin + len(piece)
        own = complete(current, piece, in_range=in_range, by_comma=by_comma, is_part=bool(word))
        if own is not None and _ends(text, end) and not _counts(text, end, piece):
            return Member(at if not word else begin, end, own, "listed")
        cut = max(piece.rfind(sign) for sign in "-–—‐‑:./")
        piece = piece[:cut].rstrip() if cut > 0 else ""
    return None


def _ends(text: str, end: int) -> bool:
    return not re.match(rf"{LETTER}|_|\.\d|[-–](?=[A-Z0-9])|/\d{{3,}}(?=/)|@", text[end : end + 8])


def _counts(text: str, end: int, piece: str) -> bool:
    """Return whether a number is one of things: ``ISO 9001 and 1200 employees``."""
    if not piece.isdigit():
        return False
    after = text[end : end + 30]
    return bool(is_quantity(after) or _FOLLOWED_BY_NOUN.match(after))


def complete(
    current: Designation,
    piece: str,
    *,
    in_range: bool = False,
    by_comma: bool = False,
    is_part: bool = False,
) -> Designation | None:
    """Return the designation of a number that shares its body with another; None if unsure.

    >>> from kg.identifiers import parse
    >>> print(complete(parse("ISO 10303-1:1994"), "-11"), complete(parse("ISO 9001"), "14001:2015"))
    ISO 10303-11 ISO 14001:2015
    """
    match = _DATED.search(piece)
    number, year = (piece[: match.start()], match[1]) if match else (piece, "")
    bare = changed(
        current, year=None, month=None, day=None, edition="", supplements=(), language=""
    )
    only_year = piece.lstrip(":")
    if current.year and _YEAR.fullmatch(only_year) and not in_range:
        is_sure = piece[0] == ":" or not by_comma
        return with_year(bare, only_year) if is_sure else None
    if piece[0] in "-–‑." or (is_part and number.isdigit() and current.parts):
        return _with_parts(bare, number.lstrip("-–‑."), year)
    return _with_number(current, bare, number, year, by_comma=by_comma)


def with_year(designation: Designation, year: str) -> Designation | None:
    """Return a designation with a year; None if its body gives none in this form.

    >>> from kg.identifiers import parse
    >>> print(with_year(parse("GB/T 1.1"), "2020"), with_year(parse("RFC 2119"), "1997"))
    GB/T 1.1—2020 None
    """
    for form in (f"{designation}:{year}", f"{designation}-{year}", f"{designation} ({year})"):
        dated = read(form)
        if dated and dated.year == int(year) and undated(dated) == designation:
            return dated
    return None


def _with_number(
    current: Designation, bare: Designation, number: str, year: str, *, by_comma: bool
) -> Designation | None:
    is_lettered = current.number[:1].isalpha() and number[0].isalpha()
    numbers = _LETTERED_NUMBER if is_lettered else _LAST_NUMBER
    last = numbers.search(str(bare))
    if last is None or not _is_alike(current, number, last[0], bool(year), by_comma=by_comma):
        return None
    head = str(bare)[: last.start()]
    joined = f"{head}{number}" if number[0].isalpha() or head.endswith(" ") else f"{head} {number}"
    sign = "-" if isinstance(current, Chinese) else ":"
    found = read(f"{joined}{sign}{year}" if year else joined)
    if found is None or found.aliases or type(found) is not type(current):
        return None
    return found


def _with_parts(bare: Designation, parts: str, year: str) -> Designation | None:
    new = tuple(re.split("[-–‐‑.]", parts))
    kept = bare.parts[: len(bare.parts) - len(new)] if len(bare.parts) >= len(new) else ()
    if not bare.parts_form_series or not all(map(_PART.fullmatch, new)):
        return None
    return changed(bare, parts=(*kept, *new), year=int(year) if year else None)


def _is_alike(
    current: Designation, number: str, last: str, is_dated: bool, *, by_comma: bool
) -> bool:
    """Return whether a number can be one of the same list, and no clause or count."""
    own, before = (re.findall(r"\d+", each) for each in (number, last))
    if "." in number:
        return "." in last and not _is_clause(current, own[0], own[0] == before[0], is_dated)
    if number[0].isalpha() != last[0].isalpha() or _YEAR.fullmatch(number):
        return False
    if len(own[0]) < (3 if isinstance(current, Iso) else 2):
        return False
    # A shorter number behind a comma is more likely a count.
    shortest = 0 if by_comma and not is_dated else -1
    return shortest <= len(own[0]) - len(before[0]) <= 1


def _is_clause(current: Designation, first: str, is_same: bool, is_dated: bool) -> bool:
    """Return whether a number with a dot is a clause: ``GB/T 1.1, 5.2``.

    ``first`` is what stands before the dot, and ``is_same`` tells that so it does in the number
    before.
    """
    if is_dated:
        return False
    if isinstance(current, Chinese):
        return bool(current.year) if is_same else len(first) <= _LONGEST_CLAUSE
    return not is_same and len(first) <= 1


_LONGEST_CLAUSE: Final = 3
