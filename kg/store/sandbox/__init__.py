"""Run a query of unknown origin in a process of its own, which can be killed.

The engine has no time limit, no signal stops it, and its SERVICE calls other endpoints. The worker
process has no network access and a limit on its memory, opens the store read-only, and is killed
when the time is up or the caller is interrupted. Results are sent in the formats of SPARQL 1.1
Query Results and N-Triples, so that nothing the worker sends is executed.
"""

from __future__ import annotations

import io
import json
import subprocess
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.common.errors import KgError, QueryError, QueryLimitError
from kg.common.limits import UNLIMITED, Limits
from kg.common.workers import lifeline
from kg.store import FreeQuery, Store, Table
from kg.store.generations import check_present
from kg.store.query_guard import check_query
from kg.store.sandbox import messages
from kg.store.sandbox.messages import FAILED, TAKEN, Request


class Sandbox:
    """Runs queries on a store in a worker process, started on first use and again after a kill.

    Queries of several threads run one after the other. ``close`` ends the worker, as does the end
    of this process.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._worker: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def run(self, query: FreeQuery, limits: Limits = UNLIMITED) -> Table | bool | list[ox.Triple]:
        """Return the result of any SPARQL 1.1 query: a table, a bool or distinct triples.

        Raises QueryError for an invalid query, QueryLimitError if it needs more time or memory than
        ``limits`` allow, and StoreError if the store can't be read.
        """
        check_query(query.text)
        memory = limits.bytes()
        with self._lock:
            run = _Run(self._worker_for_query(), memory, limits.timeout)
            begin = time.monotonic()
            try:
                run.ask(Request(query, memory))
                result = run.result()
                if limits.timeout is not None and time.monotonic() - begin > limits.timeout:
                    # It ended before the timer that was to end it.
                    raise messages.timeout_error(limits.timeout)
                return result
            except KgError as error:
                if not isinstance(error, QueryLimitError) and run.is_alive():
                    raise
                self.close()
                raise
            except BaseException:
                self.close()
                raise
            finally:
                run.end()

    def close(self) -> None:
        """End the worker, whatever it is doing."""
        if self._worker is not None:
            _end(self._worker)
            self._worker = None

    def _worker_for_query(self) -> subprocess.Popen[bytes]:
        if self._worker is not None and self._worker.poll() is None:
            return self._worker
        if self._store.path is not None:
            check_present(self._store.path)
        worker = _start()
        weakref.finalize(self, _end, worker)
        path = None if self._store.path is None else str(self._store.path)
        data = _dump(self._store) if path is None else b""
        try:
            _write(worker, messages.encode_opening(path, data))
            # One that ends before says so when it is asked.
            cast(IO[bytes], worker.stdout).read(len(messages.READY))
        except BaseException:
            _end(worker)
            raise
        self._worker = worker
        return worker


class _Run:
    """One query in a worker, with its time limit."""

    def __init__(self, worker: subprocess.Popen[bytes], memory: int, timeout: float | None) -> None:
        self._worker = worker
        self._out = cast(IO[bytes], worker.stdout)
        self._memory = memory
        self._timeout = timeout
        self._timed_out = False
        self._timer = threading.Timer(timeout or 0, self._stop)
        self._timer.daemon = True
        if timeout is not None:
            self._timer.start()

    def ask(self, request: Request) -> None:
        _write(self._worker, messages.encode_request(request))

    def end(self) -> None:
        self._timer.cancel()

    def is_alive(self) -> bool:
        return self._worker.poll() is None

    def result(self) -> Table | bool | list[ox.Triple]:
        try:
            return self._read()
        except (SyntaxError, ValueError, OSError) as error:
            # The parser's complaint about an answer that was cut.
            raise self._failure() from error

    def _read(self) -> Table | bool | list[ox.Triple]:
        line = self._out.readline().removeprefix(TAKEN)
        if not line:
            raise self._failure()
        if line.startswith(FAILED):
            raise messages.decode_error(line)
        header: dict[str, Any] = json.loads(line)
        if header["form"] == "boolean":
            return bool(header["boolean"])
        blocks = _Complete(self._out, self._failure)
        if header["form"] == "triples":
            quads = ox.parse(cast(IO[bytes], blocks), ox.RdfFormat.N_TRIPLES)
            return [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
        results = ox.parse_query_results(cast(IO[bytes], blocks), ox.QueryResultsFormat.JSON)
        table = Table.of(cast(ox.QuerySolutions, results))
        blocks.drain()
        return table

    def _stop(self) -> None:
        self._timed_out = True
        self._worker.kill()

    def _failure(self) -> QueryError:
        """Return the error for a worker that ended before its answer was whole."""
        self._worker.kill()
        self._worker.wait()
        if self._timed_out:
            return messages.timeout_error(self._timeout or 0)
        return messages.ended_error(self._worker.returncode, self._memory)


class _Complete(io.RawIOBase):
    """The blocks of an answer, each with its length; an answer without its end is an error."""

    def __init__(self, pipe: IO[bytes], failure: Callable[[], QueryError]) -> None:
        self._pipe = pipe
        self._failure = failure
        self._rest = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes; an empty text at the end of a whole answer."""
        while not self._rest and not self._ended:
            length = self._pipe.read(messages.LENGTH)
            if length.startswith(FAILED):
                raise messages.decode_error(length + self._pipe.readline())
            if len(length) < messages.LENGTH:
                raise self._failure()
            count = int(length, 16)
            self._ended = count == 0
            self._rest = self._pipe.read(count)
            if len(self._rest) < count:
                raise self._failure()
        size = len(self._rest) if size < 0 else size
        block, self._rest = self._rest[:size], self._rest[size:]
        return block

    def drain(self) -> None:
        """Read to the end, so that the next answer begins after it."""
        while self.read():
            pass


def _start() -> subprocess.Popen[bytes]:
    # In a group of its own, so that Ctrl-C reaches the caller alone, which then ends the worker.
    return subprocess.Popen(  # noqa: S603
        messages.command("kg.store.sandbox.worker"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=0,
        pass_fds=(lifeline(),),
    )


def _write(worker: subprocess.Popen[bytes], data: bytes) -> None:
    pipe = cast(IO[bytes], worker.stdin)
    try:
        pipe.write(data)
        pipe.flush()
    except BrokenPipeError:
        # The worker has ended; reading its answer says why.
        return


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()


def _dump(store: Store) -> bytes:
    """Return a store in memory as N-Quads."""
    return ox.serialize(store.quads(), format=ox.RdfFormat.N_QUADS) or b""
