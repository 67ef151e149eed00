"""Documents that identifiers refer to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.identifiers import Designation, iris, parse, undated
from kg.identifiers.bodies.ieee import Ieee
from kg.identifiers.bodies.itu import Itu
from kg.identifiers.bodies.w3c import W3c
from kg.identifiers.model import changed
from kg.identifiers.text import edition_phrase
from kg.sources import rdf_terms
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_NAMES_DATE: Final = re.compile(r"\b(?:19|20)\d\d\b")
_WORD: Final = re.compile(r"\w+(?:\.\w+)*")
_OMITTED: Final = frozenset(("OGC", "ITU-T", "ITU-R", "IHO", "Internet-Draft"))
"""Types of identifiers that may lack the name of the body, which is needed to parse them."""
_DRAFTS: Final = frozenset(("WD", "FPWD", "CR", "CRD", "PR", "PER", "DNOTE", "DRY", "CRY"))
"""Maturities of W3C below the final one (W3C Process, 6.2)."""


@dataclass(frozen=True, slots=True, eq=False)
class DocumentReference:
    """A document that a record describes or relates to.

    ``designation`` is None for an identifier that can't be parsed; ``draft`` is true for the
    designation of a draft; ``naming_lines`` are the statements added wherever it is mentioned.
    ``edition`` is its edition or version; ``work`` is the work of an edition whose identifier
    can't be parsed.
    """

    iri: str
    node: EncodedTerm
    name: str
    designation: Designation | None
    draft: bool
    naming_lines: tuple[str, ...]
    work: DocumentReference | None = None
    edition: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether its designation names one edition, and not the document in any edition."""
        d = self.designation
        return d is not None and undated(d) != d

    def shares_work_with(self, other: DocumentReference) -> bool:
        """Return whether both are editions of one work."""
        if self.designation is None or other.designation is None:
            return (
                self.work is not None and other.work is not None and self.work.iri == other.work.iri
            )
        return (
            self.is_dated
            and other.is_dated
            and undated(self.designation) == undated(other.designation)
        )

    @property
    def year(self) -> int:
        """The year of publication in its designation; 0 without one."""
        d = self.designation
        if d is None:
            return 0
        dated = d.supplements[-1] if d.supplements else d
        return dated.year or 0


@lru_cache(maxsize=65536)
def document_of_identifier(
    body: str, text: str, edition: str = "", volume: str = ""
) -> DocumentReference:
    """Return the document of an identifier; ``body`` is the identifier's type in Relaton.

    ``edition`` is the edition or version in the fields beside the identifier, ``volume`` one of its
    volumes. They are part of the identity where the identifier means the work in any edition.

    >>> document_of_identifier("ISO", "iso/iec 27001:2022").name
    'ISO/IEC 27001:2022'
    >>> document_of_identifier("OGC", "00-028").name
    'OGC 00-028'
    >>> document_of_identifier("XYZ", "XYZ M-10", "3.0").name
    'XYZ M-10 (edition 3.0)'
    >>> document_of_identifier("IHO", "S-57").name
    'IHO S-57'
    """
    designation = _parse(body, text)
    if designation is not None:
        of_edition = edition and _means_any_edition(designation)
        return document_of_designation(
            changed(designation, edition=edition, volume=volume) if of_edition else designation
        )
    work = iris.unparsed(body or "unknown", text)
    if not edition or _NAMES_DATE.search(text) or edition in _WORD.findall(text):
        return _unparsed(work, text)
    phrase = edition_phrase(edition) + (f", volume {volume}" if volume else "")
    return _unparsed(
        iris.edition_of(work, edition, volume),
        f"{text} ({phrase})",
        _unparsed(work, text),
        edition,
    )


def _unparsed(
    iri: str, name: str, work: DocumentReference | None = None, edition: str = ""
) -> DocumentReference:
    names = rdf_terms.naming_lines(iri, name)
    node = ntriples.encode_iri(iri)
    return DocumentReference(iri, node, name, None, False, names, work, edition)


def _parse(body: str, text: str) -> Designation | None:
    """Parse an identifier, which may lack the name of its body."""
    designation = parse(_with_body(body, text))
    if designation is None and body and not text.startswith(body):
        designation = parse(f"{body} {text}")
    return designation


def _with_body(body: str, text: str) -> str:
    """Prefix an identifier with its body if it is missing, as in OGC's, ITU's and IHO's."""
    prefix = body if body in _OMITTED else ""
    return f"{prefix} {text}" if prefix and not text.startswith(prefix[:3]) else text


def _means_any_edition(d: Designation) -> bool:
    """Return whether a designation leaves the edition open."""
    return (
        not (d.supplements or d.stage or d.iteration or d.variant)
        and not d.number_means_edition
        and undated(d) == d
    )


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
        edition=designation.edition,
    )


def _is_draft(d: Designation) -> bool:
    # Classes of bodies have no subclasses, and isinstance is slow for abstract ones.
    kind = type(d)
    if kind is W3c:
        return d.type in _DRAFTS
    if kind is Itu:
        return "BL" in d.parts
    if kind is Ieee:
        return bool(d.stage or d.iteration)
    return bool(d.stage) or any(s.stage for s in d.supplements)
