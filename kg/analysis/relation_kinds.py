"""What the relations of a network mean for how two entities are related.

A kind of relation is a set of relations with their directions, so that paths can be told apart by
what they say: all roles in a committee are one kind, and a liaison has no direction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.network.records import DirectedRelation

_MEMBERSHIP: Final = "membership"
_ADOPTION: Final = "adoption"
_FAMILIES: Final = {
    "std:secretariatOf": _MEMBERSHIP,
    "std:chairs": _MEMBERSHIP,
    "std:memberOf": _MEMBERSHIP,
    "std:participatingMemberOf": _MEMBERSHIP,
    "std:observingMemberOf": _MEMBERSHIP,
    "std:adoptionOf": _ADOPTION,
    "std:conventionalAdoptionOf": _ADOPTION,
}
"""Relations that say the same in different degrees; any other is a family of its own."""

OFFICES: Final = frozenset({"std:secretariatOf", "std:chairs", "std:heads"})

BELONGING: Final = frozenset(
    {
        *("std:publisher", "std:committee", "std:topic"),
        *("std:locatedIn", "std:place", "std:jurisdiction"),
    }
)
"""Relations of a thing to a class of things: its field, publisher, committee or area."""

UNDIRECTED: Final = frozenset(
    {"std:liaison", "std:relatedTo", "std:jointlyNamedWith", "std:comparedWith", "std:tookPartWith"}
)
"""Relations that are one kind in both directions: those that the ontology calls symmetric, and
those that a source lists at one end although they join both."""

_Direction: TypeAlias = tuple[str, int, bool]
Kind: TypeAlias = frozenset[_Direction]
"""Families of relations, each with its direction (0 for none) and whether it is only planned."""


@dataclass(frozen=True)
class RelationKinds:
    """Arrays by relation set (:attr:`kg.network.adjacency.arrays.Adjacency.relation_sets`).

    ``kinds`` numbers the kind of each set, ``fields`` marks those that only say what something is
    about, ``upward`` those by which the first node only belongs to the second, ``downward`` the
    reverse, ``offices`` those with an office, such as a secretariat. ``reverse`` gives the set as
    seen from the second node.
    """

    sets: tuple[frozenset[DirectedRelation], ...]
    kinds: NDArray[np.int32]
    reverse: NDArray[np.int32]
    fields: NDArray[np.bool_]
    upward: NDArray[np.bool_]
    downward: NDArray[np.bool_]
    offices: NDArray[np.bool_]

    @classmethod
    def of(cls, sets: Sequence[frozenset[DirectedRelation]]) -> RelationKinds:
        """Classify relation sets."""
        numbers: dict[Kind, int] = {}
        kinds = [numbers.setdefault(_kind(each), len(numbers)) for each in sets]
        places = {each: place for place, each in enumerate(sets)}
        return cls(
            tuple(sets),
            np.array(kinds, dtype=np.int32),
            np.array([places[frozenset(map(_turned, each))] for each in sets], dtype=np.int32),
            _mask(all(r.relation == "std:topic" for r in each) for each in sets),
            _mask(all(_belongs(r) and r.outgoing for r in each) for each in sets),
            _mask(all(_belongs(r) and not r.outgoing for r in each) for each in sets),
            _mask(any(r.relation in OFFICES for r in each) for each in sets),
        )

    def having(self, relations: Collection[str], *, outgoing: bool) -> NDArray[np.bool_]:
        """Return a mask of the sets with one of some relations (compact IRIs) in a direction."""
        return _mask(
            any(r.relation in relations and r.outgoing == outgoing for r in each)
            for each in self.sets
        )


def _kind(relations: Collection[DirectedRelation]) -> Kind:
    # A liaison besides a membership adds little to it.
    return frozenset(
        (
            _FAMILIES.get(each.relation, each.relation),
            0 if each.relation in UNDIRECTED else 1 if each.outgoing else -1,
            each.planned,
        )
        for each in [r for r in relations if r.relation not in UNDIRECTED] or relations
    )


def _turned(relation: DirectedRelation) -> DirectedRelation:
    return relation._replace(outgoing=not relation.outgoing)


def _belongs(relation: DirectedRelation) -> bool:
    return relation.relation in BELONGING


def _mask(values: Iterable[bool]) -> NDArray[np.bool_]:
    return np.array(list(values), dtype=np.bool_)
