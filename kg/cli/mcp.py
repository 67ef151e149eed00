"""``kg mcp``: the graph for agents, on standard input and output."""

from __future__ import annotations

import asyncio

import click

from kg.cli import options
from kg.common.errors import MissingPackageError

_WORKERS = 2


@click.command()
@options.worker_limits(_WORKERS)
@options.store
def mcp(timeout: float, memory: int, workers: int, store: str | None) -> None:
    """Serve the graph to an agent by the Model Context Protocol, on standard input and output.

    Over HTTP, 'kg serve' answers agents at /mcp.
    """
    try:
        from kg.cli.served_store import served
        from kg.web.mcp.server import serve_standard_streams
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            "kg mcp needs packages that are not installed: pip install 'stdkg[mcp]'"
        ) from error
    from kg.web.pool import Settings
    from kg.web.queue import Bounds

    find = served(store)
    find()
    settings = Settings(timeout, memory, Bounds(workers))
    asyncio.run(serve_standard_streams(find, settings))
