"""Edges of a view, grouped from the rows of its query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import iri, node
from kg.evidence import proofs
from kg.evidence.records import (
    Statement,
    is_stated_by_subject,
    records_of_entities,
    records_of_statements,
)
from kg.network.records import RawEdge, ViewRow
from kg.queries.views import View
from kg.store import Store, Term

_AGENT: Final = node("std:agent")
_ADOPTION: Final = iri("std:adoptionOf")


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

    The claims of an edge are sorted, each once. Rows without source or target are skipped, and so
    are adoptions without a degree where the same one has a degree.
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
    with_degree = {key[:3] for key in roles if key[2] == _ADOPTION and key[3]}
    return [
        RawEdge(*key, roles[key], tuple(sorted(claims[key])))
        for key in sorted(roles)
        if key[3] or key[:3] not in with_degree
    ]


def cite_records(store: Store, edges: Iterable[RawEdge]) -> list[RawEdge]:
    """Replace each catalogue among the claims of edges by the records that state the edge.

    A catalogue stays where no record is known to state it.
    """
    edges = list(edges)
    records = iter(
        _records(
            store,
            [
                (edge, claim)
                for edge in edges
                for claim in edge.claims
                if proofs.is_catalogue_claim(claim)
            ],
        )
    )

    def cite(edge: RawEdge) -> RawEdge:
        claims: set[str] = set()
        for claim in edge.claims:
            stated_by = next(records) if proofs.is_catalogue_claim(claim) else ()
            claims.update(stated_by or (claim,))
        return edge._replace(claims=tuple(sorted(claims)))

    return [cite(edge) for edge in edges]


def _records(store: Store, cited: Sequence[tuple[RawEdge, str]]) -> list[tuple[str, ...]]:
    """Return the records that state each edge, which is given with one of its catalogues.

    Most things have one record, and most relations are in records of their subject: there is no
    need to look at the statement.
    """
    of_subjects = records_of_entities(store, (_subject(edge) for edge, _ in cited))
    by_subject: dict[tuple[str, str], bool] = {}
    found: list[tuple[str, ...]] = []
    statements: dict[int, Statement] = {}
    for place, (edge, claim) in enumerate(cited):
        stated = _statement(edge, claim)
        relation = claim, stated.property.value
        if relation not in by_subject:
            by_subject[relation] = is_stated_by_subject(store, *relation)
        found.append(of_subjects.get((claim, stated.subject.value), ()))
        if not by_subject[relation] or len(found[-1]) > 1:
            statements[place] = stated
    records = records_of_statements(store, statements.values())
    for place, statement in statements.items():
        found[place] = records[statement]
    return found


def _subject(edge: RawEdge) -> str:
    return edge.via if edge.via and edge.relation != _ADOPTION else edge.source


def _statement(edge: RawEdge, catalogue: str) -> Statement:
    """Return the statement of a catalogue from which an edge was read.

    The edge of a participation is read from its node. An adoption is stated by the records of the
    document that adopts.
    """
    subject = ox.NamedNode(_subject(edge))
    if subject.value != edge.source:
        return Statement(catalogue, subject, _AGENT, ox.NamedNode(edge.source))
    return Statement(catalogue, subject, ox.NamedNode(edge.relation), ox.NamedNode(edge.target))


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
