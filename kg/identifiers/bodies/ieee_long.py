"""Parse the long forms of IEEE Xplore: drafts with months, double numbers, notes on relations.

A note in parentheses says how a document relates to others (``Revision of IEEE Std 1377-1997``); it
must be one, and is not part of the designation. Another number of the same document is an alias.
"""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers.bodies import ieee, iso
from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, Supplement, changed
from kg.identifiers.text import number

LEADS: Final = (*ieee.LEADS, "802", "A", "C", "P", "STD", "UNAPPROVED")
EXAMPLES: Final = (
    "IEEE Std 315-1975 (ANSI Y32.2-1975)",
    "IEEE PC37.60/D-10-2012-02 (IEC 62271-111)",
    "ISO/IEC 8802-5:1992 ED1 (IEEE Std 802.5-1992)",
    "IEC 61691-4:2004 ED1 (IEEE Std 1364)",
)

_NAMES: Final = "|".join((*ieee.OWN, *ieee.PARTNERS))
_YEAR: Final = r"(?:18|19|20)\d\d"
_MONTH: Final = "(?:" + "|".join(ieee.MONTHS) + ")[a-z]{0,6}"
_STAGES: Final = r"(?:FDIS|DIS|CDV|FCD|CD|WD)"
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")

_BEGIN: Final = Grammar(
    rf"(?:{_NAMES})(?![A-Z])|P[A-Z]{{0,2}}\d|C\d|802|Std[ ]|A\.I\.E\.E|Unapproved[ ]"
)
# A document in a note: without IEEE after others, of a year still unknown (201x), or of an edition.
_RELATED: Final = rf"""
    (?:(?:{_NAMES}|EEE|IEEE's|A\.[ ]I\.[ ]E\.[ ]E\.)(?:[/ ](?:{_NAMES}|TR|TS))*[ ]?)?
    (?:(?:Draft|Stds?\.?|Standards?|No\.?|Supplement)[ ]?)*+
    (?:SI|P?[A-Z]{{0,3}})[ ]?\d[\w.:-]*(?:[/_ ](?:Cor|Amd|D)[._ -]*\d[\w.:-]*)?
    (?:,?[ ]\d{{4}}[ ](?:Edition|Edn))?(?:[ ]\(Reaff[ ]\d{{4}}\)?)?
"""
_RELATION: Final = r"""
    (?:Draft[ ])?
    (?:Revisi?on|Reaffirmation|Ame?ndment|Corrigend(?:um|a)|Supplements?|Adoption|Redesignation|Conformance|Addendum
      |Supersedes|Supercedes|Incorporat(?:es|ing)|Includ(?:es|ing)|Replaces|Previously)
    (?:[ ](?:of|to|by|and|from|based[ ]on|designated[ ]as|Supplement))*[ ]?
"""
_NOTE: Final = Grammar(
    rf"""
    {_RELATION}{_RELATED}
    (?:
        (?:,?[ ](?:and|as[ ]amm?ended[ ]by|incorporating|including|/)[ ]|,[ ]|/[ ]?)
        (?:(?:and|as[ ]amended[ ]by)[ ])?(?:{_RELATION})?{_RELATED}
    )*+
  | Adopted[ ]by[ ]ISO/IEC[ ]and[ ]redesignated[ ]as[ ]{_RELATED}
  | (?:Reaff(?:irmed)?|R)[ ]?\d{{4}} | Approved[ ]Draft | Trial[ -]Use | Upgraded[ ]to[ ]Full-Use
    """
)
_OTHERS: Final = re.compile(
    r"(?:AESC|ASHRAE|ASME|CSA|NACE|NCTA|NSF|USAS) (?:Guideline )?[A-Z]{0,3} ?\d[\w.-]*",
    re.IGNORECASE,
)
"""Numbers of bodies without a grammar here."""
_EDITION: Final = Grammar(
    rf"""
    ,?[ -](?:(?P<ordinal>{"|".join(_ORDINALS)})[ ]Edition
      |Edition[ ](?P<edition>\d{{1,3}})(?:\.\d)?(?!\d))
    (?:[ -]+(?P<year>{_YEAR})(?:-\d\d){{0,2}})?(?:;[ ]Corrected[ ]version[ ][\d-]+)?
  | ,[ ](?P<of>{_YEAR})[ ](?:Edition|Edn)
    """
)
_JOIN: Final = re.compile(rf"(?: and |; ?| ?/ ?| )(?=(?:{_NAMES}|ASME)(?![A-Z]))", re.IGNORECASE)
_DATE: Final = Grammar(
    rf"""
    (?:[,_ ]*(?P<month>{_MONTH})\.?,?[ ]?(?:\d\d?,?[ ])?|,[ ]?|(?<=[A-Z\d])[ ])
    (?P<year>{_YEAR}|(?<=[a-z. ])0\d)$
    """
)
_SUFFIX: Final = r"(?:(?!rev|D\d)[a-z]){0,5}"
_DRAFT: Final = Grammar(
    rf"""
    (?:(?P<publishers>(?:{_NAMES})(?:[/ ](?:{_NAMES}))*)[ /]{{1,2}})?
    (?:Active[ ](?=Unapproved))?(?:(?P<status>Unapproved|Approved|Active)[ ])?
    (?:Draft[ ])?(?:Std\.?[ ])?(?:IEEE[ ])?(?:(?P<before>{_STAGES}\.?\d?)[ ])?
    (?P<project>P(?=[A-Z]{{0,2}}\d))?
    (?P<number>[A-Z]{{0,2}}(?:7-4\.3\.2|\d+{_SUFFIX})(?:\.\d+{_SUFFIX})*)
    (?P<parts>(?:-(?:\d{{1,3}}|(?!18|19|20)\d{{4}}|\d{{5}}[a-z]?)(?![\d.]))*)
    (?P<revision>[-_/]?REV[a-z]{{0,3}}\d?(?![a-z]))?
    (?:[:-](?P<base>{_YEAR}))?
    """
)
_TOKEN: Final = Grammar(
    rf"""
    (?:[/_ ,-]{{1,2}}|(?=D\d))
    (?:
        (?P<kind>Cor|Amd|am)[._ -]*(?P<supplement>\d+)(?:-(?P<supplemented>{_YEAR}))?
      | (?P<stage>{_STAGES})[.-]?(?P<round>\d{{0,2}})
        (?:-(?:(?P<code>{_YEAR})|(?P<draft_of>\d{{4}})))?(?![\d.])
      | (?:D(?:raft)?[ ]?|(?<=/)(?=\d+\.[\d.]+$))
        (?P<draft>[A-Z]?\d+(?:\.[\da-z]+)*[a-z]{{0,2}}(?:[ ]?r\d+)?)
      | ED(?P<edition>\d+)
      | (?P<also>(?:IEC|ISO|ASHRAE)[ ]?\d+(?:-\d+)*)
    )
    """
)
_REPAIRS: Final = (
    (re.compile(r"\bStd\.? (?=Std\b)|\bStandard (?=No)|(?<=Std) IEEE(?= )", re.IGNORECASE), ""),
    (re.compile(r"[ /-]+Conformance ?(?=\d)", re.IGNORECASE), ".Conformance"),
    (re.compile(r"^A\.I\.E\.E\.", re.IGNORECASE), "AIEE"),
    (re.compile(rf"[ -]({_MONTH})[ -]({_YEAR})$", re.IGNORECASE), r", \1 \2"),
)
_LANGUAGE: Final = re.compile(r"[EFR](?:[/,][EFR])*", re.IGNORECASE)


def parse(text: str) -> Designation | None:
    """Parse a cleaned text; None if it isn't a long form of a designation of IEEE."""
    if not _BEGIN.match(text):
        return None
    redline = re.search(r"(?: -)? Redline$", text, re.IGNORECASE)
    core, notes = _split_notes(text[: redline.start()] if redline else text)
    aliases: list[str] = []
    relations = []
    for note in notes:
        found = [_number(piece) for piece in re.split(r", (?!\d)| and ", note)]
        if all(found):
            aliases += found
        elif _NOTE.fullmatch(note):
            relations.append(note)
        else:
            return None
    for pattern, repaired in _REPAIRS:
        core = pattern.sub(repaired, core)
    # A short form is another module's.
    if core == text and _plain(core):
        return None
    designation = _core(core, relations)
    if designation is None:
        return None
    variant = "REDLINE" if isinstance(designation, iso.Iso) else "Redline"
    return changed(
        designation,
        variant=variant if redline else designation.variant,
        aliases=(*designation.aliases, *aliases),
    )


def _core(text: str, relations: list[str]) -> Designation | None:
    found = _plain(text) or _edition(text) or _draft(text, bool(relations)) or _double(text)
    if not found and relations and re.match(r"(?:Std )?[A-Z]?\d", text, re.IGNORECASE):
        # Of the body that published what is revised.
        by = re.search(r"\b(ANSI|IEEE)\b", relations[0])
        return _plain(f"{by[1]} {text}") if by else None
    return found


def _number(text: str) -> str:
    """Return a further number of a document in its usual form; empty for any other text."""
    found = _plain(text) or _edition(text)
    return str(found) if found else text if _OTHERS.fullmatch(text) else ""


def _split_notes(text: str) -> tuple[str, list[str]]:
    """Split a text into what precedes its notes, and the notes; the last ")" may be missing."""
    notes: list[str] = []
    text = text.replace("[", "(").replace("]", ")")
    if text.count("(") > text.count(")"):
        text += ")"
    while text.endswith(")"):
        depth = 0
        for at in range(len(text) - 1, -1, -1):
            depth += (text[at] == ")") - (text[at] == "(")
            if depth == 0:
                break
        note = text[at + 1 : -1]
        if depth or _LANGUAGE.fullmatch(note):
            break
        notes.insert(0, note.strip())
        text = text[:at].rstrip()
    return text, notes


def _plain(text: str) -> Designation | None:
    return iso.parse(text) or ieee.parse(text)


def _edition(text: str) -> Designation | None:
    """Parse a designation followed by an edition: ``IEC 61671-6 Edition 1.0 2016-04``."""
    match = _EDITION.compiled.search(text)
    if not match:
        return None
    rest = (text[: match.start()] + text[match.end() :]).replace(" (E)", "(E)")
    found = _plain(rest) or _draft(rest, False) or _double(rest)
    if found is None:
        return None
    ordinal = match["ordinal"]
    edition = str(_ORDINALS.index(ordinal.lower()) + 1) if ordinal else match["edition"] or ""
    return changed(
        found,
        year=found.year or number(match["year"] or match["of"]),
        edition=found.edition or edition,
    )


def _double(text: str) -> Designation | None:
    """Parse two numbers of one document: ``IEC 62624 IEEE Std 1650``."""
    for join in _JOIN.finditer(text):
        names = text[: join.start()], text[join.end() :]
        first, second = (_plain(name) or _draft(name, True) for name in names)
        if isinstance(second, iso.Iso) and isinstance(first, ieee.Ieee):
            return changed(second, aliases=(str(first),))
        if first and (second or _OTHERS.fullmatch(names[1])):
            return changed(first, aliases=(str(second or names[1]),))
        if second and _OTHERS.fullmatch(names[0]):
            return changed(second, aliases=(names[0],))
    return None


def _draft(text: str, related: bool) -> Designation | None:
    """Parse a draft: ``IEEE P1657_D26, Mar 2009``, ``ISO/IEC/IEEE P26514/CD2, August 2020``.

    Without IEEE, a date or a note on a related document is required.
    """
    language = re.search(r" ?\(([EF])\)$", text, re.IGNORECASE)
    text = text[: language.start()] if language else text
    dated = _DATE.compiled.search(text)
    core = text[: dated.start()] if dated else text
    match = _DRAFT.match(core)
    if not match:
        return None
    read: dict[str, str] = {}
    at = match.end()
    while at < len(core):
        token = _TOKEN.match(core, at)
        more = {name: value for name, value in token.groupdict().items() if value} if token else {}
        if not token or set(more) & set(read):
            return None
        read |= more
        at = token.end()
    known = match["publishers"] or match["status"]
    if not (known or (read.get("draft") and (dated or related))):
        return None
    found = _from_draft(match, read, dated)
    return changed(found, language=language[1].upper()) if found and language else found


def _from_draft(
    match: re.Match[str], read: dict[str, str], dated: re.Match[str] | None
) -> Designation | None:
    names = tuple(dict.fromkeys(re.split("[/ ]", (match["publishers"] or "IEEE").upper())))
    joint = bool({"ISO", "IEC"} & set(names)) and match["project"]
    if not joint and not set(names) & set(ieee.OWN):
        return None
    stage = (match["before"] or "").upper().replace(".", "")
    if read.get("stage"):
        stage = read["stage"].upper() + read.get("round", "")
    if not (stage or match["project"] or read.get("draft") or read.get("kind")):
        return None
    if not stage and (match["project"] or read.get("draft")):
        stage = "P"
    year = int(dated["year"]) if dated else number(read.get("supplemented") or read.get("code"))
    # Years with two digits are those of drafts of 2006 to 2009.
    year = year + 2000 if year and year < 100 else year  # noqa: PLR2004
    month = ieee.month_number(dated["month"]) if dated else None
    base = number(match["base"])
    supplements: tuple[Supplement, ...] = ()
    if read.get("kind"):
        kind = iso.KINDS[read["kind"].upper()]
        supplement = Supplement(kind=kind, number=read["supplement"], year=year, month=month)
        supplements, year, month = (supplement,), base, None
    elif not year:
        year = base
    also = read.get("also")
    return ieee.Ieee(
        publishers=ieee.ordered(names),
        type=(match["status"] or "").capitalize(),
        stage=stage,
        number=match["number"] + (match["revision"] or ""),
        parts=tuple(match["parts"].split("-")[1:]),
        edition=read.get("edition", ""),
        iteration=(read.get("draft") or read.get("draft_of", "")).upper().replace(" ", ""),
        aliases=(re.sub(r"(?<=[A-Z])(?=\d)", " ", also.upper()),) if also else (),
        year=year,
        month=month,
        supplements=supplements,
    )
