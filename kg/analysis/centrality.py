"""Centrality and communities of networks too large for NetworkX, such as a million relations.

The network is simple and undirected, given as an adjacency index
(:class:`kg.network.adjacency.arrays.Adjacency`). Degree and betweenness equal those of NetworkX.
"""

from __future__ import annotations

import random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.common.errors import ArgumentError, MissingPackageError
from kg.network.adjacency.arrays import Adjacency

SAMPLES: Final = 256
"""Default number of sampled nodes for :func:`betweenness`."""
_SEED: Final = 2019
_ITERATIONS: Final = 10
"""Iterations of the Leiden algorithm; the result of a single one is worse than greedy growth."""


def degree(index: Adjacency) -> NDArray[np.float64]:
    """Return the degree centrality of each node: the share of other nodes that are neighbors."""
    shares: NDArray[np.float64] = np.diff(index.offsets) / max(len(index) - 1, 1)
    return shares


def betweenness(
    index: Adjacency, samples: int | None = SAMPLES, seed: int = _SEED
) -> NDArray[np.float64]:
    """Return the betweenness centrality of each node, the share of shortest paths through it.

    Paths are counted from ``samples`` nodes drawn by ``seed``, or from all nodes (None): Brandes,
    A faster algorithm for betweenness centrality (2001); Brandes and Pich, Centrality estimation
    in large networks (2007). The values equal those of ``networkx.betweenness_centrality`` (3.6)
    with the same ``k`` and ``seed`` on nodes in the order of the index. Raises ArgumentError for
    fewer than two samples.
    """
    count = len(index)
    every = samples is None or samples >= count
    if not every and samples is not None and samples < 2:  # noqa: PLR2004
        raise ArgumentError("betweenness needs 2 samples or more")
    drawn = random.Random(seed)  # noqa: S311
    sources = range(count) if every else drawn.sample(range(count), samples or 0)
    total = np.zeros(count)
    for source in sources:
        total += _dependencies(index, source)
    if count <= 2:  # noqa: PLR2004
        return total
    scale: NDArray[np.float64] = np.full(count, 1 / (len(sources) * (count - 2)))
    if every:
        scale[:] = 1 / ((count - 1) * (count - 2))
    else:
        # No path that begins at a node passes through it.
        scale[list(sources)] = 1 / ((len(sources) - 1) * (count - 2))
    total *= scale
    return total


def _dependencies(index: Adjacency, source: int) -> NDArray[np.float64]:
    """Return Brandes' dependencies of a source node on all nodes, level by level of a search."""
    distance = np.full(len(index), -1, dtype=np.int32)
    paths = np.zeros(len(index))
    distance[source], paths[source] = 0, 1.0
    frontier = np.array([source], dtype=np.int64)
    levels: list[tuple[NDArray[np.int64], NDArray[np.int32]]] = []
    while len(frontier):
        lengths = index.offsets[frontier + 1] - index.offsets[frontier]
        tails = np.repeat(frontier, lengths)
        before = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        heads = index.neighbors[
            np.arange(len(tails)) + np.repeat(index.offsets[frontier] - before, lengths)
        ]
        new = distance[heads] < 0
        tails, heads = tails[new], heads[new]
        if not len(heads):
            break
        levels.append((tails, heads))
        distance[heads] = len(levels)
        paths += np.bincount(heads, weights=paths[tails], minlength=len(paths))
        reached = np.zeros(len(index), dtype=np.bool_)
        reached[heads] = True
        frontier = np.flatnonzero(reached)
    dependencies = np.zeros(len(index))
    for tails, heads in reversed(levels):
        share = paths[tails] / paths[heads] * (1 + dependencies[heads])
        dependencies += np.bincount(tails, weights=share, minlength=len(dependencies))
    dependencies[source] = 0.0
    return dependencies


def communities(index: Adjacency, seed: int = _SEED) -> list[NDArray[np.int64]]:
    """Return groups of nodes (by number) with many edges inside and few between, largest first.

    Maximizes modularity (Newman 2004) by the Leiden algorithm (Traag, Waltman and van Eck, From
    Louvain to Leiden, 2019); the same ``seed`` gives the same groups. Raises
    MissingPackageError when the packages of the extra ``metrics`` are not installed.
    """
    try:
        from graspologic_native import leiden_csr
    except ImportError as error:
        raise MissingPackageError(
            "communities need the extra 'metrics': pip install 'stdkg[metrics]'"
        ) from error
    if not len(index.neighbors):
        return []
    offsets, neighbors = np.array(index.offsets), np.array(index.neighbors)
    weights = np.ones(len(neighbors))
    _, group_of = leiden_csr(
        offsets, neighbors, weights, len(index), seed=seed, iterations=_ITERATIONS
    )
    groups = np.fromiter((group_of[number] for number in range(len(index))), np.int64, len(index))
    order = np.argsort(groups, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)
    return sorted(parts, key=lambda part: (-len(part), int(part[0])))
