"""The first rows of a query that a reader has written."""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from kg.store import FreeQuery
from kg.web.formats import JSON_RESULTS
from kg.web.pages.sparql_page import MOST_ROWS, Rows
from kg.web.state import State

_N_TRIPLES: Final = "application/n-triples"
_TRIPLE: Final = ("subject", "predicate", "object")


async def first_rows(state: State, client: str, text: str) -> Rows:
    """Return the beginning of the answer to a query; the errors are those of a worker."""
    async with state.pool.answer(client, FreeQuery(text), JSON_RESULTS, _N_TRIPLES) as received:
        data = b"".join([block async for block in received.blocks])
        is_graph = received.form == "graph"
    rows: list[tuple[Any, ...]]
    if is_graph:
        triples = islice(ox.parse(data, format=ox.RdfFormat.N_TRIPLES), MOST_ROWS + 1)
        columns: tuple[str, ...] = _TRIPLE
        rows = [(each.subject, each.predicate, each.object) for each in triples]
    else:
        parsed = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
        if isinstance(parsed, ox.QueryBoolean):
            columns, rows = ("answer",), [(ox.Literal(bool(parsed)),)]
        else:
            columns = tuple(variable.value for variable in parsed.variables)
            rows = [
                tuple(solution[column] for column in columns)
                for solution in islice(parsed, MOST_ROWS + 1)
            ]
    return Rows(columns, tuple(rows[:MOST_ROWS]), len(rows) > MOST_ROWS)
