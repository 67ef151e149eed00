"""The groups of entities (:data:`kg.entities.groups.GROUPS`), read fast from the index of names."""

from __future__ import annotations

from collections.abc import Iterable

from kg.entities.groups import group_of, main_kind
from kg.entities.index import name_index
from kg.store import Store


def entity_groups(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Return the group of each entity (IRI)."""
    names = name_index(store)
    groups = {}
    for iri in dict.fromkeys(iris):
        kinds = names.kind_sets[names.status(iri).kind].narrow
        groups[iri] = group_of(iri, main_kind(kinds))
    return groups
