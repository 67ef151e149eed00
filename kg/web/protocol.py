"""Requests of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.requests import ClientDisconnect, Request

from kg.store import FreeQuery
from kg.web.errors import HttpError

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_MAX_BODY: Final = 4 << 20
"""Bytes; an encoded query of the longest that is accepted fits into it."""
_LARGE: Final = 1 << 16
"""Bytes from which a body is read beside other requests."""
_BODY_TIMEOUT: Final = 10
"""Seconds that a client may take to send the body of a request."""
_MAX_FIELDS: Final = 1000
_READ_ONLY: Final = "the graph is read-only: updates are refused"


async def read_request(request: Request, plain: bool) -> FreeQuery | None:
    """Return the query of a request; None for a GET without parameters.

    ``plain`` queries run as the engine has it (:class:`kg.store.FreeQuery`).

    Raises HttpError: 400 for a request that is not of the protocol, 403 for an update, 408 and 413
    for a body that takes too long or is too long, 415 for another media type.
    """
    # The service defines the base of queries (SPARQL 1.1 Protocol, 2.1).
    base = str(request.url.replace(query="")) if plain else None
    url = parse_fields(request.scope["query_string"])
    if request.method != "POST":
        return _query(url, base) if url else None
    media_type, charset = content_type(request)
    if media_type not in {_FORM, _QUERY, _UPDATE}:
        raise HttpError(415, f"send the query as {_FORM} or {_QUERY}")
    body = await read_body(request)
    if media_type == _UPDATE:
        raise HttpError(403, _READ_ONLY)
    if charset not in {"", "utf-8", "utf8"}:
        raise HttpError(415, "send the query in UTF-8")
    if media_type == _QUERY:
        if any(name == "query" for name, _ in url):
            raise HttpError(400, "the query is in the body and in the address: send it once")
        return _query([*url, ("query", _decoded(body))], base)
    fields = (
        await asyncio.to_thread(parse_fields, body) if len(body) > _LARGE else parse_fields(body)
    )
    return _query([*url, *fields], base)


def _query(fields: list[tuple[str, str]], base: str | None) -> FreeQuery:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if {"update", "using-graph-uri", "using-named-graph-uri"} & values.keys():
        raise HttpError(403, _READ_ONLY)
    queries = values.get("query", [])
    if len(queries) != 1:
        problem = "there is no query" if not queries else f"there are {len(queries)} queries"
        raise HttpError(400, f"{problem}: give the parameter 'query' once")
    default, named = (
        tuple(map(_graph, values.get(name, ())))
        for name in ("default-graph-uri", "named-graph-uri")
    )
    query = FreeQuery(queries[0], plain=base is not None, base=base)
    if default or named:
        return replace(query, default_graphs=default, named_graphs=named)
    return query


def _graph(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError as error:
        raise HttpError(400, f"{name!r} is no IRI of a graph: give an absolute IRI") from error


def parse_fields(text: bytes) -> list[tuple[str, str]]:
    """Return the parameters of an address or a form; HttpError 400 for invalid encoding."""
    try:
        return parse_qsl(
            text.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError as error:
        # Also UnicodeDecodeError.
        reason = "the parameters are not percent-encoded UTF-8, or too many"
        raise HttpError(400, f"{reason}: encode them once") from error


def content_type(request: Request) -> tuple[str, str]:
    """Return the media type and the charset of the body of a request; empty if not given."""
    media_type, *parameters = request.headers.get("content-type", "").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            return media_type.strip(), value.strip().strip('"')
    return media_type.strip(), ""


async def read_body(request: Request) -> bytes:
    """Return the body of a request; HttpError if it is too long, too slow or incomplete."""
    too_long = HttpError(413, f"the body is longer than {_MAX_BODY} bytes: shorten it")
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > _MAX_BODY:
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_TIMEOUT):
            async for part in request.stream():
                body += part
                if len(body) > _MAX_BODY:
                    raise too_long
    except TimeoutError as error:
        raise HttpError(408, f"the body took longer than {_BODY_TIMEOUT} s") from error
    except ClientDisconnect as error:
        raise HttpError(400, "the body is incomplete") from error
    return bytes(body)


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"{error.reason} at byte {error.start}"
        raise HttpError(400, f"the query is not UTF-8: {reason}") from error
