"""Find the references to standards in documents, and tell what became of what they cite.

Documents become passages with their places (:mod:`kg.scanning.documents`), passages give references
with their spans (:mod:`kg.scanning.references`), and the graph tells what each one means, as it
does for ``kg match``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.common.dates import PartialDate
from kg.entities.match import Match, match
from kg.scanning.documents import read_document, read_text
from kg.scanning.passages import Document, Passage
from kg.scanning.references import Clause, Reference, find_references
from kg.store import Store

__all__ = [
    "Clause",
    "Document",
    "MatchedReference",
    "Passage",
    "Reference",
    "Scan",
    "find_references",
    "read_document",
    "read_text",
    "scan",
]


@dataclass(frozen=True)
class MatchedReference:
    """A reference in a document, and its match with an entity of the graph."""

    reference: Reference
    match: Match

    def __repr__(self) -> str:
        return f"MatchedReference({self.reference.text!r}, {self.reference.number}, {self.match!r})"


@dataclass(frozen=True)
class Scan:
    """A document and the references in it, in order, each with its match."""

    document: Document
    references: tuple[MatchedReference, ...]


def scan(store: Store, document: Document | Path | str, day: PartialDate | None = None) -> Scan:
    """Find the references of a document, and match each with an entity of the graph.

    A path is read with :func:`read_document`, a string is the text itself; the status is that on a
    ``day``, by default the latest known.
    """
    if isinstance(document, str):
        document = read_text(document)
    elif isinstance(document, Path):
        document = read_document(document)
    found = find_references(document.passages)
    matches = match(store, [reference.wanted for reference in found], day)
    return Scan(document, tuple(map(MatchedReference, found, matches)))
