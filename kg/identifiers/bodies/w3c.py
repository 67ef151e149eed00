"""Parse designations of W3C, the last segment of a report's URL: ``REC-xml-19980210``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, segment

_MATURITIES: Final = "REC|CR|CRD|PR|PER|WD|NOTE|DNOTE|DRY|CRY|SPSD|RSCND|OBSL|FPWD|STMT"
LEADS: Final = ("W", "HTTP", *_MATURITIES.split("|"))
EXAMPLES: Final = (
    "W3C REC-xml-19980210",
    "W3C ttml-imsc1.0.1",
)

_FORM: Final = Grammar(
    rf"""
    (?P<by>W3C[ ]|https?://www\.w3\.org/TR/(?:\d{{4}}/)?)?
    (?:(?P<type>{_MATURITIES})-)?
    (?P<number>[A-Z\d][\w.+-]*?)
    (?:-(?P<date>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])
               |9\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])))?
    /?
    """,
    re.ASCII,
)


class W3c(Designation):
    """A designation of W3C by maturity, short name and date: ``W3C REC-xml-19980210``."""

    number_means_edition: ClassVar[bool] = True

    def __str__(self) -> str:
        return "W3C " + "-".join(filter(None, (self.type, self.number, self._day())))

    def _day(self) -> str:
        return f"{self.year}{self.month:02}{self.day:02}" if self.year else ""

    def path(self) -> Iterator[str]:
        """Yield the segments of the path; the designation is one segment."""
        yield from ("w3c", segment(str(self).removeprefix("W3C ")))


def parse(text: str) -> W3c | None:
    """Parse a cleaned text; None if it isn't a designation of W3C.

    Without ``W3C`` or a URL before it, both maturity and date are required.
    """
    match = _FORM.fullmatch(text)
    if not match or not (match["by"] or (match["type"] and match["date"])):
        return None
    day = match["date"] or ""
    # Until 1999, both 980106 and 19980106 were used.
    day = "19" + day if len(day) == len("980106") else day
    return W3c(
        publishers=("W3C",),
        type=(match["type"] or "").upper(),
        number=match["number"],
        year=int(day[:4]) if day else None,
        month=int(day[4:6]) if day else None,
        day=int(day[6:]) if day else None,
    )
