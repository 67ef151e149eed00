"""Parse designations of ISO, IEC, CISPR and their partners (ISO/IEC Directives, Part 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import ClassVar, Final

from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, Supplement, changed
from kg.identifiers.text import number

_NAMES: Final = {"CEI": "IEC", "ИСО": "ISO", "МЭК": "IEC"}
PUBLISHERS: Final = (
    "ISO",
    "IEC",
    "CISPR",
    "IEEE",
    "ASTM",
    "CIE",
    "SAE",
    "ASME",
    "OECD",
    "HL7",
    "UNDP",
    "IDF",
    "ITU",
    "IULTCS",
    "OIML",
    "CEN",
)
"""Publishers in the order used in designations: ISO and IEC, then their partners."""

_NAMED: Final = "TR TS PAS R ISP Guide IWA TTA DATA SRD CA ACEE WT OD"
TYPES: Final = {name.upper(): name for name in _NAMED.split()} | {
    "ТО": "TR",
    "ТУ": "TS",
    "РУКОВОДСТВО": "Guide",
    "РУКОВОДСТВА": "Guide",
    "GUIDES": "Guide",
}
STAGES: Final = ("PWI", "NWIP", "NP", "AWI", "WD", "CDV", "CD", "FDIS", "DIS", "PRF", "FCD")
_RUSSIAN_STAGES: Final = {"ОПМС": "FDIS", "ПМС": "DIS"}
_DRAFTED: Final = re.compile(r"(?P<stage>FD|PD|D)(?P<type>TR|TS|PAS|ISP|GUIDE)")

KINDS: Final = {
    "AMD": "Amd",
    "AM": "Amd",
    "AMENDMENT": "Amd",
    "COR": "Cor",
    "CORRIGENDUM": "Cor",
    "ADD": "Add",
    "ADDENDUM": "Add",
    "SUPPL": "Suppl",
    "SUP": "Suppl",
    "ISH": "ISH",
    "FRAG": "FRAG",
}
_DATE: Final = r"(?P<year>(?:18|19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2]))?"
_PUBLISHER: Final = "|".join((*PUBLISHERS, *_NAMES))
_WORD: Final = "|".join(
    ("(?:FD|PD|D)(?:TR|TS|PAS|ISP|GUIDE)", *STAGES, *_RUSSIAN_STAGES, *TYPES),
)

LEADS: Final = (*PUBLISHERS, *_NAMES, *STAGES, "IWA", "GUIDE", "РУКОВОДСТВ", "PRI", "FPRI")
EXAMPLES: Final = (
    "ISO 9001:2015",
    "ISO/IEC 27001:2022",
    "ISO/IEC/IEEE 8802-1Q:2016/Amd 3:2017",
    "ISO/TR 32123:2024",
    "ISO/IEC DTS 17021-14",
    "ISO/DIS 105-E01.2",
    "ISO/CD TR 9.3",
    "IWA 2:2007",
    "ISO/IEC Guide 98-3:2008/Suppl 1:2008/Cor 1:2009",
    "ISO 19115-1:2014/DAM 1",
    "ISO 5667-3:2018/CD Amd 1.2",
    "ISO/IEC 7816-4:2020(E)",
    "IEC 60601-1:2005+AMD1:2012+AMD2:2020 CSV/COR1:2021",
    "IEC TS 60695-2-4/2:1994",
    "CISPR 16-1-1:2015/AMD2/FRAG4",
    "ISO 32110 ED1",
)

_BASE: Final = Grammar(
    rf"""
    (?:
        (?P<before>GUIDE|РУКОВОДСТВ[ОА])[ ]
      | (?P<ahead>{"|".join(STAGES)})/(?=ISO|IEC)
      | (?P<formal>Fpr|pr)(?=ISO|IEC)
    )?
    (?:
        (?P<publishers>(?:{_PUBLISHER})(?:[/ ](?:{_PUBLISHER}))*)
        (?P<words>(?:[/ ]?(?:{_WORD})(?![A-Z]))*)
      | (?P<iwa>(?:(?:{"|".join(STAGES)})[ ])?IWA)
    )
    [/ ]?
    (?P<number>\d+[A-Z]{{0,2}}|VIM)
    (?P<parts>(?:-[A-Z]{{0,3}}\d*[A-Z]{{0,3}}(?<!-))*)
    (?P<sheet>/\d+(?![\d-]))?
    (?:\.(?P<iteration>\d+))?
    (?::(?:{_DATE})?)?
    """,
)
_SUPPLEMENT: Final = Grammar(
    rf"""
    (?P<join>[/+ ])
    (?:(?P<stage>{"|".join(STAGES)})[ ])?
    (?:(?P<draft>FD|FPD|PD|D|F)(?=AM|COR))?
    (?P<kind>{"|".join(sorted(KINDS, key=len, reverse=True))})\.?[ ]?
    (?P<number>(?<=FRAG)[A-Z]?\d+|\d+)?
    (?:(?<=\d)\.(?P<iteration>\d+))?
    (?:[:-](?:{_DATE})?)?
    """,
)
_VARIANT: Final = re.compile(r" ((?:CSV|RLV|CMV|EXV|PRV|SER|DB)(?:-(?:RLV|CMV))?|REDLINE)", re.I)
_EDITION: Final = re.compile(r",? ?ED(?:ITION)?(?:\.| |-)*(\d{1,3})(?!\d)", re.I)
_LANGUAGE: Final = re.compile(r" ?\(([A-Z]{1,2}(?:[/,][A-Z]{1,2})*)\)", re.I)
LETTERS: Final = {"EN": "E", "FR": "F", "RU": "R", "ES": "S", "AR": "A", "DE": "D"}
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_FORMAL: Final = {"pr": "pr", "fpr": "Fpr"}
"""Stages of European approval, before the publisher: FprISO 9693."""


class Iso(Designation):
    """A designation of ISO, IEC or CISPR, also with partners; ``str`` writes it as they do."""

    parts_form_series: ClassVar[bool] = True
    editions_by_year: ClassVar[bool] = True

    def __str__(self) -> str:
        included = [s for s in self.supplements if s.included]
        others = [s for s in self.supplements if not s.included]
        by_iso = "ISO" in self.publishers
        month = f"-{self.month:02}" if self.month else ""
        return "".join(
            [
                f"{self._head()} {'-'.join((self.number, *self.parts))}",
                f".{self.iteration}" if self.iteration else "",
                f":{self.year}{month}" if self.year else "",
                *(_printed(each, by_iso) for each in included),
                f" {self.variant}" if self.variant else "",
                *(_printed(each, by_iso) for each in others),
                f" ED{self.edition}" if self.edition else "",
                f"({self.language})" if self.language else "",
                *(f" ({alias})" for alias in self.aliases),
            ]
        )

    def _head(self) -> str:
        if self.stage in _FORMAL.values():
            return self.stage + changed(self, stage="")._head()
        drafted = self.stage in ("D", "FD", "PD")
        kind = self.stage + self.type if drafted else f"{self.stage} {self.type}".strip()
        if self.type == "IWA":
            return kind
        by = "/".join(self.publishers)
        if not kind:
            return by
        return by + ("/" if by == "ISO" and kind != "Guide" else " ") + kind

    def shares_publishers(self, other: Designation) -> bool:
        """Return whether either has all publishers of the other: partners share their numbers."""
        own, others = set(self.publishers), set(other.publishers)
        return own <= others or others <= own


def parse(text: str) -> Iso | None:
    """Parse a cleaned text; None if it isn't a designation of this family."""
    base = _BASE.match(text)
    if not base:
        return None
    publishers = _publishers(base["publishers"] or "ISO")
    ahead = base["before"] or base["ahead"] or ""
    kind = _kind(f"{ahead}/{base['words'] or base['iwa'] or ''}")
    parts = [part for part in base["parts"].upper().split("-") if part]
    year = number(base["year"])
    # ISO writes a colon before the year; GB/T, IEEE and many others write a hyphen.
    if parts and not year and not base["sheet"] and _YEAR.fullmatch(parts[-1]):
        year = int(parts.pop())
    if base["sheet"] and parts:
        parts[-1] += base["sheet"]
    if kind is None or publishers is None or (base["sheet"] and not parts):
        return None
    stage, type_ = kind
    if base["formal"]:
        if stage:
            return None
        stage = _FORMAL[base["formal"].lower()]
    if base["iteration"] and not stage:
        return None
    rest = _Rest(text, base.end())
    if not rest.complete:
        return None
    return Iso(
        publishers=publishers,
        stage=stage,
        type=type_,
        number=base["number"].upper(),
        parts=tuple(parts),
        year=year,
        month=number(base["month"]),
        iteration=base["iteration"] or "",
        supplements=tuple(rest.supplements),
        variant=rest.variant,
        edition=rest.edition,
        language=rest.language,
    )


class _Rest:
    """Parses the part after number and year: supplements, variant, edition, language."""

    def __init__(self, text: str, at: int) -> None:
        self.supplements: list[Supplement] = []
        self.variant = self.edition = self.language = ""
        while match := _SUPPLEMENT.match(text, at):
            self.supplements.append(_supplement(match))
            at = match.end()
        if match := _VARIANT.match(text, at):
            self.variant, at = match[1].upper(), match.end()
            while match := _SUPPLEMENT.match(text, at):
                self.supplements.append(_supplement(match))
                at = match.end()
        if match := _EDITION.match(text, at):
            self.edition, at = match[1].lstrip("0") or "0", match.end()
        if match := _LANGUAGE.match(text, at):
            self.language, at = _language(match[1]), match.end()
        # Supplements outside a consolidated text must follow it, or ``str`` can't reproduce them.
        joined = [s.included for s in self.supplements]
        self.complete = at == len(text) and joined == sorted(joined, reverse=True)


@lru_cache(maxsize=1024)
def _publishers(text: str) -> tuple[str, ...] | None:
    names = {_NAMES.get(name, name): None for name in re.split("[/ ]", text.upper())}
    if "CISPR" in names:
        names.pop("IEC", None)
    ordered = tuple(sorted(names, key=lambda n: PUBLISHERS.index(n) if n in _OWNERS else 9))
    return ordered if ordered[0] in _OWNERS else None


_OWNERS: Final = ("ISO", "IEC", "CISPR")


@lru_cache(maxsize=1024)
def _kind(words: str) -> tuple[str, str] | None:
    """Return stage and type; None if there are several of either."""
    stages, types = [], []
    for word in filter(None, re.split("[/ ]", words.upper())):
        if drafted := _DRAFTED.fullmatch(word):
            stages.append(drafted["stage"])
            types.append(TYPES[drafted["type"]])
        elif word in STAGES or word in _RUSSIAN_STAGES:
            stages.append(_RUSSIAN_STAGES.get(word, word))
        else:
            types.append(TYPES[word])
    if len(stages) > 1 or len(types) > 1:
        return None
    return "".join(stages), "".join(types)


_DRAFTS: Final = {"F": "FD"}
"""FCOR is a final draft, as is FDCOR."""


def _supplement(match: re.Match[str]) -> Supplement:
    stage = (match["stage"] or match["draft"] or "").upper()
    return Supplement(
        kind=KINDS[match["kind"].upper()],
        number=match["number"] or "",
        year=number(match["year"]),
        month=number(match["month"]),
        stage=_DRAFTS.get(stage, stage),
        iteration=match["iteration"] or "",
        included=match["join"] == "+",
    )


def _language(text: str) -> str:
    return "/".join(LETTERS.get(tag, tag) for tag in re.split("[/,]", text.upper()))


def _printed(supplement: Supplement, by_iso: bool) -> str:
    kind = supplement.kind if by_iso else supplement.kind.upper()
    return "".join(_pieces(supplement, kind, " " if by_iso else ""))


def _pieces(supplement: Supplement, kind: str, space: str) -> Iterator[str]:
    yield "+" if supplement.included else "/"
    if supplement.stage.endswith("D") and supplement.stage not in STAGES:
        # ISO and IEC write DAM and FDAM, but DCOR.
        amends = kind.upper() == "AMD"
        kind = supplement.stage[:-1] + "DAM" if amends else supplement.stage + kind.upper()
    elif supplement.stage:
        yield supplement.stage + " "
    yield kind
    if supplement.number:
        yield space + supplement.number
    if supplement.iteration:
        yield "." + supplement.iteration
    if supplement.year:
        yield f":{supplement.year}" + (f"-{supplement.month:02}" if supplement.month else "")
