"""Dumps: all statements of the graph in a compressed file, with its checksum.

A dump is written when it is first asked for, once for each version of the graph, by a process of
its own with the lowest priority. Requests that come before it is whole are told when to try again.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

from kg.common.workers import end_with_lifeline, lifeline
from kg.store.sandbox import messages
from kg.store.sandbox.worker import open_named
from kg.web.errors import HttpError
from kg.web.own_folder import OwnFolder
from kg.web.worker_process import ServedStore

NAME: Final = "stdkg.nq.gz"
"""The name of the dump: N-Quads, sorted, so that equal graphs give equal files."""
_SUFFIX: Final = ".nq.gz"
_RETRY_AFTER: Final = 10
_WAIT: Final = 5
"""Seconds that a request waits for the dump of a small graph."""
_SHORT: Final = 1
"""Seconds that a description waits for it."""
_LOWEST: Final = 19
_BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class Dump:
    """A dump that has been written: its file, SHA-256 and size in bytes."""

    file: Path
    sha256: str
    size: int


@dataclass
class Dumps:
    """The dumps of a server, in a folder that is removed with it."""

    _folder: OwnFolder | None = None
    _tasks: dict[str, asyncio.Task[Dump]] = field(default_factory=dict)

    async def soon(self, store: ServedStore) -> Dump | None:
        """Return the dump of a store; None if it is not yet written, which begins with this.

        That of a graph behind an endpoint is only written when somebody wants to have it.
        """
        if store.path is None:
            return None
        try:
            return await self.get(store, _SHORT)
        except HttpError:
            return None

    async def get(self, store: ServedStore, patience: float = _WAIT) -> Dump:
        """Return the dump of a store, which is written first; HttpError 503 if that takes long."""
        task = self._tasks.get(store.version)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = asyncio.create_task(self._write(store))
            self._tasks[store.version] = task
        try:
            return await asyncio.wait_for(asyncio.shield(task), patience)
        except TimeoutError as error:
            retry = {"Retry-After": str(_RETRY_AFTER)}
            raise HttpError(503, "the dump is being written: try again", retry) from error

    async def close(self) -> None:
        """Stop writing, and remove all dumps."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        if self._folder is not None:
            self._folder.remove()

    async def _write(self, store: ServedStore) -> Dump:
        if self._folder is None:
            self._folder = OwnFolder("dumps")
        file = self._folder.path / f"{store.version}{_SUFFIX}"
        process = subprocess.Popen(  # noqa: S603
            messages.command(__name__),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
            pass_fds=(lifeline(),),
        )
        opening = store.opening() + json.dumps(str(file)).encode()
        try:
            output, _ = await asyncio.to_thread(process.communicate, opening)
        except asyncio.CancelledError:
            process.kill()
            raise
        if process.returncode:
            raise HttpError(500, "the dump could not be written: the log says why")
        for old in self._folder.path.glob(f"*{_SUFFIX}"):
            # Somebody may still read the previous one, which works without its name.
            if old != file:
                old.unlink()
        self._tasks = {
            version: task for version, task in self._tasks.items() if version == store.version
        }
        return Dump(file, output.decode().strip(), file.stat().st_size)


class _Hashed(io.RawIOBase):
    """Writes to a file and computes the checksum."""

    def __init__(self, file: io.BufferedWriter) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.sha256.update(data)
        return self._file.write(data)


def main() -> None:
    """Write the dump of the store that standard input names, and print its checksum."""
    from kg.export import export

    end_with_lifeline(int(sys.argv[-1]))
    os.nice(_LOWEST)
    opening = json.loads(sys.stdin.readline())
    target = json.loads(sys.stdin.readline())
    store = open_named(opening)
    with Path(target).open("wb") as file:
        hashed = _Hashed(file)
        # Without name and time, so that equal graphs give equal files.
        with gzip.GzipFile("", "wb", 6, cast(Any, hashed), mtime=0) as compressed:
            buffered = io.BufferedWriter(cast(Any, compressed), _BLOCK)
            export(store, "nquads", cast(Any, buffered))
            buffered.flush()
    print(hashed.sha256.hexdigest())
