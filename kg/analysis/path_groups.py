"""Paths between two entities, grouped by what they say.

Paths of at most two steps between the entities, or between what stands for them, are enumerated;
longer ones are searched for (:mod:`kg.analysis.path_search`). Of each kind of path all are counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np

from kg.analysis.path_rows import Mask, PathArrays, PathRows, Representatives
from kg.analysis.path_search import SearchGraph, cheapest_paths
from kg.analysis.relation_kinds import RelationKinds
from kg.analysis.representatives import Representative

COST_LIMIT: Final = 25.0
"""What costs more is no relation: a random walker finds it once in 33 million times."""

WEAK: Final = 13.0
"""What costs more is a weak relation: a random walker finds it less than once in 8,000 times."""

_SEARCH_LIMIT: Final = 2000
_MANY: Final = 100
"""If both ends have more neighbors in common, longer paths don't lead through these."""

Kinds: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class PathGroup:
    """All paths of a kind: those with the same kinds of relations, in the same order.

    ``cost`` is the lowest cost. ``count`` is the number of paths, each counted once for the nodes
    between the entities or what stands for them. ``paths`` are the most telling ones, as tuples of
    nodes: first those with offices, then the cheapest, but the best known of what belongs to both
    ends. Between the positions ``core`` in these, ``relations`` gives the relation sets with the
    number of paths that have them, and ``fixed`` the nodes, or -1 where they vary.
    """

    kinds: Kinds
    cost: float
    count: int
    paths: tuple[tuple[int, ...], ...]
    core: slice
    fixed: tuple[int, ...]
    relations: Mapping[tuple[int, ...], int]


class PathFinder:
    """Finds the groups of paths between two ends, each given with what stands for it."""

    def __init__(
        self,
        graph: SearchGraph,
        kinds: RelationKinds,
        passable: Mask,
        starts: Representatives,
        ends: Representatives,
        listed: int,
    ) -> None:
        """At most ``listed`` paths of a group are returned."""
        self.graph, self.kinds, self.listed = graph, kinds, listed
        self.chains = _shared_chains(starts, ends)
        self.start, self.end = next(iter(starts)), next(iter(ends))
        self.starts = _nearer(starts, ends, or_same=True)
        self.ends = _nearer(ends, starts, or_same=False)
        self.closed = ~passable
        self.closed[[*starts, *ends]] = True
        self.arrays = PathArrays(graph, kinds, self.closed)
        self.related: set[tuple[int, ...]] = set()

    def find(self, number: int, hops: int) -> list[PathGroup]:
        """Return at most ``number`` groups of paths of at most ``hops`` steps, cheapest first.

        Steps to what stands for an end don't count. Left out are detours (paths through all nodes
        of a cheaper one, and more), and weak groups where there is another.
        """
        groups = [
            PathGroup(kinds, cost, 1, (nodes,), slice(0, 1), nodes[:1], {})
            for nodes, (cost, kinds) in self.chains.items()
        ]
        direct = self.arrays.direct(self.starts, self.ends)
        groups += self._groups(direct)
        if hops > 1:
            self._leave_out_related(direct)
            groups += self._over_one_node()
        groups = self._without_detours(groups)
        if hops > 1:
            groups = self._without_detours(self._add_longer(groups, number, hops))
        return [group for group in groups if group.cost <= WEAK][:number] or groups[:number]

    def _leave_out_related(self, direct: PathRows) -> None:
        """Leave out longer paths between what is related: unless these are the ends, a detour."""
        self.related = set(map(tuple, direct.nodes.tolist())) - {(self.start, self.end)}
        first, last, related = self.start, self.end, self.related
        if len(self.ends) == 1:
            self.starts = {n: each for n, each in self.starts.items() if (n, last) not in related}
        elif len(self.starts) == 1:
            self.ends = {n: each for n, each in self.ends.items() if (first, n) not in related}

    def _over_one_node(self) -> Iterator[PathGroup]:
        rows = self.arrays.over_one_node(self.starts, self.ends)
        pairs = map(tuple, rows.nodes[:, [0, -1]].tolist())
        unrelated = np.array([pair not in self.related for pair in pairs], dtype=np.bool_)
        yield from self._groups(rows[unrelated & np.isfinite(rows.costs)])
        if len(rows) > _MANY:
            self.closed[rows.nodes[:, 1]] = True

    def _add_longer(self, groups: list[PathGroup], number: int, hops: int) -> list[PathGroup]:
        """Add groups of paths of three steps or more, as long as they are among the cheapest."""
        known = {group.kinds for group in groups}
        others = sorted(group.cost for group in groups)
        limit = WEAK if others and others[0] <= WEAK else COST_LIMIT
        if len(others) >= number:
            limit = min(limit, others[number - 1])
        starts, ends = (
            {node: each.cost for node, each in side.items()} for side in (self.starts, self.ends)
        )
        found = cheapest_paths(self.graph, starts, ends, self.closed, hops, limit)
        for seen, (cost, path) in enumerate(found):
            if seen == _SEARCH_LIMIT or sum(group.cost <= cost for group in groups) >= number:
                break
            if (path[0], path[-1]) in self.related:
                continue
            sets = tuple(self.graph.set_between(*pair) for pair in pairwise(path))
            kinds = self._kinds(path, sets)
            if kinds in known or _is_detour(self._stations(path), self._core(path), groups):
                continue
            known.add(kinds)
            alike = self.arrays.all_of_kind(self.starts, self.ends, path, sets)
            groups = [*groups, *self._groups(alike)]
        return groups

    def _groups(self, rows: PathRows) -> Iterator[PathGroup]:
        """Group paths of one length by their kinds."""
        by_kinds: dict[Kinds, list[int]] = {}
        for row, (nodes, sets) in enumerate(
            zip(rows.nodes.tolist(), rows.sets.tolist(), strict=True)
        ):
            by_kinds.setdefault(self._kinds(nodes, sets), []).append(row)
        for kinds, members in by_kinds.items():
            yield self._group(kinds, rows[np.array(members)])

    def _group(self, kinds: Kinds, rows: PathRows) -> PathGroup:
        offices = self.kinds.offices[rows.sets].sum(axis=1)
        first_set, last_set = rows.sets[0, [0, -1]]
        # Of what belongs to both, such as joint documents, the best known is named first.
        is_joint = self.kinds.downward[first_set] and self.kinds.upward[last_set]
        costs = -rows.costs if is_joint else rows.costs
        inner = rows.nodes.T[1:-1]
        # Of what stands for an end, such as the editions of a work, the last is named first.
        rows = rows[np.lexsort((*-rows.nodes.T[[0, -1]], *inner, costs, -offices))]
        if len(inner):
            _, first = np.unique(rows.nodes[:, 1:-1], axis=0, return_index=True)
            rows = rows[np.sort(first)]
        sets, counts = np.unique(rows.sets, axis=0, return_counts=True)
        fixed = np.where((rows.nodes == rows.nodes[0]).all(axis=0), rows.nodes[0], -1)
        return PathGroup(
            kinds,
            round(float(rows.costs.min()), 6),
            len(rows),
            tuple(self._stations(row) for row in rows.nodes[: self.listed].tolist()),
            self._core(rows.nodes[0].tolist()),
            tuple(fixed.tolist()),
            dict(zip(map(tuple, sets.tolist()), counts.tolist(), strict=True)),
        )

    def _stations(self, path: Sequence[int]) -> tuple[int, ...]:
        """Return a path with the nodes between its ends and what stands for them."""
        first, *inner, last = path
        return (*self.starts[first].chain, *inner, *reversed(self.ends[last].chain))

    def _core(self, path: Sequence[int]) -> slice:
        begin = len(self.starts[path[0]].chain) - 1
        return slice(begin, begin + len(path))

    def _kinds(self, path: Sequence[int], sets: Sequence[int]) -> Kinds:
        """Return what groups a path: the kinds of its relations, from either end to the middle."""
        kinds = self.kinds.kinds[list(sets)].tolist()
        return (*self.starts[path[0]].kinds, -1, *kinds, -1, *self.ends[path[-1]].kinds)

    def _without_detours(self, groups: list[PathGroup]) -> list[PathGroup]:
        """Return the groups by their costs, without detours of cheaper ones."""
        kept: list[PathGroup] = []
        for group in sorted(groups, key=lambda each: (each.cost, len(each.paths[0]), each.paths)):
            if group.cost <= COST_LIMIT and not _is_detour(group.paths[0], group.core, kept):
                kept.append(group)
        return kept


def _is_detour(path: tuple[int, ...], core: slice, groups: Collection[PathGroup]) -> bool:
    """Return whether a path passes through all nodes of one in a group, and perhaps more.

    Where the path is more, it counts only if the same stands for the ends: that a part of an
    entity is also related to what the entity is related to says something new.
    """
    inner, around = set(path[core][1:-1]), (path[: core.start + 1], path[core.stop - 1 :])
    for group in groups:
        for other in group.paths:
            if other == path:
                return True
            other_inner = set(other[group.core][1:-1])
            other_around = other[: group.core.start + 1], other[group.core.stop - 1 :]
            if other_inner and other_inner == inner:
                return True
            if other_inner and other_inner < inner and other_around == around:
                return True
    return False


def _nearer(
    side: Representatives, other: Representatives, *, or_same: bool
) -> dict[int, Representative]:
    """Return what stands for one end rather than for the other, all along its chain."""

    def belongs(node: int) -> bool:
        if node not in other:
            return True
        here, there = side[node].cost, other[node].cost
        return here < there or (or_same and here == there)

    return {node: each for node, each in side.items() if all(map(belongs, each.chain))}


def _shared_chains(
    starts: Representatives, ends: Representatives
) -> dict[tuple[int, ...], tuple[float, Kinds]]:
    """Return the paths over a node that stands for both ends, with cost and kinds."""
    found: dict[tuple[int, ...], tuple[float, Kinds]] = {}
    for node in starts.keys() & ends.keys():
        here, there = starts[node], ends[node]
        nodes = (*here.chain, *reversed(there.chain[:-1]))
        if len(set(nodes)) == len(nodes):
            way = here.cost + there.cost, (*here.kinds, -1, *there.kinds)
            found[nodes] = min(way, found.get(nodes, way))
    return found
