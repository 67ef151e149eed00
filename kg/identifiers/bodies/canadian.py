"""Parse standards of CSA Group: ``CSA Z662:23``, ``CAN/CSA-C22.2 No. 60601-1:14``."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation

LEADS: Final[tuple[str, ...]] = ("CSA", "CAN")
EXAMPLES: Final = (
    "CSA Z662:23",
    "CSA C22.2 No. 60601-1:14",
    "CSA C22.2 No. 0.4:17 (R2022)",
    "CSA N285.0:17",
    "CSA ISO 9001:16",
    "CSA ISO/IEC 27001:14",
    "CSA Z662",
)

_FORM: Final = Grammar(
    r"""
    (?:CAN/)?CSA[ -]
    (?:(?P<originals>ISO/IEC|ISO|IEC|CISPR)[ -])?
    (?P<number>[A-Z]{0,2}\d+(?:\.\d+)*[A-Z]?)
    (?:[ -]NO\.?[ ]?(?P<serial>\d+(?:\.\d+)*))?
    (?P<parts>(?:-\d{1,3}(?!\d))*)
    (?:[:-](?P<full>(?:19|20)\d\d)|:(?P<short>\d\d))?
    (?:[ ]?\((?P<again>R(?:19|20)\d\d)\))?
    """
)
_PIVOT: Final = 50
"""Two digits from here on are a year of the 20th century; earlier ones are of the 21st."""
_IEC: Final = re.compile(r"\d{5}")
_SHORT: Final = re.compile(r"\d\d")


class Canadian(Designation):
    """A standard of CSA Group; ``edition`` is the year of reaffirmation (``R2022``).

    The number of a part of the electrical code includes its second number (``C22.2 No. 60601``).
    """

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        _, *originals = self.publishers
        text = f"CSA {'/'.join(originals)} ".replace("  ", " ")
        text += "-".join((self.number, *self.parts))
        text += f":{self.year % 100:02}" if self.year else ""
        return text + (f" ({self.edition})" if self.edition else "")


def parse(text: str) -> Canadian | None:
    """Parse a cleaned text; None if it isn't a standard of CSA Group.

    ``CAN/``, the mark of a National Standard of Canada, is a status and dropped. The year follows
    a colon; until 2012 it followed a hyphen, which is not accepted after a number of IEC, where
    it can't be told from a part (``60335-2-40``).
    """
    match = _FORM.fullmatch(text)
    if not match:
        return None
    originals = tuple((match["originals"] or "").upper().split("/")) if match["originals"] else ()
    parts = match["parts"].split("-")[1:]
    short = match["short"]
    if not originals and not match["number"][0].isalpha():
        return None
    theirs = bool(originals) or bool(_IEC.fullmatch(match["serial"] or ""))
    if not (short or match["full"]) and parts and _SHORT.fullmatch(parts[-1]):
        if theirs:
            return None
        short = parts.pop()
    year = int(match["full"] or short or 0)
    if short:
        year += 2000 if year < _PIVOT else 1900
    serial = f" No. {match['serial']}" if match["serial"] else ""
    if match["again"] and not year:
        return None
    return Canadian(
        publishers=("CSA", *originals),
        number=match["number"].upper() + serial,
        parts=tuple(parts),
        year=year or None,
        edition=(match["again"] or "").upper(),
    )
