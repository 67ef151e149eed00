"""Suggest entities, types and properties while somebody types, and describe one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.common.folding import fold
from kg.common.namespaces import expand
from kg.entities.resolution import is_known
from kg.entities.search import find
from kg.web.reconciliation.candidates import describe
from kg.web.reconciliation.model import QUALIFIERS, NamedThing, Strictness
from kg.web.reconciliation.properties import properties_of
from kg.web.reconciliation.types import DEFAULT, types_of
from kg.web.reconciliation.values import Values

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

MAX_OFFSET: Final = 1000


@dataclass(frozen=True)
class Suggestion:
    """What may be meant: an entity with its types, a type with its broader types, or a property.

    ``qualifiers`` are those that values of a property can be compared by.
    """

    thing: NamedThing
    types: tuple[NamedThing, ...] = ()
    qualifiers: tuple[NamedThing, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What has been typed, and which part of the suggestions is wanted.

    Entities of the ``types`` come first, and are the only ones if ``is_strict``.
    """

    prefix: str
    limit: int
    offset: int = 0
    types: tuple[str, ...] = ()
    is_strict: bool = True


def suggest_entities(graph: KnowledgeGraph, wanted: Wanted, lang: str) -> list[Suggestion]:
    """Return entities by the beginnings of names, or the one that an IRI identifies."""
    store = graph.store
    values = Values(store, lang)
    types = types_of(store)
    kinds = types.kind_sets(wanted.types, Strictness.ANY)
    node = expand(wanted.prefix.strip())
    if node is not None and is_known(store, node):
        iris = [node.value]
    elif fold(wanted.prefix):
        end = wanted.offset + wanted.limit
        found = find(values.index, wanted.prefix, kinds, end)
        if kinds is not None and not wanted.is_strict:
            found += find(values.index, wanted.prefix, None, end)
        iris = [each.name.iri for each in found]
    else:
        iris = []
    page = list(dict.fromkeys(iris))[wanted.offset : wanted.offset + wanted.limit]
    names, descriptions = values.names(page), describe(values, page, lang)
    return [
        Suggestion(
            NamedThing(iri, names[iri], descriptions[iri]),
            tuple(types.named(types.of_entity(iri), lang)),
        )
        for iri in page
    ]


def suggest_types(graph: KnowledgeGraph, wanted: Wanted, lang: str) -> list[Suggestion]:
    """Return types by parts of their names; all types for an empty text."""
    types = types_of(graph.store)
    page = types.suggest(wanted.prefix)[wanted.offset : wanted.offset + wanted.limit]
    return [
        Suggestion(
            NamedThing(each.id, each.name.of(lang), each.definition.of(lang)),
            tuple(types.named(each.broader, lang)),
        )
        for each in page
    ]


def suggest_properties(graph: KnowledgeGraph, wanted: Wanted, lang: str) -> list[Suggestion]:
    """Return properties by parts of their names; all properties for an empty text."""
    found = properties_of(graph.store).suggest(wanted.prefix)
    page = found[wanted.offset : wanted.offset + wanted.limit]
    qualifiers = tuple(NamedThing(each.value, text.of(lang)) for each, text in QUALIFIERS.items())
    return [Suggestion(each.named(lang), qualifiers=qualifiers) for each in page]


def default_types(graph: KnowledgeGraph, lang: str) -> list[NamedThing]:
    """Return the types that are offered first."""
    by_id = types_of(graph.store).by_id
    return [NamedThing(each, by_id[each].name.of(lang)) for each in DEFAULT]


def describe_type(graph: KnowledgeGraph, id_: str, lang: str) -> NamedThing | None:
    """Return a type with its definition; None if there is none of that identifier."""
    found = types_of(graph.store).by_id.get(id_)
    if found is None:
        return None
    return NamedThing(found.id, found.name.of(lang), found.definition.of(lang))


def describe_property(graph: KnowledgeGraph, id_: str, lang: str) -> NamedThing | None:
    """Return a property with its definition; None if there is none of that identifier."""
    found = properties_of(graph.store).by_id.get(id_)
    return None if found is None else found.named(lang)
