"""A worker process, as the server sees it."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from kg.common.workers import lifeline
from kg.store.sandbox import messages

_BUFFER: Final = 1 << 18
"""Bytes of an answer that are read ahead of the client."""
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
