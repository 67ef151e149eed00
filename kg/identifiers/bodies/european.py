"""Parse designations of CEN and CENELEC (CEN-CENELEC Internal Regulations, Part 2).

National standards repeat them after a code of their own (``BS EN ISO 9001:2015``); what follows the
code has the same form, so it is parsed here too.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final

from kg.identifiers.bodies import etsi
from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, Supplement
from kg.identifiers.text import dashed, number

LEADS: Final[tuple[str, ...]] = (
    *("EN", "ENV", "PREN", "FPREN", "PRENV", "HD", "PRHD", "FPRHD", "CWA", "PR", "FPR"),
    *("CEN", "CLC", "CENELEC", "PRCEN", "FPRCEN", "PRCLC", "FPRCLC"),
)
EXAMPLES: Final = (
    "EN 1992-1-1:2004/A1:2014",
    "EN ISO 13485:2016/AC:2018",
    "EN IEC 62368-1:2020+A11:2020",
    "prEN ISO/IEC 17025:2016",
    "CEN/TS 16702-1:2014",
    "CEN/CLC/TR 17602-80-12:2021",
    "CLC/TS 50131-7:2010",
    "CWA 14050-1:2000",
    "HD 384.4.42 S1:1985/A2:1994",
)

_ORIGINALS: Final = "ISO|IEC|CEI|CISPR|IEEE|ASTM|CIE|SAE"
_INTERNATIONAL: Final = frozenset(_ORIGINALS.split("|"))
_DATE: Final = r"(?P<year>(?:19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2]))?"
_BODY: Final = "CENELEC|CEN|CLC"
_CODE: Final = rf"ENV|EN|HD|CWA|(?:{_BODY})(?:[/-](?:{_BODY}|ETSI))*"
_FORM: Final = Grammar(
    rf"""
    (?:(?P<stage>FPR|PR)[ ]?)?
    (?:(?P<code>{_CODE})(?![A-Z]))?
    (?P<originals>[ -]?(?:ISO|IEC|CEI|CISPR)(?:/(?:{_ORIGINALS}))*(?![A-Z]))?
    (?:[/ -]?(?P<type>TS|TR|PAS|GUIDE)(?![A-Z]))?
    [ -]?
    (?P<number>\d{{3}}[ ]\d{{3}}(?!\d)|\d+(?:\.\d+)*[A-Z]{{0,2}})
    (?P<parts>(?:-(?:[A-Z]{{0,2}}\d+[A-Z]{{0,2}}))*)
    (?:[ ](?P<edition>S\d))?
    (?:[ ]?\((?P<alias>VDE[ ](?:V[ ])?\d{{4}}(?:-\d+)*)\))?
    (?::{_DATE})?
    (?P<supplements>(?:[/+ ](?:F?PR)?(?:AMD|AC|A|IS|NA|CN)[ ]?\d*(?:[:-](?:19|20)\d\d(?:-\d\d)?)?)*)
    """
)
_SUPPLEMENT: Final = Grammar(
    rf"(?P<join>[/+ ])(?P<stage>F?PR)?(?P<kind>AMD|AC|A|IS|NA|CN)[ ]?(?P<number>\d*)"
    rf"(?:[:-]{_DATE})?"
)
_KINDS: Final = {"A": "Amd", "AMD": "Amd", "AC": "Cor", "IS": "ISH", "NA": "NA", "CN": "CN"}
_PRINTED: Final = {"Amd": "A", "Cor": "AC", "ISH": "IS", "NA": "NA", "CN": "CN"}
_NAMES: Final = {"CEI": "IEC", "CENELEC": "CLC"}
_TYPES: Final = {"GUIDE": "Guide"}
_STAGES: Final = {"PR": "pr", "FPR": "Fpr"}
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ETSI: Final = re.compile(r"3\d{5}")


class Adopting(Designation):
    """A designation that repeats another after a code: the publishers are the code and theirs."""

    def shares_publishers(self, other: Designation) -> bool:
        """Return whether the codes are equal and the originals' publishers are partners.

        Partners share their numbers: EN ISO 17025 is EN ISO/IEC 17025, but not EN 17025.
        """
        own, others = set(self.publishers), set(other.publishers)
        theirs = own & _INTERNATIONAL, others & _INTERNATIONAL
        partners = bool(theirs[0]) == bool(theirs[1]) and (own <= others or others <= own)
        return partners and own - _INTERNATIONAL == others - _INTERNATIONAL


class European(Adopting):
    """A designation of CEN or CENELEC; ``publishers`` are its code and the original's publishers.

    ``EN ISO 9001:2015`` has the publishers EN and ISO. The stage is ``pr`` or ``Fpr``; supplements
    are Amd (written A1), Cor (AC), ISH (IS1), national annexes (NA) and complements (CN).
    """

    parts_form_series: ClassVar[bool] = True

    def __str__(self) -> str:
        return printed(self, self.publishers, self.stage)


def parse(text: str) -> Designation | None:
    """Parse a cleaned text; None if it isn't a designation of CEN or CENELEC.

    EN with six digits of which the first is 3 is a standard of ETSI. A harmonization document
    needs a part, a year or its series (``S1``), since "HD 1080" means a video format; so does
    ``en`` in small letters, since "en 1973" is French and Spanish.
    """
    match = _FORM.fullmatch(text)
    if not match or not match["code"]:
        return None
    fields = read(match)
    if fields is None or (match["code"] in ("en", "En") and _is_bare(fields)):
        return None
    if fields["publishers"] == ("EN",) and _ETSI.fullmatch(fields["number"]):
        return etsi.parse(f"ETSI {text}")
    return European(**fields)


def after_code(text: str) -> dict[str, Any] | None:
    """Return the fields of what follows the code of a national standard; None if it has none.

    >>> after_code("EN ISO 9001:2015")["publishers"], after_code("5950-1:2000")["publishers"]
    (('EN', 'ISO'), ())
    """
    match = _FORM.fullmatch(text)
    return read(match) if match else None


def read(match: re.Match[str]) -> dict[str, Any] | None:
    """Return the fields of a match; None for forms that aren't used."""
    code = (match["code"] or "").upper().replace("-", "/")
    names = [_NAMES.get(name, name) for name in code.split("/") if name]
    kind = (match["type"] or "").upper()
    own = (match["originals"] or "").strip(" -").upper().split("/")
    originals = [_NAMES.get(name, name) for name in own if name]
    parts = match["parts"].upper().split("-")[1:]
    year = match["year"]
    if parts and not year and _YEAR.fullmatch(parts[-1]):
        year = parts.pop()
    bodies = bool(names) and names[0] in ("CEN", "CLC")
    # EN itself has no types, and CEN and CENELEC publish nothing else without one.
    if (bodies and not kind) or (kind and not bodies and not originals):
        return None
    if kind and "EN" in names:
        return None
    if not match["number"].replace(" ", "").isdigit() and names == ["EN"]:
        return None
    added = tuple(map(_supplement, _SUPPLEMENT.compiled.finditer(match["supplements"])))
    if any(each.kind == "Amd" and not each.number for each in added):
        return None
    fields = {
        "publishers": (*names, *originals),
        "type": _TYPES.get(kind, kind),
        "stage": _STAGES.get((match["stage"] or "").upper(), ""),
        "number": match["number"].upper().replace(" ", ""),
        "parts": tuple(parts),
        "aliases": (match["alias"].upper(),) if match["alias"] else (),
        "edition": (match["edition"] or "").upper(),
        "year": number(year),
        "month": number(match["month"]),
        "supplements": added,
    }
    return None if names == ["HD"] and _is_bare(fields) else fields


def _is_bare(fields: dict[str, Any]) -> bool:
    """Return whether a designation is a code and a number that could mean something else."""
    more = fields["parts"] or fields["year"] or fields["edition"] or fields["supplements"]
    return len(fields["publishers"]) == 1 and not (
        more or fields["stage"] or "." in fields["number"]
    )


def printed(
    d: Designation,
    publishers: tuple[str, ...],
    stage: str = "",
    kind: str | None = None,
    *,
    between: str = " ",
    dot: str = "-",
    year: str = ":",
) -> str:
    """Write a designation, or what follows the code of a national standard.

    ``publishers``, ``stage`` and ``kind`` stand for its own without what belongs to the national
    code; ``between`` stands between EN and the original's publishers, ``dot`` before each part,
    and ``year`` before the year.
    """
    own = "/".join(name for name in publishers if name in CODES)
    originals = "/".join(name for name in publishers if name not in CODES)
    head = between.join(filter(None, (stage + own, originals)))
    kind = d.type if kind is None else kind
    if kind:
        head += (" " if kind == "Guide" or originals.endswith("IEC") else "/") + kind
    shown = d.number
    if _ETSI.fullmatch(shown):
        shown = f"{shown[:3]} {shown[3:]}"
    text = f"{head} {dot.join((shown, *d.parts))}".strip()
    text += f" {d.edition}" if d.edition else ""
    text += "".join(f" ({alias})" for alias in d.aliases) + _date(d, year)
    for each in d.supplements:
        text += ("+" if each.included else "/") + each.stage + _PRINTED[each.kind] + each.number
        text += _date(each, ":")
    return text


CODES: Final = ("EN", "ENV", "HD", "CWA", "CEN", "CLC", "ETSI")


def _date(item: Designation | Supplement, sign: str) -> str:
    return sign + dashed(item.year, item.month)[1:] if item.year else ""


def _supplement(match: re.Match[str]) -> Supplement:
    return Supplement(
        kind=_KINDS[match["kind"].upper()],
        number=match["number"].lstrip("0"),
        stage=_STAGES.get((match["stage"] or "").upper(), ""),
        year=number(match["year"]),
        month=number(match["month"]),
        included=match["join"] == "+",
    )
