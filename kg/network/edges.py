"""The rows of a view as edges, with the records of catalogues from which they were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from kg.evidence import proofs
from kg.network.records import Row
from kg.queries.views import View
from kg.store import Store, Term


@dataclass
class Edge:
    """What is said of an edge: the role of a participation, and the claims (all IRIs)."""

    role: str
    claims: list[str]


Key: TypeAlias = tuple[str, str, str, str]
"""Source, target, relation and via of an edge, all IRIs; the via may be empty."""


def edge_key(relation: str, via: str, planned: bool) -> str:
    """The key of an edge in a network, from the IRIs of its relation and its via."""
    return f"{relation}|{via}|planned" if planned else f"{relation}|{via}"


def rows_of(store: Store, view: View, sparql: str | None = None) -> Iterator[Row]:
    """The rows of a view, or of its query changed; what it does not select, or no IRI, is empty."""
    places = [view.columns.index(name) if name in view.columns else None for name in Row._fields]
    for row in store.rows(sparql or view.sparql):
        yield Row(*("" if place is None else _iri(row[place]) for place in places))


def as_edges(rows: Iterable[Row]) -> dict[Key, Edge]:
    """The rows as edges: source, target, relation and via -> role and claims, each claim once."""
    found: dict[Key, Edge] = {}
    for source, target, relation, via, role, claim in rows:
        if not source or not target:
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
