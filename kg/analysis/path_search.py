"""Search for the cheapest paths between two nodes of a network of any size, in order of cost."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.network.adjacency.arrays import branching_bits

STEP: Final = 1.0
"""Cost of a step."""

CURATED: Final = 5.0
"""Additional cost of a step that only the curators' general knowledge supports."""


@dataclass(frozen=True)
class SearchGraph:
    """An undirected network as compressed sparse rows, with the costs of its steps and nodes.

    The neighbors of node ``i`` are ``neighbors[offsets[i]:offsets[i + 1]]``, ascending;
    ``curated`` marks the steps with the additional cost. Only ``open`` nodes may be passed, at the
    cost of their ``bits`` (:func:`kg.network.adjacency.arrays.branching_bits`).
    """

    offsets: NDArray[np.int64]
    neighbors: NDArray[np.int32]
    curated: NDArray[np.bool_]
    open: NDArray[np.bool_]
    bits: NDArray[np.float64]


def cheapest_paths(
    graph: SearchGraph, start: int, end: int, hops: int
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield all simple paths of at most ``hops`` steps with their costs, cheapest first.

    Paths of the same cost are ordered by their nodes. A* over partial paths (Hart, Nilsson and
    Raphael, 1968): the remaining cost is bounded from below by the cheapest walk, loops allowed,
    in the remaining steps. Only the best extension of a path is queued, and the next best once
    that leaves the queue, so a hub with 100,000 neighbors is scanned only once per path.
    """
    costs = _Costs(graph, start, end, min(hops, len(graph.open) - 1))
    queue: list[tuple[float, tuple[int, ...], float, _Extensions | None]] = []
    heapq.heappush(queue, (costs.remaining(start, costs.hops), (start,), 0.0, None))
    while queue:
        estimate, path, paid, siblings = heapq.heappop(queue)
        if estimate == math.inf:
            return
        if siblings is not None and (following := next(siblings, None)) is not None:
            heapq.heappush(queue, (*following, siblings))
        if path[-1] == end:
            yield round(paid, 6), path
            continue
        extensions = costs.extend(path, paid)
        if (best := next(extensions, None)) is not None:
            heapq.heappush(queue, (*best, extensions))


_Extensions = Iterator[tuple[float, tuple[int, ...], float]]
"""Estimated total cost, path, and cost so far of paths that are one step longer."""


class _Costs:
    """Costs of a search between two nodes: of passing each node, and from each to the end."""

    def __init__(self, graph: SearchGraph, start: int, end: int, hops: int) -> None:
        self.graph, self.start, self.end, self.hops = graph, start, end, hops
        open_ = np.array(graph.open)
        open_[[start, end]] = True
        opened = not (graph.open[start] and graph.open[end])
        # The given bits count open neighbors only, so they change when an end becomes open.
        self.passing = (
            branching_bits(graph.offsets, graph.neighbors, open_) if opened else graph.bits.copy()
        )
        self.passing[~open_] = math.inf
        self.passing[end] = 0.0
        self.bounds = self._bounds()

    def remaining(self, node: int, hops: int) -> float:
        """Return a lower bound of the cost from a node to the end in a number of steps."""
        return float(self.bounds[min(hops, len(self.bounds) - 1)][node])

    def extend(self, path: tuple[int, ...], paid: float) -> _Extensions:
        """Yield the paths that are one step longer, the most promising first."""
        last, left = path[-1], self.hops - len(path)
        row = slice(self.graph.offsets[last], self.graph.offsets[last + 1])
        near = self.graph.neighbors[row]
        cost = paid + self._step_costs(row) + self.passing[near]
        estimate = cost + self.bounds[min(left, len(self.bounds) - 1)][near]
        estimate[np.isin(near, path)] = math.inf
        for place in np.lexsort((near, estimate)):
            if estimate[place] == math.inf:
                return
            yield float(estimate[place]), (*path, int(near[place])), float(cost[place])

    def _step_costs(self, row: slice) -> NDArray[np.float64]:
        return STEP + CURATED * self.graph.curated[row].astype(np.float64)

    def _bounds(self) -> list[NDArray[np.float64]]:
        """Return for each number of steps the cost of the cheapest walk from each node to the end.

        The list ends where more steps make no difference.
        """
        offsets, neighbors = self.graph.offsets, self.graph.neighbors
        step_costs = self._step_costs(slice(None))
        connected = offsets[1:] > offsets[:-1]
        first = offsets[:-1][connected]
        bounds = [np.full(len(offsets) - 1, math.inf)]
        bounds[0][self.end] = 0.0
        for _ in range(self.hops):
            rest = bounds[-1] + self.passing
            # No path returns to its start.
            rest[self.start] = math.inf
            bound = bounds[-1].copy()
            best = np.minimum.reduceat(rest[neighbors] + step_costs, first)
            bound[connected] = np.minimum(bound[connected], best)
            if np.array_equal(bound, bounds[-1]):
                break
            bounds.append(bound)
        return bounds
