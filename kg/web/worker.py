"""The worker process of the server: answers in the formats of the SPARQL protocol."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph as ox

from kg.store.embedded import Answer
from kg.store.sandbox.messages import Request
from kg.store.sandbox.worker import Blocks, answer_requests, send_header
from kg.web.formats import write_graph, write_table


def main() -> None:
    """Answer requests on standard input until it ends."""
    answer_requests(_send)


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
