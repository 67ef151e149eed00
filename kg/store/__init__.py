"""The interface of a quad store, independent of the engine behind it.

Queries are SPARQL 1.1. The prefixes of :mod:`kg.common.namespaces` need no PREFIX lines, relative
IRIs resolve against ``BASE``, and the default graph is the union of all graphs unless the query
has FROM. ``bindings`` map variable names (without ``?``) to terms.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeAlias, TypeVar

import pyoxigraph as ox

if TYPE_CHECKING:
    from rdflib import Dataset

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Graph: TypeAlias = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
CachedNTriples: TypeAlias = Callable[[Graph], Iterable[bytes] | None]
"""Returns the N-Triples a graph was loaded from, in blocks of whole lines; None if not cached."""
Subject = TypeVar("Subject", bound=ox.NamedNode | ox.BlankNode)


@dataclass(frozen=True)
class Table:
    """The result of a SELECT query: names of variables, and rows of terms (None if unbound)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    @classmethod
    def of(cls, solutions: ox.QuerySolutions) -> Table:
        """Read the engine's solutions."""
        columns = tuple(variable.value for variable in solutions.variables)
        return cls(columns, tuple(tuple(solution) for solution in solutions))

    def __repr__(self) -> str:
        return f"Table({len(self.rows)} rows, columns: {', '.join(self.columns)})"

    def as_dicts(self) -> list[dict[str, ox.NamedNode | ox.Literal]]:
        """Return a dict from column to term for each row, without unbound cells and blank nodes."""
        return [
            {
                name: term
                for name, term in zip(self.columns, row, strict=True)
                if isinstance(term, ox.NamedNode | ox.Literal)
            }
            for row in self.rows
        ]


@dataclass(frozen=True)
class FreeQuery:
    """A query that somebody wrote, as opposed to those of the project.

    ``bindings`` are values of its variables, and ``prefixes`` are declared besides the project's.
    ``default_graphs`` are merged into its default graph, instead of all graphs, and GRAPH finds
    only ``named_graphs``, if given. If ``plain``, the query runs as the engine has it: without
    prefixes, on the default graph of the store instead of the union, and relative IRIs resolve
    against ``base`` instead of the project's.
    """

    text: str
    bindings: Mapping[str, Term] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    default_graphs: tuple[ox.NamedNode, ...] | None = None
    named_graphs: tuple[ox.NamedNode, ...] | None = None
    plain: bool = False
    base: str | None = None


QueryFunction: TypeAlias = Callable[[FreeQuery], Table | bool | list[ox.Triple]]
"""Runs a query that somebody wrote; see :class:`kg.store.sandbox.Sandbox`."""


class Store(Protocol):
    """A readable quad store; errors that a user can cause are KgErrors."""

    @property
    def path(self) -> Path | None:
        """The folder of the store; None for a store in memory."""
        ...

    @property
    def files(self) -> Path | None:
        """The folder with what a build wrote besides the data, such as indexes; None without."""
        ...

    @property
    def is_fixed(self) -> bool:
        """Whether the data stays the same, so that what was read of it can be kept."""
        ...

    @property
    def place(self) -> str:
        """Where the data is, such as ``in memory``."""
        ...

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Table:
        """Return the solutions of a SELECT query."""
        ...

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Return the answer of an ASK query."""
        ...

    def construct(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Iterator[ox.Triple]:
        """Yield the distinct triples of a CONSTRUCT or DESCRIBE query."""
        ...

    def size(self) -> int:
        """Return the number of quads."""
        ...

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows of a SELECT query lazily."""
        ...

    def quads(
        self,
        graph: Graph | None = None,
        predicate: ox.NamedNode | None = None,
        subject: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads that match all arguments given."""
        ...

    def quads_outside(self, graphs: Collection[Graph], subject: ox.NamedNode) -> Iterator[ox.Quad]:
        """Yield the quads of a subject that are in other named graphs than these."""
        ...

    def about(
        self, subjects: Iterable[Subject], predicates: Collection[ox.NamedNode]
    ) -> Iterator[tuple[Subject, ox.NamedNode, Term, Graph]]:
        """Yield subject, predicate, object and graph for some subjects and predicates.

        Objects that are triple terms are left out.
        """
        ...

    def graphs(self) -> list[Graph]:
        """Return the names of all graphs, including the default graph."""
        ...

    def dump(self, graph: Graph, file: Path | BinaryIO) -> None:
        """Write the triples of a graph to a file as N-Triples; safe to run in several threads."""
        ...

    def rdflib(self, run: QueryFunction) -> Dataset:
        """Return the data as a read-only rdflib dataset, whose queries are run by ``run``."""
        ...
