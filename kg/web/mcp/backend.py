"""Runs the tools' operations and queries in the workers of a server."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

import pyoxigraph as ox

from kg.common.errors import QueryLimitError
from kg.common.namespaces import BASE
from kg.store import FreeQuery, Table
from kg.web.calls import Call
from kg.web.formats import JSON_RESULTS
from kg.web.pool import Pool
from kg.web.rendering import JSON, Context, Renderer, render

_Result = TypeVar("_Result")

_MAX_ANSWER: Final = 4 << 20
"""Bytes of the answer to a query."""
_TRIPLES: Final = "application/n-triples"
_SUBJECT: Final = ("subject", "predicate", "object")


@dataclass(frozen=True)
class Backend:
    """The workers, and the client for whom they work."""

    pool: Pool
    client: str

    async def call(
        self, call: Call[_Result], renderer: Renderer[_Result], lang: str
    ) -> dict[str, Any]:
        """Return the content of an answer in JSON; errors as those of :meth:`Pool.call`."""
        context = Context(JSON, lang, BASE, "", {})
        found = await self.pool.call(self.client, Call.of(render, call, renderer, context))
        content: dict[str, Any] = json.loads(found.value.body)
        return content

    async def query(self, text: str) -> Table:
        """Return the answer to a query: triples as a table of three columns, ASK as one cell.

        Raises QueryError for an invalid query, and QueryLimitError if it needs more than it may, or
        if its answer is too long.
        """
        data = bytearray()
        running = self.pool.answer(self.client, FreeQuery(text), JSON_RESULTS, _TRIPLES)
        async with running as answer:
            async for block in answer.blocks:
                data += block
                if len(data) > _MAX_ANSWER:
                    raise QueryLimitError(
                        f"the answer is longer than {_MAX_ANSWER >> 20} MB: add a LIMIT"
                    )
        if answer.form == "graph":
            quads = ox.parse(bytes(data), ox.RdfFormat.N_TRIPLES)
            rows = ((quad.subject, quad.predicate, quad.object) for quad in quads)
            return Table(_SUBJECT, tuple(cast(Any, row) for row in rows))
        results = ox.parse_query_results(io.BytesIO(bytes(data)), ox.QueryResultsFormat.JSON)
        if isinstance(results, ox.QueryBoolean):
            return Table(("answer",), ((ox.Literal(bool(results)),),))
        return Table.of(results)
