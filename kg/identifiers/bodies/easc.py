"""Parse the rules and recommendations of the CIS's council for standardization, EASC.

They are named in GOST 1.0: PMG (правила по межгосударственной стандартизации) and RMG
(рекомендации по межгосударственной стандартизации). Latin and Cyrillic letters give equal
designations; ``str`` writes Latin ones.
"""

from __future__ import annotations

from typing import Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation

_TYPES: Final = {"ПМГ": "PMG", "РМГ": "RMG", "PMG": "PMG", "RMG": "RMG"}
LEADS: Final[tuple[str, ...]] = tuple(_TYPES)
EXAMPLES: Final = ("PMG 02-2008", "RMG 29-2013", "PMG 04-94")

_FORM: Final = Grammar(
    rf"(?P<type>{'|'.join(_TYPES)})[ ](?P<number>\d{{1,3}})(?:-(?P<year>(?:19|20)\d\d|9\d))?"
)
_CENTURY: Final = 2000


class Easc(Designation):
    """A rule (PMG) or recommendation (RMG); years before 2000 have two digits."""

    def __str__(self) -> str:
        text = f"{self.type} {self.number}"
        if not self.year:
            return text
        return f"{text}-{self.year if self.year >= _CENTURY else f'{self.year % 100:02}'}"


def parse(text: str) -> Easc | None:
    """Parse a cleaned text; None if it isn't a rule or recommendation of EASC."""
    match = _FORM.fullmatch(text)
    if not match:
        return None
    year = int(match["year"] or 0)
    return Easc(
        publishers=("EASC",),
        type=_TYPES[match["type"].upper()],
        number=match["number"],
        # Years had two digits until 1999.
        year=(year + 1900 if year < 100 else year) if year else None,  # noqa: PLR2004
    )
