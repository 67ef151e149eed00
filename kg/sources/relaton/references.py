"""Documents that identifiers refer to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.identifiers import Designation, iris, parse
from kg.identifiers.bodies.ieee import Ieee
from kg.identifiers.bodies.itu import Itu
from kg.identifiers.bodies.w3c import W3c
from kg.sources import rdf_terms
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_DRAFTS: Final = frozenset(("WD", "FPWD", "CR", "CRD", "PR", "PER", "DNOTE", "DRY", "CRY"))
"""Maturities of W3C below the final one (W3C Process, 6.2)."""


@dataclass(frozen=True, slots=True, eq=False)
class DocumentReference:
    """A document that a record describes or relates to.

    ``designation`` is None for an identifier that can't be parsed; ``draft`` is true for the
    designation of a draft; ``naming_lines`` are the statements added wherever it is mentioned.
    """

    iri: str
    node: EncodedTerm
    name: str
    designation: Designation | None
    draft: bool
    naming_lines: tuple[str, ...]

    @property
    def year(self) -> int:
        """The year of publication in its designation; 0 without one."""
        d = self.designation
        if d is None:
            return 0
        dated = d.supplements[-1] if d.supplements else d
        return dated.year or 0


@lru_cache(maxsize=65536)
def document_of_identifier(body: str, text: str) -> DocumentReference:
    """Return the document of an identifier; ``body`` is the identifier's type in Relaton.

    >>> document_of_identifier("ISO", "iso/iec 27001:2022").name
    'ISO/IEC 27001:2022'
    >>> document_of_identifier("OGC", "00-028").name
    'OGC 00-028'
    """
    designation = parse(_with_body(body, text))
    if designation is not None:
        return document_of_designation(designation)
    iri = iris.unparsed(body or "unknown", text)
    names = rdf_terms.naming_lines(iri, text)
    return DocumentReference(iri, ntriples.encode_iri(iri), text, None, False, names)


def _with_body(body: str, text: str) -> str:
    """Prefix an identifier with its body if it is missing, as in OGC's and ITU's."""
    prefix = {"OGC": "OGC", "ITU-T": "ITU-T", "ITU-R": "ITU-R"}.get(body, "")
    return f"{prefix} {text}" if prefix and not text.startswith(prefix[:3]) else text


@lru_cache(maxsize=65536)
def document_of_designation(designation: Designation) -> DocumentReference:
    """Return the document of a designation."""
    iri, name = iris.document(designation), str(designation)
    return DocumentReference(
        iri,
        ntriples.encode_iri(iri),
        name,
        designation,
        _is_draft(designation),
        rdf_terms.naming_lines(iri, name),
    )


def _is_draft(d: Designation) -> bool:
    if isinstance(d, W3c):
        return d.type in _DRAFTS
    if isinstance(d, Itu):
        return "BL" in d.parts
    if isinstance(d, Ieee):
        return bool(d.stage or d.iteration)
    return bool(d.stage) or any(s.stage for s in d.supplements)
