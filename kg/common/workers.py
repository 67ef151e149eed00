"""Processes that work side by side, started when they are first needed."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from multiprocessing import get_context
from types import TracebackType
from typing import Final, ParamSpec, TypeVar

_WAITING: Final = 4
"""Tasks for each process that may wait at once, so that memory stays flat."""

_Given = ParamSpec("_Given")
_One = TypeVar("_One")
_Made = TypeVar("_Made")


class Workers(AbstractContextManager["Workers"]):
    """As many processes as there are processors; the context ends them."""

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
            self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(
        self, task: Callable[_Given, _Made], *args: _Given.args, **kwargs: _Given.kwargs
    ) -> Future[_Made]:
        """Have one process do a task; what it takes and gives goes between processes."""
        if self._pool is None:
            # Forked processes would share the engine's threads, which they can't.
            self._pool = ProcessPoolExecutor(self._count, mp_context=get_context("spawn"))
        return self._pool.submit(task, *args, **kwargs)

    def in_order(
        self, task: Callable[[_One], _Made], each: Iterable[_One]
    ) -> Iterator[tuple[_One, _Made]]:
        """Each thing and what a task makes of it, in their order, few of them waiting."""
        waiting: deque[tuple[_One, Future[_Made]]] = deque()
        for one in each:
            waiting.append((one, self.submit(task, one)))
            if len(waiting) >= self._count * _WAITING:
                done, made = waiting.popleft()
                yield done, made.result()
        for done, made in waiting:
            yield done, made.result()
