"""What the edges of a view say, in columns: kept beside the store, so that nothing asks it again.

The query of a view goes through everything that is stated, and a part of it can only be had by
asking for each pair of things (0.3 s for a committee of ninety relations, and minutes for all of a
million edges). Here the rows of its answer stand side by side, sorted by source and target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.network.adjacency.string_array import Texts
from kg.network.records import EdgeType, ViewRow


@dataclass(frozen=True)
class Statements:
    """The rows of a view, of which each has a place in every column.

    Those that lead from thing ``i`` are at ``offsets[i]`` to ``offsets[i + 1]``, in ascending order
    of their ``targets``, which are numbers of ``things``. ``codes`` are places in ``said``,
    ``vias`` and ``claims`` numbers of ``via_names`` and ``claim_names``, -1 where there is none.
    """

    things: Texts
    offsets: NDArray[np.int64]
    targets: NDArray[np.int32]
    codes: NDArray[np.int32]
    vias: NDArray[np.int32]
    claims: NDArray[np.int32]
    via_names: Texts
    claim_names: Texts
    said: tuple[EdgeType, ...]

    def __len__(self) -> int:
        return len(self.targets)

    def sources(self) -> NDArray[np.int32]:
        """The number of the source of each row."""
        lengths = self.offsets[1:] - self.offsets[:-1]
        return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)

    def between(self, pairs: Iterable[tuple[int, int]]) -> Iterator[ViewRow]:
        """The rows that lead from one thing to another, for pairs of numbers."""
        for source, target in pairs:
            first, last = self.offsets[source], self.offsets[source + 1]
            targets = self.targets[first:last]
            # Looking for numbers of another type, NumPy converts all targets first.
            ends = np.array((target, target + 1), dtype=targets.dtype)
            low, high = (int(first) + place for place in targets.searchsorted(ends).tolist())
            yield from (self._row(source, place) for place in range(low, high))

    def all(self) -> Iterator[ViewRow]:
        """All rows, in their order."""
        things, vias = self.things.all(), [*self.via_names.all(), ""]
        claims = [*self.claim_names.all(), ""]
        columns = (self.sources(), self.targets, self.codes, self.vias, self.claims)
        for source, target, code, via, claim in zip(*(c.tolist() for c in columns), strict=True):
            relation, role, _ = self.said[code]
            yield ViewRow(things[source], things[target], relation, vias[via], role, claims[claim])

    def _row(self, source: int, place: int) -> ViewRow:
        via, claim = int(self.vias[place]), int(self.claims[place])
        relation, role, _ = self.said[self.codes[place]]
        return ViewRow(
            self.things[source],
            self.things[int(self.targets[place])],
            relation,
            "" if via < 0 else self.via_names[via],
            role,
            "" if claim < 0 else self.claim_names[claim],
        )
