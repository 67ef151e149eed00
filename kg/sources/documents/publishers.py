"""Bodies under whose name documents are published."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kg.identifiers import iris
from kg.sources.rdf_terms import naming_lines
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_NAMES: Final = {"JIS": "JISC", "JSA": "JSA"}
"""Names of bodies that differ from the codes of their documents."""


@lru_cache(maxsize=1024)
def publisher(code: str) -> tuple[EncodedTerm, tuple[str, ...]]:
    """Return the body of a code of documents, and the lines that name it."""
    iri = iris.body(code)
    return ntriples.encode_iri(iri), naming_lines(iri, _NAMES.get(code, code))
