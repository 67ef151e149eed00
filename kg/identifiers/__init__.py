"""Parse designations of standards, to compare them by field instead of as texts.

>>> standard = parse("ISO／IEC 27001—2022")
>>> print(standard, standard.publishers, standard.number, standard.year)
ISO/IEC 27001:2022 ('ISO', 'IEC') 27001 2022
>>> same(standard, parse("iso 27001")), same(standard, parse("ISO/IEC 27001:2013"))
(True, False)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, TypeVar

from kg.identifiers import urn as urns
from kg.identifiers.bodies import parsers
from kg.identifiers.model import Designation, Supplement, fits, same
from kg.identifiers.text import LONGEST, LONGEST_WITH_NOTES, clean
from kg.identifiers.urn import urn

__all__ = ["Designation", "Supplement", "fits", "iri_path", "parse", "same", "undated", "urn"]

D = TypeVar("D", bound=Designation)

# All designations contain a digit but those of a supplement to directives, a report of NBS, an
# Internet-Draft, BIPM's brochure and a section of ASME's code.
_POSSIBLE: Final = re.compile(
    r"iso/|nbs |(?:internet-draft )?draft-|i-d\.|bipm |asme |bpvc|.*\d", re.IGNORECASE | re.DOTALL
)


@lru_cache(maxsize=4096)
def parse(text: str) -> Designation | None:
    """Parse a designation; None if the text isn't one. Nothing is guessed; no errors are raised.

    Each module of :mod:`kg.identifiers.bodies` has the forms of a body; URNs are those of ISO
    (RFC 5141) and IEC. Case, width, kinds of dash and spaces are ignored.

    >>> print(parse("urn:iso:std:iso:32110:ed-1"))
    ISO 32110 ED1
    >>> print(parse("gb/t 1.1-2020"), parse("国市监标技(2018)699号"))
    GB/T 1.1—2020 国市监标技〔2018〕699号
    >>> parse("ISO/TC 321") is None and parse("ISO 9001 certification") is None
    True
    """
    if not _POSSIBLE.match(text) or (len(text) > LONGEST and _is_long(text)):
        return None
    cleaned = clean(text)
    if cleaned[:4].lower() == "urn:":
        return urns.parse(cleaned)
    for parser in parsers(cleaned):
        designation = parser(cleaned)
        if designation is not None:
            return designation
    return None


def _is_long(text: str) -> bool:
    return len(text) > LONGEST_WITH_NOTES or len(text.partition(" (")[0]) > LONGEST


def undated(designation: D) -> D:
    """Return the designation without its edition; for an amendment, without its own date.

    >>> print(undated(parse("ISO 9001:2015")), undated(parse("ISO 9001:2015/Amd 1:2024")))
    ISO 9001 ISO 9001:2015/Amd 1
    """
    return designation.undated()


def iri_path(designation: Designation) -> str:
    """Return the path of a document in an IRI: ASCII, owner first, unique to the designation.

    >>> iri_path(parse("ISO/TR 32123:2024")), iri_path(parse("ISO/IEC 27001-1:2022/Cor 1:2023"))
    ('iso/tr/32123-2024', 'iso-iec/27001-1-2022/cor/1-2023')
    >>> iri_path(parse("GB/T 1.1-2020")), iri_path(parse("T/ZZB 0001-2016"))
    ('cn/gb-t/1.1-2020', 'cn/t/zzb/0001-2016')
    """
    return "/".join(designation.path())
