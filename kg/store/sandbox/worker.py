"""The worker process of the sandbox: opens a store without network access and answers queries."""

from __future__ import annotations

import io
import json
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, TypeAlias, cast

import pyoxigraph as ox

from kg.common.errors import KgError, QueryError, StoreError
from kg.common.workers import end_with_lifeline
from kg.store.embedded import Answer, EmbeddedStore, distinct
from kg.store.query_guard import NO_NETWORK
from kg.store.sandbox.confinement import deny_network
from kg.store.sandbox.messages import (
    END,
    READY,
    TAKEN,
    Request,
    Task,
    decode_request,
    encode_error,
)

if TYPE_CHECKING:
    from kg.store.remote import RemoteStore

_BLOCK: Final = 1 << 16


class Blocks(io.RawIOBase):
    """A file whose content is sent in blocks with their lengths, so that a cut is noticed."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._pending = bytearray()

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: Any) -> int:
        """Add data; send it if there is enough for a block."""
        self._pending += data
        if len(self._pending) >= _BLOCK:
            self._send()
        return len(data)

    def _send(self) -> None:
        # Not flush(): a file that is dropped after an error flushes what is pending.
        if self._pending:
            self._out.write(b"%08x" % len(self._pending) + self._pending)
            self._out.flush()
            self._pending.clear()

    def end(self) -> None:
        """Send what is pending and the end of the content."""
        self._send()
        self._out.write(END)
        self._out.flush()


Send: TypeAlias = Callable[[Answer, Request, BinaryIO], None]
"""Sends the engine's answer to a request: a line with :func:`send_header`, then blocks."""
Opened: TypeAlias = "EmbeddedStore | RemoteStore"
Perform: TypeAlias = Callable[[Opened, Task, BinaryIO], None]
"""Performs a task within its limit of memory, and sends its result in the same way."""


def main() -> None:
    """Answer with results in JSON and N-Triples."""
    answer_requests(_send)


def answer_requests(
    send: Send, perform: Perform | None = None, check: Callable[[str], None] | None = None
) -> None:
    """Answer the requests on standard input, one after the other, until it ends.

    The process has no network access, unless its store is behind an endpoint.

    ``perform`` is what this worker does with tasks, if it has any. ``check`` reads the text of each
    query, unless the caller has done so.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_lifeline(int(sys.argv[-1]))
    source, out = sys.stdin.buffer, sys.stdout.buffer
    opening = json.loads(source.readline())
    if opening["endpoint"] is None:
        deny_network()
    try:
        # At once, since builds remove old stores; an error is for the first query.
        store: Opened | StoreError = open_named(opening, source.read(opening["size"]))
    except StoreError as error:
        store = error
    out.write(READY)
    out.flush()
    for line in iter(source.readline, b""):
        out.write(TAKEN)
        out.flush()
        request = decode_request(line)
        try:
            if isinstance(store, StoreError):
                raise store
            if isinstance(request, Request):
                limit_memory(request.memory)
                if check is not None:
                    check(request.query.text)
                _answer(store, request, out, send)
            elif perform is not None:
                perform(store, request, out)
        except KgError as error:
            out.write(encode_error(error))
            out.flush()


def send_header(out: BinaryIO, content: dict[str, Any]) -> None:
    """Write the line that precedes a result; it is sent with the first block or the end."""
    out.write(json.dumps(content).encode() + b"\n")


def limit_memory(size: int | None) -> None:
    """Limit the memory that is used from here on, besides what is in use now; None: no limit."""
    # Memory that is written to; mapped files of the store don't count.
    limit = resource.RLIM_INFINITY if size is None else _memory_in_use() + size
    resource.setrlimit(resource.RLIMIT_DATA, (limit, resource.RLIM_INFINITY))


def _memory_in_use() -> int:
    """Return the bytes that count towards the limit before a request: program, store, indexes."""
    try:
        with Path("/proc/self/statm").open("rb") as pages:
            return int(pages.read().split()[5]) * resource.getpagesize()
    except FileNotFoundError:
        # Only Linux has the file.
        return 0


def open_named(opening: Mapping[str, Any], data: bytes = b"") -> Opened:
    """Open the store that :func:`kg.store.sandbox.messages.encode_opening` names."""
    if opening["endpoint"] is not None:
        from kg.store.remote import Endpoint, RemoteStore

        return RemoteStore(Endpoint(**opening["endpoint"]))
    if opening["path"] is None:
        return EmbeddedStore.in_memory(ox.parse(data, ox.RdfFormat.N_QUADS))
    return EmbeddedStore.open(opening["path"])


def _answer(store: Opened, request: Request, out: BinaryIO, send: Send) -> None:
    try:
        with store.evaluated(request.query) as answer:
            send(answer, request, out)
    except StoreError as error:
        if "service" in request.query.text.lower():
            raise QueryError(NO_NETWORK) from error
        raise


def _send(answer: Answer, request: Request, out: BinaryIO) -> None:
    if isinstance(answer, ox.QueryBoolean):
        send_header(out, {"form": "boolean", "boolean": bool(answer)})
        out.flush()
        return
    blocks = Blocks(out)
    if isinstance(answer, ox.QueryTriples):
        send_header(out, {"form": "triples"})
        ox.serialize(distinct(answer), cast(IO[bytes], blocks), ox.RdfFormat.N_TRIPLES)
    else:
        send_header(out, {"form": "rows"})
        answer.serialize(cast(IO[bytes], blocks), ox.QueryResultsFormat.JSON)
    blocks.end()
