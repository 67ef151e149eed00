"""Whose query runs next."""

from __future__ import annotations

import asyncio

import pytest

from kg.web.queue import Bounds, BusyError, FairQueue
from tests.web.event_loop import run_apart


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_clients_take_turns_and_one_place_is_kept_for_others() -> None:
    order: list[str] = []

    async def run() -> None:
        queue = FairQueue(Bounds(places=2))
        release = asyncio.Event()

        async def query(client: str) -> None:
            async with queue.place(client):
                order.append(client)
                await release.wait()

        tasks = [asyncio.create_task(query("greedy")) for _ in range(4)]
        await _settle()
        assert (queue.running, queue.waiting) == (1, 3)
        tasks += [asyncio.create_task(query(name)) for name in ("one", "two", "one")]
        await _settle()
        # The second place is for another client.
        assert order == ["greedy", "one"]
        release.set()
        await asyncio.gather(*tasks)
        assert (queue.running, queue.waiting) == (0, 0)

    run_apart(run())
    assert order[:4] == ["greedy", "one", "greedy", "two"]
    assert sorted(order) == ["greedy"] * 4 + ["one"] * 2 + ["two"]


def test_a_long_query_leaves_its_place_to_the_next() -> None:
    async def run() -> None:
        queue = FairQueue(Bounds(places=1))
        moved: list[str] = []
        end = {name: asyncio.Event() for name in ("one", "two", "three")}

        async def query(name: str, is_long: bool) -> None:
            async with queue.place(name) as place:
                if is_long:
                    queue.make_long(place, lambda: moved.append(name), end[name].set)
                await end[name].wait()

        tasks = [asyncio.create_task(query("one", True))]
        await _settle()
        tasks += [asyncio.create_task(query("two", True))]
        await _settle()
        # There is one place for long queries: the second keeps its own until another waits for it.
        assert (moved, queue.running, end["two"].is_set()) == (["one"], 2, False)
        tasks += [asyncio.create_task(query("three", False))]
        await _settle()
        assert (queue.running, queue.waiting, end["two"].is_set()) == (2, 0, True)
        # The next one finds the place for long queries free.
        end["one"].set()
        await _settle()
        tasks += [asyncio.create_task(query("one", True))]
        await _settle()
        assert (moved, queue.running) == (["one"], 1)
        for event in end.values():
            event.set()
        await asyncio.gather(*tasks)
        assert (queue.running, queue.waiting) == (0, 0)

    run_apart(run())


def test_one_worker_serves_everybody() -> None:
    async def run() -> None:
        queue = FairQueue(Bounds(places=1))
        async with queue.place("one"):
            assert queue.running == 1
        async with queue.place("two"):
            assert queue.running == 1

    run_apart(run())


def test_too_many_are_refused() -> None:
    async def run() -> None:
        queue = FairQueue(Bounds(places=1, waiting=3, waiting_per_client=2))

        async def wait(client: str) -> None:
            async with queue.place(client):
                pass

        async with queue.place("first"):
            waiting = [asyncio.create_task(wait(client)) for client in ("a", "a", "b")]
            await _settle()
            with pytest.raises(BusyError) as own:
                await wait("a")
            assert own.value.by_client
            with pytest.raises(BusyError) as all_:
                await wait("c")
            assert not all_.value.by_client
        await asyncio.gather(*waiting)

    run_apart(run())


def test_a_client_that_leaves_gives_its_turn_back() -> None:
    async def run() -> None:
        queue = FairQueue(Bounds(places=1))
        done: list[str] = []

        async def query(client: str) -> None:
            async with queue.place(client):
                done.append(client)

        async with queue.place("first"):
            left = asyncio.create_task(query("left"))
            stays = asyncio.create_task(query("stays"))
            await _settle()
            left.cancel()
            await _settle()
            assert queue.waiting == 1
        # Its turn has come, but it leaves before it notices.
        await stays
        async with queue.place("first"):
            left = asyncio.create_task(query("left"))
            await _settle()
        left.cancel()
        await asyncio.gather(left, return_exceptions=True)
        assert (queue.running, queue.waiting) == (0, 0)
        assert done[0] == "stays"

    run_apart(run())
