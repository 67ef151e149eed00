"""Parse designations of China (GB/T 1.1, GB/T 20000.1): national, sector, local, group."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, ClassVar, Final

from kg.identifiers import codes, mentions
from kg.identifiers.bodies import iso, itu
from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, Supplement, segment
from kg.identifiers.text import dashed, number

_SHORT: Final = 2
_LENGTHS: Final = range(3, 6)
"""Digits of a number that is a sector standard's also without a year or kind."""

LEADS: Final[tuple[str, ...]] = (
    *("T", "Q", "GB", "GJB", "GSB", "JJF", "JJG", "TSG", "CECS", "CJJ", "JGJ", "JTG", "JTJ", "JTS"),
    *(
        "AQ",
        "BB",
        "CB",
        "CH",
        "CJ",
        "CNAS",
        "CY",
        "DA",
        "DB",
        "DGJ",
        "DL",
        "DY",
        "DZ",
        "EJ",
        "FZ",
        "GA",
    ),
    *("GC", "GD", "GH", "GM", "GW", "GY", "HB", "HG", "HJ", "HS", "HY", "JB", "JC", "JG", "JR"),
    *("JT", "JY", "KA", "KY", "LB", "LD", "LS", "LY", "MH", "MR", "MT", "MZ", "NB", "NY", "QB"),
    *("QC", "QJ", "QX", "RB", "RF", "SB", "SC", "SD", "SF", "SH", "SJ", "SL", "SN", "SW", "SY"),
    *("TB", "TD", "TY", "WB", "WH", "WJ", "WM", "WS", "WW", "XB", "XF", "YB", "YC", "YD", "YJ"),
    *("YS", "YY", "YZ", "ZY"),
)
EXAMPLES: Final = (
    "GB/T 1.1—2020",
    "GB 18030—2022",
    "GB/Z 26337.1—2010",
    "GBZ 2.1—2019",
    "GJB 9001C—2017",
    "DB33/T 2036.1—2017",
    "DB3301/T 0234—2018",
    "T/ZZB 0001—2016",
    "Q/GDW 1738—2012",
    "YY/T 0316—2016",
    "JJF 1001—2011",
    "GB 6675.1—2014/XG1—2018",
    "JJF(浙) 1130—2017",
    "JTG D60—2015",
    "JGJ/T 23—2011",
    "CECS 102:2002",
    "T/CECA-G 0024—2018",
    "Q/370200 ABC 001—2019",
    "DBJ33/T 1001—2020",
    "DBJ/T 15-38—2019",
    "DGJ32/T 16—2014",
    "DGJ 08-107—2015",
)


@cache
def _table() -> dict[str, dict[str, Any]]:
    """Return what is known of each code: its sector, its owner, the form of its numbers."""
    return {code: row for group in codes.read("china").values() for code, row in group.items()}


def _form() -> str:
    listed = "|".join(sorted(_table(), key=len, reverse=True))
    return rf"""
    (?:
        (?P<code>
            (?!DBS?\d)(?:{listed})(?:(?<=JJ[FG])[ ]?\([\u4e00-\u9fff]{{1,4}}\))?
          | DBS\d\d(?=[ /T])
          | DB[ ]?\d\d(?:\d\d(?:\d\d)?)?(?=[ /T])
          | (?P<built>(?:DBJ|DGJ)(?:\d\d)?(?=[ /T]))
        )
        (?P<kind>[/ ]?[TZ](?![A-Z]))?
        [/ ]{{0,2}}
      | (?P<private>[TQ])/
        (?P<owner>(?:\d{{6}}[ ])?[A-Z\d]*[A-Z][A-Z\d]*(?:-[A-Z]+)?)
        (?:[ ]|(?<=[A-Z])(?=\d)|(?<=[A-Z])-(?=\d+-(?:19|20)\d\d))
    )
    (?P<number>[A-Z]?\d+[A-Z]?(?(built)(?:-\d{{1,3}}(?!\d))?))
    (?P<parts>(?:\.\d+)*(?P<revised>(?<=\.\d)[A-Z]|(?<=\.\d\d)[A-Z])?)
    (?:(?P<join>[:-])(?P<year>(?:19|20)\d\d|[5-9]\d))?
    (?:/XG(?P<change>\d+)(?:-(?P<changed>(?:19|20)\d\d))?)?
    """


_FORM: Final = Grammar(_form)


class Chinese(Designation):
    """A designation of a Chinese standard: national, sector, local, group or enterprise.

    ``publishers`` holds the code (GB, YY, DB33, T/ZZB); ``type`` is T, Z or empty (mandatory).
    ``str`` returns ``GB/T 1.1—2020`` with the dash required by GB/T 1.1.
    """

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        head = f"{self.publishers[0]}/{self.type}" if self.type else self.publishers[0]
        text = f"{head} {'.'.join((self.number, *self.parts))}"
        colon = _table().get(self.publishers[0], {}).get("colon")
        text += f"{':' if colon else '—'}{self.year}" if self.year else ""
        for each in self.supplements:
            text += f"/{each.kind}{each.number}" + (f"—{each.year}" if each.year else "")
        return text

    @property
    def owner(self) -> tuple[str, ...]:
        """China and the code: ``cn/gb-t``."""
        letters = f"{self.publishers[0]}-{self.type}" if self.type else self.publishers[0]
        return ("cn", *letters.split("/"))

    @property
    def core(self) -> str:
        """The number and its parts, joined by dots, and the year."""
        return segment(".".join((self.number, *self.parts))) + dashed(self.year)


def parse(text: str) -> Chinese | None:
    """Parse a cleaned text; None if it isn't the designation of a Chinese standard.

    A dual number (``GB/T 19001-2016/ISO 9001:2015``) is the designation of the Chinese standard;
    :mod:`kg.identifiers.adoptions` gives the other half.
    """
    match = _FORM.fullmatch(text)
    if match:
        return _read(match)
    dual = mentions.split_dual(text)
    if dual is None or not (iso.parse(dual.original) or itu.parse(dual.original)):
        return None
    match = _FORM.fullmatch(dual.adopting)
    return _read(match) if match else None


def _read(match: re.Match[str]) -> Chinese | None:
    letters = (match["code"] or f"{match['private']}/{match['owner']}").upper()
    letters = letters.replace(" (", "(").replace("DB ", "DB")
    row = _table().get(letters, {})
    if match["number"][0].isalpha() and not row.get("letters"):
        return None
    if match["revised"] and not row.get("revised"):
        return None
    if match["join"] == ":" and not row.get("colon"):
        return None
    year = number(match["year"])
    # Two letters and a number (TB 2, SH 600519) don't identify a ministry standard.
    is_short = letters != "GB" and len(letters) == _SHORT and not (match["kind"] or year)
    if is_short and not (match["parts"] or len(match["number"]) in _LENGTHS):
        return None
    # GBT is common for GB/T, but DLT 1 is no power standard.
    if letters != "GB" and (match["kind"] or "/")[0].isalpha() and not year:
        return None
    change = match["change"]
    supplements = [Supplement(kind="XG", number=change, year=number(match["changed"]))]
    return Chinese(
        publishers=(letters,),
        type=(match["kind"] or "").strip("/ ").upper(),
        number=match["number"].upper(),
        parts=tuple(match["parts"].upper().split(".")[1:]),
        # Years had two digits until 1994.
        year=year + 1900 if year and year < 100 else year,  # noqa: PLR2004
        supplements=tuple(supplements if change else ()),
    )
