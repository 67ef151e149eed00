"""The rows of a view -> its index of neighbors, in one pass over the edges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.common.namespaces import CURATION, PREFIXES, compact
from kg.entities.dates import find_announcements
from kg.entities.groups import group_of, main_kinds
from kg.evidence import proofs
from kg.network.adjacency import catalogue_rows
from kg.network.adjacency.arrays import FOLDER, Adjacency, bits
from kg.network.adjacency.statements import Statements
from kg.network.adjacency.string_array import Texts
from kg.network.edges import query_rows
from kg.network.records import DirectedRelation, EdgeType, ViewRow
from kg.queries.views import View
from kg.store import CachedNTriples, Store

_STD: Final = PREFIXES["std"]
_NO_STATIONS: Final = """
SELECT DISTINCT ?thing WHERE {
    VALUES ?kind { std:Observation std:Ranking std:Assessment std:Source }
    ?thing a ?kind .
}"""
_UNPROVEN, _CURATED, _SOURCED = 0, 1, 2


def adjacency(store: Store, view: View) -> Adjacency:
    """The index of a view of the kind ``network``: that beside the store, or one made now.

    What a build has not written, or has written for another query, takes some tens of seconds for
    millions of relations.
    """
    held = Adjacency.open(store.path.parent / FOLDER, view) if store.path else None
    return built(store, view) if held is None else held


def built(store: Store, view: View, text_of: CachedNTriples | None = None) -> Adjacency:
    """Run a view and index its edges; texts of graphs are read instead, where they are at hand.

    Edges are told apart as in :mod:`kg.network.networkx_graph`: what a source only announces is a
    relation of its own. Figures, judgments and sources are no stations.
    """
    found = _Edges(store)
    found.read(
        query_rows(store, view)
        if text_of is None
        else catalogue_rows.view_rows(store, view, text_of)
    )
    order, rank = _ranked(found.things)
    ends = rank[np.array(found.ends, dtype=np.int32)].reshape(-1, 2)
    statements = _statements(found, order, ends)
    # That a thing is joined to itself is left out; other edges are seen from both of their ends.
    apart = ends[:, 0] != ends[:, 1]
    source, target = ends[apart, 0], ends[apart, 1]
    what = np.array(found.codes, dtype=np.int64)[apart]
    who = np.array(found.proven, dtype=np.int8)[apart]
    one, other = np.concatenate([source, target]), np.concatenate([target, source])
    code, proven = np.concatenate([2 * what + 1, 2 * what]), np.concatenate([who, who])
    by_pair = np.lexsort((code, other, one))
    one, other, code, proven = one[by_pair], other[by_pair], code[by_pair], proven[by_pair]
    first = np.flatnonzero(np.diff(one, prepend=-1) | np.diff(other, prepend=-1))
    joints, links = _joints(code, first, list(found.known))
    offsets = np.searchsorted(one[first], np.arange(len(order) + 1)).astype(np.int64)
    stations = _stations(store, order)
    return Adjacency(
        offsets=offsets,
        neighbors=other[first],
        joints=joints,
        curated=np.maximum.reduceat(proven, first) == _CURATED if len(first) else proven == 1,
        stations=stations,
        bits=bits(offsets, other[first], stations),
        links=links,
        statements=statements,
    )


def _ranked(numbers: dict[str, int]) -> tuple[list[str], NDArray[np.int32]]:
    """Texts in ascending order of their bytes, and for each number its place there."""
    order = sorted(numbers, key=lambda text: text.encode("utf-8"))
    rank = np.empty(len(order), dtype=np.int32)
    rank[[numbers[text] for text in order]] = np.arange(len(order), dtype=np.int32)
    return order, rank


def _statements(found: _Edges, order: list[str], ends: NDArray[np.int32]) -> Statements:
    """The rows as columns, by source and target, each once."""
    columns = [ends[:, 0], ends[:, 1], np.array(found.codes, dtype=np.int32)]
    names = []
    for numbers, places in ((found.vias, found.via), (found.claims, found.claim)):
        texts, rank = _ranked(numbers)
        # The last place is that of -1: no name.
        columns.append(np.append(rank, np.int32(-1))[np.array(places, dtype=np.int32)])
        names.append(Texts.of(texts))
    rows = np.stack(columns)[:, np.lexsort(columns[::-1])]
    first = np.any(np.diff(rows, axis=1, prepend=-2), axis=0)
    source, targets, codes, vias, claims = rows[:, first]
    offsets = np.searchsorted(source, np.arange(len(order) + 1)).astype(np.int64)
    via_names, claim_names = names
    things, said = Texts.of(order), tuple(found.known)
    return Statements(things, offsets, targets, codes, vias, claims, via_names, claim_names, said)


class _Edges:
    """The rows of a view as numbers: of their ends, what they say, by what, and who says it."""

    def __init__(self, store: Store) -> None:
        from array import array

        self.store = store
        self.things: dict[str, int] = {}
        self.known: dict[EdgeType, int] = {}
        self.vias: dict[str, int] = {}
        self.claims: dict[str, int] = {}
        self.ends, self.codes, self.proven = array("i"), array("i"), array("b")
        self.via, self.claim = array("i"), array("i")
        self.listed: dict[str, int] = {}
        self.claimed: list[ViewRow] = []

    def read(self, rows: Iterable[ViewRow]) -> None:
        for row in rows:
            if not (row.source and row.target):
                continue
            if proofs.is_listed(row.claim):
                if row.claim not in self.listed:
                    self.listed[row.claim] = self._who_says([row.claim])[row.claim][0]
                self._add(row, False, self.listed[row.claim])
            else:
                self.claimed.append(row)
        self._add_claimed()

    def _add_claimed(self) -> None:
        """What texts say: the little of it that is only announced is told apart."""
        said = self._who_says({row.claim for row in self.claimed})
        plans = find_announcements(self.store, sorted({row.target for row in self.claimed}))
        for row in self.claimed:
            proven, sources = said[row.claim]
            planned = bool(row.role) and any((row.target, each) in plans for each in sources)
            self._add(row, planned, proven)

    def _who_says(self, claims: Iterable[str]) -> dict[str, tuple[int, set[str]]]:
        found = {}
        for claim, each in proofs.of_claims(self.store, claims).items():
            sources = {proof.source for proof in each}
            kind = _CURATED if sources == {CURATION} else _SOURCED if sources else _UNPROVEN
            found[claim] = kind, sources
        return found

    def _add(self, row: ViewRow, planned: bool, proven: int) -> None:
        said = EdgeType(row.relation, row.role, planned)
        self.ends.append(self.things.setdefault(row.source, len(self.things)))
        self.ends.append(self.things.setdefault(row.target, len(self.things)))
        self.codes.append(self.known.setdefault(said, len(self.known)))
        self.via.append(self.vias.setdefault(row.via, len(self.vias)) if row.via else -1)
        self.claim.append(self.claims.setdefault(row.claim, len(self.claims)) if row.claim else -1)
        self.proven.append(proven)


def _joints(
    code: NDArray[np.int64], first: NDArray[np.int64], known: list[EdgeType]
) -> tuple[NDArray[np.int32], tuple[frozenset[DirectedRelation], ...]]:
    """For each pair a number of all that joins it, and what each number means.

    ``code`` are the codes of all edges, those of a pair side by side from its ``first`` on.
    """
    last = np.append(first[1:], len(code)) if len(first) else first
    joints = code[first].astype(np.int32)
    numbers: dict[tuple[int, ...], int] = {}
    # Most pairs have one relation, whose code is the number.
    for place in np.flatnonzero(code[last - 1] != code[first]) if len(first) else ():
        codes = tuple(sorted(set(code[first[place] : last[place]].tolist())))
        joints[place] = numbers.setdefault(codes, 2 * len(known) + len(numbers))
    single = [(number,) for number in range(2 * len(known))]

    def link(number: int) -> DirectedRelation:
        relation, role, planned = known[number // 2]
        return DirectedRelation(
            bool(number % 2), compact(relation), compact(role) if role else "", planned
        )

    return joints, tuple(frozenset(map(link, codes)) for codes in (*single, *numbers))


def _stations(store: Store, order: list[str]) -> NDArray[np.bool_]:
    things = [term.value for (term,) in store.select(_NO_STATIONS).rows if term is not None]
    # What is of such a kind may be shown by another one of its kinds.
    main = main_kinds(store, things)
    outside = {
        thing
        for thing, kind in main.items()
        if group_of(thing, kind) == "figure" or kind == _STD + "Source"
    }
    return np.array([iri not in outside for iri in order], dtype=np.bool_)
