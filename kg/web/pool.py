"""The worker processes that run queries and other operations on the graph.

Each has a read-only store open, and is killed at the deadline of what it runs.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Generic, TypeVar

from kg.common.errors import KgError, StoreError
from kg.common.limits import Limits
from kg.store import FreeQuery
from kg.store.sandbox import messages
from kg.store.sandbox.messages import FAILED, LENGTH, Request, Task
from kg.web.calls import FAILURE, Call, OperationError, decode_result
from kg.web.queue import Bounds, FairQueue, OverloadError, Place
from kg.web.worker_process import ENDED, ServedStore, Worker

_Result = TypeVar("_Result")

_LONG: Final = 0.25
"""Seconds after which a query is long: it goes on with low priority."""


@dataclass(frozen=True)
class Settings:
    """Limits of each query (seconds, bytes), and the number of workers.

    Raises QueryError for limits that no query keeps.
    """

    timeout: float
    memory: int
    bounds: Bounds

    def __post_init__(self) -> None:
        Limits(self.timeout, self.memory)


@dataclass
class Answer:
    """The answer to a query: its media type, empty if none was acceptable, and its blocks."""

    store: ServedStore
    media_type: str
    form: str
    blocks: AsyncIterator[bytes]


@dataclass(frozen=True)
class Result(Generic[_Result]):
    """The result of an operation, and the store that it was read from."""

    value: _Result
    store: ServedStore


@dataclass
class Counts:
    """What the pool has done since it started."""

    answered: int = 0
    refused: int = 0
    timed_out: int = 0
    ended: int = 0
    abandoned: int = 0
    started: int = 0


@dataclass
class Pool:
    """Workers for queries on a store that may be replaced at any time.

    Each place of the queue has one worker: it is ready, it is running something, or it is being
    started. A long query takes its worker along, and ends it. ``find_store`` returns the store to
    open; it is called for each query, so it must be fast.
    """

    find_store: Callable[[], ServedStore]
    settings: Settings
    counts: Counts = field(default_factory=Counts)
    _ready: list[Worker] = field(default_factory=list)
    _starting: deque[asyncio.Task[Worker]] = field(default_factory=deque)
    _ending: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.queue = FairQueue(self.settings.bounds)

    async def start(self) -> None:
        """Start all workers."""
        store = self.find_store()
        workers = (self._start(store) for _ in range(self.settings.bounds.places))
        self._ready += await asyncio.gather(*workers)

    async def close(self) -> None:
        """End all workers that run nothing; those of running queries end with these."""
        for task in self._starting:
            task.cancel()
        for worker in self._ready:
            self._end(worker)
        self._ready.clear()
        await asyncio.gather(*self._ending, *self._starting, return_exceptions=True)

    @asynccontextmanager
    async def answer(
        self,
        client: str,
        query: FreeQuery,
        table_format: str,
        graph_format: str,
        timeout: float | None = None,
    ) -> AsyncIterator[Answer]:
        """Run a query when it is the client's turn; leaving the context early stops it.

        ``timeout`` are the seconds that it may take (None: the server's limit).

        Raises QueryError for an invalid query, QueryLimitError if it needs more time or memory than
        it may use, StoreError if the store can't be read, and BusyError if too many queries wait.
        The blocks of the answer raise the same errors: what was read before is then worthless.
        """
        request = Request(query, self.settings.memory, table_format, graph_format)
        limit = self.settings.timeout if timeout is None else timeout
        async with self._answer(client, request, limit) as answer:
            yield answer

    async def call(
        self, client: str, call: Call[_Result], timeout: float | None = None
    ) -> Result[_Result]:
        """Return the result of an operation on the graph, run when it is the client's turn.

        ``timeout`` are the seconds that it may take (None: as a query). Cancelling this ends the
        operation. Raises the KgError of the operation, QueryLimitError, StoreError and BusyError as
        :meth:`answer` does, and OperationError for any other failure.
        """
        limit = self.settings.timeout if timeout is None else timeout
        async with self._answer(client, call.to_task(self.settings.memory), limit) as answer:
            content = b"".join([block async for block in answer.blocks])
        if answer.form == FAILURE:
            raise OperationError(content.decode())
        return Result(decode_result(content), answer.store)

    @asynccontextmanager
    async def _answer(
        self, client: str, request: Request | Task, timeout: float
    ) -> AsyncIterator[Answer]:
        async with self.queue.place(client) as place:
            worker = await self._taker(request)
            run = _Run(worker, timeout, request, partial(self._go_on_long, worker, place))
            try:
                header = await run.begin()
                yield Answer(worker.store, header["media_type"], header["form"], run.blocks())
                self.counts.answered += run.is_over
            except KgError:
                self._count_failure(worker)
                raise
            finally:
                run.end()
                self._put_back(worker, run.is_over, place)

    def _count_failure(self, worker: Worker) -> None:
        self.counts.timed_out += worker.timed_out
        self.counts.ended += not worker.timed_out and not worker.is_alive
        self.counts.refused += worker.is_alive

    async def _taker(self, request: Request | Task) -> Worker:
        """Return a worker that has taken a request; one that ended before is not its fault."""
        line = messages.encode_request(request)
        for _ in range(self.settings.bounds.places + 1):
            worker, taken = await self._worker(), False
            try:
                taken = await worker.take(line)
            finally:
                if not taken:
                    self._replace(worker)
            if taken:
                return worker
        # How it ended is known once it has.
        await worker.close()
        self.counts.ended += 1
        raise messages.ended_error(worker.exit_code, request.memory)

    async def _worker(self) -> Worker:
        """Return a worker that has opened the current store."""
        store = self.find_store()
        while self._ready:
            worker = self._ready.pop()
            if worker.is_alive and worker.store == store:
                return worker
            self._replace(worker)
        while self._starting:
            task = self._starting.popleft()
            try:
                worker = await asyncio.shield(task)
            except asyncio.CancelledError:
                # Another query may have it.
                self._starting.append(task)
                self._keep(task)
                raise
            if worker.store == store:
                return worker
            self._end(worker)
        return await self._start(store)

    async def _start(self, store: ServedStore) -> Worker:
        self.counts.started += 1
        return await Worker.start(store)

    def _go_on_long(self, worker: Worker, place: Place) -> None:
        """Let others go before a query that is long, and give its place to the next."""
        worker.yield_processor()
        self.queue.make_long(place, self._start_another, worker.evict)

    def _put_back(self, worker: Worker, is_over: bool, place: Place) -> None:
        if is_over and worker.is_alive and not worker.is_heavy:
            self._ready.append(worker)
            return
        self.counts.abandoned += not is_over and worker.is_alive
        self._end(worker)
        if not place.is_long:
            self._start_another()

    def _replace(self, worker: Worker) -> None:
        """End a worker, and start another in its place."""
        self._end(worker)
        self._start_another()

    def _start_another(self) -> None:
        with suppress(StoreError):
            # Without a store now, the next query says so.
            task = asyncio.create_task(self._start(self.find_store()))
            self._starting.append(task)
            task.add_done_callback(self._keep)

    def _keep(self, task: asyncio.Task[Worker]) -> None:
        """Keep a worker that has been started, unless a query has taken it."""
        if task.done() and task in self._starting:
            self._starting.remove(task)
            if not task.cancelled() and not task.exception():
                self._ready.append(task.result())

    def _end(self, worker: Worker) -> None:
        task = asyncio.create_task(worker.close())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


class _Run:
    """One query or task in a worker, until its answer is read or its time is up."""

    def __init__(
        self,
        worker: Worker,
        timeout: float,
        request: Request | Task,
        go_on_long: Callable[[], None],
    ) -> None:
        self._worker = worker
        self._timeout = timeout
        self._request = request
        self.is_over = False
        loop = asyncio.get_running_loop()
        self._timers = [loop.call_later(timeout, worker.stop)]
        if isinstance(request, Request):
            # A task is bounded by its arguments, and its worker keeps the indexes that it has read.
            self._timers.append(loop.call_later(_LONG, go_on_long))

    async def begin(self) -> dict[str, str]:
        """Return the header of the answer."""
        try:
            line = await self._worker.line()
        except ENDED as error:
            raise await self._failure() from error
        if line.startswith(FAILED):
            self.is_over = True
            raise messages.decode_error(line)
        header: dict[str, str] = json.loads(line)
        return header

    async def blocks(self) -> AsyncIterator[bytes]:
        """Yield the blocks of the answer; a KgError if it is cut short."""
        try:
            while True:
                length = await self._worker.read(LENGTH)
                if length.startswith(FAILED):
                    line = length + await self._worker.line()
                    self.is_over = True
                    raise messages.decode_error(line)
                size = int(length, 16)
                if not size:
                    self.is_over = True
                    return
                yield await self._worker.read(size)
        except ENDED as error:
            raise await self._failure() from error

    def end(self) -> None:
        """Stop the clock."""
        for timer in self._timers:
            timer.cancel()

    async def _failure(self) -> KgError:
        await self._worker.close()
        if self._worker.evicted:
            return OverloadError("too many long queries are running: try again later")
        if self._worker.timed_out:
            return messages.timeout_error(self._timeout)
        return messages.ended_error(self._worker.exit_code, self._request.memory)
