"""Views of the graph for NetworkX and pictures, each a query in ``queries/views``.

A view of the kind ``network`` selects edges: ``?source ?relation ?target``, and optionally ``?via``
(the participation that the edge was folded from), ``?role`` and ``?claim``. A view of the kind
``timeline`` or ``figures`` selects rows for a picture of dates or numbers; a view of the kind
``overview`` counts the contents of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import yaml

from kg.common.bilingual import Text
from kg.common.errors import KgError, QueryError
from kg.common.namespaces import expand
from kg.queries.headers import HeaderReader, find_query_file, query_files, read_query_text
from kg.store.embedded import EmbeddedStore
from kg.store.query_guard import check_query

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "network": ("source", "relation", "target"),
    "timeline": ("thing", "property", "date", "claim"),
    "figures": ("figure", "thing", "indicator", "claim"),
    "overview": ("panel", "thing", "part", "number", "catalogue"),
}
"""Kinds of views, each with the columns that its query must select."""

LAYOUTS: Final = ("force", "layered")
"""Layouts of a network."""

_CATALOGUE_PATTERN: Final = "?claim a std:Catalogue ."
"""Last pattern of the branch that ``catalogue-relations`` describes; must occur exactly once."""


@dataclass(frozen=True)
class View:
    """A view from the folder ``queries/views``.

    ``kind`` is a key of ``KINDS``, ``layout`` the preferred one of ``LAYOUTS`` for a network, and
    ``columns`` are the variables of the query. ``catalogue_relations`` are the IRIs of the header's
    ``catalogue-relations``: in one branch of its query, a view with this key selects all statements
    of catalogues with these relations, as
    ``?source ?relation ?target``, with the catalogue's graph as ``?claim``. Such statements can be
    read from a catalogue's N-Triples instead, see :mod:`kg.network.adjacency.catalogue_rows`.

    ``listed_relations`` are those of the header's ``listed-relations``: besides the rows of its
    query, a view with this key has the edges of the view ``everything`` that a catalogue states and
    that have one of these relations. With ``listed-kinds``, one end must be of such a class.
    """

    name: str
    title: Text
    description: Text
    kind: str
    layout: str
    columns: tuple[str, ...]
    sparql: str
    catalogue_relations: tuple[str, ...] = ()
    listed_relations: tuple[str, ...] = ()
    listed_kinds: tuple[str, ...] = ()

    def sparql_without_catalogues(self, graphs: Iterable[ox.NamedNode]) -> str:
        """Return the query without the statements of some catalogues, given by their graphs.

        The view must have ``catalogue_relations``.
        """
        names = ", ".join(map(str, graphs))
        limited = f"{_CATALOGUE_PATTERN} FILTER(?claim NOT IN ({names}))"
        return self.sparql.replace(_CATALOGUE_PATTERN, limited)


def load_views(folder: Path) -> dict[str, View]:
    """Read every ``*.rq`` file of a folder, by name; errors (QueryError) give file and line."""
    return {path.stem: read_view(path) for path in query_files(folder, "view")}


def find_view(folder: Path, name: str) -> View:
    """Read the view with a name; the QueryError for a missing one lists similar names."""
    return read_view(find_query_file(folder, name, "view"))


def read_view(path: Path) -> View:
    """Read a view and check its header against its query; errors give file and line."""
    sparql = read_query_text(path)
    header = HeaderReader(path)
    fields = header.mapping(
        header.parse(sparql),
        "title description kind",
        "layout catalogue-relations listed-relations listed-kinds",
    )
    kind = header.choice(fields["kind"], KINDS)
    columns = select_columns(path, sparql)
    missing = ", ".join(name for name in KINDS[kind] if name not in columns)
    if missing:
        raise header.error(fields["kind"], f"a view of this kind must also select {missing}")
    relations = fields.get("catalogue-relations")
    if relations and sparql.count(_CATALOGUE_PATTERN) != 1:
        raise header.error(relations, f"the query must have '{_CATALOGUE_PATTERN}' exactly once")
    listed, kinds = fields.get("listed-relations"), fields.get("listed-kinds")
    return View(
        name=path.stem,
        title=header.text(fields["title"]),
        description=header.text(fields["description"]),
        kind=kind,
        layout=header.choice(fields["layout"], LAYOUTS) if "layout" in fields else LAYOUTS[0],
        columns=columns,
        sparql=sparql,
        catalogue_relations=_iris(header, relations) if relations else (),
        listed_relations=_iris(header, listed) if listed else (),
        listed_kinds=_iris(header, kinds) if kinds else (),
    )


def select_columns(path: Path, sparql: str) -> tuple[str, ...]:
    """Return the columns of a SELECT query; QueryError if it can't be parsed."""
    try:
        check_query(sparql)
        # The engine parses a query even over an empty store.
        return EmbeddedStore.in_memory(()).select(sparql).columns
    except KgError as error:
        raise QueryError(f"{path}: {error}") from error


def _iris(header: HeaderReader, node: yaml.Node) -> tuple[str, ...]:
    iris: list[str] = []
    for item in header.items(node):
        iri = expand(name := header.string(item))
        if iri is None:
            raise header.error(item, f"{name!r} is not an IRI such as std:publisher")
        if iri.value in iris:
            raise header.error(item, f"{name!r} is given twice")
        iris.append(iri.value)
    return tuple(iris)
