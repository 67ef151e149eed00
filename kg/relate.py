"""How two things are related: the best ways between them, each step with its evidence.

A way is worth more the fewer steps it takes and the less its stations are joined to everything.
Its cost is the number of its steps plus log2 of the number of neighbors of each station on the way:
the bits that a random walker would have to be told at each station in order to go on along this way
(Shannon, 1948). A country with thirty neighbors costs five bits, a ballot with four neighbors two,
so that a hub is not left out, but comes last. Figures and judgments are no stations: that two
things are ranked or counted together does not relate them. The article is none either: a source is
evidence, and only what a claim says of it (who wrote it) is an edge.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.errors import KgError
from kg.headers import Text
from kg.namespaces import compact
from kg.proofs import Proof
from kg.sentences import Phrasings

if TYPE_CHECKING:
    from kg.views.network import Network

RANKING: Final = Text(
    "Ways are ranked by cost: one for each step, and for each station on the way log2 of the "
    "number of its neighbors, so that what is joined to everything says least.",
    "按代价由小到大排列：每一步计1，途经的每个事物另计其相邻事物数的以2为底的对数，"
    "因此与一切相连者说明最少。",
)
"""How the ranking works and why, for readers of an answer."""

_LIMIT: Final = 2000
_Neighbors = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Statement:
    """What one edge says, in both languages, with its date and evidence."""

    source: str
    relation: str
    target: str
    via: str
    date: str
    sentence: Text
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Way:
    """One way from a thing to another: the stations (IRIs) and what joins each to the next.

    ``alike``: for a station, others that could stand in its place, joined by the same relations.
    """

    cost: float
    stations: tuple[str, ...]
    steps: tuple[tuple[Statement, ...], ...]
    alike: Mapping[str, tuple[str, ...]]


def ways(
    graph: Network, phrasings: Phrasings, start: str, end: str, *, paths: int = 3, hops: int = 4
) -> list[Way]:
    """The best ways between two things in a network, cheapest first; none if they are not joined.

    ``start`` and ``end`` are IRIs, ``paths`` the number of ways wanted, ``hops`` how many steps a
    way may take. Edges are followed in both directions. A way that is a detour (one that passes all
    stations of a better way, and more) is left out; one that differs from a better way in a single
    station is told with it, as alike. Raises KgError for a thing that no claim relates to another,
    for the same thing twice, and for numbers below 1.
    """
    if paths < 1 or hops < 1:
        raise KgError("the number of paths and of hops is 1 or more")
    if start == end:
        raise KgError(f"{compact(start)} is given twice: name two things")
    for thing in (start, end):
        if thing not in graph:
            raise KgError(f"no claim relates {compact(thing)} to another thing")
    neighbors = _neighbors(graph, {start, end})
    found: list[_Found] = []
    for number, (cost, stations) in enumerate(cheapest(neighbors, start, end, hops)):
        enough = len(found) == paths
        if (enough and cost > found[-1].cost) or number > _LIMIT:
            break
        twin = next((better for better in found if better.takes(graph, stations)), None)
        if twin is None and not enough and not any(b.avoids(stations) for b in found):
            found.append(_Found(cost, stations, {}))
    return [
        Way(
            one.cost,
            one.stations,
            tuple(_statements(graph, phrasings, *pair) for pair in pairwise(one.stations)),
            {station: tuple(sorted(others)) for station, others in one.alike.items()},
        )
        for one in found
    ]


@dataclass(frozen=True)
class _Found:
    cost: float
    stations: tuple[str, ...]
    alike: dict[str, set[str]]

    def avoids(self, stations: tuple[str, ...]) -> bool:
        """Whether another way is a detour from this one."""
        inner = set(self.stations[1:-1])
        return bool(inner) and inner < set(stations[1:-1])

    def takes(self, graph: Network, stations: tuple[str, ...]) -> bool:
        """Take in a way that differs in one station alone, with the same relations, as alike."""
        if len(stations) != len(self.stations):
            return False
        pairs = zip(self.stations, stations, strict=True)
        differing = [(own, other) for own, other in pairs if own != other]
        if len(differing) != 1 or _relations(graph, stations) != _relations(graph, self.stations):
            return False
        own, other = differing[0]
        self.alike.setdefault(own, set()).add(other)
        return True


def _relations(graph: Network, stations: tuple[str, ...]) -> list[list[tuple[bool, str]]]:
    return [
        sorted(
            {
                (forth, edge["relation"])
                for forth, (source, target) in ((True, (one, other)), (False, (other, one)))
                for edge in (graph.get_edge_data(source, target) or {}).values()
            }
        )
        for one, other in pairwise(stations)
    ]


def cheapest(
    neighbors: _Neighbors, start: str, end: str, hops: int
) -> Iterator[tuple[float, tuple[str, ...]]]:
    """All ways without loops of at most ``hops`` steps, with their costs, cheapest first.

    A* over partial ways (Hart, Nilsson and Raphael, 1968): what is left to pay is bounded from
    below by the cheapest way on, loops allowed, in the steps that remain.
    """
    bound = _bounds(neighbors, end, hops)
    queue: list[tuple[float, tuple[str, ...], float]] = []
    heapq.heappush(queue, (bound[hops].get(start, math.inf), (start,), 0.0))
    while queue:
        estimate, way, paid = heapq.heappop(queue)
        if estimate == math.inf:
            return
        if way[-1] == end:
            yield round(paid, 6), way
            continue
        left = hops - len(way)
        for node in neighbors[way[-1]]:
            if node not in way and node in bound[left]:
                cost = paid + 1 + (0 if node == end else math.log2(len(neighbors[node])))
                heapq.heappush(queue, (cost + bound[left][node], (*way, node), cost))


def _bounds(neighbors: _Neighbors, end: str, hops: int) -> list[dict[str, float]]:
    """For each number of steps: what the cheapest way from a node to the end costs, if any."""
    bounds = [{end: 0.0}]
    for _ in range(hops):
        last = bounds[-1]
        reached = dict(last)
        for node, rest in last.items():
            cost = 1 + rest + (0 if node == end else math.log2(len(neighbors[node])))
            for before in neighbors[node]:
                if cost < reached.get(before, math.inf):
                    reached[before] = cost
        bounds.append(reached)
    return bounds


def _neighbors(graph: Network, ends: set[str]) -> dict[str, frozenset[str]]:
    """Who is joined to whom; a figure or a judgment joins nothing, unless it is asked about."""
    stations = {n for n, about in graph.nodes(data=True) if about["group"] != "figure"} | ends
    return {
        node: frozenset({*graph.successors(node), *graph.predecessors(node)} - {node}) & stations
        for node in stations
    }


def _statements(
    graph: Network, phrasings: Phrasings, one: str, other: str
) -> tuple[Statement, ...]:
    proofs: Mapping[str, tuple[Proof, ...]] = graph.graph["proofs"]
    found = []
    for source, target in ((one, other), (other, one)):
        edges = graph.get_edge_data(source, target) or {}
        for _, edge in sorted(edges.items()):
            ends = (graph.nodes, source, target, edge)
            said = Text(phrasings.sentence(*ends, "en"), phrasings.sentence(*ends, "zh"))
            evidence = tuple(proof for claim in edge["claims"] for proof in proofs[claim])
            what = (source, edge["relation"], target, edge["via"], edge["date"])
            found.append(Statement(*what, said, evidence))
    return tuple(found)
