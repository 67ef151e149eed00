"""What the requests of a server share: the workers, and what is known of the store they read."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field
from typing import Final, cast

import pyoxigraph as ox
from starlette.requests import Request

from kg.common.errors import KgError
from kg.store import FreeQuery, Table
from kg.web.formats import JSON_RESULTS
from kg.web.pool import Pool

_OURSELVES: Final = "the server itself"
_NEWEST: Final = "SELECT (MAX(STR(?day)) AS ?newest) WHERE { ?source std:snapshotOn ?day }"


@dataclass
class State:
    """The state of a server.

    ``plain`` stores are served as they are: without the prefixes of the project, and with a default
    graph of their own. ``behind_proxy``: clients are told apart by X-Forwarded-For.
    """

    pool: Pool
    base: str
    plain: bool = False
    behind_proxy: bool = False
    local_only: bool = True
    _answers: dict[tuple[str, str], asyncio.Task[Table]] = field(default_factory=dict)

    def version(self) -> str:
        """Return the version of the store that the next query will read."""
        return self.pool.find_store().version

    def client(self, request: Request) -> str:
        """Return whose request it is: the address of the client."""
        forwarded = request.headers.get("x-forwarded-for", "") if self.behind_proxy else ""
        if forwarded:
            # The last one was added by the proxy; those before it can be invented.
            return forwarded.rpartition(",")[2].strip()
        return request.client.host if request.client else ""

    async def select(self, query: str) -> Table:
        """Return the table of one of the server's own queries."""
        free = FreeQuery(query)
        async with self.pool.answer(_OURSELVES, free, JSON_RESULTS, "") as answer:
            data = b"".join([block async for block in answer.blocks])
        results = ox.parse_query_results(io.BytesIO(data), ox.QueryResultsFormat.JSON)
        solutions = cast(ox.QuerySolutions, results)
        columns = tuple(variable.value for variable in solutions.variables)
        return Table(columns, tuple(tuple(solution) for solution in solutions))

    async def newest_snapshot(self) -> str:
        """Return the day of the newest source of the store, or an empty text."""
        [[day]] = (await self.once(_NEWEST)).rows
        return day.value if isinstance(day, ox.Literal) else ""

    async def once(self, query: str) -> Table:
        """Return the table of one of the server's own queries, run once for each version."""
        version = self.version()
        key = (version, query)
        if key not in self._answers:
            self._answers = {
                known: task for known, task in self._answers.items() if known[0] == version
            }
            self._answers[key] = asyncio.create_task(self.select(query))
        task = self._answers[key]
        try:
            # Not ended with the request that asked first.
            return await asyncio.shield(task)
        except KgError:
            self._answers.pop(key, None)
            raise
