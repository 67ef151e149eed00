"""The options ``--timeout`` and ``--memory``: a command that needs more ends with one line.

A thread watches the command, since neither the engine nor a long computation can be stopped from
within. It first lets the main thread end the command, which clears its files.
"""

from __future__ import annotations

import functools
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

from kg.cli import interruption, options
from kg.common.limits import Limits

_EVERY: Final = 0.05
"""Seconds between two looks at the memory."""
_FAILED: Final = 2
"""The exit code, that of any other error."""
_GRACE: Final = 0.3
"""Seconds that the main thread has to end the command; a query may fill a gigabyte in a second."""


def limited(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options to a command, and keep it within them."""

    @options.timeout
    @options.memory
    @functools.wraps(command)
    def run(*args: Any, timeout: float | None, memory: int | None, **kwargs: Any) -> None:
        watch(Limits(timeout, memory))
        command(*args, **kwargs)

    return run


def watch(limits: Limits) -> None:
    """Raise Interrupted in the main thread if limits are exceeded, or else end the process."""
    if hasattr(signal, "SIGALRM"):
        watcher = _Watcher(limits)
        signal.signal(signal.SIGALRM, watcher.raise_error)
        watcher.start()


class _Watcher(threading.Thread):
    def __init__(self, limits: Limits) -> None:
        super().__init__(daemon=True)
        self._begin = time.monotonic()
        self._timeout = limits.timeout
        self._memory = limits.bytes()
        self._line = ""

    def run(self) -> None:
        while (message := self._excess()) is None:
            time.sleep(_EVERY if self._left is None else min(_EVERY, max(self._left, 0)))
        self._line = message
        # To the main thread, so that it wakes from what it waits for.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGALRM)
        if not interruption.is_ending(_GRACE):
            interruption.end_process(self._line, _FAILED)

    def raise_error(self, number: int, frame: FrameType | None) -> NoReturn:
        raise interruption.Interrupted(self._line, _FAILED)

    @property
    def _left(self) -> float | None:
        if self._timeout is None:
            return None
        return self._begin + self._timeout - time.monotonic()

    def _excess(self) -> str | None:
        """Return the message about the limit that is exceeded; None if none is."""
        if self._left is not None and self._left <= 0:
            return (
                f"the command took longer than {self._timeout:g} s: narrow it, or raise --timeout"
            )
        if _memory_in_use() > self._memory:
            return (
                f"the command needs more than {self._memory / 1e9:.1f} GB of memory: narrow it, or"
                " raise --memory"
            )
        return None


def _memory_in_use() -> int:
    """Return the bytes of memory of this process, without files that are mapped into it."""
    # Only Linux has the file.
    listed = Path("/proc/self/status")
    for line in listed.read_text(encoding="ascii").splitlines() if listed.exists() else ():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
