"""Under which keys a designation is stored, so that all editions of a document lie together."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.identifiers.model import Designation

_NUMBERS: Final = re.compile(r"\d+")


def digest(text: str) -> int:
    """A text as a signed number of 64 bits; two texts of one number are compared as texts."""
    data = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(data, "big", signed=True)


def keys(designation: Designation) -> set[int]:
    """One key for each number that the document has.

    Two designations that :func:`kg.identifiers.same` takes for one document share a key. Whoever
    shares one may still be of another publisher, edition or language.
    """
    supplements = [
        (one.kind, one.number, one.stage, one.iteration, one.included)
        for one in designation.supplements
    ]
    rest = (
        type(designation).__name__,
        designation.type,
        designation.parts,
        designation.stage,
        designation.iteration,
        designation.variant,
        supplements,
    )
    return {
        digest(f"{number} {rest}".casefold())
        for number in (designation.number, *designation.aliases)
    }


def dated(designation: Designation) -> tuple[str, tuple[int, ...]]:
    """The date and the edition of a designation, to be sorted by; empty where it tells none."""
    last = designation.supplements[-1] if designation.supplements else None
    year = (last.year if last else designation.year) or 0
    month = (last.month if last else designation.month) or 0
    day = 0 if last else designation.day or 0
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part)]
    edition = tuple(int(found) for found in _NUMBERS.findall(designation.edition))
    return ("-".join(parts) if year else ""), edition
