"""Figures of networks too large for NetworkX: centrality and communities of a million relations.

All of them see a view's relations as one simple network without directions: two things are
neighbors or they are not. They compute with the arrays of its index
(:class:`kg.network.adjacency.arrays.Adjacency`); degree and betweenness are the numbers that
NetworkX gives.
"""

from __future__ import annotations

import random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.common.errors import KgError
from kg.network.adjacency.arrays import Adjacency

SAMPLES: Final = 256
"""From how many things ways are followed unless one asks for more or fewer."""
_SEED: Final = 2019
_ITERATIONS: Final = 10
"""How often the groups are mended: one time leaves them worse than greedy growth does."""


def degree(index: Adjacency) -> NDArray[np.float64]:
    """The share of all others that are neighbors of each thing (degree centrality)."""
    shares: NDArray[np.float64] = np.diff(index.offsets) / max(len(index) - 1, 1)
    return shares


def betweenness(
    index: Adjacency, samples: int | None = SAMPLES, seed: int = _SEED
) -> NDArray[np.float64]:
    """The share of the shortest ways between any two others that pass through each thing.

    Ways are counted from ``samples`` things drawn by ``seed``, or from all (None): Brandes, A
    faster algorithm for betweenness centrality (2001); Brandes and Pich, Centrality estimation in
    large networks (2007). The figures are those of ``networkx.betweenness_centrality`` (3.6) with
    the same ``k`` and ``seed``, if its nodes come in the order of the index. KgError for fewer than
    two samples.
    """
    count = len(index)
    every = samples is None or samples >= count
    if not every and samples is not None and samples < 2:  # noqa: PLR2004
        raise KgError("betweenness takes 2 samples or more")
    drawn = random.Random(seed)  # noqa: S311
    chosen = range(count) if every else drawn.sample(range(count), samples or 0)
    passed = np.zeros(count)
    for source in chosen:
        passed += _dependencies(index, source)
    if count <= 2:  # noqa: PLR2004
        return passed
    scale: NDArray[np.float64] = np.full(count, 1 / (len(chosen) * (count - 2)))
    if every:
        scale[:] = 1 / ((count - 1) * (count - 2))
    else:
        # No way that begins at a thing passes through it.
        scale[list(chosen)] = 1 / ((len(chosen) - 1) * (count - 2))
    passed *= scale
    return passed


def _dependencies(index: Adjacency, source: int) -> NDArray[np.float64]:
    """How much of the shortest ways from a thing to all others passes through each, step by step.

    A step takes all things of one distance at once.
    """
    distance = np.full(len(index), -1, dtype=np.int32)
    ways = np.zeros(len(index))
    distance[source], ways[source] = 0, 1.0
    reached = np.array([source], dtype=np.int64)
    steps: list[tuple[NDArray[np.int64], NDArray[np.int32]]] = []
    while len(reached):
        lengths = index.offsets[reached + 1] - index.offsets[reached]
        one = np.repeat(reached, lengths)
        before = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        other = index.neighbors[
            np.arange(len(one)) + np.repeat(index.offsets[reached] - before, lengths)
        ]
        onward = distance[other] < 0
        one, other = one[onward], other[onward]
        if not len(other):
            break
        steps.append((one, other))
        distance[other] = len(steps)
        ways += np.bincount(other, weights=ways[one], minlength=len(ways))
        new = np.zeros(len(index), dtype=np.bool_)
        new[other] = True
        reached = np.flatnonzero(new)
    passed = np.zeros(len(index))
    for one, other in reversed(steps):
        share = ways[one] / ways[other] * (1 + passed[other])
        passed += np.bincount(one, weights=share, minlength=len(passed))
    passed[source] = 0.0
    return passed


def communities(index: Adjacency, seed: int = _SEED) -> list[NDArray[np.int64]]:
    """Groups with many relations inside and few between, as numbers of things, the largest first.

    By the modularity of Newman (2004), with the Leiden algorithm (Traag, Waltman and van Eck, From
    Louvain to Leiden, 2019); the same ``seed`` gives the same groups. KgError without the packages
    of the extra ``metrics``.
    """
    try:
        from graspologic_native import leiden_csr
    except ImportError as error:
        raise KgError(
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
