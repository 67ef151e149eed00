"""Parse designations of OGC (policy directive 29): year, running number, revision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from kg.identifiers.model import Designation, segment

LEADS: Final = ("OGC",)
EXAMPLES: Final = ("OGC 00-028r3",)

_FORM: Final = re.compile(
    r"OGC[ /]?(?P<number>\d\d-\d{3})(?P<mark>[a-z]?)(?:r(?P<revision>\d+)(?P<letter>[a-z]?))?"
    r"(?:c(?P<corrigendum>\d+))?",
    re.IGNORECASE,
)


class Ogc(Designation):
    """A designation of OGC such as ``OGC 00-028r3``; ``edition`` is the revision."""

    number_means_edition: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"OGC {self.number}{self.edition}"

    def path(self) -> Iterator[str]:
        """Yield the segments of the path; number and revision are one segment."""
        yield from ("ogc", segment(self.number + self.edition))


def parse(text: str) -> Ogc | None:
    """Parse a cleaned text; None if it isn't a designation of OGC.

    ``OGC`` is required, since ``00-028`` alone is ambiguous; importers of catalogues add it.
    """
    match = _FORM.fullmatch(text)
    if not match:
        return None
    edition = text[match.end("number") :].lower()
    return Ogc(publishers=("OGC",), number=match["number"], edition=edition)
