"""Which client's query runs next: in turn between clients, with bounds for each and for all."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

RETRY_AFTER: Final = 2
"""Seconds after which a refused client may try again."""


class BusyError(Exception):
    """More queries wait than may wait; ``by_client`` if they are of this client."""

    def __init__(self, by_client: bool) -> None:
        super().__init__("too many queries are waiting")
        self.by_client = by_client


@dataclass(frozen=True)
class Bounds:
    """How many queries run at once and wait: in all, and of one client.

    A client never has all places, if there are several: the lookups of others go on beside whatever
    it asks.
    """

    places: int
    waiting: int = 128
    waiting_per_client: int = 32

    @property
    def places_per_client(self) -> int:
        """Queries of one client that run at once."""
        return max(1, self.places - 1)


class FairQueue:
    """Gives places to clients in turn."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._running: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def running(self) -> int:
        """Queries that have a place."""
        return self._running.total()

    @property
    def waiting(self) -> int:
        """Queries that wait for a place."""
        return sum(map(len, self._waiting.values()))

    @asynccontextmanager
    async def place(self, client: str) -> AsyncIterator[None]:
        """Wait for a place and keep it while the context lasts; BusyError if too many wait."""
        await self._acquire(client)
        try:
            yield
        finally:
            self._release(client)

    async def _acquire(self, client: str) -> None:
        if self._may_run(client) and client not in self._waiting:
            self._running[client] += 1
            return
        own = self._waiting.get(client, ())
        if len(own) >= self._bounds.waiting_per_client:
            raise BusyError(by_client=True)
        if self.waiting >= self._bounds.waiting:
            raise BusyError(by_client=False)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._release(client)
            else:
                self._forget(client, turn)
            raise

    def _may_run(self, client: str) -> bool:
        return (
            self.running < self._bounds.places
            and self._running[client] < self._bounds.places_per_client
        )

    def _release(self, client: str) -> None:
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        for following in list(self._waiting):
            if self._may_run(following):
                turn = self._waiting[following].popleft()
                # To the end of the queue, or out of it.
                others = self._waiting.pop(following)
                if others:
                    self._waiting[following] = others
                self._running[following] += 1
                turn.set_result(None)

    def _forget(self, client: str, turn: asyncio.Future[None]) -> None:
        self._waiting[client].remove(turn)
        if not self._waiting[client]:
            del self._waiting[client]
