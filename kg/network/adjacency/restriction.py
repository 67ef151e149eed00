"""An index with only some of its rows: the relations that hold under a condition."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kg.network.adjacency.arrays import Adjacency, branching_bits
from kg.network.adjacency.builder import relation_sets_of_pairs


def restrict(index: Adjacency, kept: NDArray[np.bool_]) -> Adjacency:
    """Return the index of the rows that a mask keeps; the nodes stay, and keep their numbers."""
    rows = index.statements
    size = len(index)
    source, target, types = rows.sources()[kept], rows.targets[kept], rows.types[kept]
    statements = replace(
        rows,
        offsets=np.searchsorted(source, np.arange(size + 1)).astype(np.int64),
        targets=target,
        types=types,
        vias=rows.vias[kept],
        claims=rows.claims[kept],
    )
    no_loop = source != target
    source, target = source[no_loop], target[no_loop]
    codes = types[no_loop].astype(np.int64)
    start, end = np.concatenate([source, target]), np.concatenate([target, source])
    code = np.concatenate([2 * codes + 1, 2 * codes])
    by_pair = np.lexsort((code, end, start))
    start, end, code = start[by_pair], end[by_pair], code[by_pair]
    first = np.flatnonzero(np.diff(start, prepend=-1) | np.diff(end, prepend=-1))
    set_ids, sets = relation_sets_of_pairs(code, first, list(rows.edge_types))
    offsets = np.searchsorted(start[first], np.arange(size + 1)).astype(np.int64)
    neighbors = end[first].astype(np.int32)
    return Adjacency(
        offsets=offsets,
        neighbors=neighbors,
        relation_set_ids=set_ids,
        curated=_curated(index, start[first], neighbors),
        passable=index.passable,
        bits=branching_bits(offsets, neighbors, index.passable),
        relation_sets=sets,
        statements=statements,
    )


def _curated(
    index: Adjacency, start: NDArray[np.int32], end: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Return which pairs of the index only the curators' general knowledge joins."""
    size = np.int64(len(index))
    owners = np.repeat(np.arange(len(index), dtype=np.int64), np.diff(index.offsets))
    places = np.searchsorted(owners * size + index.neighbors, start * size + end)
    return np.asarray(index.curated[places])
