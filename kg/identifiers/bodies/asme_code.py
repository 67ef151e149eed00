"""Parse sections of the Boiler and Pressure Vessel Code: ``ASME BPVC.VIII.1-2021``."""

from __future__ import annotations

from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation
from kg.identifiers.text import number

LEADS: Final[tuple[str, ...]] = ("ASME", "BPVC")
EXAMPLES: Final = ("ASME BPVC.VIII.1-2021", "ASME BPVC.IX")

_FORM: Final = Grammar(
    r"""
    (?:ASME[ ])?
    (?P<code>(?:B[ ]?&[ ]?PVC|BPVC)[ .-]?|Boiler[ ]and[ ]Pressure[ ]Vessel[ ]Code[ ,]{1,2})?
    (?P<word>(?:Section|Sect\.|Sec\.)[ ])?
    (?P<section>XI{0,3}|I[IVX]|III|I|VI{0,3}|IV|V)
    (?:[ ,.-]{1,2}(?:(?:Division|Div\.?)[ ]?)?(?P<division>[1-5]))?
    (?:[ :-](?P<year>(?:19|20)\d\d))?
    """
)


class AsmeCode(Designation):
    """A section of the code of ASME, or a division of it; ``number`` is the section."""

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        text = ".".join(("ASME BPVC", self.number, *self.parts))
        return text + (f"-{self.year}" if self.year else "")


def parse(text: str) -> AsmeCode | None:
    """Parse a cleaned text; None if it isn't a section. One needs the code's name or ``Section``.

    Two letters and a word (``ASME I``) are too little.
    """
    match = _FORM.fullmatch(text)
    if not match or not (match["code"] or (match["word"] and text[:4].upper() == "ASME")):
        return None
    return AsmeCode(
        publishers=("ASME", "BPVC"),
        number=match["section"].upper(),
        parts=(match["division"],) if match["division"] else (),
        year=number(match["year"]),
    )
