"""Parse designations of IEC's conformity assessment systems: IECEE, IECEx, IECQ, IECRE."""

from __future__ import annotations

from typing import Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation
from kg.identifiers.text import number

LEADS: Final = ("IECEE", "IECEX", "IECQ", "IECRE")
EXAMPLES: Final = (
    "IECEE TRF 60335-2-30,80B:2015",
    "IECEE TRF CISPR 14-1,2H:2018",
    "IECEE TRF 60601-1-2H_EMC:2020",
    "IECEE OD 2055:2019",
    "IECEx TRF 60079-11v5B2:2011",
    "IECEx TRF 60079-0v6B_DS:2017",
    "IECQ 03-3-1:2013",
    "IECQ 080000-ZHS:2017",
    "IECQ CS 033200-TW0001:2014",
)

_NAMES: Final = {"IECEE": "IECEE", "IECEX": "IECEx", "IECQ": "IECQ", "IECRE": "IECRE"}
_NUMBERS: Final = r"\d+(?:[,&]\d+)*"
_REPORT: Final = Grammar(
    rf"""
    (?P<by>IECEE|IECEx|IECRE)[ ](?P<type>TRF)[ ]
    (?P<number>(?:(?:CISPR|ISO|IEC|EN)[ ])?{_NUMBERS})
    (?P<parts>(?:-{_NUMBERS})*(?:-[IVX]+(?=[A-Z]_?[IVX]+(?::|$)))?)
    (?P<edition>(?:v\d+)?(?:[A-Z]\d?)?(?:rev\d?)?)
    (?:_?(?P<variant>(?<=_)[A-Z]{{1,4}}|[IVX]+))?
    (?::(?P<year>(?:19|20)\d\d))?
    """
)
_RULE: Final = Grammar(
    r"""
    (?P<by>IECEE|IECEx|IECQ|IECRE)[ ](?:(?P<type>OD|CS|CA|PB)[ -]?(?=\d))?
    (?P<number>\d{6}(?:-[A-Z]{2}\d{4})?|\d\d[A-Z]?|(?<=[ODSAB][ -])\d{3,5})
    (?P<parts>(?:-\d+)*)
    (?:-(?P<language>[A-Z]{2,3}))?
    (?::(?P<year>(?:19|20)\d\d))?
    """
)


class IecSystem(Designation):
    """A designation of IECEE, IECEx, IECQ or IECRE: ``IECEE TRF 60335-2-30B:2015``.

    ``number`` and ``parts`` of a test report form (TRF) are those of the standard; ``edition`` is
    the version of the form, ``variant`` a supplement such as EMC. ``language`` is the code of a
    translation (ZHS: simplified Chinese).
    """

    def __str__(self) -> str:
        [by] = self.publishers
        number = "-".join((self.number, *self.parts))
        text = f"{' '.join(filter(None, (by, self.type)))} {number}{self.edition}"
        text += f"_{self.variant}" if self.variant else ""
        text += f"-{self.language}" if self.language else ""
        return text + (f":{self.year}" if self.year else "")


def parse(text: str) -> IecSystem | None:
    """Parse a cleaned text; None if it isn't a designation of these systems."""
    if report := _REPORT.fullmatch(text):
        return IecSystem(
            publishers=(_NAMES[report["by"].upper()],),
            type="TRF",
            number=report["number"].upper(),
            parts=tuple(report["parts"].upper().split("-")[1:]),
            edition=report["edition"],
            variant=report["variant"] or "",
            year=number(report["year"]),
        )
    match = _RULE.fullmatch(text)
    if not match:
        return None
    return IecSystem(
        publishers=(_NAMES[match["by"].upper()],),
        type=(match["type"] or "").upper(),
        number=match["number"].upper(),
        parts=tuple(match["parts"].split("-")[1:]),
        language=(match["language"] or "").upper(),
        year=number(match["year"]),
    )
