"""Build IRIs from designations, references and codes; the IRI doesn't depend on the source."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from kg.common.namespaces import BASE
from kg.identifiers import codes, committees
from kg.identifiers.model import Designation, segment

_KNOWN_ORGANIZATIONS: Final = {
    "1635": "cn/sac",
    "1835": "jisc",
    "2064": "bsi",
    "2188": "ansi",
    "3000": "astm",
    "8389": "hl7",
    "8816": "bipm",
    "8833": "wco",
    "8928": "cie",
    "9006": "etsi",
    "9018": "ecma",
    "9301": "ccsds",
    "9509": "idf",
    "9563": "iiw",
    "9657": "itu",
    "9694": "oecd",
    "9666": "iultcs",
    "9698": "oiml",
    "9769": "un",
    "9825": "ogc",
    "10067": "gs1",
    "10075": "undp",
    "11326": "ieee",
    "306174": "oasis",
    "321429": "3gpp",
    "323967": "iho",
    "347193": "un/cefact",
    "637840": "sae",
    "6412349": "calconnect",
    "8088116": "ietf",
}
"""Paths of organizations named by claims or other catalogues too, by their number at ISO."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9/._~-]*")
_BODIES: Final = {"JIS": "jisc", "JSA": "jsa", "CISPR": "iec/cispr", "SAC": "cn/sac"}


def document(designation: Designation) -> str:
    """Return the IRI of a document.

    >>> from kg.identifiers import parse
    >>> document(parse("ISO/IEC 27001:2022"))
    'https://w3id.org/stdkg/iso-iec/27001-2022'
    """
    return BASE + "/".join(designation.path())


def unparsed(body: str, text: str) -> str:
    """Return the IRI of a document with a designation that can't be parsed."""
    return f"{BASE}{segment(body)}/id/{segment(text)}"


def adoption(adopting: str, adopted: str) -> str:
    """Return the IRI of the adoption of one document (IRI) by another.

    >>> adoption(BASE + "jisc/q/9001-2015", BASE + "iso/9001-2015")
    'https://w3id.org/stdkg/jisc/q/9001-2015/adoption/iso/9001-2015'
    """
    return f"{adopting}/adoption/{adopted.removeprefix(BASE)}"


def edition_of(work: str, edition: str, volume: str = "") -> str:
    """Return the IRI of an edition, or of a volume of it, whose designation can't be parsed."""
    return f"{work}/edition/{segment(edition)}" + (f"/volume/{segment(volume)}" if volume else "")


def committee(reference: committees.Committee) -> str:
    """Return the IRI of a committee.

    >>> committee(committees.parse("ISO/TMBG")), committee(committees.parse("ISO/TC 321"))
    ('https://w3id.org/stdkg/iso/tmb', 'https://w3id.org/stdkg/iso/tc/321')
    """
    return BASE + "/".join(reference.path())


def group(owner: str, name: str) -> str:
    """Return the IRI of a committee or group with a name instead of a number."""
    return f"{BASE}{segment(owner)}/group/{segment(name)}"


def body(abbreviation: str) -> str:
    """Return the IRI of a standards body by its abbreviation.

    >>> body("ITU-T"), body("CISPR")
    ('https://w3id.org/stdkg/itu-t', 'https://w3id.org/stdkg/iec/cispr')
    """
    return BASE + _BODIES.get(abbreviation.upper(), segment(abbreviation))


def chinese_body(code: str) -> str:
    """Return the IRI of the body that issues the standards with a code of China.

    >>> chinese_body("DB33"), chinese_body("T/ZZB")
    ('https://w3id.org/stdkg/cn/db33', 'https://w3id.org/stdkg/cn/t/zzb')
    """
    return f"{BASE}cn/" + "/".join(map(segment, code.split("/")))


def organization(name: str) -> str:
    """Return the IRI of an organization that is known by its name in full.

    >>> organization("国家标准化管理委员会"), organization("Example Ltd")
    ('https://w3id.org/stdkg/cn/sac', 'https://w3id.org/stdkg/organization/example_ltd')
    """
    known = codes.read("organizations")["names"].get(name)
    return BASE + (known or f"organization/{segment(name)}")


def national_classification(code: str) -> str:
    """Return the IRI of a class of the Chinese Classification for Standards, such as A00."""
    return f"{CCS}/{segment(code)}"


def iso_organization(number: str) -> str:
    """Return the IRI of a member body or liaison organization of ISO by its number at ISO.

    >>> iso_organization("1635"), iso_organization("1619")
    ('https://w3id.org/stdkg/cn/sac', 'https://w3id.org/stdkg/iso/organization/1619')
    """
    return BASE + _KNOWN_ORGANIZATIONS.get(number, f"iso/organization/{segment(number)}")


def iso_committee(number: str) -> str:
    """Return the IRI of a committee known only by its number at ISO."""
    return f"{BASE}iso/committee/{segment(number)}"


def iso_project(number: str) -> str:
    """Return the IRI of an ISO project by the number in the URL of its page."""
    return f"{BASE}iso/project/{segment(number)}"


def country(alpha2: str) -> str:
    """Return the IRI of a country by its ISO 3166-1 alpha-2 code."""
    return f"{BASE}place/{segment(alpha2)}"


def ics(code: str) -> str:
    """Return the IRI of a class of the International Classification for Standards."""
    return f"{BASE}ics/{segment(code)}"


ICS: Final = BASE + "ics"
"""Concept scheme of the International Classification for Standards."""


CCS: Final = BASE + "ccs"
"""Concept scheme of the Chinese Classification for Standards."""


def record(slug: str, record_path: str) -> str:
    """Return the IRI of a record from the slug of its source and its path in the source.

    >>> record("relaton-data-iso", "data/iso 1.yaml")
    'https://w3id.org/stdkg/record/relaton-data-iso/data/iso%201.yaml'
    """
    path = record_path if _PLAIN.fullmatch(record_path) else quote(record_path, safe="/")
    return f"{BASE}record/{segment(slug)}/{path}"


def membership(in_: str, role: str, agent: str) -> str:
    """Return the IRI of a membership from the IRI of a committee or body, the role and the agent.

    The membership ends with the last segment of the agent's IRI, as in the curated claims.

    >>> membership(BASE + "iso/tc/321", "secretariat", iso_organization("1635"))
    'https://w3id.org/stdkg/iso/tc/321/secretariat/sac'
    """
    return f"{in_}/{segment(role)}/{agent.rsplit('/', 1)[-1]}"
