"""Builds the index of a view's relations, in one pass over its rows."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.common.namespaces import CURATION, compact, iri
from kg.entities.dates import find_announcements
from kg.entities.groups import group_of, main_kinds
from kg.evidence import proofs
from kg.network.adjacency import catalogue_rows
from kg.network.adjacency.arrays import FOLDER, Adjacency, branching_bits
from kg.network.adjacency.statements import StatementColumns
from kg.network.adjacency.string_array import StringArray
from kg.network.edges import query_view
from kg.network.records import DirectedRelation, EdgeType, ViewRow
from kg.queries.views import View
from kg.store import CachedNTriples, Store
from kg.store.generations import check_files

_IMPASSABLE: Final = """
SELECT DISTINCT ?thing WHERE {
    VALUES ?kind { std:Observation std:Ranking std:Assessment std:Source }
    ?thing a ?kind .
}"""
_SOURCE: Final = iri("std:Source")
# Who states a row: nobody, only the curators' general knowledge, or a source.
_UNPROVEN, _CURATED, _SOURCED = 0, 1, 2


def load_adjacency(store: Store, view: View) -> Adjacency:
    """Open the index of a view of the kind ``network`` next to the store, or build it.

    Building, needed if the index is missing or belongs to another query, takes tens of seconds for
    millions of relations. StoreError if a file of the index is damaged.
    """
    index = None
    if (generation := store.files) is not None:
        check_files(generation, FOLDER)
        index = Adjacency.open(generation / FOLDER, view)
    return build_adjacency(store, view) if index is None else index


def build_adjacency(store: Store, view: View, text_of: CachedNTriples | None = None) -> Adjacency:
    """Run a view and index its edges; ``text_of`` returns cached N-Triples, to save time.

    Edges are distinguished as in :mod:`kg.network.networkx_graph`: a relation that is only
    announced is separate. Paths may not pass through figures, judgments or sources.
    """
    return index_rows(
        store,
        query_view(store, view)
        if text_of is None
        else catalogue_rows.read_view_rows(store, view, text_of),
    )


def index_rows(store: Store, view_rows: Iterable[ViewRow]) -> Adjacency:
    """Index the edges of some rows of a view, see :func:`build_adjacency`."""
    rows = _RowNumbers(store)
    rows.read(view_rows)
    nodes, rank = _sort(rows.nodes)
    ends = rank[np.array(rows.ends, dtype=np.int32)].reshape(-1, 2)
    statements = _statement_columns(rows, nodes, ends)
    # Loops are left out. Every other edge is stored at both of its ends.
    no_loop = ends[:, 0] != ends[:, 1]
    source, target = ends[no_loop, 0], ends[no_loop, 1]
    types = np.array(rows.types, dtype=np.int64)[no_loop]
    origins = np.array(rows.origins, dtype=np.int8)[no_loop]
    start, end = np.concatenate([source, target]), np.concatenate([target, source])
    # Odd codes are outgoing relations, even ones incoming.
    code, origin = np.concatenate([2 * types + 1, 2 * types]), np.concatenate([origins, origins])
    by_pair = np.lexsort((code, end, start))
    start, end, code, origin = start[by_pair], end[by_pair], code[by_pair], origin[by_pair]
    first = np.flatnonzero(np.diff(start, prepend=-1) | np.diff(end, prepend=-1))
    relation_set_ids, relation_sets = relation_sets_of_pairs(code, first, list(rows.edge_types))
    offsets = np.searchsorted(start[first], np.arange(len(nodes) + 1)).astype(np.int64)
    neighbors = end[first]
    passable = _passable(store, nodes)
    return Adjacency(
        offsets=offsets,
        neighbors=neighbors,
        relation_set_ids=relation_set_ids,
        curated=np.maximum.reduceat(origin, first) == _CURATED if len(first) else origin == 1,
        passable=passable,
        bits=branching_bits(offsets, neighbors, passable),
        relation_sets=relation_sets,
        statements=statements,
    )


def _sort(numbers: dict[str, int]) -> tuple[list[str], NDArray[np.int32]]:
    """Sort numbered strings by their UTF-8; return them, and the new position of each number."""
    strings = sorted(numbers, key=lambda string: string.encode("utf-8"))
    rank = np.empty(len(strings), dtype=np.int32)
    rank[[numbers[string] for string in strings]] = np.arange(len(strings), dtype=np.int32)
    return strings, rank


def _statement_columns(
    rows: _RowNumbers, nodes: list[str], ends: NDArray[np.int32]
) -> StatementColumns:
    """Return the distinct rows as columns, by source and target."""
    columns = [ends[:, 0], ends[:, 1], np.array(rows.types, dtype=np.int32)]
    iris = []
    for numbers, places in ((rows.via_numbers, rows.vias), (rows.claim_numbers, rows.claims)):
        strings, rank = _sort(numbers)
        # Number -1 (none) takes the last rank, -1.
        columns.append(np.append(rank, np.int32(-1))[np.array(places, dtype=np.int32)])
        iris.append(StringArray.of(strings))
    table = np.stack(columns)[:, np.lexsort(columns[::-1])]
    first = np.any(np.diff(table, axis=1, prepend=-2), axis=0)
    sources, targets, types, vias, claims = table[:, first]
    via_iris, claim_iris = iris
    return StatementColumns(
        nodes=StringArray.of(nodes),
        offsets=np.searchsorted(sources, np.arange(len(nodes) + 1)).astype(np.int64),
        targets=targets,
        types=types,
        vias=vias,
        claims=claims,
        via_iris=via_iris,
        claim_iris=claim_iris,
        edge_types=tuple(rows.edge_types),
    )


class _RowNumbers:
    """The rows of a view as numbers: their ends, type, via, claim and origin."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.nodes: dict[str, int] = {}
        self.edge_types: dict[EdgeType, int] = {}
        self.via_numbers: dict[str, int] = {}
        self.claim_numbers: dict[str, int] = {}
        self.ends, self.types, self.origins = array("i"), array("i"), array("b")
        self.vias, self.claims = array("i"), array("i")
        self._catalogue_origins: dict[str, int] = {}

    def read(self, rows: Iterable[ViewRow]) -> None:
        claimed: list[ViewRow] = []
        for row in rows:
            if not (row.source and row.target):
                continue
            if not proofs.is_catalogue_claim(row.claim):
                claimed.append(row)
                continue
            if row.claim not in self._catalogue_origins:
                origin, _ = self._origins([row.claim])[row.claim]
                self._catalogue_origins[row.claim] = origin
            self._add(row, False, self._catalogue_origins[row.claim])
        self._add_claimed(claimed)

    def _add_claimed(self, rows: list[ViewRow]) -> None:
        """Add rows from claims, and note those that are only announced."""
        origins = self._origins({row.claim for row in rows})
        plans = find_announcements(self.store, sorted({row.target for row in rows}))
        for row in rows:
            origin, sources = origins[row.claim]
            planned = bool(row.role) and any((row.target, source) in plans for source in sources)
            self._add(row, planned, origin)

    def _origins(self, claims: Iterable[str]) -> dict[str, tuple[int, set[str]]]:
        """Return the origin and the sources of claims."""
        origins = {}
        for claim, evidence in proofs.proofs_of_claims(self.store, claims).items():
            sources = {proof.source for proof in evidence}
            kind = _CURATED if sources == {CURATION} else _SOURCED if sources else _UNPROVEN
            origins[claim] = kind, sources
        return origins

    def _add(self, row: ViewRow, planned: bool, origin: int) -> None:
        type_ = EdgeType(row.relation, row.role, planned)
        self.ends.append(self.nodes.setdefault(row.source, len(self.nodes)))
        self.ends.append(self.nodes.setdefault(row.target, len(self.nodes)))
        self.types.append(self.edge_types.setdefault(type_, len(self.edge_types)))
        vias, claims = self.via_numbers, self.claim_numbers
        self.vias.append(vias.setdefault(row.via, len(vias)) if row.via else -1)
        self.claims.append(claims.setdefault(row.claim, len(claims)) if row.claim else -1)
        self.origins.append(origin)


def relation_sets_of_pairs(
    code: NDArray[np.int64], first: NDArray[np.int64], types: list[EdgeType]
) -> tuple[NDArray[np.int32], tuple[frozenset[DirectedRelation], ...]]:
    """Number the sets of relations that join pairs of nodes.

    ``code`` are the relation codes of all edges, grouped by pair; ``first`` are the positions where
    the groups begin. Returns the number of each pair's set, and the sets by number.
    """
    last = np.append(first[1:], len(code)) if len(first) else first
    ids = code[first].astype(np.int32)
    numbers: dict[tuple[int, ...], int] = {}
    # Most pairs have a single relation; its code is the number of the set.
    for place in np.flatnonzero(code[last - 1] != code[first]) if len(first) else ():
        codes = tuple(sorted(set(code[first[place] : last[place]].tolist())))
        ids[place] = numbers.setdefault(codes, 2 * len(types) + len(numbers))
    single = [(number,) for number in range(2 * len(types))]

    def relation_of(number: int) -> DirectedRelation:
        relation, role, planned = types[number // 2]
        role = compact(role) if role else ""
        return DirectedRelation(bool(number % 2), compact(relation), role, planned)

    return ids, tuple(frozenset(map(relation_of, codes)) for codes in (*single, *numbers))


def _passable(store: Store, nodes: list[str]) -> NDArray[np.bool_]:
    """Return a mask of the nodes that a path may pass: all but figures, judgments and sources."""
    candidates = [term.value for (term,) in store.select(_IMPASSABLE).rows if term is not None]
    # Only the main kind counts, and an entity of these kinds may have another main kind.
    impassable = {
        candidate
        for candidate, kind in main_kinds(store, candidates).items()
        if group_of(candidate, kind) == "figure" or kind == _SOURCE
    }
    return np.array([node not in impassable for node in nodes], dtype=np.bool_)
