"""Data extension: which properties entities of a type have, and the values of some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.common.errors import ArgumentError
from kg.common.namespaces import BASE, expand, iri
from kg.entities.groups import GROUPS, classes_in_group
from kg.entities.kinds import resolve_kind
from kg.evidence.proofs import is_record
from kg.store import Term
from kg.web.reconciliation.model import NamedThing
from kg.web.reconciliation.properties import COMPUTED, Property, properties_of
from kg.web.reconciliation.types import DOCUMENTS, types_of
from kg.web.reconciliation.values import Values

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_INTEGERS: Final = frozenset(map(iri, ("xsd:integer", "xsd:nonNegativeInteger", "xsd:int")))
_FRACTIONS: Final = frozenset(map(iri, ("xsd:decimal", "xsd:double", "xsd:float")))
_FALLBACKS: Final = ("en", "zh")


class Content(StrEnum):
    """How entities are given as values."""

    ENTITY = "entity"
    NAME = "name"
    IRI = "iri"


@dataclass(frozen=True)
class Value:
    """A value: of an entity with its name, a number, or a text with its language, if it has one."""

    content: str | int | float
    name: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Column:
    """A property as the client named it, its name, and the type of its values, if it is one."""

    id: str
    name: str
    type: NamedThing | None


@dataclass(frozen=True)
class Extension:
    """The values of each property, in the order of the columns, by entity."""

    columns: tuple[Column, ...]
    rows: Mapping[str, tuple[tuple[Value, ...], ...]]


@dataclass(frozen=True)
class _Settings:
    limit: int | None
    content: Content


def propose(graph: KnowledgeGraph, kind: str, limit: int, lang: str) -> list[NamedThing]:
    """Return the properties of entities of a type, most frequent first.

    Without a type, all properties; with the limit 0, any number. Raises ResolutionError for an
    unknown type.
    """
    properties = properties_of(graph.store)
    if not kind.strip():
        found = list(properties.by_id.values())
    else:
        resolved = resolve_kind(graph.store, kind)
        names = classes_in_group(resolved) if resolved in GROUPS else [resolved]
        kinds = [node.value for name in names if (node := expand(name)) is not None]
        found = properties.of_kinds(kinds, documents=not DOCUMENTS.isdisjoint(kinds))
    return [property_.named(lang) for property_ in found[: limit or None]]


def extend(
    graph: KnowledgeGraph, ids: Sequence[str], wanted: Mapping[str, Mapping[str, Any]], lang: str
) -> Extension:
    """Return the values of properties, given with their settings, for entities given by IRI.

    An IRI that the graph doesn't have has no values. Raises ResolutionError for an unknown
    property, and ArgumentError for an invalid setting.
    """
    values = Values(graph.store, lang)
    entities = {id_: node.value for id_ in ids if (node := expand(id_)) is not None}
    properties = {name: properties_of(graph.store).find(name) for name in wanted}
    settings = {name: _settings(name, given) for name, given in wanted.items()}
    found = {
        name: values.of(entities.values(), property_) for name, property_ in properties.items()
    }
    chosen: dict[str, list[list[Term]]] = {
        id_: [
            _in_language(found[name].get(entities.get(id_, ""), []), lang)[: settings[name].limit]
            for name in wanted
        ]
        for id_ in ids
    }
    terms = [term for row in chosen.values() for own in row for term in own]
    names = values.names(term.value for term in terms if _is_entity(term))
    rows = {
        id_: tuple(
            tuple(_value(term, names, settings[name].content) for term in own)
            for name, own in zip(wanted, row, strict=True)
        )
        for id_, row in chosen.items()
    }
    columns = tuple(
        Column(name, property_.name.of(lang), _type(graph, property_, found[name], lang))
        for name, property_ in properties.items()
    )
    return Extension(columns, rows)


def _settings(name: str, given: Mapping[str, Any]) -> _Settings:
    limit, content = given.get("limit", 0), given.get("content", Content.ENTITY)
    try:
        number = int(limit)
    except (TypeError, ValueError, OverflowError) as error:
        raise ArgumentError(f"{name}: the limit is a number, not {limit!r}") from error
    if number < 0:
        raise ArgumentError(f"{name}: the limit is 0, for all values, or more")
    if content not in list(Content):
        raise ArgumentError(f"{name}: content is one of {', '.join(Content)}, not {content!r}")
    return _Settings(number or None, Content(content))


def _in_language(terms: Sequence[Term], lang: str) -> list[Term]:
    """Return the values without translations: of the texts with a language, those in one."""
    tags = {term.language for term in terms if isinstance(term, ox.Literal) and term.language}
    order = (lang, *_FALLBACKS)
    best = next((tag for tag in order if tag in tags), min(tags, default=None))
    return [
        term for term in terms if not isinstance(term, ox.Literal) or term.language in (None, best)
    ]


def _is_entity(term: Term) -> bool:
    """Return whether a value is an entity of the graph, and not an address or a record."""
    return (
        isinstance(term, ox.NamedNode) and term.value.startswith(BASE) and not is_record(term.value)
    )


def _value(term: Term, names: Mapping[str, str], content: Content) -> Value:
    if _is_entity(term):
        if content == Content.ENTITY:
            return Value(term.value, names[term.value])
        return Value(names[term.value] if content == Content.NAME else term.value)
    if not isinstance(term, ox.Literal):
        return Value(term.value)
    datatype = term.datatype.value
    if datatype in _INTEGERS:
        return Value(int(term.value))
    if datatype in _FRACTIONS:
        return Value(float(term.value))
    # Dates are texts: they are as precise as their source, which the dates of the API can't be.
    return Value(term.value, lang=term.language or "")


def _type(
    graph: KnowledgeGraph, property_: Property, found: Mapping[str, list[Term]], lang: str
) -> NamedThing | None:
    """Return the type that all values have, if they are entities of one."""
    types = types_of(graph.store)
    entities = {term.value for own in found.values() for term in own if _is_entity(term)}
    kinds = {types.of_entity(entity)[:1] for entity in entities}
    if property_.id in COMPUTED or len(kinds) != 1:
        return None
    return next(iter(types.named(kinds.pop(), lang)), None)
