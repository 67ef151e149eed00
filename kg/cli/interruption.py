"""End a command on Ctrl-C or SIGTERM, also while the engine computes.

Python runs a signal's handler between two of its own instructions, so a query of the engine would
hold it up for as long as it takes. A thread is told of signals at once (``signal.set_wakeup_fd``),
and ends the process if the main thread doesn't get to it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from types import FrameType
from typing import Final, NoReturn

from kg.cli.language import fault

_GRACE: Final = 0.7
"""Seconds that the main thread has to end by itself."""
_BY_SIGNAL: Final = "interrupted"


class Interrupted(BaseException):
    """The process must end, whatever it is doing: what handles errors must let it pass.

    ``line`` says why, and ``code`` is the exit code.
    """

    def __init__(self, line: str, code: int) -> None:
        super().__init__(line)
        self.line = line
        self.code = code


def watch() -> None:
    """Raise Interrupted in the main thread on SIGINT and SIGTERM, or else end the process soon."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        # A background job ignores SIGINT, and a parent may have chosen to ignore SIGTERM.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    threading.Thread(target=_end_on_signal, args=(reading,), daemon=True).start()


def report(line: str) -> None:
    """Say in one line why the command ends."""
    with suppress(OSError):
        os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, f"{fault(line)}\n".encode())


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    # Once is enough: another signal would interrupt what is being cleared.
    signal.signal(number, signal.SIG_IGN)
    raise Interrupted(_BY_SIGNAL, 128 + number)


def _end_on_signal(reading: int) -> None:
    while numbers := os.read(reading, 1):
        if numbers[0] in (signal.SIGINT, signal.SIGTERM) and not is_ending(_GRACE):
            end_process(_BY_SIGNAL, 128 + numbers[0])


_ending: Final = threading.Event()


def finish() -> None:
    """Say that the main thread has noticed that it must end, and is ending the process."""
    _ending.set()


def is_ending(seconds: float) -> bool:
    """Return whether the main thread notices within some seconds that it must end."""
    return _ending.wait(seconds)


def end_process(line: str, code: int) -> NoReturn:
    """End the process at once, with one line."""
    report(line)
    os._exit(code)
