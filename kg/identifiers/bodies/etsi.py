"""Parse designations of ETSI (ETSI Drafting Rules): ``ETSI EN 302 890-1 V1.2.1 (2019-07)``."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, Supplement
from kg.identifiers.text import number

_TYPES: Final = "I-ETS|TCRTR|ETS|ETR|EN|EG|ES|TS|TR|SR|GS|GR|GTS|NET|TBR|TCR|TCTR"
LEADS: Final = ("ETSI", "I", *_TYPES.split("|"))
EXAMPLES: Final = (
    "ETSI EN 302 890-1 V1.2.1 (2019-07)",
    "ETSI GS NFV-IFA 011 V3.1.1 (2018-08)",
    "ETSI ETS 300 001/A1 ed.2 (1995-04)",
    "ETSI GTS GSM 03.40 V5.3.0 (1996-07)",
)

_FORM: Final = Grammar(
    rf"""
    (?P<by>ETSI[ /])?
    (?P<type>{_TYPES})[ ]
    (?P<number>
        \d{{3}}[ ]?\d{{3}}                      # 302 890
      | (?:GSM[ ])?\d\d\.\d\d(?:-[A-Z]{{2,4}})? # GSM 03.40
      | [A-Z\d]{{2,5}}(?:-[A-Z]{{2,5}})?[ ]?\d{{3}} # NFV-IFA 011
      | \d{{1,4}}                               # ETR 012
    )
    (?P<parts>(?:-\d+)*)
    (?P<supplements>(?:/[AC]\d+)*)
    (?:[ ](?:V(?P<version>\d+\.\d+\.\d+)|ed\.?[ ]?(?P<edition>\d+)))?
    (?:[ ]\((?P<year>(?:19|20)\d\d)-(?P<month>\d\d)\))?
    """,
)
_KINDS: Final = {"A": "Amd", "C": "Cor"}


class Etsi(Designation):
    """A designation of ETSI; ``edition`` is ``V1.2.1`` or, in early years, ``ed.1``."""

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        shown = self.number
        if shown.isdigit() and len(shown) == len("302890"):
            shown = f"{shown[:3]} {shown[3:]}"
        text = f"ETSI {self.type} {'-'.join((shown, *self.parts))}"
        text += "".join(f"/{each.kind[0]}{each.number}" for each in self.supplements)
        text += f" {self.edition}" if self.edition else ""
        return text + (f" ({self.year}-{self.month:02})" if self.year else "")


def parse(text: str) -> Etsi | None:
    """Parse a cleaned text; None if it isn't a designation of ETSI.

    Without ``ETSI`` a version is required, since CEN and ISO use the same types.
    """
    match = _FORM.fullmatch(text)
    if not match or not (match["by"] or match["version"]):
        return None
    shown = match["number"]
    bare = shown.replace(" ", "")
    if not bare.isdigit():
        group = re.fullmatch(r"(.*?) ?(\d{3}|\d\d\.\d\d.*)", shown)
        bare = f"{group[1]} {group[2].upper()}".strip() if group else shown.upper()
    version = f"V{match['version']}" if match["version"] else ""
    return Etsi(
        publishers=("ETSI",),
        type=match["type"].upper(),
        number=bare,
        parts=tuple(match["parts"].split("-")[1:]),
        supplements=tuple(
            Supplement(kind=_KINDS[each[0].upper()], number=each[1:])
            for each in match["supplements"].split("/")[1:]
        ),
        edition=version or (f"ed.{match['edition']}" if match["edition"] else ""),
        year=number(match["year"]),
        month=number(match["month"]),
    )
