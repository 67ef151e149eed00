"""Builds that are killed leave the old graph or the new one, nothing running, and nothing behind.

``--kills N`` sets the number of kills at random moments.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import tarfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from kg.pipeline.build import CatalogueSelection, build
from kg.pipeline.previous import find_all_damage
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, current_generation, open_generation
from tests.cli.test_interruption import session, started, wait_for
from tests.forked import Launcher
from tests.support import WORLD

pytestmark = pytest.mark.slow

JIS = WORLD / "relaton-data-jis"
ISO = WORLD / "relaton-data-iso"


def answers(folder: Path) -> bool:
    """Return whether the graph in a folder of stores knows who holds the secretariat."""
    store = EmbeddedStore.open(open_generation(folder) / STORE)
    return store.ask("ASK { <place/cn> std:secretariatOf <iso/tc/321> }")


def linked_copy(folder: Path, target: Path) -> Path:
    """Copy a folder of stores, whose files are only ever replaced."""
    shutil.copytree(folder, target, copy_function=os.link)
    # Written to in place.
    (target / "build.lock").unlink()
    return target


def files_of(folder: Path) -> list[tuple[str, int]]:
    """Return how many files there are in each folder: names differ from build to build.

    The engine merges its tables in the background.
    """
    names = (
        re.sub("[0-9a-fTZ-]{16,}|[0-9]{3,}", "*", str(p.relative_to(folder)))
        for p in folder.rglob("*")
        if p.suffix != ".sst"
    )
    return sorted(Counter(names).items())


@pytest.fixture
def two_graphs(own_store: Path) -> Path:
    """A graph with another one before it, which goes when a new one stands."""
    build(own_store, selection=CatalogueSelection((WORLD / "ICS.xml",)))
    return own_store


def test_the_old_graph_survives_a_build_killed_at_any_moment(
    two_graphs: Path, tmp_path: Path, launcher: Launcher
) -> None:
    def run(folder: Path, moment: object) -> subprocess.CompletedProcess[str]:
        arguments = [str(folder), str(moment), "", str(JIS)]
        return launcher.run(arguments, program="tests.pipeline.killed_build")

    old = current_generation(two_graphs).name
    copies = tmp_path / "copies"
    copies.mkdir()
    moments = run(linked_copy(two_graphs, tmp_path / "whole"), copies).stdout.splitlines()
    switch = moments.index("os.rename /current.new")
    assert {"convert", "join", "index", "publish"} <= set(moments[:switch])
    assert len(moments[:switch]) > 15
    assert "shutil.rmtree /generations/*" in moments[switch:]
    for number, moment in enumerate(moments):
        folder = copies / str(number)
        assert answers(folder), moment
        assert (current_generation(folder).name == old) == (number <= switch), moment
    # Real kills leave the same: at some steps, and just before and after the switch.
    for number in (moments.index("convert"), moments.index("index"), switch, switch + 1):
        folder = linked_copy(two_graphs, tmp_path / str(number))
        killed = run(folder, moments[number])
        assert killed.returncode == -signal.SIGKILL
        assert killed.stdout.splitlines() == moments[: number + 1]
        assert answers(folder)
        assert files_of(folder) == files_of(copies / str(number))


@pytest.fixture(scope="module")
def large_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of some thousand records, which several processes convert."""
    file = tmp_path_factory.mktemp("large") / "relaton-data-iso.tar"
    records = sorted((ISO / "data").glob("iso-*.yaml"))
    with tarfile.open(file, "w") as archive:
        for copy in range(400):
            for record in records:
                archive.add(record, f"relaton-data-iso/data/{copy}/{record.name}")
    return file


def workers(leader: int) -> list[int]:
    """Return the processes of a session that convert sources."""
    found = []
    for process in session(leader):
        try:
            command = Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            continue
        if b"spawn_main" in command:
            found.append(process)
    return found


def kill_at_random(
    store: Path, source: Path, target: str, chance: random.Random, duration: float
) -> float:
    """Kill a process of a build at a random moment; return how long the build ran."""
    begin = time.monotonic()
    process = started("-m", "kg", "build", "--again", "--store", store, source)
    if target == "worker":
        wait_for(lambda: process.poll() is not None or bool(workers(process.pid)), 60)
        time.sleep(chance.uniform(0, 0.5))
        for worker in workers(process.pid)[:1]:
            os.kill(worker, signal.SIGKILL)
    else:
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0, duration))
        if process.poll() is None:
            (os.killpg if target == "group" else os.kill)(process.pid, signal.SIGKILL)
    ran = time.monotonic() - begin
    _, messages = process.communicate(timeout=60)
    if target == "worker" and process.returncode:
        assert process.returncode == 2
        assert messages.count(b"\n") == 1
        assert b"a worker process was killed" in messages
    else:
        assert process.returncode in (0, -signal.SIGKILL)
    wait_for(lambda: not session(process.pid), 2)
    return ran


def test_random_kills_leave_a_whole_graph_and_nothing_else(
    own_store: Path, large_source: Path, pytestconfig: pytest.Config
) -> None:
    chance = random.Random(20180101)
    duration = 3.0
    for number in range(pytestconfig.getoption("kills")):
        target = ("worker", "main", "group")[number % 3]
        ran = kill_at_random(own_store, large_source, target, chance, duration)
        # Kills are to come at all times of a build, also after its end.
        duration = max(duration, 1.1 * ran)
        assert answers(own_store), number
    build(own_store, selection=CatalogueSelection((JIS,)))
    assert answers(own_store)
    assert find_all_damage(own_store) == []
    assert len(list((own_store / "generations").iterdir())) <= 2
    assert not list(own_store.rglob("*.part"))
