"""Parse numbers of working documents and projects of IEC (ISO/IEC Directives, IEC Supplement)."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers import codes
from kg.identifiers.grammar import Grammar
from kg.identifiers.model import Designation, segment

# A document begins with the number of its committee.
LEADS: Final = (
    *"123456789",
    *("AC", "CAB", "CB", "CIS", "CO", "GRAC", "IF", "JPC", "JSYC", "JTC", "MSB", "PC", "PNW"),
    *("PWI", "SEG", "SG", "SMB", "SYC"),
)
EXAMPLES: Final = (
    "65E/850/CC",
    "82/1962A/DA",
    "CIS/A/1372(F)/CDV",
    "CISPR/1456A/DA",
    "JTC1-SC25/3075/FDIS",
    "SyCSmartEnergy/209/RQ",
    "SEG9/12/INF",
    "SMB/7460A/RV",
    "PWI 100-46 ED1",
    "PWI SRD SyCCOMM-2 ED1",
    "PNW TS 86B-4412",
)

_COMMITTEE: Final = (
    r"(?:J?SyC[A-Z]+|J?(?:TC|PC)\d+(?:[-/]SC\d+[A-Z]?)?|SEG\d+|CIS(?:PR)?(?:/[A-Z])?|\d{1,3}[A-Z]?)"
)
_DOCUMENT: Final = Grammar(
    lambda: (
        rf"""
    (?P<committee>{_COMMITTEE}|{"|".join(codes.read("iec")["groups"])})
    /(?P<number>\d+[A-Z]?)(?:\((?P<language>[EFR])\))?
    /(?P<type>{"|".join(codes.read("iec")["documents"])})
    """
    )
)
_PROJECT: Final = Grammar(
    rf"""
    (?P<stage>PNW|PWI)[ ](?:(?P<type>TS|TR|PAS|SRD|GUIDE)[ ])?
    (?P<committee>{_COMMITTEE})-(?P<number>\d+)
    (?:[ ]ED[ ]?(?P<edition>\d+))?
    """
)
_SYSTEMS: Final = re.compile("J?SYC", re.IGNORECASE)


class IecDocument(Designation):
    """The number of a working document (``65E/850/CC``) or a project (``PWI 100-46 ED1``).

    ``number`` begins with the committee: ``65E/850``, ``100-46``. ``type`` is the kind of a
    document, or of the publication that a project proposes.
    """

    def __str__(self) -> str:
        if self.stage:
            words = (self.stage, self.type, self.number, self.edition and f"ED{self.edition}")
            return " ".join(filter(None, words))
        return f"{self.number}{f'({self.language})' if self.language else ''}/{self.type}"

    @property
    def owner(self) -> tuple[str, ...]:
        """IEC, and the kind."""
        return ("IEC", "document", *filter(None, (self.stage, self.type)))

    @property
    def core(self) -> str:
        """The committee and the number."""
        return "/".join(map(segment, self.number.split("/")))


def parse(text: str) -> IecDocument | None:
    """Parse a cleaned text; None if it isn't the number of a document or project of IEC."""
    match = _DOCUMENT.fullmatch(text) or _PROJECT.fullmatch(text)
    if not match:
        return None
    read = match.groupdict()
    committee = match["committee"]
    stage = (read.get("stage") or "").upper()
    systems = _SYSTEMS.match(committee)
    committee = (
        systems[0].upper().replace("SYC", "SyC") + committee[systems.end() :]
        if systems
        else committee.upper()
    )
    kind = (match["type"] or "").upper()
    return IecDocument(
        publishers=("IEC",),
        stage=stage,
        type="Guide" if kind == "GUIDE" else kind,
        number=f"{committee}{'-' if stage else '/'}{match['number'].upper()}",
        edition=read.get("edition") or "",
        language=(read.get("language") or "").upper(),
    )
