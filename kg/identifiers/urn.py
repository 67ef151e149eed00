"""Parse URNs of ISO (RFC 5141) and IEC; write URNs as RFC 5141 defines them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.identifiers.bodies import iso
from kg.identifiers.bodies.iso import Iso
from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation

_STAGES: Final = {
    "PWI": "00.00",
    "NP": "10.00",
    "AWI": "20.00",
    "WD": "20.20",
    "CD": "30.00",
    "DIS": "40.00",
    "D": "40.00",
    "FDIS": "50.00",
    "FD": "50.00",
    "PRF": "60.00",
}
_TYPES: Final = ("data", "guide", "isp", "iwa", "pas", "r", "tr", "ts", "tta")
_ISO: Final = Grammar(
    rf"""
    urn:iso:std:(?P<originator>[a-z\d]+(?:-[a-z\d]+)*)
    (?::(?P<type>{"|".join(_TYPES)}))?
    :(?P<number>\d+[a-z]{{0,2}})
    (?::-(?P<parts>[a-z\d]+(?:-[a-z\d]+)*))?
    (?::stage-(?P<stage>\d\d\.\d\d)(?:\.v(?P<iteration>\d+))?)?
    (?::ed-(?P<edition>\d+))?
    (?::stage-(?P<late>\d\d\.\d\d))?
    (?::v\d+(?:\.\d+)?)?
    (?::(?P<language>[a-z]{{2}}(?:,[a-z]{{2}})*))?
    (?P<supplements>(?::(?:stage-\d\d\.\d\d:)?(?:amd|cor|add|sup):\d+(?::v\d+)?(?::[a-z]{{2}}(?:,[a-z]{{2}})*)?)*)
    """,
)
_PUBLISHED: Final = "60.60"
_STAGE: Final = re.compile(r"stage-(\d\d\.\d\d)", re.IGNORECASE)
_SUPPLEMENT: Final = re.compile(r":(amd|cor|add|sup):(\d+)(?::v(\d+))?", re.IGNORECASE)
_IEC: Final = Grammar(
    r"""
    urn:iec:std:(?P<head>[a-z-]+):(?P<number>[^:]+):(?P<date>\d{4}(?:-\d\d)?)?
    (?:-\d\d)?:(?P<type>[a-z]*):(?P<variant>[a-z-]*):?(?P<language>[a-z-]*?)
    (?P<supplements>(?::?(?:\|\||\+)(?:amd|cor|ish):?\d+:\d{4}(?:-\d\d){0,2})*)
    """,
)


def parse(text: str) -> Iso | None:
    """Parse a URN of ISO (RFC 5141) or IEC; None for any other text.

    URNs of RFC 5141 give the number of an edition, not its date. URNs of parts of a document (a
    clause, a table) and of drafts without a stage are not accepted.
    """
    if match := _ISO.fullmatch(text):
        return _from_iso(match)
    if match := _IEC.fullmatch(text):
        return _from_iec(match)
    return None


def _from_iso(match: re.Match[str]) -> Iso | None:
    kind, added = match["type"] or "", match["supplements"]
    late = match["late"] or ""
    if added and any(code < _PUBLISHED for code in (late, *_STAGE.findall(added)) if code):
        return None
    stage = _stage(match["stage"] or (not added and late) or "", kind)
    head = match["originator"].replace("-", "/") if kind.lower() != "iwa" else ""
    head += f" {stage}{'' if stage in ('D', 'FD') else ' '}{kind}"
    text = " ".join(head.split()) + " " + match["number"]
    text += f"-{match['parts']}" if match["parts"] else ""
    text += f".{match['iteration']}" if match["iteration"] and stage else ""
    for short, number, version in _SUPPLEMENT.findall(added):
        text += f"/{short} {number}" + (f":{version}" if len(version) == len("2015") else "")
    parsed = iso.parse(text)
    tags = (match["language"] or "").upper().split(",")
    language = "/".join(iso.LETTERS.get(tag, tag) for tag in tags)
    return parsed and replace(parsed, edition=match["edition"] or "", language=language)


def _stage(code: str, kind: str) -> str:
    if not code or code >= _PUBLISHED:
        return ""
    fitting = [name for name, start in _STAGES.items() if start <= code]
    drafted = kind.lower() in ("tr", "ts", "pas", "isp", "guide")
    [*_, last] = [
        name for name in fitting if name not in (("DIS", "FDIS") if drafted else ("D", "FD"))
    ]
    return last


def _from_iec(match: re.Match[str]) -> Iso | None:
    text = f"{match['head'].replace('-', '/')} {match['type']} {match['number']}"
    text = " ".join(text.split()) + (f":{match['date']}" if match["date"] else "")
    pieces = re.findall(r"(\|\||\+)([a-z]+):?(\d+):(\d{4}(?:-\d\d)?)", match["supplements"], re.I)
    added = [f"{'/' if join == '||' else '+'}{kind}{n}:{date}" for join, kind, n, date in pieces]
    text += "".join(piece for piece in added if piece[0] == "+")
    text += f" {match['variant']}" if match["variant"] else ""
    return iso.parse(text + "".join(piece for piece in added if piece[0] == "/"))


def urn(designation: Designation) -> str | None:
    """Return the URN (RFC 5141) of a designation of ISO or IEC; None if it has none.

    A URN identifies an edition by number. A dated designation without an edition number has no URN;
    set ``edition`` with ``dataclasses.replace`` if it is known.
    """
    d = designation
    if not isinstance(d, Iso) or not _has_urn(d):
        return None
    text = "urn:iso:std:" + "-".join(d.publishers) + (f":{d.type}" if d.type else "")
    text += f":{d.number}" + (f":-{'-'.join(d.parts)}" if d.parts else "")
    text += f":stage-{_STAGES[d.stage]}" if d.stage else ""
    text += f".v{d.iteration}" if d.iteration else ""
    text += f":ed-{d.edition}" if d.edition else ""
    tags = {letter: tag for tag, letter in iso.LETTERS.items()}
    text += (
        ":" + ",".join(tags.get(letter, letter) for letter in d.language.split("/"))
        if d.language
        else ""
    )
    for each in d.supplements:
        text += f":{each.kind}:{each.number}" + (f":v{each.year}" if each.year else "")
    return text.lower()


def _has_urn(d: Iso) -> bool:
    return (
        d.publishers[0] in ("ISO", "IEC")
        and (d.edition != "" or not d.year)
        and d.type.lower() in ("", *_TYPES)
        and d.stage in ("", *_STAGES)
        and not d.variant
        and "/" not in "".join(d.parts)
        and all(
            each.kind in ("Amd", "Cor", "Add") and each.number and not (each.stage or each.included)
            for each in d.supplements
        )
    )
