"""Parse documents of CalConnect: ``CC 18011:2018``, ``CC/R 1011:2012``."""

from __future__ import annotations

from typing import Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation
from kg.identifiers.text import number

LEADS: Final[tuple[str, ...]] = ("CC",)
EXAMPLES: Final = (
    "CC 18011:2018",
    "CC/R 1011:2012",
    "CC/Adv 0514:2005",
    "CC/A 0812-4:2008",
    "CC/CD 51006:2024",
)

_TYPES: Final = {"A": "A", "ADV": "Adv", "DIR": "DIR", "G": "G", "R": "R", "S": "S"}
_STAGES: Final = ("WD", "CD", "DS", "FDS")
_FORM: Final = Grammar(
    r"""
    CC(?:/(?P<type>Adv|DIR|FDS|[AGRS]|[WC]D|DS))?
    [ ](?P<number>\d{4,5})(?P<parts>(?:-\d{1,2}(?!\d))*)
    (?:[:-](?P<year>(?:19|20)\d\d))?
    """
)


class CalConnect(Designation):
    """A document of CalConnect; the type is S (specification), R (report) and the like."""

    def __str__(self) -> str:
        kind = self.stage or self.type
        text = f"CC{f'/{kind}' if kind else ''} {'-'.join((self.number, *self.parts))}"
        return text + (f":{self.year}" if self.year else "")


def parse(text: str) -> CalConnect | None:
    """Parse a cleaned text; None if it isn't a document of CalConnect."""
    match = _FORM.fullmatch(text)
    if not match:
        return None
    kind = (match["type"] or "").upper()
    return CalConnect(
        publishers=("CalConnect",),
        type=_TYPES.get(kind, ""),
        stage=kind if kind in _STAGES else "",
        number=match["number"],
        parts=tuple(match["parts"].split("-")[1:]),
        year=number(match["year"]),
    )
