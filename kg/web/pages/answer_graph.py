"""The rows of an answer as a graph: which things stand together in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.entities.labels import labels
from kg.web.pages.cells import BESIDE
from kg.web.pages.groups import entity_groups

if TYPE_CHECKING:
    from kg.store import Store, Term
    from kg.web.pages.reader import Reader

MOST_NODES: Final = 250
"""Things in a picture of an answer; beyond, it is illegible."""
TRIPLE: Final = ("subject", "predicate", "object")
"""The columns of triples."""


def answer_graph(
    store: Store,
    reader: Reader,
    columns: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
    headings: Mapping[str, str],
) -> dict[str, Any] | None:
    """Return nodes and edges of an answer for the script that draws them; None without edges.

    Of triples, an edge leads from the subject to the object. Of other rows, edges lead from the
    first thing of a row to each other one, with the heading of its column. ``more`` says whether
    things are left out.
    """
    edges = _edges(columns, rows)
    if not edges:
        return None
    if tuple(columns) == TRIPLE:
        predicates = {ox.NamedNode(name) for _, _, name in edges}
        named = {
            term.value: label for term, label in labels(store, predicates, reader.lang).items()
        }
    else:
        named = {column: headings.get(column, column) for column in columns}
    told = dict.fromkeys((source, target, named[name]) for source, target, name in edges)
    kept: dict[str, None] = {}
    drawn = []
    for source, target, name in told:
        fresh = {source, target} - kept.keys()
        if len(kept) + len(fresh) <= MOST_NODES:
            kept |= dict.fromkeys((source, target))
            drawn.append({"source": source, "target": target, "label": name})
    names = labels(store, map(ox.NamedNode, kept), reader.lang)
    groups = entity_groups(store, kept)
    return {
        "nodes": [
            {
                "iri": iri,
                "label": names[ox.NamedNode(iri)],
                "group": groups[iri],
                "page": reader.thing(iri),
            }
            for iri in kept
        ],
        "edges": drawn,
        "more": len(drawn) < len(told),
    }


def has_edges(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> bool:
    """Return whether :func:`answer_graph` draws anything."""
    return bool(_edges(columns, rows))


def _edges(
    columns: Sequence[str], rows: Sequence[Sequence[Term | None]]
) -> list[tuple[str, str, str]]:
    """Return the edges: two things, and the predicate or the column that joins them."""
    edges: dict[tuple[str, str, str], None] = {}
    if tuple(columns) == TRIPLE:
        for subject, predicate, object_ in rows:
            ends = _iris((subject, object_))
            if len(ends) > 1 and isinstance(predicate, ox.NamedNode):
                edges[ends[0], ends[1], predicate.value] = None
        return list(edges)
    places = [
        at
        for at, column in enumerate(columns)
        if column not in BESIDE and any(isinstance(row[at], ox.NamedNode) for row in rows)
    ]
    for row in rows:
        own = [(columns[at], iri) for at in places for iri in _iris((row[at],))]
        for column, other in own[1:]:
            if other != own[0][1]:
                edges[own[0][1], other, column] = None
    return list(edges)


def _iris(terms: Iterable[Term | None]) -> list[str]:
    return [term.value for term in terms if isinstance(term, ox.NamedNode)]
