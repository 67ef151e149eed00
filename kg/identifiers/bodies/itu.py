"""Parse designations of ITU-T and ITU-R (ITU-T A.11, ITU-R Resolution 1)."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers.grammar import Grammar
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

LEADS: Final = ("ITU",)
EXAMPLES: Final = (
    "ITU-T G.709/Y.1331 (2020) Amd. 1 (11/2021)",
    "ITU-T H.264 (V13) (06/2019)",
    "ITU-T V.8 bis (11/2000)",
    "ITU-T Y Suppl. 27 (01/2015)",
    "ITU-T G.729 Annex E (1998) Cor. 1 (02/2000)",
    "ITU-R BT.601-7",
    "ITU-R 205-1/5",
)

_ITU_T: Final = Grammar(
    rf"""
    ITU-?T[ ](?:Rec(?:ommendation|\.)?[ ])?
    (?:
        (?P<number>{_NUMBER})(?P<aliases>(?:[/-]{_NUMBER})*)
      | (?P<series>[A-Z](?:-\d+)?(?:[ ]series)?|E\d+-\d+|[A-Z]{{2,}}-\d+)(?=[ ])
    )
    (?:[ ]?\(?V\.?(?P<edition>\d+)\)?)?
    {_DATE}
    """,
)
_SUPPLEMENT: Final = Grammar(
    rf"""
    [ /](?P<kind>Amd|Cor|Technical[ ]Cor|Err|Add|Suppl|App|Annex|attachment|Imp\.?[ ]?Guide)\.?
    (?:[ ]?(?P<number>[A-Z]?\d+(?:\.\d+)?|[IVX]+|[A-Z](?![A-Z])))?
    {_DATE}
    """,
)
_ITU_R: Final = Grammar(
    rf"""
    ITU-?R[ ](?:Rec(?:ommendation|\.)?[ ]|Question[ ])?
    (?:
        (?P<number>[A-Z]{{1,3}}\d?\.\d+)
      | (?P<handbook>\d+\.HDB)
      | SG0?(?P<group>\d{{1,2}})\.(?P<question>\d+)
      | (?P<bare>\d+)
    )
    (?:-(?P<edition>\d+))?
    (?P<parts>(?:[/-]BL[/-]\d+|/\d+)?)
    :?
    {_DATE}
    """,
)


class Itu(Designation):
    """A designation of ITU-T or ITU-R, such as ``ITU-T G.709 (2020) Amd. 1 (11/2021)``."""

    def __str__(self) -> str:
        [sector] = self.publishers
        text = f"{sector} {'/'.join((self.number, *self.aliases))}"
        if self.edition:
            text += f"-{self.edition}" if sector == "ITU-R" else f" (V{self.edition})"
        text += "".join(f"/{part}" for part in self.parts) + _date(self)
        for each in self.supplements:
            text += f" {each.kind}" + (f" {each.number}" if each.number else "") + _date(each)
        return text


def parse(text: str) -> Itu | None:
    """Parse a cleaned text; None if it isn't a designation of ITU-T or ITU-R.

    A question of ITU-R is printed with its study group at the end (48-7/5), as it is cited, also if
    its file has the group at the beginning (SG05.48-7).
    """
    if match := _ITU_R.fullmatch(text):
        parts = match["parts"] or f"/{match['group'] or ''}"
        number_ = match["number"] or match["handbook"] or match["question"] or match["bare"]
        return Itu(
            publishers=("ITU-R",),
            number=number_.upper(),
            edition=match["edition"] or "",
            parts=tuple(part for part in re.split("[/-]", parts.upper()) if part),
            year=number(match["year"]),
            month=number(match["month"]),
        )
    match = _ITU_T.match(text)
    if not match:
        return None
    supplements, at = [], match.end()
    while more := _SUPPLEMENT.match(text, at):
        supplements.append(_supplement(more))
        at = more.end()
    # A series itself isn't a document, only its supplements are.
    if at != len(text) or (match["series"] and not supplements):
        return None
    numbers = [match["series"]] if match["series"] else [match["number"]]
    numbers += [alias for alias in re.split(r"[/-]", match["aliases"] or "") if alias]
    first, *others = map(_normalize_number, numbers)
    return Itu(
        publishers=("ITU-T",),
        number=first,
        aliases=tuple(others),
        edition=match["edition"] or "",
        year=number(match["year"]),
        month=number(match["month"]),
        supplements=tuple(supplements),
    )


def _normalize_number(text: str) -> str:
    """Return a number with series letters in capitals, and suffixes as ITU writes them."""
    series = re.match(r"[A-Z\d-]+(?:\.\d+)*", text, re.IGNORECASE)
    head = series.group().upper() if series else ""
    tail = text[len(head) :].strip()
    small = tail.lower()
    if small in ("bis", "ter", "quater", "series"):
        return f"{head} {small}"
    if len(tail) == 1 and (text[len(head)] == " " or small == "r"):
        return f"{head} {tail.upper()}"
    return head + small


def _supplement(match: re.Match[str]) -> Supplement:
    kind = _KINDS[re.sub("[ .]", "", match["kind"].lower())]
    return Supplement(
        kind=kind,
        number=(match["number"] or "").upper(),
        year=number(match["year"]),
        month=number(match["month"]),
    )


def _date(item: Itu | Supplement) -> str:
    if not item.year:
        return ""
    return f" ({item.month:02}/{item.year})" if item.month else f" ({item.year})"
