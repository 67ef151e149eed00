"""Edges of a view that were selected in its index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.network.adjacency.arrays import Adjacency

_Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class SelectedEdges:
    """Edges of a view that may qualify, as the numbers of their ends in the view's index.

    ``relation_set_ids`` are the relations of each, as positions in the index's ``relation_sets``.
    """

    index: Adjacency
    sources: _Numbers
    targets: _Numbers
    relation_set_ids: _Numbers

    @property
    def node_count(self) -> int:
        """The number of nodes that the edges join."""
        return len(np.unique(np.concatenate([self.sources, self.targets])))

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield source and target of each edge, by number."""
        return zip(self.sources.tolist(), self.targets.tolist(), strict=True)
