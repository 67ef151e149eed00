"""The rows of a view -> its index of neighbors, in one pass over the edges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg import proofs
from kg.namespaces import CURATION, PREFIXES, compact
from kg.store import Store
from kg.views import View
from kg.views.adjacency import FOLDER, Adjacency, Link
from kg.views.groups import group_of, kinds_of
from kg.views.times import announced

_STD: Final = PREFIXES["std"]
_NO_STATIONS: Final = """
SELECT DISTINCT ?thing WHERE {
    VALUES ?kind { std:Observation std:Ranking std:Assessment std:Source }
    ?thing a ?kind .
}"""
_UNPROVEN, _CURATED, _SOURCED = 0, 1, 2
_Code = tuple[str, str, bool]


def adjacency(store: Store, view: View) -> Adjacency:
    """The index of a view of the kind ``network``: that beside the store, or one made now.

    What a build has not written, or has written for another query, takes some tens of seconds for
    millions of relations.
    """
    held = Adjacency.open(store.path.parent / FOLDER, view) if store.path else None
    return built(store, view) if held is None else held


def built(store: Store, view: View) -> Adjacency:
    """Run a view and index its edges.

    Edges are told apart as in :mod:`kg.views.network`: what a source only announces is a relation
    of its own. Figures, judgments and sources are no stations.
    """
    found = _Edges(store)
    found.read(view)
    order = sorted(found.numbers, key=lambda iri: iri.encode("utf-8"))
    rank = np.empty(len(order), dtype=np.int32)
    for place, iri in enumerate(order):
        rank[found.numbers[iri]] = place
    ends = rank[np.array(found.ends, dtype=np.int32)].reshape(-1, 2)
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
    text = [iri.encode("utf-8") for iri in order]
    return Adjacency(
        text=np.frombuffer(b"".join(text), dtype=np.uint8),
        starts=np.concatenate([[0], np.cumsum([len(each) for each in text], dtype=np.int64)]),
        offsets=np.searchsorted(one[first], np.arange(len(order) + 1)).astype(np.int64),
        neighbors=other[first],
        joints=joints,
        curated=np.maximum.reduceat(proven, first) == _CURATED if len(first) else proven == 1,
        stations=_stations(store, order),
        links=links,
    )


class _Edges:
    """The edges of a view as numbers: of their ends, of what they say, of who says it."""

    def __init__(self, store: Store) -> None:
        from array import array  # noqa: PLC0415

        self.store = store
        self.numbers: dict[str, int] = {}
        self.known: dict[_Code, int] = {}
        self.ends, self.codes, self.proven = array("i"), array("i"), array("b")
        self.listed: dict[str, int] = {}
        self.claimed: list[tuple[str, str, str, str, str]] = []

    def read(self, view: View) -> None:
        names = ("source", "target", "relation", "role", "claim")
        places = [view.columns.index(name) if name in view.columns else None for name in names]
        for row in self.store.rows(view.sparql):
            source, target, relation, role, claim = (
                "" if place is None or (term := row[place]) is None else term.value
                for place in places
            )
            if proofs.is_listed(claim):
                if claim not in self.listed:
                    self.listed[claim] = self._who_says([claim])[claim][0]
                self._add(source, target, (relation, role, False), self.listed[claim])
            elif source and target:
                self.claimed.append((source, target, relation, role, claim))
        self._add_claimed()

    def _add_claimed(self) -> None:
        """What texts say: the little of it that is only announced is told apart."""
        said = self._who_says({claim for *_, claim in self.claimed})
        plans = announced(self.store, sorted({target for _, target, *_ in self.claimed}))
        for source, target, relation, role, claim in self.claimed:
            proven, sources = said[claim]
            planned = bool(role) and any((target, each) in plans for each in sources)
            self._add(source, target, (relation, role, planned), proven)

    def _who_says(self, claims: Iterable[str]) -> dict[str, tuple[int, set[str]]]:
        found = {}
        for claim, each in proofs.of_claims(self.store, claims).items():
            sources = {proof.source for proof in each}
            kind = _CURATED if sources == {CURATION} else _SOURCED if sources else _UNPROVEN
            found[claim] = kind, sources
        return found

    def _add(self, source: str, target: str, code: _Code, proven: int) -> None:
        self.ends.append(self.numbers.setdefault(source, len(self.numbers)))
        self.ends.append(self.numbers.setdefault(target, len(self.numbers)))
        self.codes.append(self.known.setdefault(code, len(self.known)))
        self.proven.append(proven)


def _joints(
    code: NDArray[np.int64], first: NDArray[np.int64], known: list[_Code]
) -> tuple[NDArray[np.int32], tuple[frozenset[Link], ...]]:
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

    def link(number: int) -> Link:
        relation, role, planned = known[number // 2]
        return Link(bool(number % 2), compact(relation), compact(role) if role else "", planned)

    return joints, tuple(frozenset(map(link, codes)) for codes in (*single, *numbers))


def _stations(store: Store, order: list[str]) -> NDArray[np.bool_]:
    things = [term.value for (term,) in store.select(_NO_STATIONS).rows if term is not None]
    # What is of such a kind may be shown by another one of its kinds.
    main = kinds_of(store, things)
    outside = {
        thing
        for thing, kind in main.items()
        if group_of(thing, kind) == "figure" or kind == _STD + "Source"
    }
    return np.array([iri not in outside for iri in order], dtype=np.bool_)
