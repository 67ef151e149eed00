"""The SPARQL endpoint: queries by the SPARQL 1.1 Protocol, answered by the pool of workers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from kg.store import FreeQuery
from kg.web import schemas, service_description
from kg.web.answer_cache import KnownAnswer, is_repeatable
from kg.web.connection import while_connected
from kg.web.descriptions import GET_ERRORS, POST_ERRORS, PathItem, responses
from kg.web.errors import HttpError
from kg.web.formats import GRAPH_FORMATS, TABLE_FORMATS
from kg.web.negotiation import best_type
from kg.web.pool import Answer
from kg.web.protocol import read_request
from kg.web.responses import query_headers, query_tag, unchanged, without_body
from kg.web.state import State

_CONTENT: Final = {
    media_type: {"schema": schemas.TEXT} for media_type in {**TABLE_FORMATS, **GRAPH_FORMATS}
}
_GRAPHS: Final = [
    {
        "name": name,
        "in": "query",
        "description": "The IRI of a graph of the query's dataset.",
        "schema": schemas.array(schemas.TEXT),
    }
    for name in ("default-graph-uri", "named-graph-uri")
]
_COMMON: Final = {
    "tags": ["SPARQL"],
    "externalDocs": {"url": "https://www.w3.org/TR/sparql11-protocol/"},
}
DESCRIPTION: Final[PathItem] = {
    "get": {
        **_COMMON,
        "summary": "Run a query, or describe the endpoint if there is none",
        "operationId": "get-sparql",
        "parameters": [
            {
                "name": "query",
                "in": "query",
                "description": "A SPARQL 1.1 query.",
                "schema": schemas.TEXT,
                "example": "SELECT * { ?committee a std:TechnicalCommittee } LIMIT 3",
            },
            *_GRAPHS,
        ],
        "responses": {
            **responses(_CONTENT, (*GET_ERRORS, "403")),
            "304": {"description": "As the client has it."},
        },
    },
    "post": {
        **_COMMON,
        "summary": "Run a query",
        "operationId": "post-sparql",
        "parameters": _GRAPHS,
        "requestBody": {
            "required": True,
            "content": {
                "application/sparql-query": {"schema": schemas.TEXT},
                "application/x-www-form-urlencoded": {
                    "schema": {
                        "type": "object",
                        "properties": {"query": schemas.TEXT},
                        "required": ["query"],
                    }
                },
            },
        },
        "responses": {
            **responses(_CONTENT, (*POST_ERRORS, "403")),
            "304": {"description": "As the client has it."},
        },
    },
}
"""The description of the route in OpenAPI."""

_WHOLE: Final = 1 << 16
"""Bytes up to which an answer is sent when it is complete, instead of while it is computed."""


async def endpoint(request: Request) -> Response:
    """Answer a query, or describe the service if there is none."""
    state: State = request.app.state.server
    query = await read_request(request, state.plain)
    if query is None:
        return await service_description.respond(request, state)
    accepted = request.headers.get("accept", "")
    formats = best_type(accepted, TABLE_FORMATS), best_type(accepted, GRAPH_FORMATS)
    response = _known(request, state, query, formats)
    if response is None:
        response = await while_connected(request, _answer(request, state, query, formats))
    if request.method == "HEAD":
        return await _head(response)
    return response


def _known(
    request: Request, state: State, query: FreeQuery, formats: tuple[str, str]
) -> Response | None:
    """Return the answer if the client or the server has it already."""
    if not is_repeatable(query.text):
        return None
    tag = query_tag(state.store().version, query, formats)
    if response := unchanged(request, tag):
        return response
    if known := state.answers.get(tag):
        return Response(known.body, 200, known.headers, known.media_type)
    return None


async def _answer(
    request: Request, state: State, query: FreeQuery, formats: tuple[str, str]
) -> Response:
    async with AsyncExitStack() as stack:
        running = state.pool.answer(state.client(request), query, *formats)
        answer = await stack.enter_async_context(running)
        if not answer.media_type:
            offered = GRAPH_FORMATS if answer.form == "graph" else TABLE_FORMATS
            raise HttpError(406, f"this query is answered as one of {', '.join(offered)}")
        headers = query_headers(answer.store)
        tag = ""
        if is_repeatable(query.text):
            headers["ETag"] = tag = query_tag(answer.store.version, query, formats)
        beginning = await _beginning(answer)
        media_type = answer.media_type
        if media_type.startswith("text/"):
            media_type += "; charset=utf-8"
        if len(beginning) < _WHOLE:
            if tag:
                state.answers.add(tag, KnownAnswer(beginning, media_type, headers))
            return Response(beginning, 200, headers, media_type)
        # From here on the response keeps the query.
        return _Stream(beginning, answer.blocks, stack.pop_all(), headers, media_type)


async def _beginning(answer: Answer) -> bytes:
    """Return the answer up to a size; all of it if it is shorter."""
    beginning = bytearray()
    async for block in answer.blocks:
        beginning += block
        if len(beginning) >= _WHOLE:
            break
    return bytes(beginning)


class _Stream(StreamingResponse):
    """Sends an answer while it is computed, and ends the query when the client leaves.

    An error on the way breaks the connection off, so that the client never takes a part of an
    answer for the whole.
    """

    def __init__(
        self,
        beginning: bytes,
        blocks: AsyncIterator[bytes],
        running: AsyncExitStack,
        headers: dict[str, str],
        media_type: str,
    ) -> None:
        self._running = running
        super().__init__(_joined(beginning, blocks), 200, headers, media_type)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._running:
            await super().__call__(scope, receive, send)

    async def abandon(self) -> None:
        """End the query without sending its answer."""
        await self._running.aclose()


async def _joined(beginning: bytes, blocks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield beginning
    async for block in blocks:
        yield block


async def _head(response: Response) -> Response:
    """Return the answer to HEAD."""
    if isinstance(response, _Stream):
        await response.abandon()
    head = without_body(response)
    if isinstance(response, _Stream):
        del head.headers["content-length"]
    return head
