"""A worker process as the server sees it: started, asked, hurried, ended."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from kg.common.workers import lifeline
from kg.store.sandbox import messages
from kg.store.sandbox.messages import READY, TAKEN

if TYPE_CHECKING:
    from kg.store.remote.endpoint import Endpoint

_BUFFER: Final = 1 << 18
"""Bytes of an answer that are read ahead of the client."""
_WORKING: Final = 2
"""Priority of workers: the server itself goes first, which passes on the answers of all."""
_LOW: Final = 12
"""A tenth of what another worker gets of a processor; at 19 it would be nothing."""
_TAKING: Final = 10
"""Seconds after which a worker that waits has taken a request, or never will."""

ENDED: Final = (asyncio.IncompleteReadError, ConnectionError)
"""What reading from a worker raises if it has ended."""


@dataclass(frozen=True)
class ServedStore:
    """A store on disk, the version of its content, and the day of its newest source, if any.

    One behind an ``endpoint`` has no path.
    """

    path: Path | None
    version: str
    snapshot: str = ""
    endpoint: Endpoint | None = None

    def opening(self) -> bytes:
        """Return what a process is told to open the store."""
        path = None if self.path is None else str(self.path)
        return messages.encode_opening(path, endpoint=self.endpoint)

    def headers(self) -> dict[str, str]:
        """Return the headers that tell how fresh an answer is."""
        fresh = {"Stdkg-Version": self.version}
        return fresh | ({"Stdkg-Snapshot": self.snapshot} if self.snapshot else {})


@dataclass
class Worker:
    """A worker process with a store open."""

    store: ServedStore
    _process: subprocess.Popen[bytes]
    _answers: asyncio.StreamReader
    _requests: asyncio.StreamWriter
    timed_out: bool = False
    evicted: bool = False
    is_heavy: bool = False

    @classmethod
    async def start(cls, store: ServedStore) -> Self:
        """Start a process; wait until it has opened the store and takes queries.

        One that ends before says so when it is asked.
        """
        ours, its = socket.socketpair()
        with its:
            process = subprocess.Popen(  # noqa: S603
                messages.command("kg.web.worker"),
                stdin=its.fileno(),
                stdout=its.fileno(),
                stderr=subprocess.DEVNULL,
                # In a group of its own: Ctrl-C reaches the server alone, which then ends it.
                process_group=0,
                pass_fds=(lifeline(),),
            )
        _set_priority(process.pid, _WORKING)
        try:
            answers, requests = await asyncio.open_unix_connection(sock=ours, limit=_BUFFER)
            worker = cls(store, process, answers, requests)
            await worker._send(store.opening())
            with suppress(*ENDED):
                await answers.readexactly(len(READY))
        except BaseException:
            process.kill()
            process.wait()
            raise
        return worker

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    @property
    def exit_code(self) -> int:
        """The exit code of a process that has ended; 0 before."""
        return self._process.returncode or 0

    async def take(self, request: bytes) -> bool:
        """Send a request; return whether the worker has taken it: False if it had ended."""
        await self._send(request)
        with suppress(TimeoutError, *ENDED):
            async with asyncio.timeout(_TAKING):
                await self._answers.readexactly(len(TAKEN))
            return True
        return False

    async def _send(self, data: bytes) -> None:
        with suppress(ConnectionError):
            self._requests.write(data)
            await self._requests.drain()

    async def line(self) -> bytes:
        """Read a line; one of ``ENDED`` if the worker has ended."""
        return await self._answers.readuntil(b"\n")

    async def read(self, size: int) -> bytes:
        """Read as many bytes; one of ``ENDED`` if the worker has ended."""
        return await self._answers.readexactly(size)

    def stop(self) -> None:
        """End the process at its deadline."""
        self.timed_out = True
        self.kill()

    def evict(self) -> None:
        """End the process, since a query waits for the place of the long one that it runs."""
        self.evicted = True
        self.kill()

    def yield_processor(self) -> None:
        """Let others go first; this can't be undone, so the worker is replaced afterwards."""
        self.is_heavy = True
        _set_priority(self._process.pid, _LOW)

    def kill(self) -> None:
        """End the process, without waiting until it has ended."""
        if self.is_alive:
            self._process.kill()

    async def close(self) -> None:
        """End the process and wait until it has ended."""
        self.kill()
        self._requests.close()
        await asyncio.to_thread(self._process.wait)


def _set_priority(process: int, priority: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        # It may have ended, or have less than that already.
        os.setpriority(os.PRIO_PROCESS, process, priority)
