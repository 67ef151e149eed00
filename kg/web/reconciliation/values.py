"""The values that properties of entities have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import iri
from kg.entities.document_status import DocumentStatus, document_status
from kg.entities.index import NameIndex, name_index
from kg.entities.labels import labels
from kg.entities.lookup import property_values
from kg.entities.status_words import describe_status
from kg.evidence.proofs import cite, proofs_of_entity
from kg.identifiers import Designation, parse
from kg.store import Store, Term
from kg.web.reconciliation.properties import (
    IDENTIFIER,
    LATER_EDITION,
    NAME,
    REPLACED_BY,
    STATUS,
    YEAR,
    Property,
)

_DATES: Final = tuple(
    map(iri, ("std:publicationDate", "std:publishedOn", "std:issuedOn", "std:date", "std:start"))
)
"""Properties whose year is that of an entity."""
_YEAR: Final = re.compile(r"\d{4}")


class Values:
    """Looks up the values of properties for many entities at once."""

    def __init__(self, store: Store, lang: str) -> None:
        self.store = store
        self._lang = lang
        self._statuses: dict[str, DocumentStatus] = {}

    @cached_property
    def index(self) -> NameIndex:
        """The names of the store."""
        return name_index(self.store)

    def status(self, entity: str) -> DocumentStatus:
        """Return what became of a document."""
        if entity not in self._statuses:
            self._statuses[entity] = document_status(self.store, self.index, entity)
        return self._statuses[entity]

    def learn(self, statuses: Mapping[str, DocumentStatus]) -> None:
        """Take over statuses that are known already."""
        self._statuses |= statuses

    def described(self, entities: Iterable[str]) -> dict[str, str]:
        """Return what became of each document, in words; empty for other entities."""
        wanted = list(entities)
        named = {iri for each in wanted for iri in self.status(each).named}
        names = {node.value: name for node, name in self._labels(named).items()}
        return {each: describe_status(self.status(each), names, self._lang) for each in wanted}

    def of(self, entities: Iterable[str], property_: Property) -> dict[str, list[Term]]:
        """Return the values of a property for each entity, without repetitions."""
        wanted = list(dict.fromkeys(entities))
        if property_.node is not None:
            found: dict[str, dict[Term, None]] = {entity: {} for entity in wanted}
            rows = property_values(self.store, wanted, [property_.node.value])
            for entity, _, value, _ in sorted(rows, key=lambda row: str(row[2])):
                found[entity][value] = None
            return {entity: list(own) for entity, own in found.items()}
        return self._computed(wanted, property_.id)

    def _computed(self, entities: list[str], name: str) -> dict[str, list[Term]]:
        if name == YEAR:
            return self._years(entities)
        if name == STATUS:
            words = self.described(entities)
            return {entity: _texts([words[entity]]) for entity in entities}
        return {entity: self._computed_for(entity, name) for entity in entities}

    def _computed_for(self, entity: str, name: str) -> list[Term]:
        if name == IDENTIFIER:
            return [ox.NamedNode(entity)]
        if name == NAME:
            titles = [title for _, title in self.index.titles(entity)]
            return _texts([*self.index.names_of(entity), *titles])
        if name == REPLACED_BY:
            return list(map(ox.NamedNode, self.status(entity).successors))
        if name == LATER_EDITION:
            return [ox.NamedNode(edition.iri) for edition in self.status(entity).later]
        proofs = proofs_of_entity(self.store, ox.NamedNode(entity))
        return _texts(cite([proof], self._lang) for proof in proofs)

    def _years(self, entities: list[str]) -> dict[str, list[Term]]:
        years: dict[str, dict[str, None]] = {entity: {} for entity in entities}
        for entity, _, date, _ in property_values(self.store, entities, _DATES):
            if stated := _YEAR.match(date.value):
                years[entity][stated[0]] = None
        for entity in entities:
            for text in self.index.names_of(entity)[:1]:
                designation = parse(text)
                if designation is not None and (year := _own_year(designation)):
                    years[entity][str(year)] = None
        return {entity: _texts(sorted(own)) for entity, own in years.items()}

    def _labels(self, iris: Iterable[str]) -> dict[ox.NamedNode, str]:
        return labels(self.store, map(ox.NamedNode, sorted(iris)), self._lang)

    def names(self, iris: Iterable[str]) -> dict[str, str]:
        """Return the name of each IRI in the language of the answer."""
        return {node.value: name for node, name in self._labels(set(iris)).items()}


def _own_year(designation: Designation) -> int | None:
    """Return the year of a document; of an amendment its own, not that of what it amends."""
    return (designation.supplements or (designation,))[-1].year


def _texts(texts: Iterable[str]) -> list[Term]:
    return [ox.Literal(text) for text in dict.fromkeys(texts) if text]
