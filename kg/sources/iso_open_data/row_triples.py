"""What a row says, gathered as triples: a row that turns out to be unreadable leaves none."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import BASE, PREFIXES
from kg.sources import html_text
from kg.sources.iso_open_data.rows import RowError, shown

_DATE: Final = {
    "xsd:date": re.compile(r"\d{4}-\d\d-\d\d"),
    "xsd:gYearMonth": re.compile(r"\d{4}-\d\d"),
    "xsd:gYear": re.compile(r"\d{4}"),
}
"""Dates as precise as they are given (XML Schema, part 2)."""


@lru_cache(maxsize=1024)
def term(compact: str) -> ox.NamedNode:
    """The term that a prefixed name stands for, such as ``std:partOf`` or ``state:running``."""
    prefix, _, name = compact.partition(":")
    return ox.NamedNode(PREFIXES.get(prefix, f"{BASE}scheme/{prefix}/") + name)


@lru_cache(maxsize=65536)
def node(iri: str) -> ox.NamedNode:
    """The node of an IRI."""
    return ox.NamedNode(iri)


@dataclass
class Facts:
    """Triples of one row. Subjects and objects are IRIs, properties prefixed names.

    ``said`` is what rows before have said once and for all (the name of a thing, say), ``saying``
    what this row adds to it.
    """

    triples: list[ox.Triple] = field(default_factory=list)
    said: AbstractSet[str] = frozenset()
    saying: set[str] = field(default_factory=set)

    def kind(self, subject: str, type_: str) -> None:
        """Say what a thing is."""
        self._add(subject, "rdf:type", term(type_))

    def link(self, subject: str, property_: str, target: str) -> None:
        """Join two things."""
        self._add(subject, property_, node(target))

    def link_once(self, subject: str, property_: str, target: str) -> None:
        """Join two things that another row may join too."""
        if self._is_new(f"{subject} {property_} {target}"):
            self.link(subject, property_, target)

    def concept(self, subject: str, property_: str, concept: str) -> None:
        """Join a thing to a concept of a code list."""
        self._add(subject, property_, term(concept))

    def text(self, subject: str, property_: str, text: str, language: str | None = None) -> None:
        """Say something in words; nothing is said without any."""
        if text:
            self._add(subject, property_, ox.Literal(text, language=language))

    def prose(self, subject: str, property_: str, text: str, language: str) -> None:
        """Say something in words that may hold HTML. RowError if there is too much of it."""
        try:
            self.text(subject, property_, html_text.plain(text), language)
        except ValueError as error:
            raise RowError("unreadable value", f"{property_}: {error}") from error

    def date(self, subject: str, property_: str, text: str) -> None:
        """Date something, as precisely as the text does. RowError for what is no date."""
        if not text:
            return
        for datatype, form in _DATE.items():
            if form.fullmatch(text):
                _check_date(text)
                self._add(subject, property_, ox.Literal(text, datatype=term(datatype)))
                return
        raise RowError("unreadable value", f"{shown(text)} is no date (YYYY-MM-DD)")

    def number(self, subject: str, property_: str, digits: str) -> None:
        """Give a count; nothing is said without one."""
        if digits:
            self._add(subject, property_, ox.Literal(digits, datatype=term("xsd:integer")))

    def named(self, subject: str, name: str) -> None:
        """Give a thing its name, which also identifies it; once is enough."""
        if self._is_new(subject):
            self.text(subject, "skos:prefLabel", name)
            self.text(subject, "dcterms:identifier", name)

    def _is_new(self, key: str) -> bool:
        if key in self.said or key in self.saying:
            return False
        self.saying.add(key)
        return True

    def _add(self, subject: str, property_: str, object_: ox.NamedNode | ox.Literal) -> None:
        self.triples.append(ox.Triple(node(subject), term(property_), object_))


def _check_date(text: str) -> None:
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError as error:
        raise RowError("unreadable value", f"{shown(text)} is no date: {error}") from error
