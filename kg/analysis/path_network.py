"""The relations of a graph, prepared for the search of paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.analysis.path_search import SearchGraph
from kg.analysis.relation_kinds import RelationKinds
from kg.common.namespaces import iri
from kg.network.adjacency.arrays import Adjacency

_NEARLY_ALL: Final = 2 / 3
_LIES_IN: Final = iri("std:locatedIn")
_PUBLISHER: Final = iri("std:publisher")


@dataclass(frozen=True)
class PathNetwork:
    """The relations of an index as a graph to search in, and what they mean."""

    index: Adjacency
    graph: SearchGraph
    kinds: RelationKinds


def path_network(index: Adjacency) -> PathNetwork:
    """Prepare the relations of an index for :func:`kg.analysis.paths.find_paths`."""
    kinds = RelationKinds.of(index.relation_sets)
    graph = SearchGraph(
        index.offsets,
        index.neighbors,
        index.relation_set_ids,
        index.curated,
        index.bits,
        kinds.fields,
        kinds.upward,
        kinds.downward,
        _common_targets(index),
    )
    return PathNetwork(index, graph, kinds)


def _common_targets(index: Adjacency) -> NDArray[np.bool_]:
    """Return a mask of the areas and publishers of nearly everything that has one."""
    common = np.zeros(len(index), dtype=np.bool_)
    for relation in (_LIES_IN, _PUBLISHER):
        sources, targets = index.statements.ends_of(relation)
        if relation == _LIES_IN:
            counts = _count_below(np.unique(np.stack([sources, targets]), axis=1), len(index))
        else:
            counts = np.bincount(targets, minlength=len(index))
        # The rows are sorted by source.
        number = int(np.count_nonzero(np.diff(sources, prepend=-1)))
        common |= counts > _NEARLY_ALL * max(number, 1)
    return common


def _count_below(pairs: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Return the number of nodes below each node of a hierarchy, given its (lower, upper) pairs."""
    counts = np.zeros(size, dtype=np.int64)
    above: dict[int, set[int]] = {}
    for lower, upper in pairs.T.tolist():
        above.setdefault(lower, set()).add(upper)
    for node in above:
        reached, queue = {node}, [node]
        while queue:
            new = above.get(queue.pop(), set()) - reached
            reached |= new
            queue += new
        counts[list(reached - {node})] += 1
    return counts
