"""What the program asks of a store of quads, whichever engine holds them.

A query is SPARQL 1.1 text. The prefixes of :mod:`kg.common.namespaces` are known in it without
PREFIX lines, relative IRIs lie under ``BASE``, and its default graph is the union of all graphs
unless the query names another one with FROM. ``bindings`` gives terms to variables by name (no
``?``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeAlias, TypeVar

import pyoxigraph as ox

if TYPE_CHECKING:
    from rdflib import Dataset

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Graph: TypeAlias = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
TextOf: TypeAlias = Callable[[Graph], Iterable[bytes] | None]
"""Gives what a graph was loaded from, whole lines of N-Triples at a time, or None."""
Subject = TypeVar("Subject", bound=ox.NamedNode | ox.BlankNode)


@dataclass(frozen=True)
class Table:
    """The answer of a SELECT; an unbound cell is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def named(self) -> list[dict[str, ox.NamedNode | ox.Literal]]:
        """The rows by name of column; what is unbound, or a blank node, is left out."""
        return [
            {
                name: term
                for name, term in zip(self.columns, row, strict=True)
                if isinstance(term, ox.NamedNode | ox.Literal)
            }
            for row in self.rows
        ]


class Store(Protocol):
    """What every floor above may ask of a store; all errors that a user can cause are KgErrors."""

    @property
    def path(self) -> Path | None:
        """The folder that holds it; None in memory."""
        ...

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Table:
        """Give the solutions of a SELECT query."""
        ...

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Give the answer of an ASK query."""
        ...

    def construct(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Iterator[ox.Triple]:
        """Give the triples of a CONSTRUCT or DESCRIBE query, each once."""
        ...

    def query(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Table | bool | list[ox.Triple]:
        """Give the answer of any SPARQL 1.1 query form."""
        ...

    def size(self) -> int:
        """How many quads it holds."""
        ...

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Give the rows of a SELECT query one by one, however many there are."""
        ...

    def quads(
        self,
        graph: Graph | None = None,
        predicate: ox.NamedNode | None = None,
        subject: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Give the quads of one graph, or of all graphs; of one property, of one thing, or all."""
        ...

    def about(
        self, subjects: Iterable[Subject], predicates: Collection[ox.NamedNode]
    ) -> Iterator[tuple[Subject, ox.NamedNode, Term, Graph]]:
        """Give what some properties say of some things, however much else is said of them.

        As thing, property, value and graph; values that are triples are left out.
        """
        ...

    def graphs(self) -> list[Graph]:
        """Name all graphs, the default graph too."""
        ...

    def dump(self, graph: Graph, file: Path | BinaryIO) -> None:
        """Write the triples of one graph into a file of N-Triples; threads may do so at once."""
        ...

    def rdflib(self) -> Dataset:
        """Offer the same data as an rdflib dataset, to read from."""
        ...
