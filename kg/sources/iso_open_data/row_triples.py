"""Collect the triples of a row separately, so that a rejected row leaves none."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

from kg.common import namespaces
from kg.common.dates import PartialDate
from kg.sources import html_text
from kg.sources.iso_open_data.rows import quoted
from kg.sources.record_batch import RecordError

_term = lru_cache(maxsize=1024)(namespaces.node)
_node = lru_cache(maxsize=65536)(ox.NamedNode)


@dataclass
class Facts:
    """The triples of one row. Subjects and targets are IRIs; properties are prefixed names.

    ``known`` are keys of facts that earlier rows have stated and that need no repetition, such as
    the name of an entity; ``added`` are the new keys of this row.
    """

    triples: list[ox.Triple] = field(default_factory=list)
    known: AbstractSet[str] = frozenset()
    added: set[str] = field(default_factory=set)

    def kind(self, subject: str, class_: str) -> None:
        """Add the class of an entity."""
        self._add(subject, "rdf:type", _term(class_))

    def link(self, subject: str, property_: str, target: str) -> None:
        """Add a relation between two entities."""
        self._add(subject, property_, _node(target))

    def concept(self, subject: str, property_: str, concept: str) -> None:
        """Add a concept of a code list, given by its prefixed name."""
        self._add(subject, property_, _term(concept))

    def text(self, subject: str, property_: str, text: str, language: str | None = None) -> None:
        """Add a text, unless it is empty."""
        if text:
            self._add(subject, property_, ox.Literal(text, language=language))

    def prose(self, subject: str, property_: str, text: str, language: str) -> None:
        """Add a text that may contain HTML; RecordError if it is too long to parse."""
        try:
            self.text(subject, property_, html_text.plain_text(text), language)
        except ValueError as error:
            raise RecordError("unreadable value", f"{property_}: {error}") from error

    def date(self, subject: str, property_: str, text: str) -> None:
        """Add a year, month or day, unless it is empty; RecordError for anything else."""
        if not text:
            return
        date = PartialDate.parse(text)
        if date is None:
            raise RecordError("unreadable value", f"{quoted(text)} is not a date (YYYY-MM-DD)")
        self._add(subject, property_, ox.Literal(text, datatype=_term(date.datatype)))

    def number(self, subject: str, property_: str, digits: str) -> None:
        """Add an integer, unless it is empty."""
        if digits:
            self._add(subject, property_, ox.Literal(digits, datatype=_term("xsd:integer")))

    def own_name(self, subject: str, name: str) -> None:
        """Add a name as the label and identifier of what the row describes."""
        self.added.add(subject)
        self.text(subject, "skos:prefLabel", name)
        self.text(subject, "dcterms:identifier", name)

    def name(self, subject: str, name: str) -> None:
        """Add a name as the label and identifier of an entity, unless it has one."""
        if self._is_new(subject):
            self.text(subject, "skos:prefLabel", name)
            self.text(subject, "dcterms:identifier", name)

    def _is_new(self, key: str) -> bool:
        if key in self.known or key in self.added:
            return False
        self.added.add(key)
        return True

    def _add(self, subject: str, property_: str, object_: ox.NamedNode | ox.Literal) -> None:
        self.triples.append(ox.Triple(_node(subject), _term(property_), object_))
