"""The index of a view: the rows of its query, and what it takes from the index of everything."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.entities.kinds import entities_of_kind
from kg.evidence.proofs import is_catalogue_claim
from kg.network.adjacency.arrays import Adjacency
from kg.network.adjacency.builder import index_rows
from kg.network.edges import query_view
from kg.network.filters import Filter
from kg.network.records import ViewRow
from kg.queries.views import View
from kg.store import Store

_Mask: TypeAlias = NDArray[np.bool_]


def index_view(
    store: Store, view: View, everything: Adjacency | None, criteria: Filter
) -> Adjacency:
    """Index the part of a view that a filter may keep.

    ``everything`` is the index of the view of this name: an edge of another view that catalogues
    state is in it too, so that its rows need not be read from the store. It may be None for a view
    that takes nothing from it.
    """
    if everything is None or not view.listed_relations:
        return index_rows(store, query_view(store, view))
    rows = list(query_view(store, view))
    mask = _listed(store, view, everything)
    if criteria.around:
        inner = _near(everything, mask, rows, criteria)
        mask &= inner[everything.statements.sources()] | inner[everything.statements.targets]
    listed = np.flatnonzero(mask)
    return index_rows(store, chain(rows, everything.statements.rows_at(listed)))


def _listed(store: Store, view: View, everything: Adjacency) -> _Mask:
    """Return a mask of the rows of everything that catalogues state and that the view has."""
    statements = everything.statements
    relations = set(view.listed_relations)
    types = np.array([type_.relation in relations for type_ in statements.edge_types], np.bool_)
    claims = np.array(
        [is_catalogue_claim(claim) for claim in statements.claim_iris.to_list()], np.bool_
    )
    # Position -1, no claim, is the last.
    mask = types[statements.types] & np.append(claims, False)[statements.claims]
    sources, targets = statements.sources(), statements.targets
    if view.listed_kinds:
        ends = np.zeros(len(everything), np.bool_)
        for kind in view.listed_kinds:
            ends[everything.numbers_of(entities_of_kind(store, kind))] = True
        mask &= ends[sources] | ends[targets]
    return np.asarray(mask)


def _near(everything: Adjacency, mask: _Mask, rows: Iterable[ViewRow], criteria: Filter) -> _Mask:
    """Return a mask of the nodes whose listed rows a view around a node has.

    These are the nodes nearer to it than the filter's hops, by the listed rows and others. What
    catalogues list between the outermost nodes is left out: the members of one committee are in
    hundreds of others together.
    """
    ends = [
        (source, target)
        for row in rows
        if (source := everything.number_of(row.source)) is not None
        if (target := everything.number_of(row.target)) is not None
    ]
    claimed = np.array(ends, np.int64).reshape(-1, 2)
    sources = np.concatenate([everything.statements.sources()[mask], claimed[:, 0]])
    targets = np.concatenate([everything.statements.targets[mask], claimed[:, 1]])
    near = np.zeros(len(everything), np.bool_)
    start = everything.number_of(criteria.around)
    near[[] if start is None else [start]] = True
    count = 0
    for _ in range(criteria.hops - 1):
        reached = near[sources] | near[targets]
        # Nothing is nearer than what was reached before.
        if count == (count := int(reached.sum())):
            break
        near[sources[reached]] = near[targets[reached]] = True
    return near
