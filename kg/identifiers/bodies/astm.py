"""Parse designations of ASTM (Form and Style for ASTM Standards): ``ASTM E8/E8M-22``."""

from __future__ import annotations

from typing import Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation

LEADS: Final[tuple[str, ...]] = ("ASTM",)
EXAMPLES: Final = (
    "ASTM D4169-22",
    "ASTM E8/E8M-22",
    "ASTM A123/A123M-17",
    "ASTM D638-14e1",
    "ASTM D86-20b",
    "ASTM E29-13(2019)",
    "ASTM F1980-07(2011)e1",
    "ASTM D1234",
)

_FORM: Final = Grammar(
    r"""
    ASTM[ -]?(?:Std\.?[ ])?
    (?P<number>[A-G][ ]?\d{1,4}M?)
    (?:/(?P<metric>[A-G][ ]?\d{1,4}M))?
    (?:[ ]?-[ ]?(?P<year>(?:19|20)\d\d|\d\d)(?P<letter>[a-d])?
        (?:[ ]?\((?P<reapproved>(?:19|20)\d\d)\))?
        (?:[ ]?(?:e|ε|Ε)(?P<editorial>\d))?
    )?
    """
)
_PIVOT: Final = 30
"""Two digits from here on are a year of the 20th century; earlier ones are of the 21st."""


class Astm(Designation):
    """A designation of ASTM; ``edition`` is all that ASTM writes after the dash.

    It is the year in two digits, a letter for further editions of a year, the year of reapproval
    and the number of an editorial change: ``13(2019)e1``. A metric twin is an alias.
    """

    def __str__(self) -> str:
        text = f"ASTM {'/'.join((self.number, *self.aliases))}"
        return f"{text}-{self.edition}" if self.edition else text


def parse(text: str) -> Astm | None:
    """Parse a cleaned text; None if it isn't a designation of ASTM.

    ``ASTM`` is required, since D1234 alone is ambiguous.
    """
    match = _FORM.fullmatch(text)
    if not match:
        return None
    number, metric = ((match[name] or "").upper().replace(" ", "") for name in ("number", "metric"))
    year = int(match["year"][-2:]) if match["year"] else None
    if match["year"] and len(match["year"]) > len("22"):
        full: int | None = int(match["year"])
    else:
        full = None if year is None else year + (2000 if year < _PIVOT else 1900)
    edition = "" if year is None else f"{year:02}{(match['letter'] or '').lower()}"
    edition += f"({match['reapproved']})" if match["reapproved"] else ""
    edition += f"e{match['editorial']}" if match["editorial"] else ""
    return Astm(
        publishers=("ASTM",),
        number=number,
        aliases=(metric,) if metric else (),
        year=full,
        edition=edition,
    )
