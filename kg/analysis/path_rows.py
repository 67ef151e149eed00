"""Many paths at once, as arrays: their steps, joins and costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.analysis.path_search import SearchGraph
from kg.analysis.relation_kinds import RelationKinds
from kg.analysis.representatives import Representative

LIMIT: Final = 200_000
"""Maximum number of paths of a kind that are enumerated."""

Numbers: TypeAlias = NDArray[np.int64]
Costs: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]
Representatives: TypeAlias = Mapping[int, Representative]


@dataclass(frozen=True)
class PathRows:
    """Paths of one length: the nodes of each, the relation sets between them, and the costs."""

    nodes: Numbers
    sets: Numbers
    costs: Costs

    def __len__(self) -> int:
        return len(self.costs)

    def __getitem__(self, rows: Numbers | Mask) -> PathRows:
        return PathRows(self.nodes[rows], self.sets[rows], self.costs[rows])


@dataclass(frozen=True)
class PathArrays:
    """The network in which paths are enumerated; ``closed`` nodes are not passed."""

    graph: SearchGraph
    kinds: RelationKinds
    closed: Mask

    def steps(self, side: Representatives) -> PathRows:
        """Return the steps from what stands for an end, with the costs up to their targets."""
        nodes = np.array(list(side), dtype=np.int64)
        costs = np.array([each.cost for each in side.values()])
        owner, edges = self.graph.edges_of(nodes)
        return PathRows(
            np.stack([nodes[owner], self.graph.neighbors[edges].astype(np.int64)], axis=1),
            self.graph.sets[edges].astype(np.int64)[:, np.newaxis],
            costs[owner] + self.graph.step_costs(edges),
        )

    def direct(self, starts: Representatives, ends: Representatives) -> PathRows:
        """Return the paths of one step."""
        steps = self.steps(starts)
        costs = np.full(len(self.closed), np.inf)
        costs[list(ends)] = [each.cost for each in ends.values()]
        costs = steps.costs + costs[steps.nodes[:, 1]]
        return PathRows(steps.nodes, steps.sets, costs)[np.isfinite(costs)]

    def over_one_node(self, starts: Representatives, ends: Representatives) -> PathRows:
        """Return the paths of two steps, with infinite cost where the node says nothing.

        Of what stands for an end in the same way, only the cheapest is related to a node.
        """
        here, there = self.steps(starts), self.steps(ends)
        shared = self._mask(here.nodes[:, 1]) & self._mask(there.nodes[:, 1]) & ~self.closed
        here, there = self._cheapest(here, starts, shared), self._cheapest(there, ends, shared)
        one, other = _join(here.nodes[:, 1], there.nodes[:, 1])
        here, there = here[one], there[other]
        middle = here.nodes[:, 1]
        sets = np.stack([here.sets[:, 0], self.kinds.reverse[there.sets[:, 0]]], axis=1)
        return PathRows(
            np.stack([here.nodes[:, 0], middle, there.nodes[:, 0]], axis=1),
            sets.astype(np.int64),
            here.costs + there.costs + self._passing(middle, sets),
        )

    def all_of_kind(
        self,
        starts: Representatives,
        ends: Representatives,
        path: tuple[int, ...],
        sets: tuple[int, ...],
    ) -> PathRows:
        """Return all paths with the same kinds of relations as one."""
        kinds = self.kinds.kinds[list(sets)].tolist()
        leading = self._leading(_alike(ends, path[-1]), sets)
        nodes = _alike(starts, path[0])[:, np.newaxis]
        costs = np.array([starts[node].cost for node in nodes[:, 0].tolist()])
        found = np.empty((len(nodes), 0), dtype=np.int64)
        for place, kind in enumerate(kinds, 1):
            owner, edges = self.graph.edges_of(nodes[:, -1])
            near = self.graph.neighbors[edges].astype(np.int64)
            kept = self._has_kind(edges, kind) & leading[place][near]
            if place < len(kinds):
                kept &= ~self.closed[near]
            kept &= ~(nodes[owner] == near[:, np.newaxis]).any(axis=1)
            owner, edges, near = (each[kept][:LIMIT] for each in (owner, edges, near))
            costs = costs[owner] + self.graph.step_costs(edges)
            step = self.graph.sets[edges].astype(np.int64)[:, np.newaxis]
            found = np.concatenate([found[owner], step], axis=1)
            if place > 1:
                costs = costs + self._passing(nodes[owner, -1], found[:, -2:])
            nodes = np.concatenate([nodes[owner], near[:, np.newaxis]], axis=1)
        costs = costs + np.array([ends[node].cost for node in nodes[:, -1].tolist()])
        return PathRows(nodes, found, costs)[np.isfinite(costs)]

    def _leading(self, ends: Numbers, sets: tuple[int, ...]) -> list[Mask]:
        """Return for each place of a path which nodes its kinds lead from to the ends."""
        leading = [self._mask(ends)]
        for set_ in reversed(sets):
            _, edges = self.graph.edges_of(np.flatnonzero(leading[0]))
            kind = int(self.kinds.kinds[self.kinds.reverse[set_]])
            reached = self.graph.neighbors[edges[self._has_kind(edges, kind)]]
            leading.insert(0, self._mask(reached))
        return leading

    def _mask(self, nodes: Numbers | NDArray[np.int32]) -> Mask:
        mask = np.zeros(len(self.closed), dtype=np.bool_)
        mask[nodes] = True
        return mask

    def _has_kind(self, edges: Numbers, kind: int) -> Mask:
        return np.asarray(self.kinds.kinds[self.graph.sets[edges]] == kind)

    def _passing(self, node: Numbers, sets: Numbers) -> Costs:
        """Return the costs of passing nodes, from the relation sets before and after each."""
        bits = self.graph.bits[node]
        class_only = self.graph.upward[sets[:, 0]] & self.graph.downward[sets[:, 1]]
        again = np.where(self.graph.blank[node], np.inf, bits)
        return np.asarray(bits + np.where(class_only, again, 0.0))

    def _cheapest(self, steps: PathRows, side: Representatives, targets: Mask) -> PathRows:
        """Return the cheapest step of each kind to each of some targets; of equals the last."""
        steps = steps[targets[steps.nodes[:, 1]]]
        chains: dict[tuple[int, ...], int] = {}
        chain = np.array(
            [chains.setdefault(side[n].kinds, len(chains)) for n in steps.nodes[:, 0].tolist()],
            dtype=np.int64,
        )
        kind = self.kinds.kinds[steps.sets[:, 0]]
        order = np.lexsort((-steps.nodes[:, 0], steps.costs, kind, chain, steps.nodes[:, 1]))
        keys = np.stack([steps.nodes[:, 1], chain, kind], axis=1)[order]
        return steps[order[np.any(np.diff(keys, axis=0, prepend=-1), axis=1)]]


def _alike(side: Representatives, node: int) -> Numbers:
    """Return what stands for an end in the same way as a node."""
    return np.array(sorted(n for n in side if side[n].kinds == side[node].kinds), dtype=np.int64)


def _join(one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    """Return the positions of all pairs of equal numbers."""
    order = np.argsort(other, kind="stable")
    low = np.searchsorted(other[order], one, "left")
    lengths = np.searchsorted(other[order], one, "right") - low
    first = np.repeat(np.arange(len(one)), lengths)
    before = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    return first, order[np.arange(len(first)) + np.repeat(low - before, lengths)]
