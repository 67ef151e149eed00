"""The worker process of the server: answers queries and performs operations on the graph."""

from __future__ import annotations

import importlib
import os
import threading
import traceback
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.store.embedded import Answer
from kg.store.query_guard import check_query
from kg.store.sandbox.messages import Request, Task
from kg.store.sandbox.worker import (
    Blocks,
    Opened,
    answer_requests,
    limit_memory,
    send_header,
)
from kg.web import calls
from kg.web.calls import FAILURE, RESULT
from kg.web.formats import write_graph, write_table

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


_CODE: Final = (
    *("kg.graph", "kg.analysis.paths", "kg.analysis.profile", "kg.entities.match"),
    "kg.web.operations",
)
"""Modules that most operations need."""
_IDLE: Final = 0.3
"""Seconds after which a new worker loads them."""


def main() -> None:
    """Answer requests on standard input until it ends."""
    # After a query that waits for this worker, but before most operations.
    loading = threading.Timer(_IDLE, _load_code)
    loading.daemon = True
    loading.start()
    # A text of a million characters takes time to check: the client's, not that of the server.
    answer_requests(_send, _Operations().perform, check_query)


def _load_code() -> None:
    for module in _CODE:
        importlib.import_module(module)


def _send(answer: Answer, request: Request, out: BinaryIO) -> None:
    """Send an answer in the format for its form; nothing but the header without such a format."""
    is_graph = isinstance(answer, ox.QueryTriples)
    media_type = request.graph_format if is_graph else request.table_format
    send_header(out, {"media_type": media_type, "form": "graph" if is_graph else "table"})
    blocks = Blocks(out)
    if media_type:
        if isinstance(answer, ox.QueryTriples):
            write_graph(answer, media_type, blocks, not request.query.plain)
        else:
            write_table(answer, media_type, blocks)
    blocks.end()


class _Operations:
    """Operations on one graph, which keeps what it has read of its indexes."""

    def __init__(self) -> None:
        self._graph: KnowledgeGraph | None = None

    def perform(self, store: Opened, task: Task, out: BinaryIO) -> None:
        """Send the result of an operation, or the traceback of its failure."""
        if self._graph is None:
            limit_memory(None)
            _load_code()
            from kg.graph import KnowledgeGraph

            self._graph = KnowledgeGraph(store)
        limit_memory(task.memory)
        try:
            form, content = RESULT, calls.perform(self._graph, task)
        except KgError:
            raise
        except MemoryError:
            # As the engine does when it needs more than it may use.
            os.abort()
        except Exception:  # noqa: BLE001
            # The server logs it, whatever it is.
            form, content = FAILURE, traceback.format_exc().encode()
        send_header(out, {"media_type": "", "form": form})
        blocks = Blocks(out)
        blocks.write(content)
        blocks.end()
