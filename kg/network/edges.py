"""Edges of a view, grouped from the rows of its query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress

import pyoxigraph as ox

from kg.evidence import proofs
from kg.network.records import RawEdge, ViewRow
from kg.queries.views import View
from kg.store import Store, Term


def edge_key(relation: str, via: str, planned: bool) -> str:
    """Return an edge's key in a network, from the IRIs of its relation and its via."""
    return f"{relation}|{via}|planned" if planned else f"{relation}|{via}"


def query_view(store: Store, view: View, sparql: str | None = None) -> Iterator[ViewRow]:
    """Run a view's query, or ``sparql`` with the same columns, and yield its rows.

    Columns that the query does not select and values that are not IRIs are empty.
    """
    places = [
        view.columns.index(name) if name in view.columns else None for name in ViewRow._fields
    ]
    for row in store.rows(sparql or view.sparql):
        yield ViewRow(*("" if place is None else _iri(row[place]) for place in places))


def group_rows(rows: Iterable[ViewRow]) -> list[RawEdge]:
    """Group rows by source, target, relation and via; return the edges in that order.

    The claims of an edge are sorted, each once. Rows without source or target are skipped.
    """
    roles: dict[tuple[str, str, str, str], str] = {}
    claims: dict[tuple[str, str, str, str], list[str]] = {}
    for source, target, relation, via, role, claim in rows:
        if not source or not target:
            continue
        key = source, target, relation, via
        roles.setdefault(key, role)
        known = claims.setdefault(key, [])
        if claim and claim not in known:
            known.append(claim)
    return [RawEdge(*key, roles[key], tuple(sorted(claims[key]))) for key in sorted(roles)]


def cite_records(store: Store, edges: Iterable[RawEdge]) -> list[RawEdge]:
    """Replace each catalogue among the claims of edges by the records that state the edge.

    A catalogue stays where no record of the edge's subject is known.
    """
    edges = list(edges)
    of_catalogues = [any(map(proofs.is_catalogue_claim, edge.claims)) for edge in edges]
    records = proofs.records_of_entities(store, map(_subject, compress(edges, of_catalogues)))

    def cite(edge: RawEdge) -> RawEdge:
        claims = (records.get((claim, _subject(edge)), (claim,)) for claim in edge.claims)
        return edge._replace(claims=tuple(sorted({claim for each in claims for claim in each})))

    return [
        cite(edge) if of_catalogue else edge
        for edge, of_catalogue in zip(edges, of_catalogues, strict=True)
    ]


def _subject(edge: RawEdge) -> str:
    """Return the entity whose record states an edge."""
    return edge.via or edge.source


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
