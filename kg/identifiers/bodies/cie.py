"""Parse publications of the CIE: ``CIE 015:2018``, ``CIE S 023/E:2013``."""

from __future__ import annotations

from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation
from kg.identifiers.text import number

LEADS: Final[tuple[str, ...]] = ("CIE",)
EXAMPLES: Final = (
    "CIE 015:2018",
    "CIE 15:2004",
    "CIE 170-1:2006",
    "CIE 13.3:1995",
    "CIE S 023/E:2013",
    "CIE DIS 025/E:2015",
    "CIE x046:2019",
)

_FORM: Final = Grammar(
    r"""
    CIE[ ](?P<type>S[ ]?|DS[ ]|DIS[ ]|TN[ ]|x)?
    (?P<number>\d{1,3}(?:\.\d)?)(?P<parts>(?:-\d{1,2}(?!\d))?)
    (?:/(?P<language>[EFGD]))?
    (?:[:-](?P<year>(?:19|20)\d\d))?
    """
)


class Cie(Designation):
    """A publication of the CIE; the type is S (standard), x (proceedings) or TN.

    ``015`` and ``15`` are different publications' numbers in print, so zeros are kept.
    """

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        head = "x" if self.type == "x" else f"{self.stage or self.type} ".lstrip()
        text = f"CIE {head}{'-'.join((self.number, *self.parts))}"
        text += f"/{self.language}" if self.language else ""
        return text + (f":{self.year}" if self.year else "")


def parse(text: str) -> Cie | None:
    """Parse a cleaned text; None if it isn't a publication of the CIE."""
    match = _FORM.fullmatch(text)
    if not match:
        return None
    kind = (match["type"] or "").strip().upper()
    stage = kind if kind in ("DS", "DIS") else ""
    return Cie(
        publishers=("CIE",),
        type="x" if kind == "X" else "" if stage else kind,
        stage=stage,
        number=match["number"],
        parts=tuple(match["parts"].split("-")[1:]),
        language=(match["language"] or "").upper(),
        year=number(match["year"]),
    )
