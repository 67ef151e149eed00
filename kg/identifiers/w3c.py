"""W3C: the last segment of a report's address, ``REC-xml-19980210``, is its designation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.identifiers.model import Designation, segment

_MATURITIES: Final = "REC|CR|CRD|PR|PER|WD|NOTE|DNOTE|DRY|CRY|SPSD|RSCND|OBSL|FPWD|STMT"
_FORM: Final = re.compile(
    rf"""
    (?P<by>W3C[ ]|https?://www\.w3\.org/TR/(?:\d{{4}}/)?)?
    (?:(?P<type>{_MATURITIES})-)?
    (?P<number>[A-Z\d][\w.+-]*?)
    (?:-(?P<date>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])
               |9\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])))?
    /?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


class W3c(Designation):
    """A designation of W3C: maturity, short name, date; str prints ``W3C REC-xml-19980210``."""

    def __str__(self) -> str:
        return "W3C " + "-".join(filter(None, (self.type, self.number, self._day())))

    def _day(self) -> str:
        return f"{self.year}{self.month:02}{self.day:02}" if self.year else ""

    def path(self) -> Iterator[str]:
        """The document's own identifier is the path."""
        yield from ("w3c", segment(str(self).removeprefix("W3C ")))


def parse(text: str) -> W3c | None:
    """Read a cleaned text; None where it is no designation of W3C.

    Without ``W3C`` before it or the address around it, a text must have both maturity and date.
    """
    found = _FORM.fullmatch(text)
    if not found or not (found["by"] or (found["type"] and found["date"])):
        return None
    day = found["date"] or ""
    # Until 1999 both 980106 and 19980106 were written.
    day = "19" + day if len(day) == len("980106") else day
    return W3c(
        publishers=("W3C",),
        type=(found["type"] or "").upper(),
        number=found["number"],
        year=int(day[:4]) if day else None,
        month=int(day[4:6]) if day else None,
        day=int(day[6:]) if day else None,
    )
