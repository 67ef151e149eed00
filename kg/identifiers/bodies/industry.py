"""Parse documents of industries and professions: ``VDI 2230 Blatt 1:2015-11``, ``IATF 16949:2016``.

Their bodies are a list, ``codes/industry.toml``: what their numbers look like, whether there are
parts, letters of editions and years, and which signs stand before these.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, ClassVar, Final

from kg.identifiers import codes
from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation
from kg.identifiers.text import dashed, number

LEADS: Final[tuple[str, ...]] = (
    *("VDE", "VDI", "VDMA", "VDA", "VDG", "DVGW", "DVS", "DGUV", "TRGS", "TRBS", "TRBA", "AD"),
    *("SEW", "TGL", "VG", "SIA", "NORM", "DTU", "NORSOK", "NEK", "NOM", "NMX", "IATF", "OHSAS"),
    *("BS", "SA", "AA", "UIC", "FICHE", "UN", "ECE", "ECSS", "EUROCAE", "DNV", "CNAS", "RTCA"),
    *("DO", "ARINC", "IPC", "J", "JESD", "JEDEC", "AISC", "ACI", "ASCE", "SEI", "AASHTO"),
    *("AATCC", "TAPPI", "SEMI", "ISTA", "ESD", "ANSI"),
)
EXAMPLES: Final = (
    "VDE 0100-410:2018-10",
    "VDE-AR-N 4105:2018-11",
    "VDI 2230 Blatt 1:2015-11",
    "VDI/VDE 2634 Blatt 2",
    "VDA 6.3",
    "DVGW W 551",
    "DGUV Vorschrift 3",
    "TRGS 900",
    "SIA 262:2013",
    "SIA 380/1:2016",
    "IATF 16949:2016",
    "OHSAS 18001:2007",
    "SA8000:2014",
    "UIC 505-1",
    "UNECE R100",
    "ECSS-Q-ST-70-08C",
    "NORSOK M-501",
    "DNV-ST-F101",
    "CNAS-CL01:2018",
    "RTCA DO-178C",
    "ARINC 653-1",
    "IPC-A-610G",
    "J-STD-001G",
    "JESD22-A104",
    "ACI 318-19",
    "ASCE 7-16",
    "AASHTO M 145",
    "SEMI S2",
)

_MONTH: Final = r"(?:-(?P<month>0[1-9]|1[0-2]))?"
_REGULATION: Final = re.compile(
    r"(?:(?<=UN)|(?<=ECE)) Regulation (?:No\.? ?)?(?=\d)", re.IGNORECASE
)
_WORD: Final = re.compile(r"[A-Z]{4}", re.IGNORECASE)
_PIVOT: Final = 30
"""Two digits from here on are a year of the 20th century; earlier ones are of the 21st."""


@cache
def _table() -> dict[str, dict[str, Any]]:
    return codes.read("industry")


@cache
def _spellings() -> dict[str, str]:
    """Return the codes by all their spellings in capitals."""
    return {
        name.upper(): code
        for code, row in _table().items()
        for name in (code, *row.get("spellings", ()))
    }


_CODE: Final = Grammar(
    lambda: (
        "(?P<code>"
        + "|".join(re.escape(name) for name in sorted(_spellings(), key=len, reverse=True))
        + r")(?P<join>[ -]|(?=\d))"
    )
)


@cache
def _rest(code: str) -> re.Pattern[str]:
    """Return the form of what follows a code."""
    row = _table()[code]
    form = row["number"]
    if row.get("loose"):
        form = re.sub(r" (?!\?)", " ?", form)
    form = f"(?P<number>{form})"
    if "part" in row:
        signs = row.get("part_signs", "-|/" if row.get("part_join") == "/" else "-")
        several = "{0,4}" if row.get("part_join", "-") == "-" else "?"
        form += rf"(?P<parts>(?:(?:{signs})(?:{row['part']})(?!\d)){several})"
    if row.get("revised"):
        form += r"(?P<revision>[ ]?[A-HJ-N](?:[ ]?Rev\.?[ ]?\d)?)?"
    sign = row.get("year", ":")
    if sign:
        short = r"|\d\d" if row.get("short") else ""
        form += rf"(?:[:-](?P<year>(?:19|20)\d\d{short}){_MONTH})?"
    return re.compile(form, re.IGNORECASE)


class Industry(Designation):
    """A document of an industry's or a profession's body; ``edition`` is a letter.

    ``publishers`` holds the code. ``number`` begins with the letters of a kind or class, if the
    body has such (``DVGW W 551``).
    """

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        code = self.publishers[0]
        row = _table()[code]
        text = f"{code}{row.get('join', ' ')}{self.number}"
        text += "".join(row.get("part_join", "-") + part for part in self.parts) + self.edition
        if not self.year:
            return text
        date = f"{self.year % 100:02}" if row.get("short") else dashed(self.year, self.month)[1:]
        return f"{text}{row.get('year', ':')}{date}"


def parse(text: str) -> Industry | None:
    """Parse a cleaned text; None if it isn't a document of these bodies."""
    prefix = _CODE.match(_REGULATION.sub(" R", text, count=1))
    if not prefix:
        return None
    code = _spellings()[prefix["code"].upper()]
    row = _table()[code]
    match = _rest(code).fullmatch(prefix.string[prefix.end() :])
    if not match:
        return None
    found = match.groupdict()
    year = number(found.get("year"))
    if year and year < 100:  # noqa: PLR2004
        year += 2000 if year < _PIVOT else 1900
    return Industry(
        publishers=(code,),
        number=_number(row, match["number"]),
        parts=tuple(re.findall(row["part"], found.get("parts") or "", re.IGNORECASE))
        if "part" in row
        else (),
        year=year,
        month=number(found.get("month")),
        edition=(found.get("revision") or "").strip().upper(),
    )


def _number(row: dict[str, Any], written: str) -> str:
    """Return a number as it is usually written."""
    if _WORD.match(written):
        return written.capitalize()
    if row.get("loose"):
        return re.sub(r"(?<=[A-Z]) ?(?=\d)", " ", written.upper())
    return written.upper().replace(" ", "")
