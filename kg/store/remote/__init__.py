"""A read-only store behind a SPARQL 1.1 endpoint.

Answers are complete or an error: a limit that an engine imposes silently, such as Virtuoso's
ResultSetMaxRows, is noticed, and the rows are then asked for in parts.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TypeVar

import pyoxigraph as ox

from kg.common.limits import UNLIMITED, Limits
from kg.store import FreeQuery, Graph, QueryFunction, Subject, Table, Term, forms
from kg.store.embedded import Answer, EmbeddedStore
from kg.store.query_guard import check_query
from kg.store.remote.answers import as_answer
from kg.store.remote.client import Client
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.local_indexes import loaded_generation
from kg.store.remote.statements import EVERYTHING, Pattern

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["Endpoint", "RemoteStore"]

_AT_ONCE: Final = 200
"""Subjects that are looked up in one request."""
_FRESH: Final = 60.0
"""Seconds for which the list of graphs is kept."""

_Item = TypeVar("_Item")


class RemoteStore:
    """A :class:`kg.store.Store` behind an endpoint.

    Its answers are those of :class:`kg.store.embedded.EmbeddedStore` for the same data, whatever
    the engine. If the graph was loaded from ``folder``, which still has the same one, the indexes
    there are used. All errors are KgErrors: StoreError if the endpoint can't be reached or answers
    with something else, QueryError for a query that it refuses.
    """

    path: Final = None
    """Its data is in no folder."""
    is_fixed: Final = True
    """What is loaded there later is seen by those that open it then."""

    def __init__(self, endpoint: Endpoint, folder: Path | None = None) -> None:
        self.endpoint: Final = endpoint
        self._folder = folder
        self._client = Client(endpoint)
        self._graphs: tuple[float, list[Graph]] | None = None

    def __repr__(self) -> str:
        return f"RemoteStore({self.endpoint})"

    @cached_property
    def files(self) -> Path | None:
        """The folder of the generation that was loaded; None if it isn't at hand."""
        return None if self._folder is None else loaded_generation(self._folder, self._client)

    def graph_sizes(self, names: Collection[str]) -> dict[str, int]:
        """Return the numbers of statements of named graphs."""
        return self._client.graph_sizes(names)

    @property
    def place(self) -> str:
        """Where the data is: the address of the endpoint."""
        return f"at {self.endpoint}"

    def close(self) -> None:
        """Close the connections."""
        self._client.connection.close()

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Table:
        """Return the solutions of a SELECT query; QueryError for other or invalid queries."""
        return forms.table(self._client.answer(FreeQuery(query, bindings or {})))

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Return the answer of an ASK query; QueryError for other or invalid queries."""
        return forms.truth(self._client.answer(FreeQuery(query, bindings or {})))

    def construct(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Iterator[ox.Triple]:
        """Yield the distinct triples of a CONSTRUCT or DESCRIBE query; else QueryError."""
        return iter(forms.triples(self._client.answer(FreeQuery(query, bindings or {}))))

    def fetched(self, query: FreeQuery, deadline: float | None) -> EmbeddedStore | None:
        """Return the data to evaluate a query here; None if the endpoint evaluates queries.

        QueryError for an invalid query, QueryLimitError if the data is too much, or not there by
        ``deadline``, a time of :func:`time.monotonic`.
        """
        return self._client.local_store(query, deadline)

    def run(self, query: FreeQuery, limits: Limits = UNLIMITED) -> Table | bool | list[ox.Triple]:
        """Return the result of a query that somebody wrote, as the sandbox does.

        QueryLimitError if the endpoint needs more time than ``limits`` allow; its memory is the
        endpoint's. What is evaluated here is to be limited by :mod:`kg.store.free_queries`.
        """
        check_query(query.text)
        deadline = None if limits.timeout is None else time.monotonic() + limits.timeout
        return self._client.answer(query, deadline)

    @contextmanager
    def evaluated(self, query: FreeQuery) -> Iterator[Answer]:
        """Give the answer to a query in the form that the embedded engine gives it."""
        yield as_answer(self._client.answer(query))

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows of a SELECT query lazily; QueryError for other or invalid queries."""
        return self._client.rows(FreeQuery(query))

    def quads(
        self,
        graph: Graph | None = None,
        predicate: ox.NamedNode | None = None,
        subject: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads that match all arguments given."""
        if (copy := self._client.copy()) is not None:
            yield from copy.quads(graph, predicate, subject)
            return
        if not isinstance(graph, ox.DefaultGraph):
            pattern = Pattern(graph, predicate, subject)
            yield from map(
                pattern.quad, self._client.pattern_rows(pattern.query(self._client.dialect))
            )
        if graph is None or isinstance(graph, ox.DefaultGraph):
            yield from self._unnamed(predicate, subject)

    def quads_outside(self, graphs: Collection[Graph], subject: ox.NamedNode) -> Iterator[ox.Quad]:
        """Yield the quads of a subject that are in other named graphs than these."""
        if (copy := self._client.copy()) is not None:
            yield from copy.quads_outside(graphs, subject)
            return
        names = {str(graph) for graph in graphs if isinstance(graph, ox.NamedNode)}
        names |= {f"<{name}>" for name in self._client.dialect.system_graphs}
        condition = f" FILTER(?g NOT IN ({', '.join(sorted(names))}))" if names else ""
        text = f"SELECT ?p ?o ?g WHERE {{ GRAPH ?g {{ {subject} ?p ?o }}{condition} }}"
        yield from map(Pattern(subject=subject).quad, self._client.pattern_rows(text))

    def _unnamed(
        self, predicate: ox.NamedNode | None, subject: ox.NamedNode | None
    ) -> Iterator[ox.Quad]:
        """Yield quads of the default graph, if it can be told from the union."""
        if self._client.dialect.has_default_graph:
            pattern = Pattern(ox.DefaultGraph(), predicate, subject)
            rows = self._client.pattern_rows(pattern.query(self._client.dialect), plain=True)
            yield from map(pattern.quad, rows)

    def about(
        self, subjects: Iterable[Subject], predicates: Collection[ox.NamedNode]
    ) -> Iterator[tuple[Subject, ox.NamedNode, Term, Graph]]:
        """Yield subject, predicate, object and graph for some subjects and predicates.

        Objects that are triple terms are left out.
        """
        if (copy := self._client.copy()) is not None:
            yield from copy.about(subjects, predicates)
            return
        wanted = list(predicates)
        for some in _chunks(subjects, _AT_ONCE):
            found: dict[tuple[str, str], list[tuple[Term, Graph]]] = {}
            for quad in self._of_subjects(some, wanted):
                value = quad.object
                if not isinstance(value, ox.Triple):
                    key = (str(quad.subject), quad.predicate.value)
                    found.setdefault(key, []).append((value, quad.graph_name))
            for subject in some:
                for property_ in wanted:
                    for value, graph in found.get((str(subject), property_.value), ()):
                        yield subject, property_, value, graph

    def _of_subjects(
        self, subjects: Iterable[Subject], predicates: Collection[ox.NamedNode]
    ) -> Iterator[ox.Quad]:
        # No engine finds a blank node by its label.
        named = {str(node) for node in subjects if isinstance(node, ox.NamedNode)}
        if named and predicates:
            nodes, properties = " ".join(sorted(named)), " ".join(map(str, predicates))
            values = f"VALUES ?s {{ {nodes} }} VALUES ?p {{ {properties} }}"
            hidden = self._client.dialect.without_system_graphs()
            text = f"SELECT ?s ?p ?o ?g WHERE {{ {values} GRAPH ?g {{ ?s ?p ?o }}{hidden} }}"
            yield from map(EVERYTHING.quad, self._client.pattern_rows(text))

    def graphs(self) -> list[Graph]:
        """Return the names of all graphs, including the default graph."""
        if (copy := self._client.copy()) is not None:
            return copy.graphs()
        now = time.monotonic()
        if self._graphs is None or now > self._graphs[0]:
            named = map(ox.NamedNode, sorted(self._client.graph_sizes()))
            self._graphs = now + _FRESH, [ox.DefaultGraph(), *named]
        return list(self._graphs[1])

    def dump(self, graph: Graph, file: Path | BinaryIO) -> None:
        """Write the triples of a graph to a file as N-Triples; safe to run in several threads."""
        triples = (quad.triple for quad in self.quads(graph))
        if isinstance(file, Path):
            with file.open("wb") as opened:
                ox.serialize(triples, opened, ox.RdfFormat.N_TRIPLES)
        else:
            ox.serialize(triples, file, ox.RdfFormat.N_TRIPLES)

    def size(self) -> int:
        """Return the number of quads."""
        number = self._client.number(EVERYTHING.count(self._client.dialect))
        if self._client.dialect.has_default_graph:
            number += self._client.number(
                Pattern(ox.DefaultGraph()).count(self._client.dialect), plain=True
            )
        return number

    def rdflib(self, run: QueryFunction) -> Dataset:
        """Return the data as a read-only rdflib dataset, whose queries are run by ``run``."""
        from kg.store.rdflib_dataset import read_only_dataset
        from kg.store.remote.rdflib_patterns import Patterns

        return read_only_dataset(Patterns(self), run)


def _chunks(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
