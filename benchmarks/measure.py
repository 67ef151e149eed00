"""Measures wall and CPU seconds of calls and programs, and the memory of programs."""

from __future__ import annotations

import gc
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class Cost:
    """Wall seconds, CPU seconds, and peak memory in bytes (0: not measured)."""

    wall: float
    cpu: float
    peak: int = 0


@dataclass(frozen=True)
class Row:
    """The cost of an operation, compared with a limit and a peer.

    The ``limit`` is the bare engine on the same data, the ``peer`` a common alternative; both may
    be None. ``notes`` say what was compared. ``reached`` is None without a target. ``by_cpu``
    compares CPU seconds instead of wall seconds.
    """

    what: str
    ours: Cost
    limit: Cost | None = None
    peer: Cost | None = None
    target: str = ""
    reached: bool | None = None
    notes: str = ""
    by_cpu: bool = False

    @property
    def times_limit(self) -> float | None:
        """How many times the limit it takes."""
        return _ratio(self.ours, self.limit, self.by_cpu)

    @property
    def times_faster(self) -> float | None:
        """How many times faster it is than the peer."""
        ratio = _ratio(self.ours, self.peer, self.by_cpu)
        return 1 / ratio if ratio else None


# A process inherits the peak memory of its parent, so programs are started from this small one.
_LAUNCHER: Final = """
import resource, subprocess, sys, time
begin = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
wall = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(wall, used.ru_utime + used.ru_stime, 1024 * used.ru_maxrss)
sys.exit(code)
"""
_RUN_PROGRAM: Final = "import sys; from {module} import {name}; {name}(*sys.argv[1:])"


def calls(function: Callable[[], object], rounds: int) -> Cost:
    """Return the median cost of a number of calls, after one that is not counted."""
    function()
    walls, cpus = [], []
    for _ in range(rounds):
        gc.collect()
        begin, used = time.perf_counter(), time.process_time()
        function()
        walls.append(time.perf_counter() - begin)
        cpus.append(time.process_time() - used)
    return Cost(statistics.median(walls), statistics.median(cpus))


def one_call(function: Callable[[], object]) -> Cost:
    """Return the cost of a single call."""
    gc.collect()
    begin, used = time.perf_counter(), time.process_time()
    function()
    return Cost(time.perf_counter() - begin, time.process_time() - used)


def one_call_within(function: Callable[[], object], seconds: int) -> Cost | None:
    """Return the cost of a single call, or None if it does not end in time and is aborted."""

    def abort(number: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, abort)
    signal.alarm(seconds)
    begin, used = time.perf_counter(), time.process_time()
    try:
        function()
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    return Cost(time.perf_counter() - begin, time.process_time() - used)


def program(function: Callable[..., None], *arguments: str | Path) -> Cost:
    """Run a function of :mod:`benchmarks.programs` in its own process; RuntimeError if it fails."""
    return python(
        _RUN_PROGRAM.format(module=function.__module__, name=function.__name__), *arguments
    )


def python(code: str, *arguments: str | Path, rounds: int = 1) -> Cost:
    """Return the median cost of running Python code; RuntimeError if it fails."""
    return _runs([sys.executable, "-c", code, *map(str, arguments)], rounds, None, (0,))


def kg(*arguments: str | Path, store: Path, rounds: int = 1) -> Cost:
    """Return the median cost of a ``kg`` command with its child processes.

    RuntimeError if it fails; exit codes about the data, such as violations, are no failure.
    """
    return _runs([sys.executable, "-m", "kg", *map(str, arguments)], rounds, store, (0, 1, 3))


def _runs(arguments: list[str], rounds: int, store: Path | None, codes: tuple[int, ...]) -> Cost:
    environment = dict(os.environ) | ({"KG_STORE": str(store)} if store else {})
    # Installed programs are compiled; compiling would take a sixth of a start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    costs = [_run(arguments, environment, codes) for _ in range(rounds)]
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        max(cost.peak for cost in costs),
    )


def _run(arguments: list[str], environment: dict[str, str], codes: tuple[int, ...]) -> Cost:
    launched = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if launched.returncode not in codes:
        raise RuntimeError(f"{' '.join(arguments)}: {launched.stderr}")
    wall, cpu, peak = map(float, launched.stdout.split())
    return Cost(wall, cpu, int(peak))


def _ratio(ours: Cost, other: Cost | None, by_cpu: bool) -> float | None:
    if other is None:
        return None
    numerator, denominator = (ours.cpu, other.cpu) if by_cpu else (ours.wall, other.wall)
    return numerator / denominator if denominator else None
