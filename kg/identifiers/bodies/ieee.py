"""Parse designations of IEEE, its predecessors AIEE and IRE, and its ANSI and ASA standards."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from kg.identifiers.bodies import iso
from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, Supplement
from kg.identifiers.text import dashed, number

OWN: Final = ("IEEE", "AIEE", "IRE", "ANSI", "ASA", "NACE")
PARTNERS: Final = ("ISO", "IEC", "ASTM", "EIA", "CSA", "ASHRAE", "IPC", "USEMCSC", "NEMA", "SAE")
_STATUSES: Final = ("Unapproved", "Approved", "Active")
_STAGES: Final = (r"CD\d?", "CDV", r"WD\d?", r"DIS\d?", r"FDIS\d?", "FCD", "DTS", "DTR", "TS")
MONTHS: Final = (
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
_NAME: Final = "|".join((*OWN, *PARTNERS))
_YEAR: Final = r"(?:18|19|20)\d\d"
_NAMED_DAY: Final = re.compile(rf",? ([A-Z]{{3,9}})\.?,? ({_YEAR})$", re.IGNORECASE)

_SERIES: Final = r"\d+[A-Z]{0,5}(?:(?<=v)\d)?"
LEADS: Final = (*OWN, *PARTNERS)
EXAMPLES: Final = (
    "IEEE Std 802.3-2018",
    "IEEE Std C57.12.00-2015 Redline",
    "IEEE P802.1Qcp/D-2.0-2017-11",
    "IEEE Std 802.1Q-2011/Cor2-2012",
    "IEEE Unapproved Std P1234/D-5-2007-09",
    "AIEE 11-1937",
    "ANSI/IEEE Std 1008-1987",
)

_FORM: Final = Grammar(
    rf"""
    (?P<publishers>(?:{_NAME})(?:[/ ](?:{_NAME}))*)
    (?:[ ](?P<status>{"|".join(_STATUSES)}))?
    (?:[ ](?P<before>{"|".join(_STAGES)}))?
    (?:[ ](?:Draft[ ])?Std\.?)?
    (?:[ ](?P<stage>{"|".join(_STAGES)}))?
    [ ]?(?:No\.?[ ]?)?
    (?P<project>P(?=(?:[A-Z]{{0,2}}|SI[ ])\d))?
    (?P<number>
        SI[ ]10
      | [A-Z]{{0,2}}(?:7-4\.3\.2|{_SERIES})
        (?:\.[A-Z]{{0,4}}{_SERIES}|\.A(?=[/-]|$)|[._-]?REV[A-Z]{{0,3}}\d?|\.Conformance\d+)*
    )
    (?P<parts>(?:-(?:\d{{1,2}}[A-Z]?|\d{{3}}|(?!18|19|20)\d{{4}}|\d{{5}}[A-Z]?)(?=[-/]|$))*)
    (?:-(?P<base>{_YEAR})(?=/(?:.*/)?(?:Cor|Amd|INT)))?
    (?:/E-(?P<edition>\d+))?
    (?:/D-?(?P<draft>[A-Z\d.]*[A-Z\d](?:/R-[A-Z]{{1,2}})?)\.?)?
    (?:/(?P<kind>Cor|Amd|INT)\.?[ ]?(?P<supplement>\d+))?
    (?:(?:[-:]|(?<=SI[ ]10)\.)(?P<year>{_YEAR})(?:-(?P<month>1[0-2]|0?[1-9]|[A-Z]{{3,9}})(?!\d))?)?
    (?:[ ](?P<variant>Redline))?
    (?:[ ]?\((?P<language>[EF])\))?
    """,
)


class Ieee(Designation):
    """A designation of IEEE: ``IEEE Std 802.3-2018`` or ``IEEE P802.3/D-3.0-2018-04``.

    The ``stage`` of a project is P, or its stage at ISO or IEC; ``iteration`` is its draft.
    ``Std`` has no meaning, and ``str`` adds it as IEEE does.
    """

    parts_form_series: ClassVar[bool] = True

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
        for each in self.supplements:
            text += f"/{each.kind}{each.number}" + dashed(each.year, each.month)
        text += date * (not self.supplements) + (f" {self.variant}" if self.variant else "")
        text += f"({self.language})" if self.language else ""
        return text + "".join(f" ({alias})" for alias in self.aliases)


def parse(text: str) -> Designation | None:
    """Parse a cleaned text; None if it isn't a designation of IEEE.

    A joint publication with ISO or IEC becomes an :class:`~kg.identifiers.bodies.iso.Iso`
    (29119-1:2013), even if it is written as IEEE does (29119.1-2013).
    """
    match = _FORM.fullmatch(_NAMED_DAY.sub(_numeric_month, text))
    if not match:
        return None
    names = dict.fromkeys(re.split("[/ ]", match["publishers"].upper()))
    publishers = list(ordered(tuple(names)))
    stage = (match["stage"] or match["before"] or "").upper()
    if not stage and (match["project"] or match["draft"]):
        stage = "P"
    joint = bool({"ISO", "IEC"} & set(publishers))
    if joint and not stage and ("IEEE" in publishers or match["year"]):
        return iso.parse(_as_iso(publishers, match))
    if not set(publishers) & set(OWN) and not (joint and match["project"]):
        return None
    year, month = number(match["year"]), month_number(match["month"])
    if match["month"] and not month:
        return None
    supplements: tuple[Supplement, ...] = ()
    if match["kind"]:
        kind = iso.KINDS.get(match["kind"].upper(), "INT")
        supplements = (Supplement(kind=kind, number=match["supplement"], year=year, month=month),)
        year, month = number(match["base"]), None
    return Ieee(
        publishers=tuple(publishers),
        type=(match["status"] or "").capitalize(),
        stage=stage,
        number=match["number"],
        parts=tuple(match["parts"].split("-")[1:]),
        edition=match["edition"] or "",
        iteration=(match["draft"] or "").upper(),
        year=year,
        month=month,
        supplements=supplements,
        variant=(match["variant"] or "").capitalize(),
        language=(match["language"] or "").upper(),
    )


def ordered(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return publishers in the usual order: ISO and IEC first."""
    return tuple(sorted(names, key=lambda n: ("ISO", "IEC").index(n) if n in ("ISO", "IEC") else 2))


def _as_iso(publishers: list[str], match: re.Match[str]) -> str:
    text = "/".join(publishers) + " " + match["number"].replace(".", "-") + match["parts"]
    text += f":{match['base']}" if match["base"] else ""
    text += f"/{match['kind']} {match['supplement']}" if match["kind"] else ""
    text += f":{match['year']}" if match["year"] else ""
    return text + (f" {match['variant']}" if match["variant"] else "")


def month_number(text: str | None) -> int | None:
    """Return the number of a month, given as a number or a name."""
    if not text or text.isdigit():
        return number(text)
    short = text[:3].lower()
    return MONTHS.index(short) + 1 if short in MONTHS else None


def _numeric_month(match: re.Match[str]) -> str:
    month = month_number(match[1])
    return f"-{match[2]}-{month:02}" if month else match[0]
