"""Work for a client that may leave before it is done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, Final, TypeVar, cast

from starlette.requests import ClientDisconnect, Request

_Result = TypeVar("_Result")

_WATCH_AFTER: Final = 0.05
"""Seconds after which a client that leaves ends the work; most of it is done before."""


async def while_connected(request: Request, work: Awaitable[_Result]) -> _Result:
    """Return what the work returns, but end it and raise ClientDisconnect when the client leaves.

    The body of the request must have been read before.
    """
    watch = _Watch(request)
    try:
        return await work
    except asyncio.CancelledError:
        if watch.has_left and watch.task.uncancel() == 0:
            raise ClientDisconnect from None
        raise
    finally:
        await watch.end()


class _Watch:
    """Cancels the current task when the client of a request leaves."""

    def __init__(self, request: Request) -> None:
        self.task = cast(asyncio.Task[Any], asyncio.current_task())
        self.has_left = False
        self._request = request
        self._waiting: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_WATCH_AFTER, self._begin)

    def _begin(self) -> None:
        self._waiting = asyncio.create_task(self._until_left())

    async def _until_left(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
        self.has_left = True
        self.task.cancel()

    async def end(self) -> None:
        """Stop watching."""
        self._timer.cancel()
        if self._waiting is not None:
            self._waiting.cancel()
            await asyncio.wait({self._waiting})
