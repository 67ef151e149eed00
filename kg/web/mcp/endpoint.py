"""``/mcp`` of the server: the Model Context Protocol by Streamable HTTP, without sessions."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from kg.web.errors import HttpError
from kg.web.mcp.backend import Backend

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.web.state import State

PATH: Final = "/mcp"
MISSING: Final = "agents need a package that is not installed: pip install 'stdkg[mcp]'"


class Agents:
    """Answers agents; the protocol is loaded for the first one, since that takes a second."""

    def __init__(self) -> None:
        self._manager: asyncio.Future[Any] | None = None
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request (ASGI); HttpError 501 if a package is not installed."""
        if scope["method"] != "POST":
            # Without sessions, there are none to listen to (GET) or to end (DELETE).
            raise HttpError(405, f"{PATH}: send requests by POST", {"Allow": "POST"})
        if self._manager is None:
            self._manager = asyncio.get_running_loop().create_future()
            # Ended with the server, as all of its tasks are.
            self._running = asyncio.create_task(self._run(self._manager))
        manager = await asyncio.shield(self._manager)
        await manager.handle_request(scope, receive, send)

    async def _run(self, started: asyncio.Future[Any]) -> None:
        try:
            # In a thread, so that others are answered meanwhile.
            server = await asyncio.to_thread(importlib.import_module, "kg.web.mcp.server")
        except ModuleNotFoundError:
            self._manager = None
            started.set_exception(HttpError(501, MISSING))
            return
        manager = server.create_manager(_backend)
        async with manager.run():
            started.set_result(manager)
            await asyncio.Event().wait()


def _backend(request: Request) -> Backend:
    state: State = request.app.state.server
    return Backend(state.pool, state.client(request))


def mcp_routes() -> list[BaseRoute]:
    """Return the route for the application."""
    return [Route(PATH, Agents(), methods=["GET", "POST", "DELETE"])]
