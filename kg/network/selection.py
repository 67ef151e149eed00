"""Which part of a view a filter can keep, found on its index before anything is loaded.

:func:`kg.network.filters.keep` says what a filter keeps of a network. Here the things and pairs
that can come into question are told beforehand, so that the rest is never looked up: around a thing
its neighbors' neighbors, of a kind the things that the store knows to be of it, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from kg.common.errors import KgError
from kg.common.namespaces import compact, expand
from kg.entities import kinds
from kg.entities.dates import Span, find_dates
from kg.entities.groups import GROUPS, classes_in_group, group_of, main_kinds
from kg.network.adjacency.arrays import Adjacency
from kg.network.filters import Filter, keep, outside
from kg.network.networkx_graph import Network, network
from kg.queries.views import View
from kg.store import Store

_OF_KIND: Final = "SELECT DISTINCT ?iri WHERE {{ ?iri a|skos:inScheme {kind} }}"
_IN_PLACE: Final = """
SELECT DISTINCT ?iri WHERE {{
    {{
        ?iri std:place|std:jurisdiction|std:governs|std:locatedIn|(std:venue/std:place) ?near .
        ?near std:locatedIn* {place} .
    }} UNION {{
        ?near std:locatedIn* {place} .
        ?secretariat std:seat ?near ; std:in ?iri .
    }} UNION {{
        ?iri std:locatedIn* {place} .
    }}
}}"""
_MANY: Final = 2000
_Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Selection:
    """The edges of a view that can be wanted, by the numbers of their ends in its index."""

    index: Adjacency
    sources: _Numbers
    targets: _Numbers

    @property
    def things(self) -> int:
        """How many things the edges join."""
        return len(np.unique(np.concatenate([self.sources, self.targets])))

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Source and target of each edge, by their numbers."""
        return zip(self.sources.tolist(), self.targets.tolist(), strict=True)


def part(
    store: Store, view: View, index: Adjacency | None, wanted: Filter, at_most: int | None
) -> Network:
    """The part of a view that a filter keeps.

    With the ``index`` of the view no more than that is loaded. Raises KgError for a thing to be
    around that is not in the view, and, before it is loaded, for a part of more than ``at_most``
    things.
    """
    if index is None:
        found = keep(network(store, view), wanted)
        _check(len(found), at_most)
        return found
    if wanted == Filter():
        _check(len(index), at_most)
        return network(store, view, index)
    selected = select(store, index, wanted, view.name)
    _check(selected.things, at_most)
    also = [wanted.around] if wanted.around else []
    return keep(network(store, view, index, selected.pairs(), also), wanted)


def _check(things: int, at_most: int | None) -> None:
    if at_most is not None and things > at_most:
        raise KgError(
            f"{things:,} things are more than can be looked at ({at_most:,}): narrow the view with"
            " --around, --kind, --place, --since or --until, or write it as csv, graphml, gexf or"
            " cytoscape"
        )


def select(store: Store, index: Adjacency, wanted: Filter, view: str) -> Selection:
    """The edges among which are all that a filter keeps.

    ``view`` is the name of the view. Raises KgError for a thing to be around that is not in it.
    """
    inside = _inside(store, index, wanted.place) if wanted.place else None
    fitting = _Fitting(store, index, wanted)
    if wanted.around:
        start = index.find(wanted.around)
        if start is None:
            raise KgError(f"{compact(wanted.around)} is not in the view {view!r}: see 'everything'")
        things = _near(index, start, wanted.hops, fitting, inside)
    elif inside is not None:
        things = fitting.of(_with_neighbors(index, np.flatnonzero(inside)))
    else:
        things = fitting.of(fitting.candidates())
    return _among(index, things, inside)


class _Fitting:
    """Tells which things a filter keeps for what they are and when."""

    def __init__(self, store: Store, index: Adjacency, wanted: Filter) -> None:
        self.store, self.index, self.wanted = store, index, wanted
        self.groups = [kind for kind in wanted.kinds if kind in GROUPS]
        self.classes = [kind for kind in wanted.kinds if kind not in GROUPS]

    def of(self, things: _Numbers) -> _Numbers:
        """Those of some things that stay."""
        if not (self.wanted.kinds or self.wanted.since or self.wanted.until):
            return things
        named = {self.index.iri(number): number for number in things.tolist()}
        kept = set(named)
        if self.wanted.kinds:
            found = kinds.all_kinds(self.store, kept) if self.classes else {}
            kept = {iri for iri, every in found.items() if set(every) & set(self.classes)}
            rest = set(named) - kept if self.groups else set()
            main = main_kinds(self.store, rest)
            kept |= {iri for iri in rest if group_of(iri, main.get(iri, "")) in self.groups}
        if self.wanted.since or self.wanted.until:
            spans = find_dates(self.store, kept)
            period = self.wanted.since, self.wanted.until
            kept = {
                iri
                for iri in kept
                if not outside((span := spans.get(iri, Span())).start, span.end, *period)
            }
        return np.array(sorted(named[iri] for iri in kept), dtype=np.int64)

    def candidates(self) -> _Numbers:
        """All things of the view, or those that have a class or code list that is wanted."""
        classes = [classes_in_group(group) for group in self.groups]
        if not self.wanted.kinds or not all(classes):
            return np.arange(len(self.index), dtype=np.int64)
        found: set[str] = set()
        for kind in {*self.classes, *chain(*classes)}:
            if (iri := expand(kind)) is not None:
                found |= _iris(self.store, _OF_KIND.format(kind=iri))
        return _numbers(self.index, found)


def _iris(store: Store, query: str) -> set[str]:
    return {term.value for (term,) in store.select(query).rows if term is not None}


def _numbers(index: Adjacency, iris: set[str]) -> _Numbers:
    if len(iris) < _MANY:
        return index.numbers(iris)
    every = range(len(index))
    return np.array([number for number in every if index.iri(number) in iris], dtype=np.int64)


def _inside(store: Store, index: Adjacency, place: str) -> NDArray[np.bool_]:
    found = _iris(store, _IN_PLACE.format(place=ox.NamedNode(place)))
    inside = np.zeros(len(index), dtype=np.bool_)
    inside[_numbers(index, found | {place})] = True
    return inside


def _with_neighbors(index: Adjacency, things: Iterable[int]) -> _Numbers:
    near = [index.around(int(number)) for number in things]
    return np.unique(np.concatenate([np.array(list(things), dtype=np.int64), *near]))


def _near(
    index: Adjacency, start: int, hops: int, fitting: _Fitting, inside: NDArray[np.bool_] | None
) -> _Numbers:
    """The things within so many steps of one, over things that stay."""
    near = frontier = fitting.of(np.array([start], dtype=np.int64))
    for _ in range(hops):
        if not len(frontier):
            break
        reached = [
            around if inside is None or inside[number] else around[inside[around]]
            for number in frontier.tolist()
            for around in [index.around(number)]
        ]
        frontier = fitting.of(np.setdiff1d(np.concatenate(reached), near).astype(np.int64))
        near = np.union1d(near, frontier)
    return near


def _among(index: Adjacency, things: _Numbers, inside: NDArray[np.bool_] | None) -> Selection:
    """The edges between some things; with an end inside an area, if one is given."""
    member = np.zeros(len(index), dtype=np.bool_)
    member[things] = True
    lengths = index.offsets[things + 1] - index.offsets[things]
    one = np.repeat(things, lengths)
    places = np.arange(len(one)) + np.repeat(
        index.offsets[things] - np.concatenate([[0], np.cumsum(lengths)])[:-1], lengths
    )
    other = index.neighbors[places].astype(np.int64)
    # Each edge leads forth from one of its ends.
    forth = np.array(
        [any(link.outgoing for link in joint) for joint in index.links], dtype=np.bool_
    )
    kept = member[other] & forth[index.joints[places]]
    if inside is not None:
        kept &= inside[one] | inside[other]
    return Selection(index, one[kept], other[kept])
