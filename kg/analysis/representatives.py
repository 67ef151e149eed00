"""What stands for an entity: the parts of a whole, the bodies of a country, the editions of a work.

What a source says of these counts for the entity: the memberships of a national body are those of
its country, and whoever adopts an edition of a standard adopts the standard.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.analysis.path_search import STEP, SearchGraph
from kg.analysis.relation_kinds import RelationKinds
from kg.network.adjacency.arrays import Adjacency

_LIES_IN: Final = "std:locatedIn"
_PARTS: Final = (_LIES_IN, "std:partOf", "std:governs")
"""Relations of what stands for an entity to the entity, each counted by itself."""
_OF_AREA: Final = "std:jurisdiction"
"""The same, if its source is a body: an area is also that of a reform or of a document."""
_EDITION: Final = "std:editionOf"
_CONSISTS: Final = (_EDITION, "std:inSeries")
"""The same, where the entity is nothing else but what stands for it."""

Bodies = Callable[[Collection[str]], Collection[str]]
"""Returns which of some entities (IRIs) are bodies or organizations."""


@dataclass(frozen=True)
class Representative:
    """A node that stands for an end of a path, or the end itself.

    ``chain`` are the nodes from the end to it, both included, and ``kinds`` the kinds of the
    relations between them.
    """

    cost: float
    chain: tuple[int, ...]
    kinds: tuple[int, ...]


def representatives(
    index: Adjacency, graph: SearchGraph, kinds: RelationKinds, bodies: Bodies, end: int
) -> dict[int, Representative]:
    """Return all nodes that stand for an end, and the end itself.

    Each costs a step, plus log2 of the number of nodes that stand for the same one in the same way:
    the bits needed to choose it among these. Editions and parts of a series cost the step alone,
    since a work or series is nothing else. An edition also stands for its work and the other
    editions. No places stand for what nearly all lie in (``blank`` nodes of ``graph``).
    """
    neighbors = _Neighbors(index, graph, kinds, bodies)
    neighbors.found[end] = Representative(0.0, (end,), ())
    queue = [end]
    for work in neighbors.add(end, neighbors.linked(end, _EDITION, outgoing=True), choose=False):
        queue += neighbors.add(work, neighbors.linked(work, _EDITION), choose=False)
    while queue:
        whole = queue.pop(0)
        for relation in _CONSISTS:
            queue += neighbors.add(whole, neighbors.linked(whole, relation), choose=False)
        for relation in _PARTS:
            queue += neighbors.add(whole, neighbors.linked(whole, relation))
        queue += neighbors.add(whole, neighbors.bodies_of(whole))
    return neighbors.found


class _Neighbors:
    def __init__(
        self, index: Adjacency, graph: SearchGraph, kinds: RelationKinds, bodies: Bodies
    ) -> None:
        self.index, self.graph, self.kinds, self.bodies = index, graph, kinds, bodies
        self.found: dict[int, Representative] = {}
        self.masks: dict[tuple[str, bool], NDArray[np.bool_]] = {}

    def linked(self, node: int, relation: str, *, outgoing: bool = False) -> list[int]:
        """Return the nodes that stand for one by a relation to it (or, if outgoing, from it)."""
        if relation == _LIES_IN and self.graph.blank[node]:
            return []
        key = relation, outgoing
        if key not in self.masks:
            self.masks[key] = self.kinds.having([relation], outgoing=outgoing)
        near = self.index.neighbors_of(node)
        near = near[self.masks[key][self.index.relation_sets_of(node)]]
        return [int(number) for number in near[self.index.passable[near]]]

    def bodies_of(self, area: int) -> list[int]:
        """Return the bodies of an area."""
        iris = {number: self.index.iri(number) for number in self.linked(area, _OF_AREA)}
        bodies = self.bodies(iris.values()) if iris else ()
        return [number for number, iri in iris.items() if iri in bodies]

    def add(self, whole: int, parts: Sequence[int], *, choose: bool = True) -> list[int]:
        """Add what stands for a node that was found; return what is new.

        ``choose`` adds the bits needed to choose among it.
        """
        near = self.found[whole]
        added = [part for part in parts if part not in self.found]
        for part in added:
            bits = 0.0
            if choose:
                # Where many stand for one, the walker may find it sooner by its own relations.
                bits = min(math.log2(len(parts)), float(self.graph.bits[part]))
            kind = int(self.kinds.kinds[self.index.relation_set_between(whole, part)])
            cost = near.cost + STEP + bits
            self.found[part] = Representative(cost, (*near.chain, part), (*near.kinds, kind))
        return added
