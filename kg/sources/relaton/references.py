"""Documents by what their identifiers say: the node, the name, whether it is a draft."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.identifiers import Designation, iris, parse
from kg.identifiers.ieee import Ieee
from kg.identifiers.itu import Itu
from kg.identifiers.w3c import W3c
from kg.sources.rdf_terms import introduction
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm

_DRAFTS: Final = frozenset(("WD", "FPWD", "CR", "CRD", "PR", "PER", "DNOTE", "DRY", "CRY"))
"""Maturities of W3C under the last one (W3C Process, 6.2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A document that a record describes or relates to.

    ``introduced`` is what is said wherever it is mentioned; ``draft`` says that its designation is
    one of a draft.
    """

    iri: str
    node: EncodedTerm
    name: str
    designation: Designation | None
    draft: bool
    introduced: tuple[str, ...]

    @property
    def year(self) -> int:
        """When it was published, by its designation; 0 if that does not say."""
        d = self.designation
        if d is None:
            return 0
        dated = d.supplements[-1] if d.supplements else d
        return dated.year or 0


@lru_cache(maxsize=65536)
def named(body: str, text: str) -> Thing:
    """The document of an identifier; ``body`` is its type in Relaton, and names it unparsed.

    >>> named("ISO", "iso/iec 27001:2022").name, named("OGC", "00-028").name
    ('ISO/IEC 27001:2022', 'OGC 00-028')
    """
    found = parse(whole(body, text))
    if found is not None:
        return of(found)
    iri = iris.unparsed(body or "unknown", text)
    return Thing(iri, ntriples.encode_iri(iri), text, None, False, introduction(iri, text))


def whole(body: str, text: str) -> str:
    """An identifier together with its body, which OGC leaves out, and ITU between documents."""
    prefix = {"OGC": "OGC", "ITU-T": "ITU-T", "ITU-R": "ITU-R"}.get(body, "")
    return f"{prefix} {text}" if prefix and not text.startswith(prefix[:3]) else text


@lru_cache(maxsize=65536)
def of(designation: Designation) -> Thing:
    """The document of a designation."""
    iri, name = iris.document(designation), str(designation)
    return Thing(
        iri,
        ntriples.encode_iri(iri),
        name,
        designation,
        _is_draft(designation),
        introduction(iri, name),
    )


def _is_draft(d: Designation) -> bool:
    if isinstance(d, W3c):
        return d.type in _DRAFTS
    if isinstance(d, Itu):
        return "BL" in d.parts
    if isinstance(d, Ieee):
        return bool(d.stage or d.iteration)
    return bool(d.stage) or any(s.stage for s in d.supplements)
