"""A pool of worker processes, started on first use."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from multiprocessing import active_children, get_context, resource_tracker
from types import TracebackType
from typing import Final, ParamSpec, TypeVar

from kg.common.errors import BuildError

_QUEUED_PER_WORKER: Final = 4
"""Tasks submitted in advance; a small number limits memory."""

_WATCH_EVERY: Final = 0.5

_Parameters = ParamSpec("_Parameters")
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def end_with_parent(parent: int) -> None:
    """End this process within a second after the process that started it has ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_WATCH_EVERY)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@cache
def lifeline() -> int:
    """Return a descriptor for processes to inherit whose pipe closes when this process ends."""
    reading, _ = os.pipe()
    return reading


def end_with_lifeline(descriptor: int) -> None:
    """End this process as soon as the one whose :func:`lifeline` it inherited has ended.

    The kernel does it, also while the engine computes and no thread of Python can run: a pipe that
    is closed sends SIGIO to a reader that asked for it, which ends a process by default.
    """
    if sys.platform != "linux":
        end_with_parent(os.getppid())
        return
    import fcntl

    # Opened again, since processes that share a descriptor also share whom it signals.
    own = os.open(f"/proc/self/fd/{descriptor}", os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(own, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(own, fcntl.F_SETFL, fcntl.fcntl(own, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([own], [], [], 0)[0]:
        os._exit(1)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Start processes that never see Ctrl-C, which the terminal sends to all of a group.

    The parent gets it afterwards, and ends them.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # It lifts the block when it starts its own process, which it does with the first of ours.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Workers(AbstractContextManager["Workers"]):
    """A pool with one process per available processor; leaving the context ends them."""

    is_remote = False
    """Whether workers may be on other machines, see :mod:`kg.common.cluster`."""

    def __init__(self) -> None:
        self._count = (
            len(os.sched_getaffinity(0))
            if hasattr(os, "sched_getaffinity")
            else os.cpu_count() or 2
        )
        self._pool: ProcessPoolExecutor | None = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            if kind is not None:
                # Their results are not wanted any more, and a task can take many seconds.
                for process in active_children():
                    process.kill()
            self._pool.shutdown(wait=True, cancel_futures=True)
        if isinstance(error, BrokenExecutor):
            raise BuildError(
                "a worker process was killed, perhaps for lack of memory: the previous graph is"
                " unchanged: make room and build again"
            ) from error

    def submit(
        self,
        task: Callable[_Parameters, _Result],
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> Future[_Result]:
        """Run a task in a worker; its arguments and its result must be picklable."""
        if self._pool is None:
            # Forked processes would share the engine's threads, which is unsafe.
            self._pool = ProcessPoolExecutor(
                self._count,
                mp_context=get_context("spawn"),
                initializer=end_with_parent,
                initargs=(os.getpid(),),
            )
            with _interrupts_held_back():
                return self._pool.submit(task, *args, **kwargs)
        return self._pool.submit(task, *args, **kwargs)

    def result_of(self, future: Future[_Result]) -> _Result:
        """Wait for the result of a task, or raise its error."""
        return future.result()

    def map_in_order(
        self, task: Callable[[_Item], _Result], items: Iterable[_Item]
    ) -> Iterator[tuple[_Item, _Result]]:
        """Yield each item with the task's result, in the given order; items are read lazily."""
        pending: deque[tuple[_Item, Future[_Result]]] = deque()
        for item in items:
            pending.append((item, self.submit(task, item)))
            if len(pending) >= self._count * _QUEUED_PER_WORKER:
                done, future = pending.popleft()
                yield done, self.result_of(future)
        for done, future in pending:
            yield done, self.result_of(future)
