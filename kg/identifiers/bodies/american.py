"""Parse standards of American developers, also approved by ANSI: ``ANSI/ASHRAE 62.1-2022``.

The developer's designation follows ``ANSI/`` (ANSI Essential Requirements). The developers are a
list, ``codes/american.toml``: what their numbers look like, and which sign comes before the year.
Standards of ANSI alone (``ANSI C63.4-2014``) are parsed with IEEE's.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, ClassVar, Final

from kg.identifiers import codes
from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation
from kg.identifiers.text import number

LEADS: Final[tuple[str, ...]] = (
    *("ANSI", "ASHRAE", "IES", "NISO", "INCITS", "ASME", "UL", "NFPA", "API", "AAMI", "AWS"),
    *("AWWA", "TIA", "EIA", "ISA", "NEMA", "ASQ", "ASSP", "ASABE"),
)
EXAMPLES: Final = (
    "ASHRAE 62.1-2022",
    "ANSI/NISO Z39.19-2005 (R2010)",
    "NISO Z39.50",
    "ANSI INCITS 4-1986 (R2012)",
    "ANSI/ISO/IEC 9899-1999",
    "ANSI/AAMI ST79:2017",
    "ASME B31.3-2022",
    "ASME Y14.5M-1994",
    "UL 94",
    "UL 60950-1",
    "NFPA 70-2023",
    "API STD 650",
    "API SPEC 5L",
    "AWS D1.1/D1.1M:2020",
    "ANSI/TIA-568.2-D",
)

_INTERNATIONAL: Final = ("ISO", "IEC")
_NONE: Final = r"(?!)"
_STANDARD: Final = ("STANDARD", "STD", "STD.")


@cache
def _table() -> dict[str, dict[str, Any]]:
    return codes.read("american")


def _form() -> str:
    names = "|".join(sorted((*_table(), *_INTERNATIONAL), key=len, reverse=True))
    kinds = {kind for row in _table().values() for kind in row.get("types", ())}
    return rf"""
    (?P<publishers>(?:ANSI|{names})(?:[/ -](?:{names}))*)
    (?:[ -](?P<type>STANDARD|STD\.?|{"|".join(sorted(kinds))}))?
    [ -]?
    (?P<number>(?:MG[ ](?=\d)|[A-Z]{{0,4}})\d+[A-Z]{{0,3}}(?:\.\d+[A-Z]?)*)
    (?:/(?P<twin>[A-Z]\d+(?:\.\d+)*M))?
    (?P<parts>(?:-\d{{1,3}}[A-Z]?(?!\d))*)
    (?:-(?P<revision>[A-H])(?![A-Z\d]))?
    (?:[:-](?P<year>(?:19|20)\d\d))?
    (?:[ ]?[(\[](?P<mark>[RS])(?P<again>(?:19|20)\d\d)[)\]])?
    """


_FORM: Final = Grammar(_form)


class American(Designation):
    """A standard of an American developer; ``publishers`` begin with ANSI if it approved it.

    ``type`` is a kind of the body's documents (API's STD, SPEC and RP); ``edition`` is a letter
    (TIA's ``D``) or the year of reaffirmation (``R2010``).
    """

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        row: dict[str, str] = _row(self.publishers)
        head = "/".join(self.publishers).replace("ANSI/INCITS", "ANSI INCITS")
        text = f"{head} {self.type}".strip() + row.get("join", " ")
        text += "-".join(("/".join((self.number, *self.aliases)), *self.parts))
        reaffirmed = self.edition[1:]
        text += f"-{self.edition}" if self.edition and not reaffirmed else ""
        text += f"{row.get('before_year', '-')}{self.year}" if self.year else ""
        return text + (f" ({self.edition})" if reaffirmed else "")

    def shares_publishers(self, other: Designation) -> bool:
        """Return whether the developers are the same; ANSI's approval may be left out."""
        return set(self.publishers) - {"ANSI"} == set(other.publishers) - {"ANSI"}


def parse(text: str) -> American | None:
    """Parse a cleaned text; None if it isn't a standard of these bodies.

    The number must have the developer's form. ``Standard`` is dropped where the body has no other
    kinds of documents.
    """
    match = _FORM.fullmatch(text)
    if not match:
        return None
    publishers = tuple(dict.fromkeys(re.split("[/ -]", match["publishers"].upper())))
    row, shown = _row(publishers), match["number"].upper().replace(" ", "")
    if not re.fullmatch(_number(publishers), shown):
        return None
    kind = (match["type"] or "").upper()
    if not kind and "untyped" in row and not re.fullmatch(row["untyped"], shown):
        return None
    if kind in _STANDARD:
        kind = "STD" if "STD" in row.get("types", ()) else ""
    revision = (match["revision"] or "").upper()
    if (kind and kind not in row.get("types", ())) or (revision and not row.get("revised")):
        return None
    known = publishers[0] == "ANSI" or re.fullmatch(row.get("known", _NONE), shown)
    if not match["year"] and (match["again"] or (row.get("dated") and not known)):
        return None
    again = f"{match['mark'].upper()}{match['again']}" if match["again"] else ""
    return American(
        publishers=publishers,
        type=kind,
        number=shown,
        aliases=(match["twin"].upper(),) if match["twin"] else (),
        parts=tuple(match["parts"].upper().split("-")[1:]),
        year=number(match["year"]),
        edition=again or revision,
    )


def _number(publishers: tuple[str, ...]) -> str:
    """Return what the number of a standard of these publishers looks like."""
    first, last = publishers[0], publishers[-1]
    if first in _INTERNATIONAL or publishers == ("ANSI",):
        return _NONE
    return r"\d+" if last in _INTERNATIONAL else str(_table()[last]["number"])


def _row(publishers: tuple[str, ...]) -> dict[str, Any]:
    """Return what is known of the last developer of a standard."""
    developers = [name for name in publishers if name in _table()]
    return _table()[developers[-1]] if developers else {}
