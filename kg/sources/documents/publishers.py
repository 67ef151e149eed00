"""Bodies under whose name documents are published."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kg.identifiers import Designation, iris
from kg.identifiers.bodies.chinese import Chinese
from kg.sources.rdf_terms import naming_lines
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_NAMES: Final = {"JIS": "JISC", "JSA": "JSA"}
"""Names of bodies that differ from the codes of their documents."""
_GB: Final = ("GB", "GSB")
"""Codes of the standards of China's national body."""

Publisher = tuple[EncodedTerm, tuple[str, ...]]
"""The term of a body, and the lines that name it."""


@lru_cache(maxsize=1024)
def publisher(code: str) -> Publisher:
    """Return the body of a code of documents."""
    iri = iris.body(code)
    return ntriples.encode_iri(iri), naming_lines(iri, _NAMES.get(code, code))


def publishers_of(designation: Designation) -> tuple[Publisher, ...]:
    """Return the bodies under whose codes a document is numbered.

    A code of China stands for a ministry, a province or an association, and some of them are codes
    of other bodies elsewhere.
    """
    codes = dict.fromkeys(designation.publishers)
    if isinstance(designation, Chinese):
        return tuple(map(_chinese_publisher, codes))
    return tuple(map(publisher, codes))


@lru_cache(maxsize=1024)
def _chinese_publisher(code: str) -> Publisher:
    if code in _GB:
        # The curated part of the graph names it.
        return ntriples.encode_iri(iris.body("SAC")), ()
    iri = iris.chinese_body(code)
    return ntriples.encode_iri(iri), naming_lines(iri, code)
