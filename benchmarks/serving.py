"""Servers as their users start them, each in a process of its own, and requests to them."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

JSON_RESULTS: Final = "application/sparql-results+json"
_START: Final = 120
"""Seconds in which a server must answer."""


class ServedError(Exception):
    """A server that did not start."""


class Address(str):
    """The address of a server, with the number of its process."""

    process: int


@contextmanager
def kg_serve(*arguments: str | Path) -> Iterator[Address]:
    """Run ``kg serve`` on a free port; give its address."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", *map(str, arguments)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = process.stdout.readline()
        address = re.fullmatch(r"listening on (http://\S+)\n", line)
        if address is None:
            raise ServedError(line + process.stderr.read())
        # A full pipe would stop the server.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        served_at = Address(address[1])
        served_at.process = process.pid
        yield served_at
    finally:
        process.terminate()
        process.wait()


@contextmanager
def served(command: list[str | Path], address: str) -> Iterator[str]:
    """Run another server's command until it answers at an address; give the address."""
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + _START
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServedError(f"{command[0]} does not answer at {address}")
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """Return a port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def program_of(name: str) -> str | None:
    """Return the path of a program that is installed beside Python or on PATH."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


def target_of(query: str, path: str = "/sparql") -> str:
    """Return the path of a request for a query."""
    return f"{path}?query={quote(query, safe='')}"


def get(
    address: str, target: str, accept: str = JSON_RESULTS, timeout: float = 60
) -> tuple[int, bytes]:
    """Return status and body of a request; status 0 for an answer that was broken off."""
    parts = urlsplit(address)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=timeout)
    try:
        connection.request("GET", target, headers={"Accept": accept})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (HTTPException, OSError):
        return 0, b""
    finally:
        connection.close()


def _answers(address: str) -> bool:
    parts = urlsplit(address)
    with suppress(OSError):
        socket.create_connection((str(parts.hostname), int(parts.port or 80)), 1).close()
        return True
    return False
