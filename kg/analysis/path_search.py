"""Search for the cheapest paths between two ends of a network of any size, in order of cost."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

STEP: Final = 1.0
"""Cost of a step."""

FIELD: Final = 1.0
"""Additional cost of a step to a field or from it: what something is about joins it least."""

CURATED: Final = 5.0
"""Additional cost of a step that only the curators' general knowledge supports."""


@dataclass(frozen=True)
class SearchGraph:
    """An undirected network as compressed sparse rows, with the costs of its steps and nodes.

    The neighbors of node ``i`` are ``neighbors[offsets[i]:offsets[i + 1]]``, ascending; the same
    slice of ``sets`` gives their relation sets, and of ``curated`` marks the steps that only the
    curators' general knowledge supports; ``fields`` marks the relation sets of a field. ``bits`` is
    the cost of passing through a node. It counts twice between two nodes that only belong to it:
    where the steps to it are ``upward``, and away from it ``downward`` (by relation set). ``blank``
    nodes can't be passed like that at all.
    """

    offsets: NDArray[np.int64]
    neighbors: NDArray[np.int32]
    sets: NDArray[np.int32]
    curated: NDArray[np.bool_]
    bits: NDArray[np.float64]
    fields: NDArray[np.bool_]
    upward: NDArray[np.bool_]
    downward: NDArray[np.bool_]
    blank: NDArray[np.bool_]

    def step_costs(self, edges: slice | NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the cost of steps, given by their positions in ``neighbors``."""
        costs = (STEP + FIELD * self.fields)[self.sets[edges]]
        costs[self.curated[edges]] += CURATED
        return np.asarray(costs)

    def set_between(self, start: int, end: int) -> int:
        """Return the relation set between two neighbors, seen from the first."""
        row = slice(self.offsets[start], self.offsets[start + 1])
        near = self.neighbors[row]
        # Searching for a number of another type would make NumPy convert the whole array.
        return int(self.sets[row][near.searchsorted(near.dtype.type(end))])

    def edges_of(self, nodes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the steps from some nodes: the position of each node, and that of the step."""
        lengths = self.offsets[nodes + 1] - self.offsets[nodes]
        owner = np.repeat(np.arange(len(nodes), dtype=np.int64), lengths)
        before = np.concatenate([[0], np.cumsum(lengths)])[:-1]
        return owner, np.arange(len(owner)) + np.repeat(self.offsets[nodes] - before, lengths)


def cheapest_paths(
    graph: SearchGraph,
    starts: Mapping[int, float],
    ends: Mapping[int, float],
    closed: NDArray[np.bool_],
    hops: int,
    limit: float = math.inf,
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield simple paths of 1 to ``hops`` steps with their costs, cheapest first.

    A path starts at one of ``starts`` and ends at one of ``ends``, which are given with their own
    costs and must differ. It passes through none of these, and through no ``closed`` node. Paths
    of the same cost are ordered by their nodes; those that cost more than ``limit`` are left out.
    A* over partial paths (Hart, Nilsson and Raphael, 1968): the remaining cost is bounded from
    below by the cheapest walk, loops allowed, in the remaining steps. Only the best extension of a
    path is queued, and the next best once that leaves the queue, so a hub with 100,000 neighbors is
    scanned only once per path.
    """
    costs = _Costs(graph, starts, ends, closed, hops, limit)
    queue: list[tuple[float, tuple[int, ...], float, _Extensions | None]] = []

    def push(extensions: _Extensions) -> None:
        if (best := next(extensions, None)) is not None:
            heapq.heappush(queue, (*best, extensions))

    push(costs.begin())
    while queue:
        estimate, path, paid, siblings = heapq.heappop(queue)
        if estimate > limit:
            return
        if siblings is not None:
            push(siblings)
        if path[-1] in ends:
            yield round(paid, 6), path
        else:
            push(costs.extend(path, paid))


_Extensions = Iterator[tuple[float, tuple[int, ...], float]]
"""Estimated total cost, path, and cost so far of paths that are one step longer."""


class _Costs:
    """Costs of a search: of passing each node, and from each to the ends."""

    def __init__(
        self,
        graph: SearchGraph,
        starts: Mapping[int, float],
        ends: Mapping[int, float],
        closed: NDArray[np.bool_],
        hops: int,
        limit: float,
    ) -> None:
        self.graph, self.starts, self.ends = graph, starts, ends
        # Each step costs at least one, so a limit of the cost limits the steps.
        self.hops = int(min(hops, len(graph.bits) - 1, limit))
        self.entering = np.where(closed, math.inf, graph.bits)
        self.entering[list(starts)] = math.inf
        self.entering[list(ends)] = list(ends.values())
        self.at_end = np.zeros(len(closed), dtype=np.bool_)
        self.at_end[list(ends)] = True
        self.bounds = self._bounds()

    def remaining(self, near: NDArray[np.int32], hops: int) -> NDArray[np.float64]:
        """Return lower bounds of the costs from nodes to an end in at most a number of steps."""
        return np.where(self.at_end[near], 0.0, self.bounds[min(hops, len(self.bounds) - 1)][near])

    def begin(self) -> _Extensions:
        nodes = np.array(sorted(self.starts), dtype=np.int64)
        paid = np.array([self.starts[node] for node in nodes.tolist()])
        owner, edges = self.graph.edges_of(nodes)
        near = self.graph.neighbors[edges]
        cost = paid[owner] + self.graph.step_costs(edges) + self.entering[near]
        estimate = np.full(len(nodes), math.inf)
        np.minimum.at(estimate, owner, cost + self.remaining(near, self.hops - 1))
        return self._ordered((), nodes, paid, estimate)

    def extend(self, path: tuple[int, ...], paid: float) -> _Extensions:
        """Yield the paths that are one step longer, the most promising first."""
        last, left = path[-1], self.hops - len(path)
        graph = self.graph
        row = slice(graph.offsets[last], graph.offsets[last + 1])
        near = graph.neighbors[row]
        cost = paid + graph.step_costs(row) + self.entering[near]
        if len(path) > 1:
            downward = graph.downward[graph.sets[row]]
            # The type of the number must be that of the array, or NumPy would convert the array.
            if downward[near.searchsorted(near.dtype.type(path[-2]))]:
                cost[downward] += math.inf if graph.blank[last] else graph.bits[last]
        estimate = cost + self.remaining(near, left)
        for node in path:
            estimate[near == node] = math.inf
        return self._ordered(path, near, cost, estimate)

    def _ordered(
        self,
        path: tuple[int, ...],
        near: NDArray[np.int64] | NDArray[np.int32],
        cost: NDArray[np.float64],
        estimate: NDArray[np.float64],
    ) -> _Extensions:
        for place in np.lexsort((near, estimate)):
            if estimate[place] == math.inf:
                return
            yield float(estimate[place]), (*path, int(near[place])), float(cost[place])

    def _bounds(self) -> list[NDArray[np.float64]]:
        """Return for each number of steps the cost of the cheapest walk from each node to an end.

        The list has one number less than the steps that a path may have, and ends where more make
        no difference.
        """
        graph = self.graph
        step_costs = graph.step_costs(slice(None))
        connected = graph.offsets[1:] > graph.offsets[:-1]
        first = graph.offsets[:-1][connected]
        bounds = [np.full(len(graph.bits), math.inf)]
        for _ in range(self.hops - 1):
            rest = np.where(self.at_end, self.entering, bounds[-1] + self.entering)
            bound = bounds[-1].copy()
            best = np.minimum.reduceat(rest[graph.neighbors] + step_costs, first)
            bound[connected] = np.minimum(bound[connected], best)
            if np.array_equal(bound, bounds[-1]):
                break
            bounds.append(bound)
        return bounds
