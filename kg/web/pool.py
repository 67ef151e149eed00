"""The worker processes that run queries, each on a read-only store and killed at its deadline."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from kg.common.errors import KgError, StoreError
from kg.common.workers import lifeline
from kg.store import FreeQuery
from kg.store.query_guard import check_query
from kg.store.sandbox import Limits, messages
from kg.store.sandbox.messages import FAILED, LENGTH, Request
from kg.web.queue import Bounds, FairQueue

_BUFFER: Final = 1 << 18
"""Bytes of an answer that are read ahead of the client."""
_HEAVY: Final = 0.5
"""Seconds after which a query goes on with the lowest priority."""
_LOWEST: Final = 19


@dataclass(frozen=True)
class ServedStore:
    """A store on disk, the version of its content, and the day of its newest source, if any."""

    path: Path
    version: str
    snapshot: str = ""

    def headers(self) -> dict[str, str]:
        """Return the headers that tell how fresh an answer is."""
        fresh = {"Stdkg-Version": self.version}
        return fresh | ({"Stdkg-Snapshot": self.snapshot} if self.snapshot else {})


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
class Worker:
    """A worker process with a store open."""

    process: asyncio.subprocess.Process
    store: ServedStore
    timed_out: bool = False
    is_heavy: bool = False

    @classmethod
    async def start(cls, store: ServedStore) -> Worker:
        """Start a process, which opens the store at once."""
        process = await asyncio.create_subprocess_exec(
            *messages.command("kg.web.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_BUFFER,
            # In a group of its own: Ctrl-C reaches the server alone, which then ends the workers.
            process_group=0,
            pass_fds=(lifeline(),),
        )
        worker = cls(process, store)
        await worker.send(messages.encode_opening(str(store.path)))
        return worker

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.returncode is None

    async def send(self, data: bytes) -> None:
        """Send a message; a worker that has ended is noticed when its answer is read."""
        pipe = cast(asyncio.StreamWriter, self.process.stdin)
        pipe.write(data)
        with suppress(BrokenPipeError, ConnectionResetError):
            await pipe.drain()

    async def line(self) -> bytes:
        """Read a line; IncompleteReadError if the worker has ended."""
        return await self._answers.readuntil(b"\n")

    async def read(self, size: int) -> bytes:
        """Read as many bytes; IncompleteReadError if the worker has ended."""
        return await self._answers.readexactly(size)

    @property
    def _answers(self) -> asyncio.StreamReader:
        return cast(asyncio.StreamReader, self.process.stdout)

    def stop(self) -> None:
        """End the process at its deadline."""
        self.timed_out = True
        self.kill()

    def yield_processor(self) -> None:
        """Let others go first; this can't be undone, so the worker is replaced afterwards."""
        self.is_heavy = True
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, _LOWEST)

    def kill(self) -> None:
        """End the process."""
        if self.is_alive:
            with suppress(ProcessLookupError):
                self.process.kill()

    async def close(self) -> None:
        """End the process and wait until it has ended."""
        self.kill()
        await self.process.wait()


@dataclass
class Answer:
    """The answer to a query: its media type, empty if none was acceptable, and its blocks."""

    store: ServedStore
    media_type: str
    form: str
    blocks: AsyncIterator[bytes]


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

    ``find_store`` returns the store to open; it is called for each query, so it must be fast.
    """

    find_store: Callable[[], ServedStore]
    settings: Settings
    counts: Counts = field(default_factory=Counts)
    _idle: list[Worker] = field(default_factory=list)
    _replacing: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.queue = FairQueue(self.settings.bounds)

    async def start(self) -> None:
        """Start all workers."""
        store = self.find_store()
        workers = (self._start(store) for _ in range(self.settings.bounds.places))
        self._idle += await asyncio.gather(*workers)

    async def close(self) -> None:
        """End all workers that are idle; those of running queries end with these."""
        for task in self._replacing:
            task.cancel()
        idle, self._idle = self._idle, []
        await asyncio.gather(*(worker.close() for worker in idle))

    @asynccontextmanager
    async def answer(
        self, client: str, query: FreeQuery, table_format: str, graph_format: str
    ) -> AsyncIterator[Answer]:
        """Run a query when it is the client's turn; leaving the context early stops it.

        Raises QueryError for an invalid query, QueryLimitError if it needs more time or memory than
        it may use, StoreError if the store can't be read, and BusyError if too many queries wait.
        The blocks of the answer raise the same errors: what was read before is then worthless.
        """
        check_query(query.text)
        request = Request(query, self.settings.memory, table_format, graph_format)
        async with self.queue.place(client):
            worker = await self._worker()
            run = _Run(worker, self.settings)
            try:
                header = await run.begin(request)
                yield Answer(worker.store, header["media_type"], header["form"], run.blocks())
                self.counts.answered += run.is_over
            except KgError:
                self._count_failure(worker)
                raise
            finally:
                run.end()
                self._put_back(worker, run.is_over)

    def _count_failure(self, worker: Worker) -> None:
        self.counts.timed_out += worker.timed_out
        self.counts.ended += not worker.timed_out and not worker.is_alive
        self.counts.refused += worker.is_alive

    async def _worker(self) -> Worker:
        """Return a worker for the current store."""
        store = self.find_store()
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive and worker.store == store:
                return worker
            worker.kill()
        return await self._start(store)

    async def _start(self, store: ServedStore) -> Worker:
        self.counts.started += 1
        return await Worker.start(store)

    def _put_back(self, worker: Worker, is_over: bool) -> None:
        if is_over and worker.is_alive and not worker.is_heavy:
            # The query still has its place.
            self._keep(worker, self.queue.running - 1)
            return
        self.counts.abandoned += not is_over and worker.is_alive
        worker.kill()
        task = asyncio.get_running_loop().create_task(self._replace())
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _replace(self) -> None:
        with suppress(StoreError):
            # Without a store now, the next query says so.
            self._keep(await self._start(self.find_store()), self.queue.running)

    def _keep(self, worker: Worker, running: int) -> None:
        """Keep a worker for the next query, unless there are enough.

        A query that finds none idle starts its own, also while another is being replaced.
        """
        if True:
            self._idle.append(worker)
        else:
            worker.kill()


class _Run:
    """One query in a worker, until its answer is read or its time is up."""

    def __init__(self, worker: Worker, settings: Settings) -> None:
        self._worker = worker
        self._settings = settings
        self.is_over = False
        loop = asyncio.get_running_loop()
        self._timers = (
            loop.call_later(settings.timeout, worker.stop),
            loop.call_later(_HEAVY, worker.yield_processor),
        )

    async def begin(self, request: Request) -> dict[str, str]:
        """Send the query; return the header of its answer."""
        await self._worker.send(messages.encode_request(request))
        try:
            line = await self._worker.line()
        except asyncio.IncompleteReadError as error:
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
        except asyncio.IncompleteReadError as error:
            raise await self._failure() from error

    def end(self) -> None:
        """Stop the clock."""
        for timer in self._timers:
            timer.cancel()

    async def _failure(self) -> KgError:
        await self._worker.close()
        if self._worker.timed_out:
            return messages.timeout_error(self._settings.timeout)
        return messages.ended_error(self._worker.process.returncode or 0, self._settings.memory)
