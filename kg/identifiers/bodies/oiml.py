"""Parse designations of OIML (OIML B 6): recommendations, documents, guides, the bulletin."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, Supplement
from kg.identifiers.text import number

LEADS: Final = ("OIML",)
EXAMPLES: Final = (
    "OIML R 117-1:2007 (E)",
    "OIML B 10-1:2004+Amendment:2006 (E)",
    "OIML Bulletin 2021-04-13",
)

_FORM: Final = Grammar(
    r"""
    OIML[ ](?P<type>[RDBGVES])[ ]?(?P<number>\d+)
    (?P<parts>(?:-(?:GUM[ ]?\d+|ISO\d+|[A-Z]|sup|special|\d{1,3})(?![A-Z\d]))*)
    (?::(?P<year>(?:19|20)\d\d))?
    (?:[ ](?P<kind>Errata|Annex(?:es)?)(?:[ ](?P<letters>[A-Z](?:-[A-Z])?))?)?
    (?:(?P<join>[+ ])Amendment(?::(?P<amended>(?:19|20)\d\d))?)?
    (?:[ ]?\((?P<language>[A-Z]{1,2})\))?
    """,
)
_BULLETIN: Final = re.compile(
    r"OIML Bulletin (?P<year>(?:19|20)\d\d)(?:-(?P<issue>\d\d))?(?:-(?P<article>\d\d))?",
    re.IGNORECASE,
)


class Oiml(Designation):
    """A designation of OIML: ``OIML R 117-1:2007 (E)`` or ``OIML Bulletin 2021-04-13``.

    The number of a bulletin is its year; its parts are issue and article.
    """

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        text = f"OIML {self.type} {'-'.join((self.number, *self.parts))}"
        text += f":{self.year}" if self.year else ""
        for each in self.supplements:
            if each.kind == "Amendment":
                text += f"{'+' if each.included else ' '}{each.kind}"
                text += f":{each.year}" if each.year else ""
            else:
                text += f" {each.kind}" + (f" {each.number}" if each.number else "")
        return text + (f" ({self.language})" if self.language else "")


def parse(text: str) -> Oiml | None:
    """Parse a cleaned text; None if it isn't a designation of OIML."""
    if issue := _BULLETIN.fullmatch(text):
        parts = tuple(part for part in (issue["issue"], issue["article"]) if part)
        return Oiml(publishers=("OIML",), type="Bulletin", number=issue["year"], parts=parts)
    match = _FORM.fullmatch(text)
    if not match:
        return None
    supplements = []
    if match["kind"]:
        letters = (match["letters"] or "").upper()
        supplements.append(Supplement(kind=match["kind"].capitalize(), number=letters))
    if match["join"]:
        included = match["join"] == "+"
        year = number(match["amended"])
        supplements.append(Supplement(kind="Amendment", year=year, included=included))
    return Oiml(
        publishers=("OIML",),
        type=match["type"].upper(),
        number=match["number"],
        parts=tuple(map(_part, match["parts"].split("-")[1:])),
        year=number(match["year"]),
        supplements=tuple(supplements),
        language=(match["language"] or "").upper(),
    )


def _part(text: str) -> str:
    if text.lower() in ("sup", "special"):
        return text.lower()
    return re.sub(r"^GUM(?=\d)", "GUM ", text.upper())
