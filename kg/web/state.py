"""What the requests of a server share: the workers, and what is known of the store they read."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar, cast

import pyoxigraph as ox
from starlette.requests import Request

from kg.common.errors import KgError
from kg.store import FreeQuery, Table
from kg.web.answer_cache import AnswerCache
from kg.web.calls import Call
from kg.web.connection import while_connected
from kg.web.dumps import Dumps
from kg.web.formats import JSON_RESULTS
from kg.web.pool import Pool, Result
from kg.web.worker_process import ServedStore

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

_PATIENCE: Final = 600.0
"""Seconds for one of the server's own queries, which strangers can neither write nor repeat."""
_OURSELVES: Final = "the server itself"


@dataclass
class State:
    """The state of a server.

    ``plain`` stores are served as they are: without the prefixes of the project, and with a default
    graph of their own. ``behind_proxy``: clients are told apart by X-Forwarded-For. ``texts`` are
    those of articles that the operator gave with ``--text``, by the IRI of their source: a phrase
    whose recorded position is ``start`` to ``end`` is ``texts[source][start:end]``, which has been
    checked. A source without a text here is shown with the phrase alone. ``base`` is the
    address at which the server is reached, with a slash at its end; empty if requests tell it.
    """

    pool: Pool
    plain: bool = False
    behind_proxy: bool = False
    local_only: bool = True
    texts: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    dumps: Dumps = field(default_factory=Dumps)
    answers: AnswerCache = field(default_factory=AnswerCache)
    _answers: dict[tuple[str, str], asyncio.Task[Table]] = field(default_factory=dict)

    def store(self) -> ServedStore:
        """Return the store that the next query will read."""
        return self.pool.find_store()

    def client(self, request: Request) -> str:
        """Return whose request it is: the address of the client."""
        forwarded = request.headers.get("x-forwarded-for", "") if self.behind_proxy else ""
        if forwarded:
            # The last one was added by the proxy; those before it can be invented.
            return forwarded.rpartition(",")[2].strip()
        return request.client.host if request.client else ""

    def address(self, request: Request) -> str:
        """Return the address of the server, with a slash at its end."""
        return self.base or str(request.base_url)

    async def call(
        self,
        request: Request,
        operation: Callable[Concatenate[KnowledgeGraph, _Parameters], _Result],
        *arguments: _Parameters.args,
        **named: _Parameters.kwargs,
    ) -> Result[_Result]:
        """Return the result of an operation on the graph, run for a request.

        This is how a route reaches :class:`kg.graph.KnowledgeGraph`. The operation is a function at
        the top of a module that imports no Starlette; it takes the opened graph and plain values
        and returns a plain value, since it runs in a worker (:mod:`kg.web.calls`)::

            # kg/web/operations.py
            def search(graph: KnowledgeGraph, text: str, limit: int) -> list[Hit]:
                return graph.search(text, limit=limit)

            # in a route
            result = await state.call(request, operations.search, text, limit=20)
            hits, headers = result.value, result.store.headers()

        Read the body of the request before. The operation waits for the client's turn, reads the
        graph that is current then, and is ended when the client leaves or at the server's limits of
        time and memory; use ``state.pool.call`` for another time limit or without a request. Its
        KgErrors, and the others of :meth:`kg.web.pool.Pool.call`, are raised here; a route lets
        them pass, and the application answers with the right status.
        """
        call = Call.of(operation, *arguments, **named)
        return await while_connected(request, self.pool.call(self.client(request), call))

    async def select(self, query: str) -> Table:
        """Return the table of one of the server's own queries, on what the clients see."""
        free = FreeQuery(query, plain=self.plain)
        async with self.pool.answer(_OURSELVES, free, JSON_RESULTS, "", _PATIENCE) as answer:
            data = b"".join([block async for block in answer.blocks])
        results = ox.parse_query_results(io.BytesIO(data), ox.QueryResultsFormat.JSON)
        return Table.of(cast(ox.QuerySolutions, results))

    async def once(self, query: str) -> Table:
        """Return the table of one of the server's own queries, run once for each version."""
        version = self.store().version
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
