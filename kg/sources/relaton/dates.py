"""Dates as precise as the source gives them (XML Schema, part 2)."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from kg.sources.rdf_terms import term
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

PROPERTIES: Final = {
    "published": "std:publishedOn",
    "created": "std:createdOn",
    "issued": "std:issuedOn",
    "updated": "std:updatedOn",
    "corrected": "std:correctedOn",
    "confirmed": "std:confirmedOn",
    "circulated": "std:circulatedOn",
    "obsoleted": "std:withdrawnOn",
    "withdrawn": "std:withdrawnOn",
    "stable-until": "std:stableUntil",
}
"""Kinds of dates, by the words of Relaton's model."""

_FORM: Final = re.compile(r"[12]\d{3}(-\d\d(-\d\d)?)?")
_TYPES: Final = ("xsd:gYear", "xsd:gYearMonth", "xsd:date")


@lru_cache(maxsize=16384)
def read(text: str) -> EncodedTerm | None:
    """A date, a month or a year; None for what is none of them.

    >>> read("2023-09"), read("2023-02-30")
    ('"2023-09"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', None)
    """
    if not _FORM.fullmatch(text):
        return None
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return None
    return EncodedTerm(f"{ntriples.encode_literal(text)}^^{term(_TYPES[text.count('-')])}")
