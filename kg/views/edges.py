"""The rows of a view as edges: all of them, or those between some things, with their records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg import proofs
from kg.store import Store, Term
from kg.views import View

_FEW: Final = 10
_READ: Final = 20

Pairs: TypeAlias = Iterable[tuple[str, str]]
"""Things (IRIs) with those to which edges lead from them."""


@dataclass
class Edge:
    """What is said of an edge: the role of a participation, and the claims (all IRIs)."""

    role: str
    claims: list[str]


Key: TypeAlias = tuple[str, str, str, str]
"""Source, target, relation and via of an edge, all IRIs; the via may be empty."""

_Row: TypeAlias = tuple[Term | None, ...]


def between(
    store: Store, view: View, pairs: Pairs, leading: Callable[[str], int] | None = None
) -> Iterator[_Row]:
    """The rows of a view between some things, looked up by their sources.

    ``leading`` tells how many things edges lead to from a thing, if that is known.
    """
    targets: dict[str, set[str]] = {}
    for source, target in pairs:
        targets.setdefault(source, set()).add(target)
    for source, wanted in sorted(targets.items()):
        # To look for one edge takes as long as to read some more that lead from the same thing.
        most = _FEW if leading is None else leading(source) / _READ
        if len(wanted) > max(most, 1):
            end = view.columns.index("target")
            rows = _bound(store, view, {"source": source})
            yield from (row for row in rows if _iri(row[end]) in wanted)
            continue
        for target in sorted(wanted):
            yield from _bound(store, view, {"source": source, "target": target})


def _bound(store: Store, view: View, ends: Mapping[str, str]) -> Iterator[_Row]:
    """The rows of a view with some of its variables bound to IRIs.

    They are put into the text of the query. What is bound from outside Oxigraph does not see when
    it plans, and goes through all participations in order to find those of one committee.
    """
    lines = view.sparql.split("\n")
    plain = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    head, brace, body = plain.partition("{")
    terms = {name: ox.NamedNode(iri) for name, iri in ends.items()}
    for name, term in terms.items():
        body = re.sub(rf"[?$]{name}\b", str(term), body)
    for row in store.select(head + brace + body).rows:
        cells = zip(view.columns, row, strict=True)
        yield tuple(terms.get(name, cell) for name, cell in cells)


def as_edges(
    view: View, rows: Iterable[_Row], pairs: set[tuple[str, str]] | None = None
) -> dict[Key, Edge]:
    """The rows as edges: source, target, relation and via -> role and claims, each claim once."""
    columns = ("source", "target", "relation", "via", "role", "claim")
    places = [view.columns.index(name) if name in view.columns else None for name in columns]
    found: dict[Key, Edge] = {}
    for row in rows:
        source, target, relation, via, role, claim = (
            "" if place is None else _iri(row[place]) for place in places
        )
        if not source or not target or (pairs is not None and (source, target) not in pairs):
            continue
        edge = found.setdefault((source, target, relation, via), Edge(role, []))
        if claim and claim not in edge.claims:
            edge.claims.append(claim)
    for edge in found.values():
        edge.claims.sort()
    return found


def record(store: Store, edges: Mapping[Key, Edge]) -> None:
    """Put the records from which edges were read in the place of the catalogues that hold them."""

    def subject(key: Key) -> str:
        source, _, _, via = key
        return via or source

    listed = [key for key, edge in edges.items() if any(map(proofs.is_listed, edge.claims))]
    records = proofs.records_of(store, map(subject, listed))
    for key in listed:
        claims = [records.get((claim, subject(key)), (claim,)) for claim in edges[key].claims]
        edges[key].claims = sorted({claim for each in claims for claim in each})


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
