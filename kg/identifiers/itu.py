"""ITU-T and ITU-R (ITU-T A.11, ITU-R Resolution 1): a designation and what is published to it."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers.model import Designation, Supplement
from kg.identifiers.text import number

_KINDS: Final = {
    "amd": "Amd.",
    "cor": "Cor.",
    "technicalcor": "Technical Cor.",
    "err": "Err.",
    "add": "Add.",
    "suppl": "Suppl.",
    "app": "App.",
    "annex": "Annex",
    "attachment": "attachment",
    "impguide": "Imp. Guide",
}
_DATE: Final = r"(?:[ ]?\((?:(?P<month>\d{2})/)?(?P<year>(?:18|19|20)\d\d)\))?"
_NUMBER: Final = (
    r"[A-Z]\.\d+(?:\.\d+)*[a-z]?(?:[ ]?(?:bis|ter|quater)|[ ]?R|[ ][A-HJ-Z])?(?![a-z\d.])"
)

_ITU_T: Final = re.compile(
    rf"""
    ITU-?T[ ](?:Rec(?:ommendation|\.)?[ ])?
    (?:
        (?P<number>{_NUMBER})(?P<aliases>(?:[/-]{_NUMBER})*)
      | (?P<series>[A-Z](?:-\d+)?(?:[ ]series)?|E\d+-\d+|[A-Z]{{2,}}-\d+)(?=[ ])
    )
    (?:[ ]?\(?V\.?(?P<edition>\d+)\)?)?
    {_DATE}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SUPPLEMENT: Final = re.compile(
    rf"""
    [ /](?P<kind>Amd|Cor|Technical[ ]Cor|Err|Add|Suppl|App|Annex|attachment|Imp\.?[ ]?Guide)\.?
    (?:[ ]?(?P<number>[A-Z]?\d+(?:\.\d+)?|[IVX]+|[A-Z](?![A-Z])))?
    {_DATE}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ITU_R: Final = re.compile(
    rf"""
    ITU-?R[ ](?:Rec(?:ommendation|\.)?[ ]|Question[ ])?
    (?:
        (?P<number>[A-Z]{{1,3}}\d?\.\d+)
      | (?P<handbook>\d+\.HDB)
      | (?P<bare>\d+)
    )
    (?:-(?P<edition>\d+))?
    (?P<parts>(?:[/-]BL[/-]\d+|/\d+)?)
    :?
    {_DATE}
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Itu(Designation):
    """A designation of ITU-T or ITU-R; str prints ``ITU-T G.709 (2020) Amd. 1 (11/2021)``."""

    def __str__(self) -> str:
        [sector] = self.publishers
        text = f"{sector} {'/'.join((self.number, *self.aliases))}"
        if self.edition:
            text += f"-{self.edition}" if sector == "ITU-R" else f" (V{self.edition})"
        text += "".join(f"/{part}" for part in self.parts) + _date(self)
        for one in self.supplements:
            text += f" {one.kind}" + (f" {one.number}" if one.number else "") + _date(one)
        return text


def parse(text: str) -> Itu | None:
    """Read a cleaned text; None where it is no designation of ITU-T or ITU-R."""
    if found := _ITU_R.fullmatch(text):
        return Itu(
            publishers=("ITU-R",),
            number=(found["number"] or found["handbook"] or found["bare"]).upper(),
            edition=found["edition"] or "",
            parts=tuple(part for part in re.split("[/-]", found["parts"].upper()) if part),
            year=number(found["year"]),
            month=number(found["month"]),
        )
    found = _ITU_T.match(text)
    if not found:
        return None
    supplements, at = [], found.end()
    while more := _SUPPLEMENT.match(text, at):
        supplements.append(_supplement(more))
        at = more.end()
    # A series is no document, only its supplements are.
    if at != len(text) or (found["series"] and not supplements):
        return None
    numbers = [found["series"]] if found["series"] else [found["number"]]
    numbers += [alias for alias in re.split(r"[/-]", found["aliases"] or "") if alias]
    first, *others = map(_spelled, numbers)
    return Itu(
        publishers=("ITU-T",),
        number=first,
        aliases=tuple(others),
        edition=found["edition"] or "",
        year=number(found["year"]),
        month=number(found["month"]),
        supplements=tuple(supplements),
    )


def _spelled(text: str) -> str:
    """The letters of the series large, the rest as the body has it."""
    series = re.match(r"[A-Z\d-]+(?:\.\d+)*", text, re.IGNORECASE)
    head = series.group().upper() if series else ""
    tail = text[len(head) :].strip()
    small = tail.lower()
    if small in ("bis", "ter", "quater", "series"):
        return f"{head} {small}"
    if len(tail) == 1 and (text[len(head)] == " " or small == "r"):
        return f"{head} {tail.upper()}"
    return head + small


def _supplement(found: re.Match[str]) -> Supplement:
    kind = _KINDS[re.sub("[ .]", "", found["kind"].lower())]
    return Supplement(
        kind=kind,
        number=(found["number"] or "").upper(),
        year=number(found["year"]),
        month=number(found["month"]),
    )


def _date(dated: Itu | Supplement) -> str:
    if not dated.year:
        return ""
    return f" ({dated.month:02}/{dated.year})" if dated.month else f" ({dated.year})"
