"""Measures: wall and CPU seconds of calls and programs, their memory, and rows of a table."""

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
    """What something took: seconds on the clock and of the processors, bytes at the most."""

    wall: float
    cpu: float
    peak: int = 0


@dataclass(frozen=True)
class Row:
    """A figure of ours beside a limit and what people use.

    ``limit`` and ``peer`` are None where there is nothing to compare with; ``notes`` say what was
    compared, and why a figure is not reached. ``reached`` is None where nothing was asked for.
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
    def of_limit(self) -> float | None:
        """How many times the limit it takes."""
        return _ratio(self.ours, self.limit, self.by_cpu)

    @property
    def of_peer(self) -> float | None:
        """How many times faster it is than the peer."""
        found = _ratio(self.ours, self.peer, self.by_cpu)
        return 1 / found if found else None


# A process counts the memory of the one that started it as its own: this one has little.
_LAUNCHER: Final = """
import resource, subprocess, sys, time
begin = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
wall = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(wall, used.ru_utime + used.ru_stime, 1024 * used.ru_maxrss)
sys.exit(code)
"""


def calls(what: Callable[[], object], rounds: int) -> Cost:
    """The median of some calls, after one that is not counted."""
    what()
    walls, cpus = [], []
    for _ in range(rounds):
        gc.collect()
        begin, used = time.perf_counter(), time.process_time()
        what()
        walls.append(time.perf_counter() - begin)
        cpus.append(time.process_time() - used)
    return Cost(statistics.median(walls), statistics.median(cpus))


def patiently(what: Callable[[], object], seconds: int) -> Cost | None:
    """One call, or None if it has not ended after so many seconds, when it is given up."""

    def give_up(number: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    begin, used = time.perf_counter(), time.process_time()
    try:
        what()
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    return Cost(time.perf_counter() - begin, time.process_time() - used)


def python(code: str, *arguments: str | Path, rounds: int = 1) -> Cost:
    """The median of some runs of a program in Python; RuntimeError where it fails."""
    return _runs([sys.executable, "-c", code, *map(str, arguments)], rounds, None, (0,))


def kg(*arguments: str | Path, store: Path, rounds: int = 1) -> Cost:
    """The same of a command of the program, and the processes that it starts.

    An exit code that tells of the data, such as that there are violations, is no failure.
    """
    return _runs([sys.executable, "-m", "kg", *map(str, arguments)], rounds, store, (0, 1, 3))


def _runs(arguments: list[str], rounds: int, store: Path | None, codes: tuple[int, ...]) -> Cost:
    environment = dict(os.environ) | ({"KG_STORE": str(store)} if store else {})
    # An installed program is compiled already; to compile it takes a sixth of a start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    costs = [_run(arguments, environment, codes) for _ in range(rounds)]
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        max(cost.peak for cost in costs),
    )


def _run(arguments: list[str], environment: dict[str, str], codes: tuple[int, ...]) -> Cost:
    done = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in codes:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr}")
    wall, cpu, peak = map(float, done.stdout.split())
    return Cost(wall, cpu, int(peak))


def _ratio(one: Cost, other: Cost | None, by_cpu: bool) -> float | None:
    if other is None:
        return None
    above, below = (one.cpu, other.cpu) if by_cpu else (one.wall, other.wall)
    return above / below if below else None
