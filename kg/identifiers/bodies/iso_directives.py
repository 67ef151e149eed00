"""Parse designations of the ISO/IEC Directives and their supplements."""

from __future__ import annotations

from typing import Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, Supplement, segment
from kg.identifiers.text import dashed, number

LEADS: Final = ("ISO",)
EXAMPLES: Final = (
    "ISO/IEC DIR 2:2021",
    "ISO/IEC DIR 1 ISO SUP:2023",
    "ISO/IEC DIR 1 ISO SUP Edition 13",
    "ISO/IEC DIR IEC SUP",
    "ISO/IEC DIR 2 IEC:2022",
    "ISO/IEC DIR JTC 1 SUP:2021",
    "ISO/IEC DIR 1:2022 + IEC SUP:2022",
    "ISO/IEC JTC 1 DIR:2004",
)

_JTC: Final = "JTC 1"
_FORM: Final = Grammar(
    r"""
    ISO/IEC(?:[ ](?P<committee>JTC[ ]?1))?[ ]DIR(?:ECTIVES)?
    (?:,?[ ](?:Part[ ])?(?P<number>\d))?
    (?:[ ](?P<variant>ISO|IEC)(?=:|$))?
    (?::(?P<year>(?:19|20)\d\d))?
    (?:
        (?P<join>[ ]?\+[ ]?|,?[ ](?:--?[ ])?)(?:Consolidated[ ])?
        (?P<by>ISO|IEC|JTC[ ]?1)[ ]SUP(?:PL(?:EMENT)?)?
        (?::(?P<supplemented>(?:19|20)\d\d)(?:-(?P<month>\d\d))?)?
    )?
    (?:,?[ ]Ed(?:ition)?\.?[ ]?(?P<edition>\d+))?
    """
)


class Directives(Designation):
    """A part of the Directives: ``ISO/IEC DIR 1 ISO SUP:2023``.

    ``number`` is the part, JTC 1 for its own directives, or empty. A supplement of ISO, IEC or
    JTC 1 is printed alone or (ISO) with the part consolidated; with a plus sign, both are meant.
    ``variant`` is the body that published its own text of a part.
    """

    def __str__(self) -> str:
        words = ("DIR", self.number) if self.number != _JTC else (_JTC, "DIR")
        text = " ".join(filter(None, ("ISO/IEC", *words, self.variant)))
        text += f":{self.year}" if self.year else ""
        for each in self.supplements:
            text += f"{' +' if each.included else ''} {each.kind}"
            text += f":{dashed(each.year, each.month)[1:]}" if each.year else ""
        return text + (f" Edition {self.edition}" if self.edition else "")

    @property
    def core(self) -> str:
        """The part and the year; ``all`` without a part."""
        return segment(self.number or "all") + dashed(self.year)


def parse(text: str) -> Directives | None:
    """Parse a cleaned text; None if it isn't a designation of the Directives."""
    match = _FORM.fullmatch(text)
    if not match or not (match["committee"] or match["number"] or match["by"]):
        return None
    if match["committee"] and match["number"]:
        return None
    by = (match["by"] or "").upper()
    supplement = Supplement(
        kind=f"{_JTC if by.startswith('JTC') else by} SUP",
        year=number(match["supplemented"]),
        month=number(match["month"]),
        included="+" in (match["join"] or ""),
    )
    return Directives(
        publishers=("ISO", "IEC"),
        type="DIR",
        number=match["number"] or (_JTC if match["committee"] else ""),
        variant=(match["variant"] or "").upper(),
        year=number(match["year"]),
        supplements=(supplement,) if by else (),
        edition=match["edition"] or "",
    )
