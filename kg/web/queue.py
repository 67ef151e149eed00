"""Which client's query runs next: in turn between clients, with bounds for each and for all.

A query that turns out to be long leaves its place to the next one, and goes on in a place for long
queries. If none is free, it keeps its own until another query waits for it, and is ended then: so
short queries never wait long for long ones, however many clients send them.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from kg.common.errors import QueryLimitError

RETRY_AFTER: Final = 2
"""Seconds after which a refused client may try again."""


class BusyError(Exception):
    """More queries wait than may wait; ``by_client`` if they are of this client."""

    def __init__(self, by_client: bool) -> None:
        super().__init__("too many queries are waiting")
        self.by_client = by_client


class OverloadError(QueryLimitError):
    """A long query was ended, since others wait and too many long ones run."""


@dataclass(frozen=True)
class Bounds:
    """How many queries run at once and wait: in all, and of one client.

    There are as many places for long queries as for others. A client never has all places, if there
    are several: the lookups of others go on beside whatever it asks.
    """

    places: int
    waiting: int = 128
    waiting_per_client: int = 32

    @property
    def places_per_client(self) -> int:
        """Queries of one client that run at once."""
        return max(1, self.places - 1)


@dataclass(eq=False)
class Place:
    """The place of a query that runs."""

    client: str
    is_long: bool = False


class FairQueue:
    """Gives places to clients in turn."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._running: Counter[str] = Counter()
        self._long = 0
        self._overdue: dict[Place, tuple[Callable[[], None], Callable[[], None]]] = {}
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
    async def place(self, client: str) -> AsyncIterator[Place]:
        """Wait for a place and keep it while the context lasts; BusyError if too many wait."""
        await self._acquire(client)
        place = Place(client)
        try:
            yield place
        finally:
            self._leave(place)

    def make_long(self, place: Place, moved: Callable[[], None], evict: Callable[[], None]) -> None:
        """Let a query go on in a place for long queries as soon as one is free.

        ``moved`` is called then, and its own place is free for others. ``evict`` is called to end
        the query if none is free and another one waits.
        """
        self._overdue[place] = moved, evict
        self._move_overdue()
        self._evict_overdue()

    def _evict_overdue(self) -> None:
        """End a long query for each query that could run in its place."""
        able = sum(
            self._running[client] < self._bounds.places_per_client for client in self._waiting
        )
        for place in list(self._overdue)[:able]:
            _, evict = self._overdue.pop(place)
            evict()

    def _move_overdue(self) -> None:
        while self._overdue and self._long < self._bounds.places:
            place = next(iter(self._overdue))
            moved, _ = self._overdue.pop(place)
            place.is_long = True
            self._long += 1
            moved()
            self._give_turns()

    def _leave(self, place: Place) -> None:
        self._overdue.pop(place, None)
        if place.is_long:
            self._long -= 1
            self._move_overdue()
        self._release(place.client)

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
        self._evict_overdue()
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
            self.running - self._long < self._bounds.places
            and self._running[client] < self._bounds.places_per_client
        )

    def _release(self, client: str) -> None:
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        self._give_turns()

    def _give_turns(self) -> None:
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
