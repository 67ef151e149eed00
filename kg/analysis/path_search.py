"""The cheapest ways between two things of a network, however large, in the order of their costs."""

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
"""What a step costs."""

CURATED: Final = 5.0
"""What a step costs more if the curators' general knowledge alone carries it."""


@dataclass(frozen=True)
class Steps:
    """What can be walked: the neighbors of each thing by number, as compressed sparse rows.

    The neighbors of thing ``i`` are ``neighbors[offsets[i]:offsets[i + 1]]`` in ascending order;
    ``curated`` says of each step whether it costs more. Only ``open`` things can be walked through,
    and passing one costs its ``bits``, see :func:`kg.network.adjacency.arrays.branching_bits`. A
    step goes in both directions, at the same price.
    """

    offsets: NDArray[np.int64]
    neighbors: NDArray[np.int32]
    curated: NDArray[np.bool_]
    open: NDArray[np.bool_]
    bits: NDArray[np.float64]


def cheapest(
    steps: Steps, start: int, end: int, hops: int
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """All ways without loops of at most ``hops`` steps, with their costs, cheapest first.

    Of ways that cost the same the one whose stations have the smaller numbers comes first. A* over
    partial ways (Hart, Nilsson and Raphael, 1968): what is left to pay is bounded from below by the
    cheapest way on, loops allowed, in the steps that remain. Of the neighbors of a station only the
    best is put into the queue, and the next best when that one leaves it, so that a hub with
    100,000 neighbors costs no more than looking at them once.
    """
    walk = _Walk(steps, start, end, min(hops, len(steps.open) - 1))
    queue: list[tuple[float, tuple[int, ...], float, _Siblings | None]] = []
    heapq.heappush(queue, (walk.left_to_pay(start, walk.hops), (start,), 0.0, None))
    while queue:
        estimate, way, paid, siblings = heapq.heappop(queue)
        if estimate == math.inf:
            return
        if siblings is not None and (following := next(siblings, None)) is not None:
            heapq.heappush(queue, (*following, siblings))
        if way[-1] == end:
            yield round(paid, 6), way
            continue
        children = walk.on(way, paid)
        if (best := next(children, None)) is not None:
            heapq.heappush(queue, (*best, children))


_Siblings = Iterator[tuple[float, tuple[int, ...], float]]


class _Walk:
    """Costs of a search between two things: of each station, and from each to the end."""

    def __init__(self, steps: Steps, start: int, end: int, hops: int) -> None:
        self.steps, self.start, self.end, self.hops = steps, start, end, hops
        open_ = np.array(steps.open)
        open_[[start, end]] = True
        shut = not (steps.open[start] and steps.open[end])
        # What is shut is counted by nobody, unless it is one of the ends.
        self.station = (
            branching_bits(steps.offsets, steps.neighbors, open_) if shut else steps.bits.copy()
        )
        self.station[~open_] = math.inf
        self.station[end] = 0.0
        self.bounds = self._bounds()

    def left_to_pay(self, node: int, hops: int) -> float:
        """The least that the way from a thing to the end can cost in so many steps."""
        return float(self.bounds[min(hops, len(self.bounds) - 1)][node])

    def on(self, way: tuple[int, ...], paid: float) -> _Siblings:
        """The ways that are one step longer, the most promising first."""
        here, left = way[-1], self.hops - len(way)
        row = slice(self.steps.offsets[here], self.steps.offsets[here + 1])
        near = self.steps.neighbors[row]
        cost = paid + self._prices(row) + self.station[near]
        estimate = cost + self.bounds[min(left, len(self.bounds) - 1)][near]
        estimate[np.isin(near, way)] = math.inf
        for place in np.lexsort((near, estimate)):
            if estimate[place] == math.inf:
                return
            yield float(estimate[place]), (*way, int(near[place])), float(cost[place])

    def _prices(self, row: slice) -> NDArray[np.float64]:
        return STEP + CURATED * self.steps.curated[row].astype(np.float64)

    def _bounds(self) -> list[NDArray[np.float64]]:
        """For each number of steps: what the cheapest way from each thing to the end costs.

        As many numbers as make a difference: the last holds for all higher ones.
        """
        offsets, neighbors = self.steps.offsets, self.steps.neighbors
        prices = self._prices(slice(None))
        joined = offsets[1:] > offsets[:-1]
        first = offsets[:-1][joined]
        bounds = [np.full(len(offsets) - 1, math.inf)]
        bounds[0][self.end] = 0.0
        for _ in range(self.hops):
            rest = bounds[-1] + self.station
            # No way comes back to where it began.
            rest[self.start] = math.inf
            reached = bounds[-1].copy()
            best = np.minimum.reduceat(rest[neighbors] + prices, first)
            reached[joined] = np.minimum(reached[joined], best)
            if np.array_equal(reached, bounds[-1]):
                break
            bounds.append(reached)
        return bounds
