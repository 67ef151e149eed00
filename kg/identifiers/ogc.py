"""OGC (policy directive 29): year of registration, running number, revision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.identifiers.model import Designation, segment

_FORM: Final = re.compile(
    r"OGC[ /]?(?P<number>\d\d-\d{3})(?P<mark>[a-z]?)(?:r(?P<revision>\d+)(?P<letter>[a-z]?))?"
    r"(?:c(?P<corrigendum>\d+))?",
    re.IGNORECASE,
)


class Ogc(Designation):
    """A designation of OGC; ``edition`` is the revision; str prints ``OGC 00-028r3``."""

    def __str__(self) -> str:
        return f"OGC {self.number}{self.edition}"

    def path(self) -> Iterator[str]:
        """Number and revision are one word."""
        yield from ("ogc", segment(self.number + self.edition))


def parse(text: str) -> Ogc | None:
    """Read a cleaned text; None where it is no designation of OGC.

    The catalogue leaves out ``OGC``; without it, a text such as ``00-028`` could be anything.
    """
    found = _FORM.fullmatch(text)
    if not found:
        return None
    edition = text[found.end("number") :].lower()
    return Ogc(publishers=("OGC",), number=found["number"], edition=edition)
