"""Parse designations of Ecma International: standards, technical reports and mementos."""

from __future__ import annotations

from typing import ClassVar, Final, Self

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, changed
from kg.identifiers.text import edition_phrase, number

LEADS: Final[tuple[str, ...]] = ("ECMA", "STANDARD")
EXAMPLES: Final = (
    "ECMA-262",
    "ECMA-262 (16th edition)",
    "ECMA-262 (edition 5.1)",
    "ECMA-418-1 (2nd edition)",
    "ECMA-269 (3rd edition, volume 2)",
    "ECMA-262 (7th edition, June 2016)",
    "ECMA TR/98",
    "ECMA MEM/2008",
)

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ORDINAL: Final = r"(?P<ordinal>\d+)[ ]?(?:st|nd|rd|th)[ ]ed(?:ition|\.)?"
_NUMBERED: Final = r"ed(?:ition|\.|n\.?)?[ ]?(?P<edition>\d+(?:\.\d+)*)"
_VERSION: Final = r"(?P<version>\d+(?:\.\d+)*)[ ]ed(?:ition|\.)"
_DATE: Final = rf"(?P<month>{'|'.join(_MONTHS)})[ ](?P<year>(?:19|20)\d\d)"
_FORM: Final = Grammar(
    rf"""
    (?:Standard[ ])?ECMA
    (?:
        [- ]?(?P<number>\d{{1,4}})(?P<parts>(?:-\d{{1,2}})?)(?!\d)
      | [ -]?(?P<type>TR|MEM)[/ -](?P<report>\d{{1,4}})(?!\d)
    )
    (?:[, ]{{0,2}}[(]?(?:{_ORDINAL}|{_NUMBERED}|{_VERSION})[)]?)?
    (?:,[ ]vol(?:ume|\.)[ ]?(?P<volume>\d+)[)]?)?
    (?:[, /(]{{1,3}}{_DATE}[)]?)?
    [)]?
    """
)


class Ecma(Designation):
    """A designation of Ecma International; ``edition`` is a number or version (``5.1``)."""

    parts_form_series: ClassVar[bool] = True
    volumes_of_editions: ClassVar[bool] = True

    def __str__(self) -> str:
        text = f"ECMA {self.type}/" if self.type else "ECMA-"
        text += "-".join((self.number, *self.parts))
        more = [edition_phrase(self.edition)] if self.edition else []
        more += [f"volume {self.volume}"] if self.volume else []
        more += [f"{_MONTHS[(self.month or 1) - 1]} {self.year}"] if self.year else []
        return text + (f" ({', '.join(more)})" if more else "")

    def undated(self) -> Self:
        """Return the designation without edition, volume and date."""
        return changed(super().undated(), volume="") if self.volume else super().undated()


def parse(text: str) -> Ecma | None:
    """Parse a cleaned text; None if it isn't a designation of Ecma International."""
    match = _FORM.fullmatch(text)
    if not match or text.count("(") != text.count(")"):
        return None
    month = (match["month"] or "").capitalize()
    return Ecma(
        publishers=("ECMA",),
        type=(match["type"] or "").upper(),
        number=(match["number"] or match["report"]).lstrip("0"),
        parts=tuple(match["parts"].split("-")[1:]) if match["parts"] else (),
        edition=match["ordinal"] or match["edition"] or match["version"] or "",
        volume=match["volume"] or "",
        year=number(match["year"]),
        month=_MONTHS.index(month) + 1 if month else None,
    )
