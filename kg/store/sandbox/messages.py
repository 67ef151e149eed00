"""The messages between a caller and the worker that runs its queries.

The caller sends the store (a line of JSON, then the content of a store in memory), and waits until
the worker is ready. It then sends each query, or another task that the worker knows, as a line of
JSON. The worker says that it has taken it, answers with a line of JSON that names the form of the
result, and with the result in blocks of bytes, each preceded by its length in eight hexadecimal
digits. A result without its end was cut; a request that was not taken can be sent to another.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import pyoxigraph as ox

from kg.common.errors import KgError, QueryError, QueryLimitError
from kg.common.workers import lifeline
from kg.store import FreeQuery, Term

if TYPE_CHECKING:
    from kg.store.remote.endpoint import Endpoint

READY: Final = b"ready\n"
"""What a worker sends once it has opened its store."""
TAKEN: Final = b"+"
"""Stands before the header: sent at once, so that what follows is known to be the request's."""
LENGTH: Final = 8
"""Bytes of the length before each block."""
END: Final = b"%08x" % 0
"""The length of the block after the last one."""
FAILED: Final = b"!"
"""Stands before the error of a query, in place of the header or of a block."""


def _kinds(kind: type[KgError]) -> Iterator[type[KgError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds(narrower)


_ERRORS: Final = {kind.__name__: kind for kind in _kinds(KgError)}


@dataclass(frozen=True)
class Request:
    """A query, the bytes of memory it may use, and the media types of its result, if any."""

    query: FreeQuery
    memory: int
    table_format: str = ""
    graph_format: str = ""


@dataclass(frozen=True)
class Task:
    """What a worker does besides answering queries, encoded as it likes, and its bytes of memory.

    The caller is trusted: a worker may run what a task asks for.
    """

    content: str
    memory: int


def command(module: str) -> list[str]:
    """Return the command that starts a worker: the function ``main`` of a module.

    It must inherit the lifeline of this process.
    """
    program = f"import sys; sys.path[:] = sys.argv[1:-1]; from {module} import main; main()"
    return [sys.executable, "-I", "-c", program, *sys.path, str(lifeline())]


def encode_opening(path: str | None, data: bytes = b"", endpoint: Endpoint | None = None) -> bytes:
    """Encode which store to open: one in a folder, one in memory with N-Quads, or an endpoint's."""
    fields = None if endpoint is None else endpoint.to_json()
    content = {"path": path, "size": len(data), "endpoint": fields}
    return json.dumps(content).encode() + b"\n" + data


def encode_request(request: Request | Task) -> bytes:
    """Encode a request as a line."""
    if isinstance(request, Task):
        return json.dumps({"task": request.content, "memory": request.memory}).encode() + b"\n"
    query = request.query
    content = {
        "text": query.text,
        "bindings": {name: str(term) for name, term in query.bindings.items()},
        "prefixes": dict(query.prefixes),
        "graphs": _names(query.default_graphs),
        "named_graphs": _names(query.named_graphs),
        "plain": query.plain,
        "base": query.base,
        "memory": request.memory,
        "formats": [request.table_format, request.graph_format],
    }
    return json.dumps(content).encode() + b"\n"


def decode_request(line: bytes) -> Request | Task:
    """Decode a line of :func:`encode_request`."""
    content = json.loads(line)
    if "task" in content:
        return Task(content["task"], content["memory"])
    query = FreeQuery(
        content["text"],
        {name: _term(text) for name, text in content["bindings"].items()},
        content["prefixes"],
        _nodes(content["graphs"]),
        _nodes(content["named_graphs"]),
        content["plain"],
        content["base"],
    )
    return Request(query, content["memory"], *content["formats"])


def encode_error(error: KgError) -> bytes:
    """Encode the error of a request as a line."""
    kind = next(kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _ERRORS)
    return FAILED + json.dumps({"error": kind, "message": str(error)}).encode() + b"\n"


def decode_error(line: bytes) -> KgError:
    """Return the error that a worker sent, such as that of an invalid query."""
    content = json.loads(line.removeprefix(FAILED))
    return _ERRORS[content["error"]](content["message"])


def timeout_error(seconds: float) -> QueryLimitError:
    """Return the error for a query that was stopped because its time was up."""
    return QueryLimitError(
        f"the query took longer than {seconds:g} s: narrow it, or raise the time limit"
    )


def ended_error(exit_code: int, memory: int) -> QueryError:
    """Return the error for a worker that ended by itself before its answer was whole."""
    if exit_code == -signal.SIGSEGV:
        return QueryError("the query nests too deep, or its chains are too long: flatten it")
    if exit_code == -signal.SIGKILL:
        return QueryLimitError("the system ended the query, perhaps for lack of memory: try again")
    return QueryLimitError(
        f"the query needs more than {memory / 1e9:.1f} GB of memory: narrow it, or raise the"
        " memory limit"
    )


def _names(graphs: tuple[ox.NamedNode, ...] | None) -> list[str] | None:
    return None if graphs is None else [graph.value for graph in graphs]


def _nodes(names: Any) -> tuple[ox.NamedNode, ...] | None:
    return None if names is None else tuple(ox.NamedNode(name) for name in names)


def _term(text: str) -> Term:
    """Return a term from its form in N-Triples."""
    [quad] = ox.parse(f"<a:> <a:> {text} .", ox.RdfFormat.N_TRIPLES)
    return cast(Term, quad.object)
