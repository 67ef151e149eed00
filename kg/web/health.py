"""``/health``: whether the server answers, and from which graph."""

from __future__ import annotations

import json
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.web import schemas
from kg.web.descriptions import THE_SERVER, PathItem, responses
from kg.web.state import State

DESCRIPTION: Final[PathItem] = {
    "get": {
        "tags": [THE_SERVER],
        "summary": "Say whether it answers, from which version of the graph, and what runs",
        "operationId": "get-health",
        "responses": responses(
            {
                "application/json": {
                    "schema": schemas.record(
                        status=schemas.TEXT,
                        version=schemas.TEXT,
                        snapshot=schemas.TEXT,
                        running=schemas.COUNT,
                        waiting=schemas.COUNT,
                    )
                }
            },
            ("503",),
        ),
    }
}
"""The description of the route in OpenAPI."""


async def show_health(request: Request) -> Response:
    """Say that the server answers queries, and from which store."""
    state: State = request.app.state.server
    store = state.store()
    content = {
        "status": "ok",
        "version": store.version,
        "snapshot": store.snapshot,
        "running": state.pool.queue.running,
        "waiting": state.pool.queue.waiting,
    }
    headers = {"Cache-Control": "no-store"}
    return Response(json.dumps(content) + "\n", 200, headers, "application/json")
