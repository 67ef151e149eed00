"""Compare what candidates are with what the conditions of a query demand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from kg.common.errors import ArgumentError
from kg.common.folding import fold
from kg.common.namespaces import expand, iri
from kg.entities.match.title_agreement import compare_titles
from kg.entities.resolution import candidates
from kg.store import Term
from kg.web.reconciliation.model import Condition, Qualifier, Quantifier
from kg.web.reconciliation.properties import NAME, Properties, Property
from kg.web.reconciliation.values import Values

_UNKNOWN: Final = 0.9
_CONTRADICTED: Final = 0.4
_MAX_ENTITIES: Final = 500
"""Number of entities with a value from which on not all are found."""
_WITH_VALUE: Final = f"""
SELECT ?entity WHERE {{{{ ?entity {{property}} {{value}} }}}} LIMIT {_MAX_ENTITIES}"""
_MAX_MEANINGS: Final = 5
_NAMES: Final = frozenset(
    (NAME, "skos:prefLabel", "skos:altLabel", "dcterms:identifier", "dcterms:title", "schema:url")
)
"""Properties whose values name an entity."""
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_DATATYPES: Final = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
"""Datatypes of dates by the length of their text."""


@dataclass(frozen=True)
class Verdict:
    """Whether a candidate meets a condition: None if nothing is known about it."""

    id: str
    name: str
    is_met: bool | None
    required: bool

    @property
    def factor(self) -> float:
        """The factor of the candidate's score."""
        return 1.0 if self.is_met else _UNKNOWN if self.is_met is None else _CONTRADICTED

    @property
    def contradicts(self) -> bool:
        """Whether the candidate can't be meant."""
        return self.is_met is False

    @property
    def excludes(self) -> bool:
        """Whether the candidate is to be left out."""
        return self.required and not self.is_met


@dataclass(frozen=True)
class Retrieved:
    """Entities found by a condition, and whether these are all."""

    entities: tuple[str, ...]
    is_complete: bool


class Judge:
    """Judges candidates by conditions."""

    def __init__(self, values: Values, properties: Properties, lang: str) -> None:
        self._values = values
        self._properties = properties
        self._lang = lang

    def names_in(self, conditions: Iterable[Condition]) -> list[str]:
        """Return the values of the first condition that names an entity, if there is one."""
        for condition in conditions:
            known = self._properties.find(condition.property).id in _NAMES
            if known and condition.quantifier != Quantifier.NONE:
                return list(condition.values)
        return []

    def verdicts(
        self, entities: Sequence[str], conditions: Sequence[Condition]
    ) -> dict[str, list[Verdict]]:
        """Return a verdict for each condition, by entity; ResolutionError for its property."""
        verdicts: dict[str, list[Verdict]] = {entity: [] for entity in entities}
        for condition in conditions:
            property_ = self._properties.find(condition.property)
            values = self._values.of(entities, property_)
            for entity, own in verdicts.items():
                is_met = self._is_met(property_, condition, values[entity])
                own.append(
                    Verdict(
                        f"property:{property_.id}",
                        property_.name.of(self._lang),
                        is_met,
                        condition.required,
                    )
                )
        return verdicts

    def retrieve(self, conditions: Sequence[Condition]) -> Retrieved:
        """Return the entities that meet the condition which the fewest meet.

        Only conditions that the graph can be asked for count; ArgumentError if there is none.
        """
        found = []
        for condition in conditions:
            node = self._properties.find(condition.property).node
            if node is not None and condition.quantifier != Quantifier.NONE:
                terms = (term for value in condition.values for term in self._terms(value))
                found.append(self._entities_with(node, terms))
        if not found:
            raise ArgumentError("give a name, or a property that the graph states")
        fewest = min(found, key=len)
        return Retrieved(tuple(sorted(fewest)), is_complete=len(fewest) < _MAX_ENTITIES)

    def _entities_with(self, property_: ox.NamedNode, values: Iterable[Term]) -> set[str]:
        entities: set[str] = set()
        for value in values:
            query = _WITH_VALUE.format(property=property_, value=value)
            rows = self._values.store.rows(query)
            entities.update(row[0].value for row in rows if isinstance(row[0], ox.NamedNode))
        return entities

    def _terms(self, value: str) -> list[Term]:
        """Return the terms that a value can stand for."""
        node = expand(value)
        if node is not None:
            return [node]
        terms: list[Term] = [ox.Literal(value)]
        terms += [ox.Literal(value, language=lang) for lang in ("en", "zh", "fr")]
        if _DATE.fullmatch(value):
            terms.append(ox.Literal(value, datatype=ox.NamedNode(iri(_DATATYPES[len(value)]))))
        if value.isdecimal():
            terms.append(ox.Literal(value, datatype=ox.NamedNode(iri("xsd:integer"))))
        meant = islice(candidates(self._values.index, value), _MAX_MEANINGS)
        return [*terms, *(ox.NamedNode(name.iri) for name in meant)]

    def _is_met(
        self, property_: Property, condition: Condition, values: Sequence[Term]
    ) -> bool | None:
        wanted = [text for text in condition.values if text.strip()]
        if not values or not wanted:
            return None
        agreed = [self._agrees(property_, condition.qualifier, text, values) for text in wanted]
        if condition.quantifier == Quantifier.NONE:
            return not any(agreed)
        if condition.quantifier == Quantifier.ALL:
            return None if None in agreed else all(agreed)
        return True if any(agreed) else None if None in agreed else False

    def _agrees(
        self, property_: Property, qualifier: Qualifier, wanted: str, values: Sequence[Term]
    ) -> bool | None:
        """Return whether any of the values is the one wanted; None if they can't be compared."""
        if qualifier == Qualifier.WILDCARD:
            pattern = re.compile(".*".join(map(re.escape, map(fold, wanted.split("*")))), re.DOTALL)
            return any(pattern.fullmatch(text) for value in values for text in self._names(value))
        if qualifier == Qualifier.EXACT:
            return any(self._is_spelled(wanted, value) for value in values)
        if property_.id == "dcterms:title":
            agreement = compare_titles(wanted, (value.value for value in values))
            return None if agreement == "no-title" else agreement == "same-title"
        return any(self._is_same(wanted, value) for value in values)

    def _is_same(self, wanted: str, value: Term) -> bool:
        is_literal = isinstance(value, ox.Literal)
        if is_literal and _DATE.fullmatch(wanted) and _DATE.match(value.value):
            # Dates agree if one is as the other, but less precise.
            return value.value.startswith(wanted) or wanted.startswith(value.value)
        return self._is_spelled(wanted, value)

    def _is_spelled(self, wanted: str, value: Term) -> bool:
        if isinstance(value, ox.NamedNode) and expand(wanted) == value:
            return True
        return fold(wanted) in self._names(value) or wanted == value.value

    def _names(self, value: Term) -> set[str]:
        """Return a text, or the names of an entity, folded."""
        if isinstance(value, ox.Literal):
            return {fold(value.value)}
        index = self._values.index
        own = {fold(name) for name in index.names_of(value.value)}
        return own | {fold(title) for _, title in index.titles(value.value)}
