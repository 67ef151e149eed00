"""Rows of a view; those from catalogues are read from the N-Triples loaded into the store.

A view that selects relations of all catalogues has a million such rows, and the engine looks up
five terms for each: 23 µs a row, against 1 µs for reading the line of N-Triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.network.edges import query_view
from kg.network.records import ViewRow
from kg.queries.views import View
from kg.store import CachedNTriples, Store
from kg.store.ntriples import read_properties


def read_view_rows(store: Store, view: View, text_of: CachedNTriples) -> Iterator[ViewRow]:
    """Yield the rows of a view like :func:`kg.network.edges.query_view`, but faster.

    ``text_of`` returns the cached N-Triples of catalogues. Rows read from these may be repeated,
    and rows without an IRI as source or target are left out.
    """
    blocks = dict(_catalogue_lines(store, text_of)) if view.catalogue_relations else {}
    if not blocks:
        yield from query_view(store, view)
        return
    yield from query_view(store, view, view.sparql_without_catalogues(blocks))
    for graph, lines in blocks.items():
        yield from _read_rows(graph.value, lines, view.catalogue_relations)


def _catalogue_lines(
    store: Store, text_of: CachedNTriples
) -> Iterator[tuple[ox.NamedNode, Iterable[bytes]]]:
    for graph in store.graphs():
        if isinstance(graph, ox.NamedNode) and (lines := text_of(graph)) is not None:
            yield graph, lines


def _read_rows(graph: str, lines: Iterable[bytes], relations: Iterable[str]) -> Iterator[ViewRow]:
    for source, relation, value in read_properties(lines, relations):
        if source[0] == value[0] == "<":
            target = value[1 : value.rindex(">")]
            yield ViewRow(source[1:-1], target, relation, via="", role="", claim=graph)
