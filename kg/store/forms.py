"""The result of a query, if it has the form that its caller needs."""

from __future__ import annotations

import pyoxigraph as ox

from kg.common.errors import QueryError
from kg.store import Table


def table(result: Table | bool | list[ox.Triple]) -> Table:
    """Return the solutions of a SELECT query; QueryError for the result of another."""
    if not isinstance(result, Table):
        raise QueryError("a SELECT query is needed here")
    return result


def truth(result: Table | bool | list[ox.Triple]) -> bool:
    """Return the answer of an ASK query; QueryError for the result of another."""
    if not isinstance(result, bool):
        raise QueryError("an ASK query is needed here")
    return result


def triples(result: Table | bool | list[ox.Triple]) -> list[ox.Triple]:
    """Return the triples of a CONSTRUCT or DESCRIBE query; QueryError for the result of another."""
    if not isinstance(result, list):
        raise QueryError("a CONSTRUCT or DESCRIBE query is needed here")
    return result
