"""Parse Korean Industrial Standards (KS A 0001): ``KS Q ISO 9001:2015``, ``KS X 1001``."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from kg.identifiers.bodies import european
from kg.identifiers.grammar import Grammar

LEADS: Final[tuple[str, ...]] = ("KS",)
EXAMPLES: Final = (
    "KS A 0001:2015",
    "KS X 1001",
    "KS Q ISO 9001:2015",
    "KS C IEC 60335-1:2007",
    "KS X ISO/IEC 27001:2014",
    "KS B ISO/TS 12901-2:2017",
)

_FORM: Final = Grammar(r"KS[ ]?(?P<division>[A-MP-TV-X])[ ]?(?P<rest>.+)")
_OWN: Final = re.compile(r"\d{4}(?!\d)")


class Korean(european.Adopting):
    """A Korean standard; ``type`` is the division, ``number`` of an adoption is the original's.

    ``KS Q ISO 9001`` has the publishers KS and ISO, the type Q and the number 9001. A technical
    specification or report adds its type (``B TS``).
    """

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        _, *adopted = self.publishers
        division, _, kind = self.type.partition(" ")
        return f"KS {division} {european.printed(self, tuple(adopted), kind=kind)}"


def parse(text: str) -> Korean | None:
    """Parse a cleaned text; None if it isn't a Korean standard.

    Korean standards of their own have numbers of four digits.
    """
    match = _FORM.fullmatch(text)
    fields = european.after_code(match["rest"]) if match else None
    if not match or fields is None:
        return None
    publishers = fields["publishers"]
    if fields["stage"] or fields["edition"] or fields["aliases"] or "EN" in publishers:
        return None
    if not publishers and not _OWN.fullmatch(fields["number"]):
        return None
    kind = f"{match['division'].upper()} {fields['type']}".strip()
    return Korean(**{**fields, "publishers": ("KS", *publishers), "type": kind})
