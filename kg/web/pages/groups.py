"""The groups of entities (:data:`kg.entities.groups.GROUPS`), read fast from the index of names."""

from __future__ import annotations

from collections.abc import Iterable

from kg.common.namespaces import compact
from kg.entities.groups import group_of, main_kind
from kg.entities.index import name_index
from kg.store import Store


def classes_of(store: Store, iri: str) -> frozenset[str]:
    """Return the classes of an entity (IRI) in short, the wider ones too; none if it is unknown."""
    names = name_index(store)
    known = names.kind_sets.get(names.status(iri).kind)
    return frozenset(map(compact, known.every)) if known else frozenset()


def entity_groups(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Return the group of each entity (IRI)."""
    names = name_index(store)
    groups = {}
    for iri in dict.fromkeys(iris):
        kinds = names.kind_sets[names.status(iri).kind].narrow
        groups[iri] = group_of(iri, main_kind(kinds))
    return groups
