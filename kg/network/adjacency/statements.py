"""The statements behind a view's relations, stored column by column.

A view's query reads the whole graph. Reading a part of its rows from the store would take a query
for each pair of nodes: 0.3 s for a committee with ninety relations, minutes for a million edges.
Here all rows are stored, sorted by source and target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.network.adjacency.string_array import StringArray
from kg.network.records import EdgeType, ViewRow


@dataclass(frozen=True)
class StatementColumns:
    """The rows of a view, column by column.

    The rows of source ``i`` are at ``offsets[i]`` to ``offsets[i + 1]``, in ascending order of
    ``targets``. Sources and targets are positions in ``nodes``, ``types`` in ``edge_types``,
    ``vias`` in ``via_iris`` and ``claims`` in ``claim_iris``; -1 stands for no via or claim.
    """

    nodes: StringArray
    offsets: NDArray[np.int64]
    targets: NDArray[np.int32]
    types: NDArray[np.int32]
    vias: NDArray[np.int32]
    claims: NDArray[np.int32]
    via_iris: StringArray
    claim_iris: StringArray
    edge_types: tuple[EdgeType, ...]

    def __len__(self) -> int:
        return len(self.targets)

    def sources(self) -> NDArray[np.int32]:
        """Return the source of each row, by number."""
        lengths = self.offsets[1:] - self.offsets[:-1]
        return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)

    def ends_of(self, relation: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the sources and targets of all rows of a relation (IRI), by number."""
        types = [place for place, type_ in enumerate(self.edge_types) if type_.relation == relation]
        rows = np.flatnonzero(np.isin(self.types, types))
        sources = self.offsets.searchsorted(rows, side="right") - 1
        return sources.astype(np.int32), self.targets[rows]

    def rows_between(self, pairs: Iterable[tuple[int, int]]) -> Iterator[ViewRow]:
        """Yield the rows of pairs of source and target, by number."""
        for source, target in pairs:
            first, last = self.offsets[source], self.offsets[source + 1]
            targets = self.targets[first:last]
            # Searching for numbers of another type would make NumPy convert the whole array.
            bounds = np.array((target, target + 1), dtype=targets.dtype)
            low, high = (int(first) + place for place in targets.searchsorted(bounds).tolist())
            yield from (self._row(source, place) for place in range(low, high))

    def all_rows(self) -> Iterator[ViewRow]:
        """Yield all rows, by source and target."""
        nodes, vias = self.nodes.to_list(), [*self.via_iris.to_list(), ""]
        claims = [*self.claim_iris.to_list(), ""]
        columns = (self.sources(), self.targets, self.types, self.vias, self.claims)
        for source, target, type_, via, claim in zip(*(c.tolist() for c in columns), strict=True):
            relation, role, _ = self.edge_types[type_]
            # Position -1 is the empty string at the end.
            yield ViewRow(nodes[source], nodes[target], relation, vias[via], role, claims[claim])

    def rows_at(self, places: NDArray[np.int64]) -> Iterator[ViewRow]:
        """Yield the rows at some positions."""
        sources = self.offsets.searchsorted(places, side="right") - 1
        for source, place in zip(sources.tolist(), places.tolist(), strict=True):
            yield self._row(source, place)

    def _row(self, source: int, place: int) -> ViewRow:
        via, claim = int(self.vias[place]), int(self.claims[place])
        relation, role, _ = self.edge_types[self.types[place]]
        return ViewRow(
            self.nodes[source],
            self.nodes[int(self.targets[place])],
            relation,
            "" if via < 0 else self.via_iris[via],
            role,
            "" if claim < 0 else self.claim_iris[claim],
        )
