"""Parse designations of Project PLATEAU of Japan's Ministry of Land (MLIT)."""

from __future__ import annotations

from typing import Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation

LEADS: Final = ("PLATEAU",)
EXAMPLES: Final = (
    "PLATEAU Handbook #01 第2.3版",
    "PLATEAU Handbook #03-1 第1.0版",
    "PLATEAU Handbook #11 第2.0版（公共活用編）",
    "PLATEAU Technical Report #75",
    "PLATEAU Technical Report #46-1",
)

_TYPES: Final = {"HANDBOOK": "Handbook", "TECHNICAL REPORT": "Technical Report"}
_FORM: Final = Grammar(
    r"""
    PLATEAU[ ](?P<type>Handbook|Technical[ ]Report)[ ]?
    \#(?P<number>\d+)(?P<parts>(?:[-_]\d+)*)
    (?:[ ]?第(?P<edition>\d+(?:\.\d+)*)版|[ ](?P<version>\d+(?:\.\d+)+))?
    (?:[ ]?\((?P<variant>[^()\d]+)\))?
    """
)


class Plateau(Designation):
    """A designation of PLATEAU; ``variant`` is a volume for some readers (公共活用編)."""

    def __str__(self) -> str:
        text = f"PLATEAU {self.type} #{'-'.join((self.number, *self.parts))}"
        text += f" 第{self.edition}版" if self.edition else ""
        return text + (f"（{self.variant}）" if self.variant else "")


def parse(text: str) -> Plateau | None:
    """Parse a cleaned text; None if it isn't a designation of PLATEAU.

    Relaton writes the edition as a bare number (``PLATEAU Handbook #01 2.3``).
    """
    match = _FORM.fullmatch(text)
    if not match:
        return None
    return Plateau(
        publishers=("PLATEAU",),
        type=_TYPES[match["type"].upper()],
        number=match["number"],
        parts=tuple(match["parts"].replace("_", "-").split("-")[1:]),
        edition=match["edition"] or match["version"] or "",
        variant=match["variant"] or "",
    )
