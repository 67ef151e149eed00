"""JIS, and the TS and TR of the same committee (JIS Z 8301): ``JIS A 0001:1999``."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers.model import Designation, Supplement
from kg.identifiers.text import number

_FORM: Final = re.compile(
    r"""
    (?P<by>JIS[ /]?)?(?:(?P<type>TS|TR)[ /]?)?
    (?P<division>[A-HK-MP-TWXYZ])[ ]?
    (?P<number>\d{4,5}|(?<=Z[ ])9)
    (?P<parts>(?:-\d{1,3}(?!\d))*)
    (?:[:-](?P<year>(?:19|20)\d\d)(?P<reaffirmed>R)?)?
    (?P<supplements>(?:/(?:AMENDMENT|AMD|CORRIGENDUM|COR|EXPLANATION|EXPL)[ ]?\d*(?::\d{4}R?)?)*)
    (?:[ ]SYMBOL[ ](?P<symbol>[\w][\w ]*))?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_SUPPLEMENT: Final = re.compile(r"(?P<kind>[A-Z]+) ?(?P<number>\d*)(?::(?P<year>\d{4})(?P<re>R)?)?")
_KINDS: Final = {"AMD": "AMENDMENT", "COR": "CORRIGENDUM"}


class Jis(Designation):
    """A designation of JIS; ``number`` has the letter of the division; str prints JIS's form."""

    def __str__(self) -> str:
        head = self.type or "JIS"
        text = f"{head} {self.number[0]} {'-'.join((self.number[1:], *self.parts))}"
        text += f":{self.year}" if self.year else ""
        for one in self.supplements:
            text += f"/{one.kind}" + (f" {one.number}" if one.number else "")
            text += f":{one.year}" if one.year else ""
        return text + (f" SYMBOL {self.variant}" if self.variant else "")


def parse(text: str) -> Jis | None:
    """Read a cleaned text; None where it is no designation of JIS.

    Reaffirmation (``2003R``) is a state of the same edition and no part of its name.
    """
    found = _FORM.fullmatch(text)
    if not found or not (found["by"] or (found["type"] and found["year"])):
        return None
    supplements = [_SUPPLEMENT.fullmatch(s.upper()) for s in found["supplements"].split("/")[1:]]
    return Jis(
        publishers=("JIS",),
        type=(found["type"] or "").upper(),
        number=found["division"].upper() + found["number"],
        parts=tuple(found["parts"].split("-")[1:]),
        year=number(found["year"]),
        supplements=tuple(
            Supplement(
                kind=_KINDS.get(s["kind"], s["kind"]), number=s["number"], year=number(s["year"])
            )
            for s in supplements
            if s
        ),
        variant=(found["symbol"] or "").strip(),
    )
