"""From what a catalogue calls a thing to its IRI: the same thing, the same IRI, in every source."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from kg.common.namespaces import BASE
from kg.identifiers import committees
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
"""What the curated claims or other catalogues name too, by number at ISO: one thing, one IRI."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9/._~-]*")
_BODIES: Final = {"JIS": "jisc", "JSA": "jsa", "CISPR": "iec/cispr"}


def document(designation: Designation) -> str:
    """The IRI of a document.

    >>> from kg.identifiers import parse
    >>> document(parse("ISO/IEC 27001:2022"))
    'https://w3id.org/stdkg/iso-iec/27001-2022'
    """
    return BASE + "/".join(designation.path())


def unparsed(body: str, text: str) -> str:
    """The IRI of a document whose designation no grammar reads: the text itself names it."""
    return f"{BASE}{segment(body)}/id/{segment(text)}"


def committee(reference: committees.Committee) -> str:
    """The IRI of a committee.

    >>> committee(committees.parse("ISO/TMBG")), committee(committees.parse("ISO/TC 321"))
    ('https://w3id.org/stdkg/iso/tmb', 'https://w3id.org/stdkg/iso/tc/321')
    """
    return BASE + "/".join(reference.path())


def group(owner: str, name: str) -> str:
    """The IRI of a committee or group that has a name and no number."""
    return f"{BASE}{segment(owner)}/group/{segment(name)}"


def body(abbreviation: str) -> str:
    """The IRI of an organization that makes standards, by its abbreviation.

    >>> body("ITU-T"), body("CISPR")
    ('https://w3id.org/stdkg/itu-t', 'https://w3id.org/stdkg/iec/cispr')
    """
    return BASE + _BODIES.get(abbreviation.upper(), segment(abbreviation))


def iso_organization(number: str) -> str:
    """The IRI of a member body or liaison organization of ISO, by its number there.

    >>> iso_organization("1635"), iso_organization("1619")
    ('https://w3id.org/stdkg/cn/sac', 'https://w3id.org/stdkg/iso/organization/1619')
    """
    return BASE + _KNOWN_ORGANIZATIONS.get(number, f"iso/organization/{segment(number)}")


def iso_committee(number: str) -> str:
    """The IRI of a committee of ISO that is known by its number only."""
    return f"{BASE}iso/committee/{segment(number)}"


def iso_project(number: str) -> str:
    """The IRI of one of ISO's projects, by the number in the address of its page."""
    return f"{BASE}iso/project/{segment(number)}"


def country(alpha2: str) -> str:
    """The IRI of a country, by its ISO 3166-1 alpha-2 code."""
    return f"{BASE}place/{segment(alpha2)}"


def ics(code: str) -> str:
    """The IRI of a class of the International Classification for Standards."""
    return f"{BASE}ics/{segment(code)}"


ICS: Final = BASE + "ics"
"""The International Classification for Standards as a concept scheme."""


def record(slug: str, place: str) -> str:
    """The IRI of a record of a source: the source's name, and the path of the record in it.

    >>> record("relaton-data-iso", "data/iso 1.yaml")
    'https://w3id.org/stdkg/record/relaton-data-iso/data/iso%201.yaml'
    """
    path = place if _PLAIN.fullmatch(place) else quote(place, safe="/")
    return f"{BASE}record/{segment(slug)}/{path}"


def membership(in_: str, role: str, agent: str) -> str:
    """The IRI of a participation, by what is taken part in, the role and the agent's IRI.

    The agent's own name in its IRI is enough, as in the curated claims.

    >>> membership(BASE + "iso/tc/321", "secretariat", iso_organization("1635"))
    'https://w3id.org/stdkg/iso/tc/321/secretariat/sac'
    """
    return f"{in_}/{segment(role)}/{agent.rsplit('/', 1)[-1]}"
