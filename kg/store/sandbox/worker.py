"""The worker process of the sandbox: reads a request, answers it and ends."""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import sys
from typing import IO, Any, BinaryIO, Final, cast

import pyoxigraph as ox

from kg.common.errors import KgError, QueryError, StoreError
from kg.common.workers import end_with_parent
from kg.store import FreeQuery, Term
from kg.store.embedded import EmbeddedStore, distinct
from kg.store.query_guard import NO_NETWORK
from kg.store.sandbox.confinement import deny_network

_BLOCK: Final = 1 << 16

END: Final = b"%08x" % 0
"""The length of the block after the last one."""
FAILED: Final = b"!"
"""Stands before the error of a query, in place of the header or of a block."""


class _Blocks(io.RawIOBase):
    """A file whose content is sent in blocks with their lengths, so that a cut is noticed."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._pending = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
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


def main() -> None:
    """Answer the requests on standard input, one after the other, until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(os.getppid())
    source, out = sys.stdin.buffer, sys.stdout.buffer
    deny_network()
    store: EmbeddedStore | None = None
    opening = json.loads(source.readline())
    data = source.read(opening["size"])
    for line in iter(source.readline, b""):
        request = json.loads(line)
        # Memory that is written to; mapped files of the store don't count.
        resource.setrlimit(resource.RLIMIT_DATA, (request["memory"], resource.RLIM_INFINITY))
        try:
            store = store or _open(opening["path"], data)
            _answer(store, _query(request), out)
        except KgError as error:
            kind = "StoreError" if isinstance(error, StoreError) else "QueryError"
            _send_line(out, {"error": kind, "message": str(error)}, FAILED)


def _open(path: str | None, data: bytes) -> EmbeddedStore:
    if path is None:
        return EmbeddedStore.in_memory(ox.parse(data, ox.RdfFormat.N_QUADS))
    return EmbeddedStore.open(path)


def _query(request: dict[str, Any]) -> FreeQuery:
    graph = request["graph"]
    return FreeQuery(
        request["text"],
        {name: _term(text) for name, text in request["bindings"].items()},
        request["prefixes"],
        None if graph is None else ox.NamedNode(graph),
    )


def _term(text: str) -> Term:
    """Return a term from its form in N-Triples."""
    [quad] = ox.parse(f"<a:> <a:> {text} .", ox.RdfFormat.N_TRIPLES)
    return cast(Term, quad.object)


def _send_line(out: BinaryIO, content: dict[str, Any], mark: bytes = b"") -> None:
    out.write(mark + json.dumps(content).encode() + b"\n")
    out.flush()


def _answer(store: EmbeddedStore, query: FreeQuery, out: BinaryIO) -> None:
    try:
        _send_answer(store, query, out)
    except StoreError as error:
        if "service" in query.text.lower():
            raise QueryError(NO_NETWORK) from error
        raise


def _send_answer(store: EmbeddedStore, query: FreeQuery, out: BinaryIO) -> None:
    with store.evaluated(query) as answer:
        if isinstance(answer, ox.QueryBoolean):
            _send_line(out, {"form": "boolean", "boolean": bool(answer)})
            return
        blocks = _Blocks(out)
        if isinstance(answer, ox.QueryTriples):
            _send_line(out, {"form": "triples"})
            ox.serialize(distinct(answer), cast(IO[bytes], blocks), ox.RdfFormat.N_TRIPLES)
        else:
            _send_line(out, {"form": "rows"})
            answer.serialize(cast(IO[bytes], blocks), ox.QueryResultsFormat.JSON)
        blocks.end()
