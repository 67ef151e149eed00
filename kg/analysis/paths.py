"""How two things are related: the best ways between them, each step with its evidence.

A way is worth more the fewer steps it takes and the less its stations are joined to everything.
Its cost is the number of its steps plus log2 of the number of neighbors of each station on the way:
the bits that a random walker would have to be told at each station in order to go on along this way
(Shannon, 1948). A country with thirty neighbors costs five bits, a ballot with four neighbors two;
a body with 60,000 documents costs sixteen. A short way over a hub can still come before a long one.
A step that only the curators' general knowledge carries (that Zhejiang lies in China) costs five
more, so that what the sources say comes first. Figures and judgments are no stations: that two
things are counted or ranked together does not relate them. Nor are the sources: they are evidence.

Ways are found on the index of neighbors (:mod:`kg.network.adjacency.arrays`); only what joins the
stations of those that are told is looked up in the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Final

import numpy as np

from kg.analysis.path_search import Steps, cheapest
from kg.analysis.sentences import Phrasings
from kg.common.bilingual import Text
from kg.common.errors import KgError
from kg.common.namespaces import compact
from kg.evidence.proofs import Proof
from kg.network.adjacency.arrays import Adjacency
from kg.network.model import Edge
from kg.network.networkx_graph import NetworkData, network_data
from kg.queries.views import View
from kg.store import Store

RANKING: Final = Text(
    "Ways are ranked by cost: one for each step, and for each station on the way log2 of the "
    "number of its neighbors, so that what is joined to everything says least. A step that only "
    "the curators' general knowledge carries costs five more.",
    "按代价由小到大排列：每一步计1，途经的每个事物另计其相邻事物数的以2为底的对数，"
    "因此与一切相连者说明最少；仅由编者常识支撑的一步另计5。",
)
"""How the ranking works and why, for readers of an answer."""

ALIKE: Final = 20
"""How many things that could stand in the place of a station are told."""

_LIMIT: Final = 2000
_MOST: Final = 10 * _LIMIT


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
    each with the evidence of its two steps; ``more``: how many further ones there are, where they
    are too many to be told.
    """

    cost: float
    stations: tuple[str, ...]
    steps: tuple[tuple[Statement, ...], ...]
    alike: Mapping[str, Mapping[str, tuple[Proof, ...]]]
    more: Mapping[str, int] = field(default_factory=dict)


def ways(
    store: Store,
    view: View,
    index: Adjacency,
    phrasings: Phrasings,
    start: str,
    end: str,
    *,
    paths: int = 3,
    hops: int = 4,
) -> list[Way]:
    """The best ways between two things in a view, cheapest first; none if they are not joined.

    ``index`` is that of the ``view``. ``start`` and ``end`` are IRIs, ``paths`` the number of ways
    wanted, ``hops`` how many steps a way may take. Edges are followed in both directions. A way
    that is a detour (one that passes all stations of a better way, and more) is left out; one that
    differs from a better way in a single station is told with it, as alike. The 2,000 cheapest ways
    are looked at, not counting what is alike. Raises KgError for a thing that no claim relates to
    another, for the same thing twice, and for numbers below 1.
    """
    if paths < 1 or hops < 1:
        raise KgError("the number of paths and of hops is 1 or more")
    if start == end:
        raise KgError(f"{compact(start)} is given twice: name two things")
    ends = []
    for thing in (start, end):
        number = index.number_of(thing)
        if number is None:
            raise KgError(f"no claim relates {compact(thing)} to another thing")
        ends.append(number)
    found = _found(index, ends[0], ends[1], paths, hops)
    told = _Told.read(store, view, index, found)
    return [told.way(index, phrasings, way) for way in found]


@dataclass(frozen=True)
class _Found:
    """A way by the numbers of its stations, with those that could stand in the place of each."""

    cost: float
    stations: tuple[int, ...]
    alike: Mapping[int, Sequence[int]]
    more: Mapping[int, int]

    def pairs(self) -> Iterator[tuple[int, int]]:
        yield from pairwise(self.stations)
        for station, others in self.alike.items():
            before, after = self.sides(station)
            for other in others:
                yield before, other
                yield other, after

    def sides(self, station: int) -> tuple[int, int]:
        place = self.stations.index(station)
        return self.stations[place - 1], self.stations[place + 1]


def _found(index: Adjacency, start: int, end: int, paths: int, hops: int) -> list[_Found]:
    steps = Steps(index.offsets, index.neighbors, index.curated, index.passable, index.bits)
    found: list[_Found] = []
    seen = 0
    for cost, stations in islice(cheapest(steps, start, end, hops), _MOST):
        if any(_told(index, stations, better.stations) for better in found):
            continue
        seen += 1
        if seen > _LIMIT:
            break
        if any(_detour(stations, better.stations) for better in found):
            continue
        alike = {
            station: others
            for station in stations[1:-1]
            if (others := _alike(index, stations, station))
        }
        more = {s: len(others) - ALIKE for s, others in alike.items() if len(others) > ALIKE}
        told = {s: sorted(others[:ALIKE]) for s, others in alike.items()}
        found.append(_Found(cost, stations, told, more))
        if len(found) == paths:
            break
    return found


def _detour(stations: tuple[int, ...], better: tuple[int, ...]) -> bool:
    """Whether a way passes all stations of a better one, and more."""
    inner = set(better[1:-1])
    return bool(inner) and inner < set(stations[1:-1])


def _told(index: Adjacency, stations: tuple[int, ...], better: tuple[int, ...]) -> bool:
    """Whether a way is told with a better one, as alike in all but one station."""
    if len(stations) != len(better):
        return False
    apart = [place for place, one in enumerate(stations) if one != better[place]]
    if len(apart) != 1:
        return not apart
    [place] = apart
    return all(
        index.relation_set_between(*stations[one : one + 2])
        == index.relation_set_between(*better[one : one + 2])
        for one in (place - 1, place)
    )


def _alike(index: Adjacency, stations: tuple[int, ...], station: int) -> list[int]:
    """Things that could stand in the place of a station, least joined first.

    They are joined to the stations before and after it by the same relations.
    """
    place = stations.index(station)
    before, after = (
        index.neighbors_of(side)[
            index.relation_sets_of(side) == index.relation_set_between(side, station)
        ]
        for side in (stations[place - 1], stations[place + 1])
    )
    both = np.intersect1d(before, after, assume_unique=True)
    both = both[index.passable[both] & ~np.isin(both, stations)]
    joined = index.offsets[both + 1] - index.offsets[both]
    return [int(other) for other in both[np.lexsort((both, joined))]]


class _Told:
    """What joins the stations of the ways that are told, looked up in the store."""

    def __init__(self, found: NetworkData) -> None:
        self.found = found
        self.edges: dict[frozenset[str], list[Edge]] = {}
        for edge in found.edges:
            self.edges.setdefault(frozenset((edge.source, edge.target)), []).append(edge)

    @classmethod
    def read(cls, store: Store, view: View, index: Adjacency, found: Iterable[_Found]) -> _Told:
        pairs = {pair for way in found for pair in way.pairs()}
        edges = {edge for pair in pairs for edge in index.directed_pairs(*pair)}
        return cls(network_data(store, view, index, sorted(edges), brief=True))

    def way(self, index: Adjacency, phrasings: Phrasings, way: _Found) -> Way:
        names = {number: index.iri(number) for number in way.stations}
        stations = tuple(names[number] for number in way.stations)
        alike = {}
        for station, others in way.alike.items():
            sides = [index.iri(side) for side in way.sides(station)]
            alike[names[station]] = {
                (other := index.iri(number)): tuple(
                    proof
                    for one, two in ((sides[0], other), (other, sides[1]))
                    for edge in self.between(one, two)
                    for proof in edge.evidence(self.found.proofs)
                )
                for number in others
            }
        return Way(
            way.cost,
            stations,
            tuple(self.statements(phrasings, *pair) for pair in pairwise(stations)),
            alike,
            {names[station]: number for station, number in way.more.items()},
        )

    def between(self, one: str, other: str) -> list[Edge]:
        """The edges between two things, with their ends: those from the one first."""
        edges = self.edges.get(frozenset((one, other)), [])
        return sorted(edges, key=lambda edge: edge.source != one)

    def statements(self, phrasings: Phrasings, one: str, other: str) -> tuple[Statement, ...]:
        found = []
        for edge in self.between(one, other):
            sentence = phrasings.sentence(self.found.nodes, edge)
            what = (edge.source, edge.relation, edge.target, edge.via, edge.span.text)
            found.append(Statement(*what, sentence, edge.evidence(self.found.proofs)))
        return tuple(found)
