"""Types of entities: classes and code lists that have entities."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.folding import fold
from kg.common.namespaces import compact, iri
from kg.entities.groups import main_kind
from kg.entities.index import NameIndex, name_index
from kg.entities.kinds import kind_set_ids, resolve_kind
from kg.entities.lookup import bilingual_labels
from kg.store import Store
from kg.web.reconciliation.model import NamedThing, Strictness

DEFAULT: Final = (
    *("std:Publication", "std:TechnicalCommittee", "std:StandardsBody", "std:Organization"),
    *("std:Place", "std:Person", "std:Event"),
)
"""Types that are offered first."""
DOCUMENTS: Final = frozenset(
    map(iri, ("std:Publication", "std:Document", "std:Standard", "std:StandardSeries", "std:Work"))
)

_ABOUT: Final = """
SELECT DISTINCT ?kind ?broader ?definition WHERE {{
    VALUES ?kind {{ {kinds} }}
    OPTIONAL {{ ?kind rdfs:subClassOf ?broader FILTER(isIRI(?broader)) }}
    OPTIONAL {{ ?kind skos:definition ?definition }}
}}"""


@dataclass(frozen=True)
class Type:
    """A type: its identifier, a compact IRI, its name and definition, and its broader types."""

    id: str
    name: Text
    definition: Text
    broader: tuple[str, ...]


_CACHE: Final[WeakKeyDictionary[Store, Types]] = WeakKeyDictionary()


def types_of(store: Store) -> Types:
    """Return the types that the entities of a store have, read once."""
    types = _CACHE.get(store)
    if types is None:
        types = _CACHE[store] = Types(store)
    return types


class Types:
    """The types that the entities of a store have."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index = name_index(store)
        self.by_id = _read(store, self._index)

    def named(self, kinds: Iterable[str], lang: str) -> list[NamedThing]:
        """Return types, given as IRIs, as the API gives them."""
        known = (self.by_id.get(compact(kind)) for kind in kinds)
        return [
            NamedThing(each.id, each.name.of(lang), each.definition.of(lang))
            for each in known
            if each is not None
        ]

    def of_entity(self, entity: str) -> tuple[str, ...]:
        """Return the most specific types (IRIs) of an entity, the main one first."""
        kinds = self._index.kind_sets[self._index.status(entity).kind].narrow
        return tuple(sorted(kinds, key=lambda kind: (kind != main_kind(kinds), kind)))

    def suggest(self, prefix: str) -> list[Type]:
        """Return the types whose identifier or name has words that begin with a text.

        The most usual ones come first; an empty text finds all.
        """
        wanted = fold(prefix)
        found = []
        for place, type_ in enumerate(self.by_id.values()):
            names = [fold(name) for name in (type_.id, type_.name.en, type_.name.zh)]
            names.append(fold(type_.id.partition(":")[2]))
            if any(wanted in name for name in names):
                begins = any(name.startswith(wanted) for name in names)
                found.append((wanted not in names, not begins, place, type_))
        return [type_ for *_, type_ in sorted(found, key=lambda each: each[:3])]

    def kind_sets(self, texts: Collection[str], strictness: Strictness) -> set[int] | None:
        """Return the ids of the sets of kinds that have the types; None without types.

        Raises ResolutionError for an unknown type.
        """
        sets = self._index.kind_sets
        wanted = [kind_set_ids(sets, resolve_kind(self._store, text)) for text in texts]
        if not wanted:
            return None
        return set.intersection(*wanted) if strictness == Strictness.ALL else set.union(*wanted)


def _read(store: Store, index: NameIndex) -> dict[str, Type]:
    kinds = {kind for own in index.kind_sets.values() for kind in own.every}
    kinds.update(map(iri, DEFAULT))
    nodes = " ".join(str(ox.NamedNode(kind)) for kind in sorted(kinds) if "://" in kind)
    broader: dict[str, dict[str, None]] = {kind: {} for kind in kinds}
    definitions: dict[str, dict[str, str]] = {kind: {} for kind in kinds}
    for kind, above, definition in store.select(_ABOUT.format(kinds=nodes)).rows:
        if kind is not None and above is not None:
            broader[kind.value][compact(above.value)] = None
        if kind is not None and isinstance(definition, ox.Literal):
            definitions[kind.value][definition.language or ""] = definition.value
    labels = bilingual_labels(store, kinds)
    order = {iri(name): place for place, name in enumerate(DEFAULT)}
    return {
        compact(kind): Type(
            compact(kind),
            labels[kind],
            Text(definitions[kind].get("en", ""), definitions[kind].get("zh", "")),
            tuple(map(iri, sorted(broader[kind]))),
        )
        for kind in sorted(labels, key=lambda each: (order.get(each, len(order)), each))
    }
