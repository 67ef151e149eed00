"""What is counted once and kept for those who ask later."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request

from kg.web.pages.answers import known_by_now
from kg.web.pages.start import events
from kg.web.queue import OverloadError
from kg.web.worker_process import ServedStore


class BusyServer:
    """A server without a free worker."""

    def __init__(self) -> None:
        self.pool, self.asked = self, 0

    def store(self) -> ServedStore:
        return ServedStore(None, "1")

    async def call(self, *_: Any) -> None:
        self.asked += 1
        await asyncio.sleep(0)
        raise OverloadError("busy")


def test_all_who_wait_for_what_fails_go_without_and_the_next_asks_again() -> None:
    app = Starlette()
    app.state.server = server = BusyServer()
    request = Request({"type": "http", "app": app})

    async def ask(number: int) -> list[Any]:
        return await asyncio.gather(*(known_by_now(request, events, 5) for _ in range(number)))

    async def visit() -> list[list[Any]]:
        return [await ask(3), await ask(1)]

    # The main thread may have the loop of a browser.
    with ThreadPoolExecutor() as thread:
        assert thread.submit(asyncio.run, visit()).result() == [[None] * 3, [None]]
    assert server.asked == 2
