"""IEEE, its forerunners AIEE and IRE, and the ANSI and ASA standards that IEEE keeps."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers import iso
from kg.identifiers.model import Designation, Supplement
from kg.identifiers.text import dashed, number

_OWN: Final = ("IEEE", "AIEE", "IRE", "ANSI", "ASA", "NACE")
_PARTNERS: Final = ("ISO", "IEC", "ASTM", "EIA", "CSA", "ASHRAE", "IPC", "USEMCSC", "NEMA", "SAE")
_STANDING: Final = ("Unapproved", "Approved", "Active")
_STAGES: Final = (r"CD\d?", "CDV", r"DIS\d?", r"FDIS\d?", "FCD", "DTS", "DTR", "TS")
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_NAME: Final = "|".join((*_OWN, *_PARTNERS))
_YEAR: Final = r"(?:18|19|20)\d\d"
_NAMED_DAY: Final = re.compile(rf",? ([A-Z]{{3,9}})\.?,? ({_YEAR})$", re.IGNORECASE)

_SERIES: Final = r"\d+[A-Z]{0,5}(?:(?<=v)\d)?"
_FORM: Final = re.compile(
    rf"""
    (?P<publishers>(?:{_NAME})(?:[/ ](?:{_NAME}))*)
    (?:[ ](?P<standing>{"|".join(_STANDING)}))?
    (?:[ ](?P<before>{"|".join(_STAGES)}))?
    (?:[ ](?:Draft[ ])?Std\.?)?
    (?:[ ](?P<stage>{"|".join(_STAGES)}))?
    [ ]?(?:No\.?[ ]?)?
    (?P<project>P(?=[A-Z]{{0,2}}\d))?
    (?P<number>[A-Z]{{0,2}}{_SERIES}(?:\.[A-Z]{{0,4}}{_SERIES}|\.A(?=[/-]|$)|[._-]?REV[A-Z]{{0,3}}\d?|\.Conformance\d+)*)
    (?P<parts>(?:-\d{{1,3}}(?=[-/]|$))*)
    (?:-(?P<base>{_YEAR})(?=/(?:.*/)?(?:Cor|Amd|INT)))?
    (?:/E-(?P<edition>\d+))?
    (?:/D-?(?P<draft>[A-Z\d.]*[A-Z\d](?:/R-[A-Z]{{1,2}})?)\.?)?
    (?:/(?P<kind>Cor|Amd|INT)\.?[ ]?(?P<supplement>\d+))?
    (?:[-:](?P<year>{_YEAR})(?:-(?P<month>1[0-2]|0?[1-9]|[A-Z]{{3,9}})(?!\d))?)?
    (?:[ ](?P<variant>Redline))?
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Ieee(Designation):
    """A designation of IEEE; str prints ``IEEE Std 802.3-2018`` or ``IEEE P802.3/D-3.0-2018-04``.

    A project has the stage P or its stage at ISO or IEC, and ``iteration`` is the draft. ``Std``
    distinguishes nothing and is printed where IEEE prints it.
    """

    def __str__(self) -> str:
        words = ["/".join(self.publishers)]
        words += [word for word in (self.type, self.stage) if word and word != "P"]
        if "IEEE" in self.publishers and (self.type or not self.stage):
            words.append("Std")
        number = "-".join(((self.stage and "P") + self.number, *self.parts))
        date = dashed(self.year, self.month)
        text = f"{' '.join(words)} {number}" + date * bool(self.supplements)
        text += f"/E-{self.edition}" if self.edition else ""
        text += f"/D-{self.iteration}" if self.iteration else ""
        for one in self.supplements:
            text += f"/{one.kind}{one.number}" + dashed(one.year, one.month)
        return text + date * (not self.supplements) + (f" {self.variant}" if self.variant else "")


def parse(text: str) -> Designation | None:
    """Read a cleaned text; None where it is no designation of IEEE.

    What IEEE publishes with ISO or IEC is a designation of theirs (29119-1:2013), in whatever
    way IEEE writes it (29119.1-2013).
    """
    found = _FORM.fullmatch(_NAMED_DAY.sub(_in_digits, text))
    if not found:
        return None
    named = dict.fromkeys(re.split("[/ ]", found["publishers"].upper()))
    publishers = sorted(named, key=lambda n: ("ISO", "IEC").index(n) if n in ("ISO", "IEC") else 2)
    stage = (found["stage"] or found["before"] or "").upper()
    if not stage and (found["project"] or found["draft"]):
        stage = "P"
    theirs = bool({"ISO", "IEC"} & set(publishers))
    if theirs and not stage and ("IEEE" in publishers or found["year"]):
        return iso.parse(_as_iso(publishers, found))
    if not set(publishers) & set(_OWN) and not (theirs and found["project"]):
        return None
    year, month = number(found["year"]), _month(found["month"])
    if found["month"] and not month:
        return None
    supplements: tuple[Supplement, ...] = ()
    if found["kind"]:
        kind = iso.KINDS.get(found["kind"].upper(), "INT")
        of_it = found["supplement"]
        supplements = (Supplement(kind=kind, number=of_it, year=year, month=month),)
        year, month = number(found["base"]), None
    return Ieee(
        publishers=tuple(publishers),
        type=(found["standing"] or "").capitalize(),
        stage=stage,
        number=found["number"],
        parts=tuple(found["parts"].split("-")[1:]),
        edition=found["edition"] or "",
        iteration=(found["draft"] or "").upper(),
        year=year,
        month=month,
        supplements=supplements,
        variant=(found["variant"] or "").capitalize(),
    )


def _as_iso(publishers: list[str], found: re.Match[str]) -> str:
    text = "/".join(publishers) + " " + found["number"].replace(".", "-") + found["parts"]
    text += f":{found['base']}" if found["base"] else ""
    text += f"/{found['kind']} {found['supplement']}" if found["kind"] else ""
    text += f":{found['year']}" if found["year"] else ""
    return text + (f" {found['variant']}" if found["variant"] else "")


def _month(text: str | None) -> int | None:
    if not text or text.isdigit():
        return number(text)
    short = text[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else None


def _in_digits(found: re.Match[str]) -> str:
    month = _month(found[1])
    return f"-{found[2]}-{month:02}" if month else found[0]
