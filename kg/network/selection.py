"""Loads the part of a view that a filter keeps, without loading the rest.

:func:`kg.network.filters.filter_network` decides what a filter keeps. This module first finds the
nodes and edges that can qualify, on the index of the view: the neighborhood of a node, the nodes
that the store knows to be of a kind, and so on. Only these are loaded and filtered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Final, TypeAlias

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from kg.entities import kinds
from kg.entities.dates import find_dates
from kg.entities.groups import GROUPS, classes_in_group, group_of, main_kinds
from kg.network.adjacency.arrays import Adjacency
from kg.network.filters import Filter, filter_network, is_outside, not_in_view
from kg.network.folded_network import fold
from kg.network.model import UNDATED, Network
from kg.network.networkx_graph import network
from kg.network.selected_edges import SelectedEdges
from kg.network.view_index import index_view
from kg.queries.views import View
from kg.store import Store

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
_FEW_LOOKUPS: Final = 2000
"""Maximum number of IRIs to look up in the index one by one."""
_Numbers: TypeAlias = NDArray[np.int64]


def load_filtered(
    store: Store,
    view: View,
    everything: Adjacency | None,
    criteria: Filter,
    at_most: int | None,
    past: Callable[[Adjacency], Adjacency] | None = None,
) -> Network:
    """Load the part of a view that a filter keeps; more than ``at_most`` nodes are folded.

    ``everything`` is the index of the view of this name, of which little more than that part is
    read; None will do for other views that take nothing from it. Folding is described in
    :mod:`kg.network.folded_network`. ``past`` turns the index into that of an earlier day, see
    :mod:`kg.network.past`. Raises QueryError if the view does not have the node that the
    filter is ``around``.
    """
    index = everything
    if index is None or view.listed_relations:
        index = index_view(store, view, everything, criteria)
    if past is not None:
        index = past(index)
    if criteria == Filter():
        if at_most is None or len(index) <= at_most:
            return network(store, view, index)
        return fold(store, view, _edges_among(index, np.arange(len(index)), None), "")
    selection = select_edges(store, index, criteria, view.name)
    if at_most is not None and selection.node_count > at_most:
        return fold(store, view, selection, criteria.around)
    also = [criteria.around] if criteria.around else []
    return filter_network(network(store, view, index, selection.pairs(), also), criteria)


def select_edges(store: Store, index: Adjacency, criteria: Filter, view: str) -> SelectedEdges:
    """Select edges that include all edges that a filter keeps.

    ``view`` is the name of the view. Raises QueryError if the view does not have the node that the
    filter is ``around``.
    """
    inside = _inside(store, index, criteria.place) if criteria.place else None
    nodes = _NodeFilter(store, index, criteria)
    if criteria.around:
        start = index.number_of(criteria.around)
        if start is None:
            raise not_in_view(criteria.around, view)
        selected = _within(index, start, criteria.hops, nodes, inside)
    elif inside is not None:
        selected = nodes.keep(_with_neighbors(index, np.flatnonzero(inside)))
    else:
        selected = nodes.keep(nodes.candidates())
    return _edges_among(index, selected, inside)


class _NodeFilter:
    """The part of a filter that concerns single nodes: kinds and dates."""

    def __init__(self, store: Store, index: Adjacency, criteria: Filter) -> None:
        self.store, self.index, self.criteria = store, index, criteria
        self.groups = [kind for kind in criteria.kinds if kind in GROUPS]
        self.classes = [kind for kind in criteria.kinds if kind not in GROUPS]

    def keep(self, nodes: _Numbers) -> _Numbers:
        """Return the given nodes that the filter keeps."""
        criteria = self.criteria
        if not (criteria.kinds or criteria.since or criteria.until):
            return nodes
        numbers = {self.index.iri(number): number for number in nodes.tolist()}
        kept = set(numbers)
        if criteria.kinds:
            classes = kinds.all_kinds(self.store, kept) if self.classes else {}
            kept = {iri for iri, every in classes.items() if set(every) & set(self.classes)}
            rest = set(numbers) - kept if self.groups else set()
            main = main_kinds(self.store, rest)
            kept |= {iri for iri in rest if group_of(iri, main.get(iri, "")) in self.groups}
        if criteria.since or criteria.until:
            spans = find_dates(self.store, kept)
            period = criteria.since, criteria.until
            kept = {
                iri
                for iri in kept
                if not is_outside((span := spans.get(iri, UNDATED)).start, span.end, *period)
            }
        return np.array(sorted(numbers[iri] for iri in kept), dtype=np.int64)

    def candidates(self) -> _Numbers:
        """Return the nodes of the wanted classes and code lists, or all nodes."""
        classes = [classes_in_group(group) for group in self.groups]
        # The group of terms has no classes: any node may belong to it.
        if not self.criteria.kinds or not all(classes):
            return np.arange(len(self.index), dtype=np.int64)
        iris: set[str] = set()
        for kind in {*self.classes, *chain(*classes)}:
            iris |= kinds.entities_of_kind(self.store, kind)
        return _numbers(self.index, iris)


def _select_iris(store: Store, query: str) -> set[str]:
    return {term.value for (term,) in store.select(query).rows if term is not None}


def _numbers(index: Adjacency, iris: set[str]) -> _Numbers:
    if len(iris) < _FEW_LOOKUPS:
        return index.numbers_of(iris)
    every = range(len(index))
    return np.array([number for number in every if index.iri(number) in iris], dtype=np.int64)


def _inside(store: Store, index: Adjacency, place: str) -> NDArray[np.bool_]:
    """Return a mask of the nodes that lie in an area or represent it."""
    iris = _select_iris(store, _IN_PLACE.format(place=ox.NamedNode(place)))
    inside = np.zeros(len(index), dtype=np.bool_)
    inside[_numbers(index, iris | {place})] = True
    return inside


def _with_neighbors(index: Adjacency, nodes: Iterable[int]) -> _Numbers:
    near = [index.neighbors_of(int(number)) for number in nodes]
    return np.unique(np.concatenate([np.array(list(nodes), dtype=np.int64), *near]))


def _within(
    index: Adjacency, start: int, hops: int, nodes: _NodeFilter, inside: NDArray[np.bool_] | None
) -> _Numbers:
    """Return the nodes within a number of steps of a node, by way of kept nodes only."""
    near = frontier = nodes.keep(np.array([start], dtype=np.int64))
    for _ in range(hops):
        if not len(frontier):
            break
        reached = [
            around if inside is None or inside[number] else around[inside[around]]
            for number in frontier.tolist()
            for around in [index.neighbors_of(number)]
        ]
        frontier = nodes.keep(np.setdiff1d(np.concatenate(reached), near).astype(np.int64))
        near = np.union1d(near, frontier)
    return near


def _edges_among(
    index: Adjacency, nodes: _Numbers, inside: NDArray[np.bool_] | None
) -> SelectedEdges:
    """Return the edges between some nodes; with ``inside``, those with an end in the area."""
    member = np.zeros(len(index), dtype=np.bool_)
    member[nodes] = True
    lengths = index.offsets[nodes + 1] - index.offsets[nodes]
    start = np.repeat(nodes, lengths)
    places = np.arange(len(start)) + np.repeat(
        index.offsets[nodes] - np.concatenate([[0], np.cumsum(lengths)])[:-1], lengths
    )
    end = index.neighbors[places].astype(np.int64)
    # Every edge is outgoing at one of its ends, so the others are duplicates.
    outgoing = np.array(
        [any(relation.outgoing for relation in each) for each in index.relation_sets],
        dtype=np.bool_,
    )
    kept = member[end] & outgoing[index.relation_set_ids[places]]
    if inside is not None:
        kept &= inside[start] | inside[end]
    set_ids = index.relation_set_ids[places].astype(np.int64)
    return SelectedEdges(index, start[kept], end[kept], set_ids[kept])
