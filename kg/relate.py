"""How two things are related: the best ways between them, each step with its evidence.

A way is worth more the fewer steps it takes and the less its stations are joined to everything.
Its cost is the number of its steps plus log2 of the number of neighbors of each station on the way:
the bits that a random walker would have to be told at each station in order to go on along this way
(Shannon, 1948). A country with thirty neighbors costs five bits, a ballot with four neighbors two;
a short way over a hub can still come before a long one. A step that only the curators' general
knowledge carries (that Zhejiang lies in China) costs five more, so that what the sources say comes
first. Figures and judgments are no stations: that two things are counted or ranked together does
not relate them. Nor are the sources: they are evidence.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Final

from kg.errors import KgError
from kg.headers import Text
from kg.namespaces import CURATION, compact
from kg.proofs import Proof
from kg.sentences import Phrasings

if TYPE_CHECKING:
    from kg.views.network import Network

RANKING: Final = Text(
    "Ways are ranked by cost: one for each step, and for each station on the way log2 of the "
    "number of its neighbors, so that what is joined to everything says least. A step that only "
    "the curators' general knowledge carries costs five more.",
    "按代价由小到大排列：每一步计1，途经的每个事物另计其相邻事物数的以2为底的对数，"
    "因此与一切相连者说明最少；仅由编者常识支撑的一步另计5。",
)
"""How the ranking works and why, for readers of an answer."""

_CURATED: Final = 5.0
_LIMIT: Final = 2000
Steps = Mapping[str, Mapping[str, float]]
"""What a step from each thing to each of its neighbors costs; the same in both directions."""


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

    ``alike``: for a station, others that could stand in its place, joined by the same relations,
    each with the evidence of its two steps.
    """

    cost: float
    stations: tuple[str, ...]
    steps: tuple[tuple[Statement, ...], ...]
    alike: Mapping[str, Mapping[str, tuple[Proof, ...]]]


def ways(
    graph: Network, phrasings: Phrasings, start: str, end: str, *, paths: int = 3, hops: int = 4
) -> list[Way]:
    """The best ways between two things in a network, cheapest first; none if they are not joined.

    ``start`` and ``end`` are IRIs, ``paths`` the number of ways wanted, ``hops`` how many steps a
    way may take. Edges are followed in both directions. A way that is a detour (one that passes all
    stations of a better way, and more) is left out; one that differs from a better way in a single
    station is told with it, as alike. The 2,000 cheapest ways are looked at. Raises KgError for a
    thing that no claim relates to another, for the same thing twice, and for numbers below 1.
    """
    if paths < 1 or hops < 1:
        raise KgError("the number of paths and of hops is 1 or more")
    if start == end:
        raise KgError(f"{compact(start)} is given twice: name two things")
    for thing in (start, end):
        if thing not in graph:
            raise KgError(f"no claim relates {compact(thing)} to another thing")
    steps = _prices(graph, {start, end})
    found: list[Way] = []
    told: set[tuple[str, ...]] = set()
    for cost, stations in islice(cheapest(steps, start, end, hops), _LIMIT):
        if stations in told or any(_detour(stations, better.stations) for better in found):
            continue
        alike = {station: _alike(graph, steps, stations, station) for station in stations[1:-1]}
        told |= {
            tuple(other if station == replaced else station for station in stations)
            for replaced, others in alike.items()
            for other in others
        }
        said = tuple(_statements(graph, phrasings, *pair) for pair in pairwise(stations))
        found.append(
            Way(cost, stations, said, {s: others for s, others in alike.items() if others})
        )
        if len(found) == paths:
            break
    return found


def _detour(stations: tuple[str, ...], better: tuple[str, ...]) -> bool:
    """Whether a way passes all stations of a better one, and more."""
    inner = set(better[1:-1])
    return bool(inner) and inner < set(stations[1:-1])


def _alike(
    graph: Network, steps: Steps, stations: tuple[str, ...], station: str
) -> dict[str, tuple[Proof, ...]]:
    """Things that could stand in the place of a station, joined to both sides by the same."""
    place = stations.index(station)
    before, after = stations[place - 1], stations[place + 1]
    wanted = _joined(graph, before, station), _joined(graph, station, after)
    return {
        other: tuple(
            proof
            for _, _, edge in (*_between(graph, before, other), *_between(graph, other, after))
            for claim in edge["claims"]
            for proof in graph.graph["proofs"][claim]
        )
        for other in sorted((set(steps[before]) & set(steps[after])) - set(stations))
        if (_joined(graph, before, other), _joined(graph, other, after)) == wanted
    }


def _between(graph: Network, one: str, other: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The edges between two things, with their ends: those from the one first."""
    for source, target in ((one, other), (other, one)):
        for _, edge in sorted((graph.get_edge_data(source, target) or {}).items()):
            yield source, target, edge


def _joined(graph: Network, one: str, other: str) -> set[tuple[bool, str, str, bool]]:
    """By which relations, in which roles, two things are joined: forth (True) and back."""
    return {
        (source == one, edge["relation"], edge["role"], edge["planned"])
        for source, _, edge in _between(graph, one, other)
    }


def cheapest(
    steps: Steps, start: str, end: str, hops: int
) -> Iterator[tuple[float, tuple[str, ...]]]:
    """All ways without loops of at most ``hops`` steps, with their costs, cheapest first.

    ``steps`` holds both ends, and each step in both directions. A* over partial ways (Hart, Nilsson
    and Raphael, 1968): what is left to pay is bounded from below by the cheapest way on, loops
    allowed, in the steps that remain.
    """
    hops = min(hops, len(steps) - 1)
    bound = _bounds(steps, end, hops)
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
        for node, price in steps[way[-1]].items():
            if node not in way and node in bound[left]:
                cost = paid + price + (0 if node == end else math.log2(len(steps[node])))
                heapq.heappush(queue, (cost + bound[left][node], (*way, node), cost))


def _bounds(steps: Steps, end: str, hops: int) -> list[dict[str, float]]:
    """For each number of steps: what the cheapest way from a node to the end costs, if any."""
    bounds = [{end: 0.0}]
    for _ in range(hops):
        last = bounds[-1]
        reached = dict(last)
        for node, rest in last.items():
            cost = rest + (0 if node == end else math.log2(len(steps[node])))
            for before, price in steps[node].items():
                if cost + price < reached.get(before, math.inf):
                    reached[before] = cost + price
        bounds.append(reached)
    return bounds


def _prices(graph: Network, ends: set[str]) -> dict[str, dict[str, float]]:
    """What each step costs, between all that can be stations, and the ends whatever they are."""
    stations = ends | {
        node
        for node, about in graph.nodes(data=True)
        if about["group"] != "figure" and about["kind"] != "std:Source"
    }
    steps: dict[str, dict[str, float]] = {node: {} for node in sorted(stations)}
    for source, target, edge in graph.edges(data=True):
        if source in stations and target in stations and source != target:
            sources = {p.source for claim in edge["claims"] for p in graph.graph["proofs"][claim]}
            price = 1 + (_CURATED if sources == {CURATION} else 0)
            for one, other in ((source, target), (target, source)):
                steps[one][other] = min(price, steps[one].get(other, math.inf))
    return steps


def _statements(
    graph: Network, phrasings: Phrasings, one: str, other: str
) -> tuple[Statement, ...]:
    proofs: Mapping[str, tuple[Proof, ...]] = graph.graph["proofs"]
    found = []
    for source, target, edge in _between(graph, one, other):
        ends = (graph.nodes, source, target, edge)
        said = Text(phrasings.sentence(*ends, "en"), phrasings.sentence(*ends, "zh"))
        evidence = tuple(proof for claim in edge["claims"] for proof in proofs[claim])
        what = (source, edge["relation"], target, edge["via"], edge["date"])
        found.append(Statement(*what, said, evidence))
    return tuple(found)
