"""Paths between two entities: how they are related, each step with its evidence.

The cost of a path is the number of its steps plus, for each node in between, log2 of the number of
its neighbors: the bits that a random walker needs there to go on along the path (Shannon, 1948). A
country with thirty neighbors costs five bits, a ballot with four costs two, a body with 60,000
documents sixteen; a short path through a hub can still be cheaper than a long one. A step that only
the curators' general knowledge supports (that Zhejiang lies in China) costs five more, so that the
statements of sources come first. No path passes through figures and rankings, since being counted
together is not a relation, or through sources, which are evidence.

Paths are searched in the adjacency index (:mod:`kg.network.adjacency.arrays`); the store is read
only for the edges of the paths found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Final

import numpy as np

from kg.analysis.path_search import SearchGraph, cheapest_paths
from kg.analysis.sentences import Phrasings
from kg.common.bilingual import Text
from kg.common.errors import ArgumentError, ResolutionError
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
"""Explanation of the ranking for readers of an answer."""

ALIKE_LIMIT: Final = 20
"""Maximum number of alternatives listed for each station."""

_PATH_LIMIT: Final = 2000
_SEARCH_LIMIT: Final = 10 * _PATH_LIMIT


@dataclass(frozen=True)
class Statement:
    """An edge as a sentence in both languages, with its date and evidence.

    ``source``, ``target`` and ``via`` (or empty) are IRIs, ``relation`` is a compact IRI. ``date``
    is as precise as the source, or empty.
    """

    source: str
    relation: str
    target: str
    via: str
    date: str
    sentence: Text
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, repr=False)
class Way:
    """A path between two entities.

    ``stations`` are its nodes (IRIs) from the first entity to the second, ``steps`` the statements
    between each station and the next; ``cost`` ranks paths (see :mod:`kg.analysis.paths`).
    ``alike`` maps a station to its alternatives (IRIs) with the same relations, each with the
    evidence of its two steps; ``more`` maps a station to the number of alternatives not listed.
    """

    cost: float
    stations: tuple[str, ...]
    steps: tuple[tuple[Statement, ...], ...]
    alike: Mapping[str, Mapping[str, tuple[Proof, ...]]]
    more: Mapping[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Way [{self.cost:.2f}] {' – '.join(map(compact, self.stations))}>"


def find_paths(
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
    """Return the cheapest paths between two entities in a view; none if they are not connected.

    ``index`` is the index of ``view``, ``start`` and ``end`` are IRIs, ``paths`` is the number of
    paths and ``hops`` the maximum number of steps. Edges are followed in both directions. A detour
    (a path through all stations of a cheaper one, and more) is left out; a path that differs from
    a cheaper one in one station is listed with it as an alternative. The search ends after 2,000
    paths, or 20,000 with alternatives. Raises ResolutionError for an entity without relations,
    ArgumentError for equal entities and for numbers below 1.
    """
    if paths < 1 or hops < 1:
        raise ArgumentError("the numbers of paths and hops must be 1 or more")
    if start == end:
        raise ArgumentError(f"{compact(start)} is given twice: name two different entities")
    ends = []
    for entity in (start, end):
        number = index.number_of(entity)
        if number is None:
            raise ResolutionError(f"no claim relates {compact(entity)} to another entity")
        ends.append(number)
    found = _search(index, ends[0], ends[1], paths, hops)
    reader = _StatementReader.read(store, view, index, found)
    return [reader.to_way(index, phrasings, path) for path in found]


@dataclass(frozen=True)
class _Path:
    """A path by the numbers of its stations, with the alternatives to each."""

    cost: float
    stations: tuple[int, ...]
    alike: Mapping[int, Sequence[int]]
    more: Mapping[int, int]

    def pairs(self) -> Iterator[tuple[int, int]]:
        yield from pairwise(self.stations)
        for station, others in self.alike.items():
            before, after = self.neighbors(station)
            for other in others:
                yield before, other
                yield other, after

    def neighbors(self, station: int) -> tuple[int, int]:
        place = self.stations.index(station)
        return self.stations[place - 1], self.stations[place + 1]


def _search(index: Adjacency, start: int, end: int, paths: int, hops: int) -> list[_Path]:
    graph = SearchGraph(index.offsets, index.neighbors, index.curated, index.passable, index.bits)
    found: list[_Path] = []
    seen = 0
    for cost, stations in islice(cheapest_paths(graph, start, end, hops), _SEARCH_LIMIT):
        if any(_is_alternative(index, stations, better.stations) for better in found):
            continue
        seen += 1
        if seen > _PATH_LIMIT:
            break
        if any(_is_detour(stations, better.stations) for better in found):
            continue
        alike = {
            station: others
            for station in stations[1:-1]
            if (others := _alternatives(index, stations, station))
        }
        more = {
            station: len(others) - ALIKE_LIMIT
            for station, others in alike.items()
            if len(others) > ALIKE_LIMIT
        }
        listed = {station: sorted(others[:ALIKE_LIMIT]) for station, others in alike.items()}
        found.append(_Path(cost, stations, listed, more))
        if len(found) == paths:
            break
    return found


def _is_detour(stations: tuple[int, ...], better: tuple[int, ...]) -> bool:
    """Return whether a path passes through all stations of a better one, and more."""
    inner = set(better[1:-1])
    return bool(inner) and inner < set(stations[1:-1])


def _is_alternative(index: Adjacency, stations: tuple[int, ...], better: tuple[int, ...]) -> bool:
    """Return whether a path equals a better one but for one station in the same relations."""
    if len(stations) != len(better):
        return False
    different = [place for place, station in enumerate(stations) if station != better[place]]
    if len(different) != 1:
        return not different
    [place] = different
    return all(
        index.relation_set_between(*stations[first : first + 2])
        == index.relation_set_between(*better[first : first + 2])
        for first in (place - 1, place)
    )


def _alternatives(index: Adjacency, stations: tuple[int, ...], station: int) -> list[int]:
    """Return the nodes with the same relations as a station, those with fewest neighbors first."""
    place = stations.index(station)
    before, after = (
        index.neighbors_of(side)[
            index.relation_sets_of(side) == index.relation_set_between(side, station)
        ]
        for side in (stations[place - 1], stations[place + 1])
    )
    both = np.intersect1d(before, after, assume_unique=True)
    both = both[index.passable[both] & ~np.isin(both, stations)]
    degrees = index.offsets[both + 1] - index.offsets[both]
    return [int(other) for other in both[np.lexsort((both, degrees))]]


class _StatementReader:
    """The statements between the stations of paths, read from the store."""

    def __init__(self, network: NetworkData) -> None:
        self.network = network
        self.edges: dict[frozenset[str], list[Edge]] = {}
        for edge in network.edges:
            self.edges.setdefault(frozenset((edge.source, edge.target)), []).append(edge)

    @classmethod
    def read(
        cls, store: Store, view: View, index: Adjacency, paths: Iterable[_Path]
    ) -> _StatementReader:
        pairs = {pair for path in paths for pair in path.pairs()}
        edges = {edge for pair in pairs for edge in index.directed_pairs(*pair)}
        return cls(network_data(store, view, index, sorted(edges), brief=True))

    def to_way(self, index: Adjacency, phrasings: Phrasings, path: _Path) -> Way:
        iris = {number: index.iri(number) for number in path.stations}
        stations = tuple(iris[number] for number in path.stations)
        alike = {}
        for station, others in path.alike.items():
            before, after = (index.iri(side) for side in path.neighbors(station))
            alike[iris[station]] = {
                (other := index.iri(number)): tuple(
                    proof
                    for pair in ((before, other), (other, after))
                    for edge in self.edges_between(*pair)
                    for proof in edge.evidence(self.network.proofs)
                )
                for number in others
            }
        return Way(
            path.cost,
            stations,
            tuple(self.statements(phrasings, *pair) for pair in pairwise(stations)),
            alike,
            {iris[station]: number for station, number in path.more.items()},
        )

    def edges_between(self, first: str, second: str) -> list[Edge]:
        """Return the edges between two nodes, first those that start at ``first``."""
        edges = self.edges.get(frozenset((first, second)), [])
        return sorted(edges, key=lambda edge: edge.source != first)

    def statements(self, phrasings: Phrasings, first: str, second: str) -> tuple[Statement, ...]:
        statements = []
        for edge in self.edges_between(first, second):
            sentence = phrasings.sentence(self.network.nodes, edge, start=first)
            fields = (edge.source, edge.relation, edge.target, edge.via, edge.span.text)
            statements.append(Statement(*fields, sentence, edge.evidence(self.network.proofs)))
        return tuple(statements)
