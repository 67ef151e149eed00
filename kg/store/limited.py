"""A store whose queries run in a worker process, all together within one limit of time."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import pyoxigraph as ox

from kg.common.errors import QueryError
from kg.common.limits import Limits
from kg.store import FreeQuery, Graph, QueryFunction, Store, Subject, Table, Term, forms
from kg.store.free_queries import Runner
from kg.store.sandbox.messages import timeout_error

if TYPE_CHECKING:
    from rdflib import Dataset

_Item = TypeVar("_Item")


class LimitedStore:
    """A :class:`kg.store.Store` for one call: its time begins now.

    Every method raises QueryLimitError when the time is up, or if a query needs more memory.
    """

    def __init__(self, store: Store, sandbox: Runner, limits: Limits) -> None:
        self._store = store
        self._sandbox = sandbox
        self._limits = limits
        self._deadline = None if limits.timeout is None else time.monotonic() + limits.timeout

    def __eq__(self, other: object) -> bool:
        """Return whether this is the same data, so that caches of a store serve both."""
        return other is self._store

    def __hash__(self) -> int:
        return hash(self._store)

    @property
    def path(self) -> Path | None:
        """The folder of the store; None for a store in memory."""
        return self._store.path

    @property
    def files(self) -> Path | None:
        """The folder with what a build wrote besides the data; None without."""
        return self._store.files

    @property
    def is_fixed(self) -> bool:
        """Whether the data stays the same."""
        return self._store.is_fixed

    @property
    def place(self) -> str:
        """Where the data is."""
        return self._store.place

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Table:
        """Return the solutions of a SELECT query."""
        return forms.table(self._run(query, bindings))

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Return the answer of an ASK query."""
        return forms.truth(self._run(query, bindings))

    def construct(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Iterator[ox.Triple]:
        """Yield the distinct triples of a CONSTRUCT or DESCRIBE query."""
        return self._in_time(forms.triples(self._run(query, bindings)))

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows of a SELECT query."""
        return self._in_time(self.select(query).rows)

    def size(self) -> int:
        """Return the number of quads."""
        return self._store.size()

    def quads(
        self,
        graph: Graph | None = None,
        predicate: ox.NamedNode | None = None,
        subject: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads that match all arguments given."""
        return self._in_time(self._store.quads(graph, predicate, subject))

    def quads_outside(self, graphs: Collection[Graph], subject: ox.NamedNode) -> Iterator[ox.Quad]:
        """Yield the quads of a subject that are in other named graphs than these."""
        return self._in_time(self._store.quads_outside(graphs, subject))

    def about(
        self, subjects: Iterable[Subject], predicates: Collection[ox.NamedNode]
    ) -> Iterator[tuple[Subject, ox.NamedNode, Term, Graph]]:
        """Yield subject, predicate, object and graph for some subjects and predicates."""
        return self._in_time(self._store.about(subjects, predicates))

    def graphs(self) -> list[Graph]:
        """Return the names of all graphs, including the default graph."""
        return self._store.graphs()

    def dump(self, graph: Graph, file: Path | BinaryIO) -> None:
        """Write the triples of a graph to a file as N-Triples."""
        self._store.dump(graph, file)

    def rdflib(self, run: QueryFunction) -> Dataset:
        """Return the data as a read-only rdflib dataset, whose queries are run by ``run``."""
        return self._store.rdflib(run)

    def _run(
        self, query: str, bindings: Mapping[str, Term] | None
    ) -> Table | bool | list[ox.Triple]:
        limits = Limits(self._remaining(), self._limits.memory)
        try:
            return self._sandbox.run(FreeQuery(query, bindings or {}), limits)
        except QueryError:
            # What remained of the time says nothing to the caller.
            self._remaining()
            raise

    def _in_time(self, items: Iterable[_Item]) -> Iterator[_Item]:
        for item in items:
            self._remaining()
            yield item

    def _remaining(self) -> float | None:
        """Return the seconds that are left; QueryLimitError if there are none."""
        if self._deadline is None:
            return None
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise timeout_error(self._limits.timeout or 0)
        return left
