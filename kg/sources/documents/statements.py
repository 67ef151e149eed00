"""Collect the statements of a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.sources.documents.references import DocumentReference
from kg.sources.rdf_terms import term
from kg.sources.record_batch import Batch
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm


@dataclass(slots=True)
class DocumentStatements:
    """Collects a record's statements about its document ``this``; ``batch`` counts repairs."""

    this: DocumentReference
    batch: Batch
    lines: list[str] = field(default_factory=list)
    _introduced: set[str] = field(default_factory=set)
    _repairs: set[str] = field(default_factory=set)

    def add(self, property_: str, value: EncodedTerm) -> None:
        """Add a statement about the document."""
        self.lines.append(ntriples.encode_triple(self.this.node, term(property_), value))

    def add_text(self, property_: str, text: str, language: str | None = None) -> None:
        """Add a text about the document."""
        self.add(property_, ntriples.encode_literal(text, language))

    def relate(self, subject: DocumentReference, property_: str, target: DocumentReference) -> None:
        """Relate two documents, and add their names; a relation to itself is left out."""
        if subject.iri == target.iri:
            self.repair("relation-to-itself")
            return
        self.introduce(subject)
        self.introduce(target)
        self.lines.append(ntriples.encode_triple(subject.node, term(property_), target.node))

    def add_edition(self, edition: DocumentReference, work: DocumentReference) -> None:
        """Relate an edition to its work."""
        self.relate(edition, "std:editionOf", work)
        self.add_class(work, "std:Work")

    def add_class(self, document: DocumentReference, class_: str) -> None:
        """State the class of a document that the record mentions."""
        self.lines.append(ntriples.encode_triple(document.node, term("rdf:type"), term(class_)))

    def introduce(self, document: DocumentReference) -> None:
        """Add the name of a document, once."""
        if document.iri not in self._introduced:
            self._introduced.add(document.iri)
            self.lines += document.naming_lines

    def repair(self, code: str) -> None:
        """Count a repair of the record, and note it on the document."""
        self.batch.repairs[code] += 1
        if code not in self._repairs:
            self._repairs.add(code)
            self.add("std:mended", term(f"mending:{code}"))
