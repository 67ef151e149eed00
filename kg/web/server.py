"""Runs the application on a port until it is told to end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from kg.common.errors import ArgumentError, SourceError
from kg.evidence.verification import verify_phrases
from kg.pipeline.articles import known_articles
from kg.pipeline.catalogues import read_accounts
from kg.sources.article_folder import TEXT_FILE
from kg.sources.rdf import reader
from kg.store.generations import STORE, open_generation
from kg.store.writer import StoreWriter
from kg.web.access import LOOPBACK
from kg.web.app import create_app
from kg.web.pool import Pool, Settings
from kg.web.state import State
from kg.web.worker_process import ServedStore

if TYPE_CHECKING:
    from kg.store.remote.endpoint import Endpoint

_HEADERS_TIMEOUT: Final = 10_000
"""Milliseconds in which a client must send the head of a request; also how long it may idle."""
_CONNECTIONS: Final = 1000
_CHECK_EVERY: Final = 0.02


@dataclass(frozen=True)
class Address:
    """Where the server listens; port 0 is any free port."""

    host: str = "127.0.0.1"
    port: int = 8000

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def serve(
    address: Address,
    find_store: Callable[[], ServedStore],
    settings: Settings,
    *,
    plain: bool = False,
    behind_proxy: bool = False,
    texts: Mapping[str, str] | None = None,
    log_queries: bool = False,
    base: str = "",
    listening: Callable[[str], None],
) -> None:
    """Serve a store until SIGTERM or SIGINT; call ``listening`` once requests are answered.

    ``base`` is that of :class:`kg.web.state.State`.
    Raises ArgumentError if the address can't be used.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    logging.getLogger("kg.web").setLevel(logging.INFO)
    bound = _free(address)
    state = State(
        Pool(find_store, settings),
        plain,
        behind_proxy,
        local_only=address.host in LOOPBACK,
        texts=texts or {},
        base=base,
    )
    uvloop.run(_run(bound, create_app(state, log_queries), listening))


async def _run(address: Address, app: object, listening: Callable[[str], None]) -> None:
    server = Server(
        app,
        address=address.host,
        port=address.port,
        interface=Interfaces.ASGI,
        websockets=False,
        backlog=_CONNECTIONS,
        backpressure=_CONNECTIONS,
        # To tell HTTP/2 apart, it would wait for the first byte without end.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADERS_TIMEOUT),
        log_level=LogLevels.error,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    running = asyncio.create_task(server.serve())
    while not running.done() and not await _answers(address):
        await asyncio.sleep(_CHECK_EVERY)
    if not running.done():
        listening(str(address))
    await running


async def _answers(address: Address) -> bool:
    try:
        _, writer = await asyncio.open_connection(address.host, address.port)
    except OSError:
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True


def _free(address: Address) -> Address:
    """Return the address with a port that is free now."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise ArgumentError(
                f"{address.host}:{address.port} can't be used: {error.strerror}: choose another"
                " --host or --port"
            ) from error
        return Address(address.host, probe.getsockname()[1])


def built_store(folder: Path) -> Callable[[], ServedStore]:
    """Return a function that finds the latest graph built in a folder.

    A graph is checked when it is first found: a build replaces the file that names the current one.
    """
    seen: tuple[tuple[int, int] | None, ServedStore] | None = None
    pointer = str(folder / "current")

    def find() -> ServedStore:
        nonlocal seen
        replaced = None
        with suppress(FileNotFoundError):
            state = os.stat(pointer)  # noqa: PTH116 - for each query: a Path takes thrice as long
            replaced = state.st_ino, state.st_mtime_ns
        if seen is None or seen[0] != replaced:
            generation = open_generation(folder)
            snapshots = (account.snapshot for account in read_accounts(generation))
            newest = max(snapshots, default="")
            seen = replaced, ServedStore(generation / STORE, generation.name, newest)
        return seen[1]

    return find


def store_of_endpoint(endpoint: Endpoint) -> Callable[[], ServedStore]:
    """Return a function that gives the store behind an endpoint, which is asked once before.

    What is loaded there later has the same version: the server is then to be started again.
    """
    from kg.store.remote import RemoteStore

    RemoteStore(endpoint).ask("ASK {}")
    started = datetime.now(UTC)
    store = ServedStore(None, f"endpoint-{started:%Y%m%dT%H%M%S}Z", endpoint=endpoint)
    return lambda: store


def verified_texts(files: Sequence[Path], store: Path) -> dict[str, str]:
    """Return the texts of articles by the IRIs of their sources, as SHA-256 identifies them.

    ``files`` are those that the operator gives. Further ones are in the folders of the articles of
    the graph in a folder of stores, if their sources say that they may be shown. Raises SourceError
    for a file that is not the unchanged text of a source, for one in which a phrase of the evidence
    is not where it is recorded, and for one whose source says that it may not be shown.
    """
    texts: dict[str, str] = {}
    articles = known_articles(store)
    kept = [each.folder / TEXT_FILE for each in articles if each.text_shown]
    for file in (*files, *(file for file in kept if file.is_file())):
        verified = verify_phrases(articles, file)
        for fault in (*verified.faults, *verified.outdated):
            raise SourceError(fault)
        if verified.article.text_shown is False:
            raise SourceError(
                f"{file}: the text may not be shown, as std:textShown of {verified.article.slug}"
                " says: leave out --text, or change it if you may"
            )
        texts[verified.source] = verified.text
    return texts


@contextmanager
def store_of_files(files: Sequence[Path]) -> Iterator[Callable[[], ServedStore]]:
    """Load RDF files as they are; give a function that finds the store."""
    with tempfile.TemporaryDirectory(prefix="kg-serve-") as folder:
        path = Path(folder, STORE)
        with StoreWriter(path) as writer:
            writer.extend(quad for file in files for quad in reader.read_rdf(file))
        store = ServedStore(path, "files")
        yield lambda: store
