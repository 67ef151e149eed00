"""Parse designations of CCSDS (CCSDS A02.1-Y): number, color of the book, issue."""

from __future__ import annotations

from typing import Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, Supplement

LEADS: Final = ("CCSDS",)
EXAMPLES: Final = (
    "CCSDS 131.0-B-5",
    "CCSDS A20.0-Y-4 Cor. 1",
    "CCSDS 401.0-B-S",
    "CCSDS 122.0-B-1-S Cor. 2",
    "CCSDS 650.0-M-2 - French Translated",
)

_FORM: Final = Grammar(
    r"""
    CCSDS[ ](?P<number>[A-Z]?\d{1,3}\.\d{1,2})
    -(?P<type>[BCDGMOPRSWY])
    (?:-(?P<edition>\d+(?:\.\d+)?))?
    (?:-(?P<silver>S))?
    (?P<supplements>(?:[ ](?:Cor|Add|Amd)\.?[ ]?\d+)*)
    (?:[ ]-[ ](?P<language>[A-Z]{4,})[ ]Translated)?
    """
)


class Ccsds(Designation):
    """A designation of CCSDS: ``CCSDS 131.0-B-5``.

    ``type`` is the letter of the color (B: recommended standard, G: report, M: practice), and
    ``edition`` the issue. ``variant`` is S for the silver book of a withdrawn issue.
    """

    def __str__(self) -> str:
        text = "-".join(filter(None, (self.number, self.type, self.edition, self.variant)))
        text += "".join(f" {each.kind}. {each.number}" for each in self.supplements)
        return f"CCSDS {text}" + (f" - {self.language} Translated" if self.language else "")


def parse(text: str) -> Ccsds | None:
    """Parse a cleaned text; None if it isn't a designation of CCSDS."""
    match = _FORM.fullmatch(text)
    if not match:
        return None
    words = match["supplements"].replace(".", " ").split()
    return Ccsds(
        publishers=("CCSDS",),
        number=match["number"].upper(),
        type=match["type"].upper(),
        edition=match["edition"] or "",
        variant=(match["silver"] or "").upper(),
        supplements=tuple(
            Supplement(kind=kind.capitalize(), number=number)
            for kind, number in zip(words[::2], words[1::2], strict=True)
        ),
        language=(match["language"] or "").capitalize(),
    )
