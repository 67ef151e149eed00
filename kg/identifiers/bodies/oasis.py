"""Parse designations of OASIS, names with version and stage: ``OASIS csaf-v2.0-CS01``."""

from __future__ import annotations

from typing import Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation

LEADS: Final[tuple[str, ...]] = ("OASIS",)
EXAMPLES: Final = ("OASIS csaf-v2.0", "OASIS OData-Temporal-v4.0-CS01", "OASIS UBL-2.2")

_FORM: Final = Grammar(r"OASIS[ ](?P<number>[A-Z][A-Z\d]*(?:(?:[._-]|[ ](?=v\d))[A-Z\d]+)+)")


class Oasis(Designation):
    """A designation of OASIS; ``number`` is the name with version, stage and part."""

    def __str__(self) -> str:
        return f"OASIS {self.number}"


def parse(text: str) -> Oasis | None:
    """Parse a cleaned text; None if it isn't a designation of OASIS.

    A name without a digit is not accepted, since "OASIS amqp-core" can't be told from words.
    """
    match = _FORM.fullmatch(text)
    if not match or not any(sign.isdigit() for sign in match["number"]):
        return None
    return Oasis(publishers=("OASIS",), number=match["number"])
