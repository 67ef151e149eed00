"""Types of documents: their concepts in the code list, and which are types of standards."""

from __future__ import annotations

from typing import Final

from kg.identifiers import Designation
from kg.identifiers.bodies.ietf import Ietf
from kg.identifiers.bodies.iso import Iso
from kg.identifiers.bodies.oiml import Oiml
from kg.identifiers.bodies.w3c import W3c

_SUPPLEMENTS: Final = {
    "Amd": "amendment",
    "Amd.": "amendment",
    "AMENDMENT": "amendment",
    "Amendment": "amendment",
    "XG": "amendment",
    "Cor": "technical-corrigendum",
    "Cor.": "technical-corrigendum",
    "Technical Cor.": "technical-corrigendum",
    "CORRIGENDUM": "technical-corrigendum",
    "Err.": "erratum",
    "Errata": "erratum",
    "Add": "addendum",
    "Add.": "addendum",
    "Suppl": "supplement",
    "Suppl.": "supplement",
    "Annex": "annex",
    "Annexes": "annex",
    "App.": "appendix",
    "ISH": "interpretation",
    "INT": "interpretation",
    "EXPLANATION": "explanation",
    "EXPL": "explanation",
    "Imp. Guide": "implementers-guide",
}
_VARIANTS: Final = {
    "CSV": "consolidated-version",
    "RLV": "redline",
    "REDLINE": "redline",
    "CSV-RLV": "redline",
    "CMV": "commented-version",
    "CSV-CMV": "commented-version",
    "EXV": "extended-version",
    "EXV-RLV": "redline",
    "EXV-CMV": "commented-version",
    "SER": "series",
    "DB": "database",
}
_ISO: Final = {
    "TR": "technical-report",
    "TS": "technical-specification",
    "PAS": "publicly-available-specification",
    "Guide": "guide",
    "IWA": "international-workshop-agreement",
    "R": "recommendation",
    "ISP": "international-standardized-profile",
    "TTA": "technology-trends-assessment",
    "DATA": "data",
    "SRD": "system-reference-deliverable",
}
_OIML: Final = {"D": "international-document"}
_W3C: Final = {
    **dict.fromkeys(("REC", "CR", "CRD", "PR", "PER", "SPSD", "OBSL", "RSCND"), "recommendation"),
    **dict.fromkeys(("NOTE", "DNOTE"), "note"),
    **dict.fromkeys(("DRY", "CRY"), "registry"),
    "STMT": "statement",
}

_SAME_WORDS: Final = """
    action agenda amendment article basic-publication best-practice brochure classification
    code-of-practice committee-document communication community-practice community-standard
    decision directive discussion-paper engineering-report etsi-standard european-standard
    european-telecommunication-standard expert-report group-report group-specification guide
    handbook interim-european-telecommunication-standard international-standard
    international-workshop-agreement internet-draft issue japanese-industrial-standard
    meeting-report memorandum monograph other periodical policy proposal
    publicly-available-specification question recommendation redline reference-model report
    resolution section seminar-report special-report specification standard statement
    supporting-document system-reference-deliverable technical-basis-for-regulation
    technical-report technical-specification translation vocabulary volume
"""
_BY_WORD: Final = {
    "abstract-specification-topic": "abstract-specification",
    "addendum": "addendum",
    "administrative": "policy",
    "annex": "annex",
    "best-practices": "best-practice",
    "change-request-supporting-document": "change-request",
    "corrigendum": "technical-corrigendum",
    "directives": "directive",
    "etsi-guide": "guide",
    "etsi-technical-report": "technical-report",
    "gsm-technical-specification": "technical-specification",
    "legal": "policy",
    "management-systems-standard": "standard",
    "method-of-specifying": "specification",
    "method-of-test": "test-method",
    "mise-en-pratique": "best-practice",
    "monographie": "monograph",
    "norme-européenne-de-télécommunication": "norme-europeenne-de-telecommunication",
    "policy-and-procedures": "policy",
    "rapport": "report",
    "recommendation-amendment": "amendment",
    "recommendation-annex": "annex",
    "recommendation-corrigendum": "technical-corrigendum",
    "recommendation-supplement": "supplement",
    "resolutions": "resolution",
    "rfc": "request-for-comments",
    "sttr": "trend-report",
    "tec": "technology-report",
    "technical-committee-reference-technical-report": "technical-report",
    "technical-corrigendum": "technical-corrigendum",
    "tmop": "market-outlook",
    "tr": "technical-report",
    "ts": "technical-specification",
    "working-party-note": "committee-document",
    "wp": "white-paper",
    **{word: word for word in _SAME_WORDS.split()},
}
_NO_TYPES: Final = frozenset(("", "document", "technicalreport"))
"""No type, or the type of all W3C records, which have a more specific maturity."""

_NOT_STANDARD_TYPES: Final = """
    action agenda article basic-publication brochure change-request committee-document
    communication data decision directive discussion-paper engineering-report expert-report
    handbook internet-draft issue market-outlook meeting-report memorandum monograph note other
    periodical policy proposal question redline reference-model report resolution section
    seminar-report series statement supporting-document technology-report
    technology-trends-assessment trend-report volume white-paper
"""
_NOT_STANDARDS: Final = frozenset(_NOT_STANDARD_TYPES.split())


def deliverable_type(doctype: str, designation: Designation | None) -> tuple[str, bool]:
    """Return the concept of a document type, or empty, and whether the type is known.

    The designation takes precedence, since the source calls amendments standards.
    """
    if designation is not None:
        concept = _type_of_designation(designation)
        if concept:
            return concept, True
    word = "-".join(doctype.casefold().split())
    return _BY_WORD.get(word, ""), word in _BY_WORD or word in _NO_TYPES


def is_standard(concept: str) -> bool:
    """Return whether documents of a type are standards in a wide sense."""
    return concept not in _NOT_STANDARDS


def _type_of_designation(d: Designation) -> str:
    own = [s for s in d.supplements if not s.included]
    if own:
        return _SUPPLEMENTS.get(own[-1].kind, "")
    variant = _VARIANTS.get(d.variant.upper(), "")
    if variant or isinstance(d, Iso):
        return variant or _ISO.get(d.type, "")
    if isinstance(d, Ietf) and d.stage:
        return "internet-draft"
    if isinstance(d, Oiml):
        return _OIML.get(d.type, "")
    return _W3C.get(d.type, "") if isinstance(d, W3c) else ""
