"""``kg serve``: the graph on a network."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import click

from kg.cli import options, terminal
from kg.common.errors import ArgumentError, MissingPackageError


def _base(context: click.Context, param: click.Parameter, value: str | None) -> str:
    """Return an address with a slash at its end; empty without one."""
    if value is None:
        return ""
    if not _is_address(value):
        raise click.BadParameter(f"{value!r} is no address: give one like https://example.org/kg/")
    return value.rstrip("/") + "/"


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_plain = text.isascii() and text.isprintable() and not set(' <>"{}|\\^`') & set(text)
    named = parts.scheme in ("http", "https") and bool(parts.hostname)
    return is_plain and named and not parts.query and not parts.fragment


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 is any free one.",
)
@options.worker_limits((os.cpu_count() or 2) + 2)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Serve RDF files as they are, instead of the graph; several times for several.",
)
@click.option(
    "--behind-proxy",
    is_flag=True,
    help="Tell clients apart by X-Forwarded-For, which a proxy sets.",
)
@click.option(
    "--text",
    "texts",
    type=options.SourcePath(),
    multiple=True,
    metavar="FILE",
    help="Text of an article, to show phrases in their place; several times for several.",
)
@click.option(
    "--base",
    metavar="IRI",
    callback=_base,
    help="Address at which clients reach the server, for links and redirects.  [default: as they"
    " ask]",
)
@click.option("--log-queries", is_flag=True, help="Log what is asked, not only that it is.")
@options.store
def serve(
    host: str,
    port: int,
    timeout: float,
    memory: int,
    workers: int,
    data: tuple[Path, ...],
    behind_proxy: bool,
    texts: tuple[Path, ...],
    base: str,
    log_queries: bool,
    store: str | None,
) -> None:
    """Serve the graph to people and programs: pages at /, and SPARQL at /sparql.

    Also the API (/openapi.json), linked data, reconciliation for OpenRefine (/reconcile), agents
    (/mcp), changes (/changes), /health and /metrics. All runs in worker processes without network
    access, which are ended at the limits.
    """
    try:
        from kg.cli.served_store import served
        from kg.web import server
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            "kg serve needs packages that are not installed: pip install 'stdkg[server]'"
        ) from error
    from kg.web.pool import Settings
    from kg.web.queue import Bounds

    address = server.Address(host, port)
    settings = Settings(timeout, memory, Bounds(workers))
    with ExitStack() as stack:
        if data and texts:
            raise ArgumentError("--text is about the graph, which --data replaces: omit one")
        files = stack.enter_context(server.store_of_files(data)) if data else None
        find = files or served(store)
        find()
        server.serve(
            address,
            find,
            settings,
            plain=bool(data),
            behind_proxy=behind_proxy,
            texts={} if data else server.verified_texts(texts, options.store_folder(store)),
            log_queries=log_queries,
            base=base,
            listening=_announce,
        )


def _announce(url: str) -> None:
    # Programs wait for this line, so it is the same in every language.
    line = f"listening on {url}"
    terminal.echo(line)
