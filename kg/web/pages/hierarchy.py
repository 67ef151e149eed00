"""The place of an entity in its hierarchy: committees, places, fields, works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import iri
from kg.common.natural_order import natural_key
from kg.entities.lookup import bilingual_labels
from kg.store import Store

_UPWARD: Final = ("std:partOf", "std:editionOf", "skos:broader", "std:locatedIn")
"""Properties that lead from a part to its whole; the first that an entity has is followed."""
_DEPTH: Final = 6
_LISTED: Final = 12
_CHILDREN: Final = "SELECT DISTINCT ?child WHERE {{ ?child {property} {entity} }} LIMIT 400"


@dataclass(frozen=True)
class Step:
    """An entity in a hierarchy: IRI and label."""

    iri: str
    label: Text


@dataclass(frozen=True)
class Hierarchy:
    """What an entity is part of, the outermost first, and its own parts.

    ``more`` is the number of parts that are not listed.
    """

    above: tuple[Step, ...] = ()
    below: tuple[Step, ...] = ()
    more: int = 0


def hierarchy_of(store: Store, entity: str) -> Hierarchy:
    """Return the place of an entity (IRI) in its hierarchy."""
    above = _ancestors(store, entity)
    below: list[str] = []
    for property_ in _UPWARD:
        query = _CHILDREN.format(property=property_, entity=ox.NamedNode(entity))
        below = [row[0].value for row in store.select(query).rows if row[0] is not None]
        if below:
            break
    labels = bilingual_labels(store, {*above, *below})
    below.sort(key=lambda iri: natural_key(labels[iri].en))
    return Hierarchy(
        tuple(Step(iri, labels[iri]) for iri in above),
        tuple(Step(iri, labels[iri]) for iri in below[:_LISTED]),
        max(0, len(below) - _LISTED),
    )


def _ancestors(store: Store, entity: str) -> list[str]:
    found: list[str] = []
    for property_ in _UPWARD:
        current = entity
        while len(found) < _DEPTH:
            stated = store.about([ox.NamedNode(current)], [ox.NamedNode(iri(property_))])
            above = min((value for _, _, value, _ in stated), key=str, default=None)
            if not isinstance(above, ox.NamedNode) or above.value in (entity, *found):
                break
            current = above.value
            found.insert(0, current)
        if found:
            break
    return found
