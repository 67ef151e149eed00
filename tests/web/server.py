"""A server in a process of its own, as users start it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.support import ROOT


@dataclass
class Server:
    """A running ``kg serve``: its address, its process, and what it has logged."""

    url: str
    process: subprocess.Popen[str]
    log: list[str] = field(default_factory=list)

    @property
    def sparql(self) -> str:
        return f"{self.url}/sparql"

    def get(self, query: str, **headers: str) -> httpx.Response:
        return httpx.get(self.sparql, params={"query": query}, headers=headers, timeout=60)

    def workers(self) -> list[int]:
        """Return the worker processes."""
        listed = subprocess.run(
            ["ps", "--ppid", str(self.process.pid), "-o", "pid="],
            capture_output=True,
            text=True,
            check=False,
        )
        return [int(line) for line in listed.stdout.split()]

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Tell the server to end; return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=20)


@contextmanager
def serve(*arguments: str | Path, temporary: Path | None = None) -> Iterator[Server]:
    """Start ``kg serve`` on a free port; end it with the context."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--port", "0", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | ({"TMPDIR": str(temporary)} if temporary else {}),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = process.stdout.readline()
        if not line.startswith("listening on http://"):
            raise AssertionError(line + process.stderr.read())
        server = Server(line.removeprefix("listening on ").strip(), process)
        # A full pipe would stop the server.
        threading.Thread(target=server.log.extend, args=(process.stderr,), daemon=True).start()
        yield server
    finally:
        process.kill()
        process.wait()


def failing(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run ``kg serve`` where it can't start."""
    return subprocess.run(
        [sys.executable, "-m", "kg", "serve", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
    )
