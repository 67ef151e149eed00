"""Parse the extension protocols of the XMPP Standards Foundation: ``XEP 0045``."""

from __future__ import annotations

from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation

LEADS: Final[tuple[str, ...]] = ("XEP", "XSF")
EXAMPLES: Final = ("XEP 0045",)

_FORM: Final = Grammar(r"(?:XSF[ ])?XEP[- ]?(?P<number>\d{4})")


class Xep(Designation):
    """An extension protocol (XEP-0001), revised under its number."""

    number_means_edition: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"XEP {self.number}"


def parse(text: str) -> Xep | None:
    """Parse a cleaned text; None if it isn't an extension protocol."""
    match = _FORM.fullmatch(text)
    return Xep(publishers=("XSF",), number=match["number"]) if match else None
