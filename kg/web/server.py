"""Runs the application on a port until it is told to end."""

from __future__ import annotations

import asyncio
import gc
import logging
import math
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

import uvicorn
import uvloop

from kg.common.errors import ArgumentError, KgError, SourceError
from kg.evidence.verification import verify_phrases
from kg.pipeline.articles import known_articles
from kg.pipeline.catalogues import read_accounts
from kg.sources.article_folder import TEXT_FILE
from kg.sources.rdf import reader
from kg.store.generations import STORE, open_generation, outdated_note
from kg.store.writer import StoreWriter
from kg.web.access import LOOPBACK
from kg.web.app import create_app
from kg.web.direct_answers import DirectAnswers
from kg.web.http_connection import PATIENCE, Connection
from kg.web.metrics import Metrics
from kg.web.own_folder import OwnFolder, remove_abandoned
from kg.web.pool import Pool, Settings
from kg.web.state import State
from kg.web.worker_process import ServedStore

_log: Final = logging.getLogger("kg.web")
_BACKLOG: Final = 1000
"""Connections that wait to be accepted."""


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
    listener = _listen(address)
    remove_abandoned()
    state = State(
        Pool(find_store, settings),
        plain,
        behind_proxy,
        local_only=address.host in LOOPBACK,
        texts=texts or {},
        base=base,
    )
    metrics = Metrics(state.pool, state.answers, log_queries)
    direct = DirectAnswers(state, metrics)
    config = uvicorn.Config(
        create_app(state, metrics),
        http=cast(Any, partial(Connection, direct=direct.answer)),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=_BACKLOG,
        timeout_keep_alive=PATIENCE,
        timeout_graceful_shutdown=math.ceil(settings.timeout),
    )
    logging.getLogger("uvicorn.error").addFilter(_is_fault)
    url = str(Address(address.host, listener.getsockname()[1]))
    uvloop.run(_Server(config, lambda: listening(url)).serve([listener]))


class _Server(uvicorn.Server):
    """Ends with SIGTERM and SIGINT alike, and says when it listens."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the exit code to the program, instead of raising a signal again."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        # What is there now stays: it isn't searched for garbage again and again.
        gc.collect()
        gc.freeze()
        self._listening()


def _is_fault(record: logging.LogRecord) -> bool:
    """Return whether a message is about an error of the program.

    A query that fails after its answer has begun is no such error: the answer is broken off.
    """
    error = record.exc_info[1] if record.exc_info else None
    return record.levelno >= logging.ERROR and not isinstance(error, KgError)


def _listen(address: Address) -> socket.socket:
    """Return a socket that is bound to an address."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address.host, address.port))
    except OSError as error:
        listener.close()
        raise ArgumentError(
            f"{address.host}:{address.port} can't be used: {error.strerror}: choose another"
            " --host or --port"
        ) from error
    return listener


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
            if note := outdated_note(generation):
                _log.warning(note)
            snapshots = (account.snapshot for account in read_accounts(generation))
            newest = max(snapshots, default="")
            seen = replaced, ServedStore(generation / STORE, generation.name, newest)
        return seen[1]

    return find


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
    with OwnFolder("data") as folder:
        path = folder.path / STORE
        with StoreWriter(path) as writer:
            writer.extend(quad for file in files for quad in reader.read_rdf(file))
        store = ServedStore(path, "files")
        yield lambda: store
