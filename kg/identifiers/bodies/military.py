"""Parse specifications and standards of armed forces: ``MIL-STD-810H``, ``STANAG 4107``.

The numbers are those of MIL-STD-961 (Defense and Program-Unique Specifications Format and Content)
and MIL-STD-962 for the United States, and of AAP-03 for NATO.
"""

from __future__ import annotations

from typing import Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation
from kg.identifiers.text import number

LEADS: Final[tuple[str, ...]] = ("MIL", "FED", "DEF", "STANAG", "STANREC", "AQAP", "DOD", "NASA")
EXAMPLES: Final = (
    "MIL-STD-810H",
    "MIL-STD-1553B",
    "MIL-DTL-38999/26F",
    "MIL-PRF-31032",
    "MIL-HDBK-217F",
    "MIL-I-45208A",
    "FED-STD-209E",
    "DEF STAN 00-56",
    "DEF STAN 00-970 Part 1",
    "STANAG 4107",
    "AQAP-2110",
    "NASA-STD-8739.4",
)

_AMERICAN: Final = Grammar(
    r"""
    (?P<by>MIL|FED|DOD|NASA)[ -]?
    (?P<kind>STD|DTL|PRF|HDBK|SPEC|BUL|[A-Z]{1,2})[ -]?
    (?P<number>\d{1,6}(?:\.\d{1,2})?)
    (?:/(?P<sheet>\d{1,4}))?
    (?:[ -]?(?P<revision>[A-HJ-NP-Z]{1,2}))?
    (?:[ ]?\((?P<year>(?:19|20)\d\d)\))?
    """
)
_BRITISH: Final = Grammar(
    r"""
    DEF(?:ENCE)?[ -]?STAN(?:DARD)?[ -]?
    (?P<number>\d\d-\d{1,4})
    (?:[ ,]{1,2}(?:Part|Pt\.?)[ ]?(?P<part>\d{1,3}))?
    (?:[ ,(]{1,2}(?:Issue|Iss\.?)[ ]?(?P<issue>\d{1,2})\)?)?
    """
)
_NATO: Final = Grammar(
    r"""
    (?P<kind>STANAG|STANREC|AQAP)[ -]?
    (?P<number>\d{2,4})(?:[-/.](?P<part>\d{1,2}))?
    (?:[ ,(]{1,2}(?:Edition|Ed\.?)[ ]?(?P<edition>[A-Z]|\d{1,2})\)?)?
    """
)
_KINDS: Final = ("STD", "DTL", "PRF", "HDBK", "SPEC", "BUL")


class Military(Designation):
    """A specification or standard of armed forces; ``type`` is its kind (STD, PRF).

    ``parts`` are the sheet of an American one or the part of another, ``edition`` the letter or
    number of the edition or issue.
    """

    def __str__(self) -> str:
        body = self.publishers[0]
        if body == "DEF STAN":
            text = f"{body} {self.number}" + "".join(f" Part {part}" for part in self.parts)
            return text + (f" Issue {self.edition}" if self.edition else "")
        if body == "NATO":
            sign = "-" if self.type == "AQAP" else " "
            text = "-".join((f"{self.type}{sign}{self.number}", *self.parts))
            return text + (f" Edition {self.edition}" if self.edition else "")
        text = "/".join((f"{body}-{self.type}-{self.number}", *self.parts)) + self.edition
        return text + (f" ({self.year})" if self.year else "")


def parse(text: str) -> Military | None:
    """Parse a cleaned text; None if it isn't a document of armed forces, or of NASA."""
    if match := _AMERICAN.fullmatch(text):
        by, kind = match["by"].upper(), match["kind"].upper()
        # Specifications of one letter for their first word are those of the armed forces.
        if kind not in _KINDS and by != "MIL":
            return None
        return Military(
            publishers=(by,),
            type=kind,
            number=match["number"],
            parts=(match["sheet"],) if match["sheet"] else (),
            edition=(match["revision"] or "").upper(),
            year=number(match["year"]),
        )
    if match := _BRITISH.fullmatch(text):
        return Military(
            publishers=("DEF STAN",),
            number=match["number"],
            parts=(match["part"],) if match["part"] else (),
            edition=match["issue"] or "",
        )
    match = _NATO.fullmatch(text)
    if not match:
        return None
    return Military(
        publishers=("NATO",),
        type=match["kind"].upper(),
        number=match["number"],
        parts=(match["part"],) if match["part"] else (),
        edition=(match["edition"] or "").upper(),
    )
