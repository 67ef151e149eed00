"""What answers have in common: tags of their version, and answers to HEAD."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from kg.store import FreeQuery
from kg.web.worker_process import ServedStore


def entity_tag(version: str, *parts: object) -> str:
    """Return the ETag of an answer that depends on the store's version and on some values."""
    digest = hashlib.sha256(repr((version, *parts)).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def query_tag(version: str, query: FreeQuery, formats: tuple[str, str]) -> str:
    """Return the ETag of the answer to a query in one of two formats, by its form."""
    return entity_tag(
        version, query.text, formats, query.default_graphs, query.named_graphs, query.base
    )


def query_headers(store: ServedStore) -> dict[str, str]:
    """Return the headers of every answer to a query."""
    return {"Cache-Control": "no-cache", "Vary": "Accept", **store.headers()}


def unchanged(request: Request, tag: str) -> Response | None:
    """Return the answer to a client that has the answer with this tag already."""
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag})
    return None


def without_body(response: Response) -> Response:
    """Return the answer to HEAD: the headers of a response."""
    return Response(status_code=response.status_code, headers=dict(response.headers))
