"""Parse designations of JIS, TS and TR (JIS Z 8301): ``JIS A 0001:1999``."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, Supplement
from kg.identifiers.text import number

LEADS: Final = ("JIS", "TS", "TR")
EXAMPLES: Final = (
    "JIS A 0001:1999",
    "JIS C 60079-11:2004/AMENDMENT 1:2008",
    "TR X 0050:2002",
)

_FORM: Final = Grammar(
    r"""
    (?P<by>JIS[ /]?)?(?:(?P<type>TS|TR)[ /]?)?
    (?P<division>[A-HK-MP-TWXYZ])[ ]?
    (?P<number>\d{4,5}|(?<=Z[ ])9)
    (?P<parts>(?:-\d{1,3}(?!\d))*)
    (?:[:-](?P<year>(?:19|20)\d\d)(?P<reaffirmed>R)?)?
    (?P<supplements>(?:/(?:AMENDMENT|AMD|CORRIGENDUM|COR|EXPLANATION|EXPL)[ ]?\d*(?::\d{4}R?)?)*)
    (?:[ ]SYMBOL[ ](?P<symbol>[\w][\w ]*))?
    """,
    re.ASCII,
)
_SUPPLEMENT: Final = re.compile(r"(?P<kind>[A-Z]+) ?(?P<number>\d*)(?::(?P<year>\d{4})(?P<re>R)?)?")
_KINDS: Final = {"AMD": "AMENDMENT", "COR": "CORRIGENDUM"}


class Jis(Designation):
    """A designation of JIS; ``number`` begins with the letter of the division."""

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        head = self.type or "JIS"
        text = f"{head} {self.number[0]} {'-'.join((self.number[1:], *self.parts))}"
        text += f":{self.year}" if self.year else ""
        for each in self.supplements:
            text += f"/{each.kind}" + (f" {each.number}" if each.number else "")
            text += f":{each.year}" if each.year else ""
        return text + (f" SYMBOL {self.variant}" if self.variant else "")


def parse(text: str) -> Jis | None:
    """Parse a cleaned text; None if it isn't a designation of JIS.

    The mark of reaffirmation (``2003R``) is dropped: it is a status, not part of the designation.
    """
    match = _FORM.fullmatch(text)
    if not match or not (match["by"] or (match["type"] and (match["year"] or text[2] in " /"))):
        return None
    supplements = [_SUPPLEMENT.fullmatch(s.upper()) for s in match["supplements"].split("/")[1:]]
    return Jis(
        publishers=("JIS",),
        type=(match["type"] or "").upper(),
        number=match["division"].upper() + match["number"],
        parts=tuple(match["parts"].split("-")[1:]),
        year=number(match["year"]),
        supplements=tuple(
            Supplement(
                kind=_KINDS.get(s["kind"], s["kind"]), number=s["number"], year=number(s["year"])
            )
            for s in supplements
            if s
        ),
        variant=(match["symbol"] or "").strip(),
    )
