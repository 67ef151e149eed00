"""Runs ``kg`` in copies of a process that has imported it, which saves the time of the imports.

Each command is a process of its own as ever: with its arguments, environment, folder and streams.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib import import_module

from tests.support import ROOT

_MESSAGE = 1 << 20
"""Bytes of the longest request."""


class Launcher:
    """Starts commands from a process that has imported the program; ``close`` ends it."""

    def __init__(self) -> None:
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
                cwd=ROOT,
                pass_fds=(theirs.fileno(),),
            )

    def run(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str] = os.environ,
        stdin: str = "",
        program: str = "kg.cli",
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end: the function ``main`` of a module."""
        request = json.dumps([program, arguments, dict(environment)])
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            given.write(stdin.encode())
            given.seek(0)
            streams = [given.fileno(), out.fileno(), err.fileno()]
            socket.send_fds(self._requests, [request.encode()], streams)
            code = os.waitstatus_to_exitcode(int(self._requests.recv(_MESSAGE)))
            out.seek(0)
            err.seek(0)
            printed = out.read().decode(), err.read().decode()
        return subprocess.CompletedProcess(["kg", *arguments], code, *printed)

    def close(self) -> None:
        """End the process that starts the commands."""
        self._requests.close()
        self._process.wait()


def _become_command(requests: socket.socket) -> str:
    """Start a process for each request; return its program in each, and nothing at the end."""
    while True:
        message, streams, _, _ = socket.recv_fds(requests, _MESSAGE, 3)
        if not message:
            return ""
        if child := os.fork():
            for stream in streams:
                os.close(stream)
            _, status = os.waitpid(child, 0)
            requests.send(str(status).encode())
            continue
        requests.close()
        program, arguments, environment = json.loads(message)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["kg", *arguments]
        return str(program)


def _import_all() -> None:
    """Import what commands import when they need it."""
    import_module("kg.graph")
    for package in ("kg.cli", "kg.network", "kg.export", "kg.pictures", "kg.pipeline"):
        found = import_module(package)
        for module in pkgutil.walk_packages(found.__path__, f"{package}."):
            import_module(module.name)


def main() -> None:
    """Import the program, and run a command for each request."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    _import_all()
    # Otherwise the first collection of each command would copy all pages.
    gc.freeze()
    if program := _become_command(requests):
        import_module(program).main()


if __name__ == "__main__":
    main()
