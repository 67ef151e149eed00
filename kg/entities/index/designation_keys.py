"""Lookup keys of designations, shared by all editions of a document."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from kg.common.folding import fold

if TYPE_CHECKING:
    from kg.identifiers.model import Designation

_NUMBERS: Final = re.compile(r"\d+")
_PART: Final = re.compile(r"(?<=\d)(?:-\d\w*)+$")
_LEADING_WORD: Final = re.compile(r"[^\W\d_]+(?:-[A-Z])?[ /](?=\w)|W3C ")


def hash64(text: str) -> int:
    """Return a signed 64-bit hash of a text; callers compare the texts to rule out collisions."""
    data = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(data, "big", signed=True)


def designation_keys(designation: Designation) -> set[int]:
    """Return a key for each number of a document, without its date, edition and language.

    Designations that :func:`kg.identifiers.same` accepts share a key. Those that share a key may
    still differ in publisher, edition or language.
    """
    supplements = [
        (
            supplement.kind,
            supplement.number,
            supplement.stage,
            supplement.iteration,
            supplement.included,
        )
        for supplement in designation.supplements
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
        hash64(f"{number} {rest}".casefold())
        for number in (designation.number, *designation.aliases)
    }


def short_forms(label: str) -> list[str]:
    """Return what is left of an undated designation without its body, and without its type.

    >>> short_forms("ISO/IEC TR 20000-5"), short_forms("ITU-T X.509"), short_forms("OIML R 76-1")
    (['IEC TR 20000-5', 'TR 20000-5', '20000-5'], ['X.509'], ['R 76-1', '76-1'])
    """
    forms = []
    rest = label
    while match := _LEADING_WORD.match(rest):
        rest = rest[match.end() :]
        forms.append(rest)
    return forms


def without_part(form: str) -> str:
    """Return a short form of the number of a part without the number of the part.

    >>> without_part("61508-1"), without_part("TS 15066")
    ('61508', 'TS 15066')
    """
    return _PART.sub("", form)


def short_form_key(form: str, *, part: bool = False) -> int:
    """Return the key of a short form; with ``part``, one under which all parts are found."""
    return hash64(f"{'part ' if part else ''}{fold(form)}")


def edition_order(designation: Designation) -> tuple[str, tuple[int, ...]]:
    """Return a sort key from date and edition, each empty if the designation has none."""
    last = designation.supplements[-1] if designation.supplements else None
    year = (last.year if last else designation.year) or 0
    month = (last.month if last else designation.month) or 0
    day = 0 if last else designation.day or 0
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part)]
    edition = tuple(map(int, _NUMBERS.findall(designation.edition)))
    return ("-".join(parts) if year else ""), edition
