"""Parse documents of SAE International: ``SAE J1939/11``, ``AS9100D``, ``AMS2750G``."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation
from kg.identifiers.text import number

LEADS: Final[tuple[str, ...]] = ("SAE", "AS", "AMS", "ARP", "AIR", "MA")
EXAMPLES: Final = (
    "SAE J1939/11",
    "SAE J1939-21_202205",
    "SAE J3016_202104",
    "SAE AS9100D",
    "SAE AMS2750G",
    "SAE ARP4754A",
    "SAE AMS5662",
)

_FORM: Final = Grammar(
    r"""
    (?P<by>SAE[ -]?)?
    (?P<series>J|AS|AMS|ARP|AIR|MA)(?P<space>[ -]?)
    (?P<number>\d{2,5}(?:\.\d{1,3})?)
    (?P<revision>[A-Z]{1,2})?
    (?:(?P<join>[/-])(?P<part>\d{1,3}[A-Z]?))?
    (?:_(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2]))?
    """
)


class Sae(Designation):
    """A document of SAE; ``number`` begins with its series, ``edition`` is a letter.

    ``variant`` is ``/`` for the slash sheets of J documents and aerospace standards.
    """

    def __str__(self) -> str:
        text = f"SAE {self.number}{self.edition}"
        text += "".join(f"{self.variant or '-'}{part}" for part in self.parts)
        return text + (f"_{self.year}{self.month:02}" if self.year else "")


def parse(text: str) -> Sae | None:
    """Parse a cleaned text; None if it isn't a document of SAE.

    Without ``SAE``, AS must stand before the number without a space, and needs a letter after it,
    since AS is Australia's code too, unless it is one of the quality standards (AS9100).
    """
    match = _FORM.fullmatch(text)
    if not match:
        return None
    series, revision = match["series"].upper(), (match["revision"] or "").upper()
    if not match["by"] and not _is_known(match, series, revision):
        return None
    return Sae(
        publishers=("SAE",),
        number=series + match["number"],
        parts=(match["part"].upper(),) if match["part"] else (),
        variant="/" if match["join"] == "/" else "",
        year=number(match["year"]),
        month=number(match["month"]),
        edition=revision,
    )


_QUALITY: Final = re.compile(r"91\d\d")
_AEROSPACE: Final = re.compile(r"\d{4}")


def _is_known(match: re.Match[str], series: str, revision: str) -> bool:
    """Return whether a series and a number tell by themselves that they are SAE's."""
    if series == "AS":
        known = bool(revision) or _QUALITY.fullmatch(match["number"]) is not None
        return known and not match["space"]
    if series in ("AMS", "ARP"):
        return not match["space"] or _AEROSPACE.fullmatch(match["number"]) is not None
    return False
