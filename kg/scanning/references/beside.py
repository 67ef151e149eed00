"""Read the year and the parts that words beside a designation give: ``ISO 9001 (2015)``."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers import Designation
from kg.identifiers.bodies.chinese import Chinese
from kg.identifiers.model import changed
from kg.scanning.references.continuations import JOINER, MOST_LISTED, Member, between, with_year
from kg.scanning.references.designations import LETTER, Found, read

_PART_WORD: Final = re.compile(
    r"[\s,，]*[(（]?(?:Parts?|Pts?\.|Teile?|Parties?|partie)\s+(?=\d)"
    r"|\s*(?:第)\s*(?=\d+\s*(?:部分|部|編))",
    re.IGNORECASE,
)
_PART_RANGE: Final = re.compile(
    r"\s?(?:[-–—~～〜至]|to|through|bis|à)\s?(\d{1,3})(?![\d.])", re.IGNORECASE
)
_PART_NUMBER: Final = re.compile(
    r"(\d{1,4})((?:[:—-])(?:19|20)\d\d(?!\d))?(?![\d.])(?:\s*(?:部分|部|編))?"
)
_PART_AHEAD: Final = re.compile(
    r"(?:Parts?|Teile?|Parties?|partie)\s+(\d{1,4})\s+(?:of|der|des|von|de la|de)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_EDITION_WORD: Final = (
    r"edition|version|issue|release|ausgabe|fassung|stand|édition|éd\.|年?版本?|年版|年発行|版次|年"
)
_DATE_BEHIND: Final = re.compile(
    rf"[ \u00a0]?[(（]\s?(?:{_EDITION_WORD})?\s?(?P<a>(?:19|20)\d\d)(?:[-/.](?:0[1-9]"
    rf"|1[0-2]))?\s?(?:{_EDITION_WORD})?\s?[)）]"
    rf"|,?[ \u00a0](?:the[ ])?(?P<b>(?:19|20)\d\d)[ ](?:edition|version|issue|ausgabe|fassung"
    rf"|édition)(?!{LETTER})"
    rf"|,?[ \u00a0](?:in der |dans sa |, )?(?:edition|version|issue|ausgabe|fassung"
    rf"|édition)[ ](?:of |von |de |vom )?(?P<c>(?:19|20)\d\d)(?![\d-])"
    r"|[ \u00a0]?[(（]?(?P<d>(?:19|20)\d\d)年?版[)）]?|的(?P<e>(?:19|20)\d\d)年?版"
    r"|[ ]of[ ](?P<f>(?:19|20)\d\d)(?![\d-])|[ ](?P<g>(?:19|20)\d\d)(?=\s*(?:[,.;)\]]|$))"
    r"|,[ ](?P<h>(?:19|20)\d\d)(?=\s*(?:[.;)\]]|$|,\s(?:pp?\.|S\.|cl|§)))",
    re.IGNORECASE,
)
_DATE_AHEAD: Final = re.compile(
    r"(?:(?P<a>(?:19|20)\d\d)[ ](?:edition|version|issue)[ ](?:of|to)[ ](?:the[ ])?|(?P<b>(?:19"
    r"|20)\d\d)年?版(?:的|の)?\s?"
    r"|(?:edition|ausgabe|fassung|édition|version)[ ](?P<c>(?:19|20)\d\d)[ ](?:of|der|von|des|de"
    r"|de la|d['’])\s?"
    r"(?:the |la |der |norme |norm )*)$",
    re.IGNORECASE,
)


def dated(text: str, found: Found, limit: int) -> Found:
    """Return a designation with the year that stands beside it: ``ISO 9001 (2015)``.

    ``limit`` is the place before which nothing belongs to it.
    """
    if found.designation.own_year or found.designation.edition:
        return found
    behind = _DATE_BEHIND.match(text, found.end)
    if behind:
        own = with_year(found.designation, next(filter(None, behind.groups())))
        return Found(found.start, behind.end(), own) if own else found
    ahead = _DATE_AHEAD.search(text, max(limit, found.start - 40), found.start)
    if ahead:
        own = with_year(found.designation, next(filter(None, ahead.groups())))
        return found._replace(designation=own) if own else found
    return found


def with_part(text: str, found: Found, limit: int) -> list[Member]:
    """Return a designation with the part that a word names: ``IEC 61508 Part 3``.

    Several (``Parts 1, 11 and 21``) are several members; empty without such a word.
    """
    designation = found.designation
    if not designation.parts_form_series or designation.parts or designation.supplements:
        return []
    ahead = _PART_AHEAD.search(text, max(limit, found.start - 40), found.start)
    if ahead:
        own = _of_part(designation, ahead[1], "")
        return [Member(ahead.start(), found.end, own, "full")] if own else []
    word = _PART_WORD.match(text, found.end)
    members: list[Member] = []
    at = word.end() if word else -1
    while word and len(members) < MOST_LISTED:
        number = _PART_NUMBER.match(text, at)
        own = _of_part(designation, number[1], number[2] or "") if number else None
        if number is None or own is None:
            break
        start = found.start if not members else number.start()
        members.append(Member(start, number.end(), own, "listed" if members else "full"))
        last = _PART_RANGE.match(text, number.end())
        end = _of_part(designation, last[1], number[2] or "") if last else None
        if last and end:
            members += between(own, end, start, last.end())
            members.append(Member(last.start(1), last.end(1), end, "listed"))
            number = last
        joiner = JOINER.match(text, number.end())
        if joiner is None or not (joiner["comma"] or joiner["and"]):
            break
        at = joiner.end()
    return members


def _of_part(designation: Designation, part: str, date: str) -> Designation | None:
    mark = "." if isinstance(designation, Chinese) else "-"
    bare = changed(designation, year=None, month=None, day=None, edition="", language="")
    year = f"{date}" if date else f":{designation.year}" if designation.year else ""
    if isinstance(designation, Chinese):
        year = year.replace(":", "-")
    return read(f"{bare}{mark}{part}{year}")
