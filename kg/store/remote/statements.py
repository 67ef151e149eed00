"""Queries for the statements of a graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.store import Graph, Term
from kg.store.remote.dialect import Dialect


@dataclass(frozen=True)
class Pattern:
    """Quads of a graph (None: of all named graphs), with terms that are given or not."""

    graph: Graph | None = None
    predicate: ox.NamedNode | None = None
    subject: ox.NamedNode | None = None
    object: ox.NamedNode | None = None

    def query(self, dialect: Dialect) -> str:
        """Return the query; its columns are the terms that are not given."""
        return f"SELECT {' '.join(self.columns())} WHERE {{ {self._pattern(dialect)} }}"

    def count(self, dialect: Dialect) -> str:
        """Return the query for the number of quads."""
        return f"SELECT (COUNT(*) AS ?n) WHERE {{ {self._pattern(dialect)} }}"

    def columns(self) -> list[str]:
        """Return the terms that are not given, as variables; never none."""
        terms = (self.subject or "?s", self.predicate or "?p", self.object or "?o", self._name())
        return [term for term in map(str, terms) if term.startswith("?")] or ["(1 AS ?one)"]

    def _name(self) -> str:
        if isinstance(self.graph, ox.DefaultGraph):
            return ""
        return str(self.graph or "?g")

    def _pattern(self, dialect: Dialect) -> str:
        terms = f"{self.subject or '?s'} {self.predicate or '?p'} {self.object or '?o'}"
        name = self._name()
        condition = "" if self.graph else dialect.without_system_graphs()
        return f"GRAPH {name} {{ {terms} }}{condition}" if name else terms

    def quad(self, row: tuple[Term | ox.Triple | None, ...]) -> ox.Quad:
        """Return the quad of a row."""
        cells = iter(row)
        subject = self.subject or next(cells)
        predicate = self.predicate or next(cells)
        value = self.object or next(cells)
        graph = self.graph or next(cells)
        return ox.Quad(subject, predicate, value, graph)  # type: ignore[arg-type]

    def covers(self, other: Pattern) -> bool:
        """Return whether the quads of another pattern are among those of this one."""
        return all(
            mine is None or mine == its
            for mine, its in (
                (self.graph, other.graph),
                (self.predicate, other.predicate),
                (self.subject, other.subject),
                (self.object, other.object),
            )
        )


EVERYTHING: Final = Pattern()
