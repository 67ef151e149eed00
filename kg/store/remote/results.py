"""Reads what an endpoint answers: tables, truth values and triples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, TypeAlias, cast

import pyoxigraph as ox

from kg.common.errors import StoreError
from kg.store import Term
from kg.store.embedded import one_line
from kg.store.remote.connection import Answer
from kg.store.remote.dialect import canonical

Row: TypeAlias = tuple[Term | None, ...]

TABLE_TYPES: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
GRAPH_TYPES: Final = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"

_TABLES: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
_GRAPHS: Final = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_TRUTH: Final = {"1": True, "true": True, "0": False, "false": False}
_MORE: Final = "after the end of the bindings array"
_MALFORMED: Final = (SyntaxError, ValueError, OSError)


def read_rows(answer: Answer, columns: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield the rows of an answer, in the order of some columns (none: as they come)."""
    answer.content.seek(0)
    try:
        result = ox.parse_query_results(answer.content, _TABLES[answer.media_type])
        if not isinstance(result, ox.QuerySolutions):
            raise _other(answer)
        names = [variable.value for variable in result.variables]
        if not columns or names == [*columns]:
            for solution in result:
                yield tuple(map(canonical, solution))  # type: ignore[arg-type]
            return
        places = [names.index(name) if name in names else None for name in columns]
        for solution in result:
            yield tuple(None if n is None else canonical(solution[n]) for n in places)  # type: ignore[misc]
    except _MALFORMED as error:
        if not _has_more_members(answer, error):
            raise _cut(answer, error) from error


def _has_more_members(answer: Answer, error: Exception) -> bool:
    """Return whether only members that the parser doesn't know follow the rows.

    The format allows them (SPARQL 1.1 Query Results JSON, section 3), and Comunica adds some.
    """
    if _MORE not in str(error):
        return False
    answer.content.seek(0)
    try:
        json.load(answer.content)
    except ValueError:
        return False
    return True


def read_boolean(answer: Answer) -> bool:
    """Return the answer to an ASK query."""
    try:
        result = ox.parse_query_results(answer.content, _TABLES[answer.media_type])
    except _MALFORMED as error:
        raise _cut(answer, error) from error
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    # Virtuoso answers with a table of a single cell, 0 or 1.
    cell = _only_cell(answer)
    if cell.value not in _TRUTH:
        raise _other(answer)
    return _TRUTH[cell.value]


def read_number(answer: Answer) -> int:
    """Return the number that a query counts."""
    cell = _only_cell(answer)
    if not cell.value.isdecimal():
        raise _other(answer)
    return int(cell.value)


def _only_cell(answer: Answer) -> ox.Literal:
    rows = list(read_rows(answer))
    if len(rows) != 1 or len(rows[0]) != 1 or not isinstance(rows[0][0], ox.Literal):
        raise _other(answer)
    return rows[0][0]


def read_triples(answer: Answer) -> list[ox.Triple]:
    """Return the triples of an answer, each as often as it is there."""
    try:
        return [
            ox.Triple(quad.subject, quad.predicate, cast(Term, canonical(quad.object)))
            for quad in ox.parse(answer.content, _GRAPHS[answer.media_type])
        ]
    except _MALFORMED as error:
        raise _cut(answer, error) from error


def _cut(answer: Answer, error: Exception) -> StoreError:
    return StoreError(
        f"{answer.source} sent an answer that is cut short or malformed: {one_line(error)}; try"
        " again"
    )


def _other(answer: Answer) -> StoreError:
    return StoreError(
        f"{answer.source} answers with a result of another kind than was asked for: is it the"
        " address of a SPARQL endpoint?"
    )
