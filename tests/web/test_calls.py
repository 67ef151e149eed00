"""Operations on the graph in the workers of the pool."""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kg.common.errors import QueryLimitError, ResolutionError
from kg.graph import KnowledgeGraph
from kg.store.generations import STORE, current_generation
from kg.store.sandbox import messages
from kg.web.calls import Call, OperationError, decode_result
from kg.web.pool import Pool, Settings
from kg.web.queue import Bounds
from kg.web.worker_process import ServedStore
from tests.web import operations

Result = TypeVar("Result")
Run = Callable[[Callable[[Pool], Coroutine[Any, Any, Any]]], Any]


@pytest.fixture
def run(built: Path) -> Run:
    """Run a coroutine on a pool of one worker."""

    async def on_pool(work: Callable[[Pool], Coroutine[Any, Any, Result]]) -> Result:
        store = ServedStore(current_generation(built) / STORE, "1")
        pool = Pool(lambda: store, Settings(20, 64 << 20, Bounds(1)))
        await pool.start()
        try:
            return await work(pool)
        finally:
            await pool.close()

    def call(work: Callable[[Pool], Coroutine[Any, Any, Result]]) -> Result:
        # The browser's tests keep a loop running in the main thread.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, on_pool(work)).result()

    return call


def test_the_result_and_the_errors_are_those_of_the_graph(run: Run, graph: KnowledgeGraph) -> None:
    async def work(pool: Pool) -> tuple[object, int]:
        profile = (await pool.call("a", Call.of(KnowledgeGraph.profile, "ISO/TC 321"))).value
        with pytest.raises(ResolutionError, match="'nobody knows it'"):
            await pool.call("a", Call.of(KnowledgeGraph.resolve, "nobody knows it"))
        return profile, pool.counts.started

    profile, started = run(work)
    assert profile == graph.profile("ISO/TC 321")
    assert started == 1


def test_workers_that_end_before_they_take_anything_are_told_as_they_ended(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(pool: Pool) -> int:
        with pytest.raises(QueryLimitError, match="the system ended the query"):
            await pool.call("a", Call.of(KnowledgeGraph.resolve, "SAC"))
        return pool.counts.ended

    killed = [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]
    monkeypatch.setattr(messages, "command", lambda _: killed)
    assert run(work) == 1


def test_an_operation_is_ended_at_its_limits(run: Run) -> None:
    async def work(pool: Pool) -> None:
        with pytest.raises(QueryLimitError, match=r"longer than 0\.3 s"):
            await pool.call("a", Call.of(operations.wait, 60), timeout=0.3)
        with pytest.raises(QueryLimitError, match="GB of memory"):
            await pool.call("a", Call.of(operations.fill, 1 << 30))
        waiting = asyncio.create_task(pool.call("a", Call.of(operations.wait, 60)))
        await asyncio.sleep(0.1)
        waiting.cancel()
        assert (await pool.call("a", Call.of(operations.wait, 0))).value == 0

    run(work)


def test_an_unforeseen_error_is_told_with_its_place(run: Run) -> None:
    async def work(pool: Pool) -> None:
        with pytest.raises(OperationError, match="LookupError: nobody foresaw this"):
            await pool.call("a", Call.of(operations.fail))
        # No code is run that a worker names.
        with pytest.raises(pickle.UnpicklingError, match=r"builtins\.print is no plain value"):
            await pool.call("a", Call.of(operations.unsafe))
        assert pool.counts.started == 1

    run(work)


def test_results_are_plain_values() -> None:
    with pytest.raises(pickle.UnpicklingError):
        decode_result(pickle.dumps(decode_result))
    with pytest.raises(pickle.UnpicklingError):
        decode_result(b"cos\nsystem\n(S'true'\ntR.")
