"""Generations: publishing, killed and simultaneous builds, damage and full disks."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import platformdirs
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.common.errors import KgError, StoreError
from kg.store import generations
from kg.store.embedded import EmbeddedStore
from kg.store.generations import (
    build_lock,
    current_generation,
    default_folder,
    new_generation,
)
from kg.store.writer import StoreWriter

pytestmark = pytest.mark.slow

ROOT = Path(sys.modules["kg.common.errors"].__file__ or "").parents[2]
SUBJECT = ox.NamedNode("http://example.org/s")
VERSION = ox.NamedNode("http://example.org/version")
SIZE = 2000

BUILDER = """
import sys
from pathlib import Path
import pyoxigraph as ox
from kg.common.errors import KgError
from kg.store.writer import StoreWriter
from kg.store.generations import build_lock, new_generation

def build(folder, version, size):
    folder = Path(folder)
    with build_lock(folder), new_generation(folder) as new, StoreWriter(new) as writer:
        writer.extend(
            ox.Quad(
                ox.NamedNode(f"http://example.org/{n}"),
                ox.NamedNode("http://example.org/version"),
                ox.Literal(version),
                ox.NamedNode("http://example.org/g"),
            )
            for n in range(size)
        )
"""


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILDER + program, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def build(folder: Path, version: int) -> Path:
    with build_lock(folder), new_generation(folder) as new, StoreWriter(new) as writer:
        writer.extend([ox.Quad(SUBJECT, VERSION, ox.Literal(version))])
    return new


def versions(store: EmbeddedStore) -> dict[str, int]:
    """Return the number of subjects by version; a complete store has a single version."""
    query = "SELECT ?v (COUNT(*) AS ?n) { ?s <http://example.org/version> ?v } GROUP BY ?v"
    return {str(v.value): int(n.value) for v, n in store.select(query).rows}  # type: ignore[union-attr]


def answer(folder: Path) -> dict[str, int]:
    return versions(EmbeddedStore.open(current_generation(folder)))


def kept(folder: Path) -> set[str]:
    return {path.name for path in (folder / "generations").iterdir()}


# Location


def test_default_folder_is_configurable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KG_STORE", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.setenv("KG_STORE", "~/graphs")
    assert default_folder() == Path.home() / "graphs"
    monkeypatch.delenv("KG_STORE")
    assert default_folder() == Path(platformdirs.user_data_dir("stdkg", appauthor=False))


def test_error_without_a_graph_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(KgError) as error:
        current_generation(tmp_path)
    message = f"no graph has been built in {tmp_path}: run 'kg build --store {tmp_path}'"
    assert str(error.value) == message
    monkeypatch.setenv("KG_STORE", str(tmp_path))
    with pytest.raises(KgError, match=r"run 'kg build'$"):
        current_generation(tmp_path)
    assert list(tmp_path.iterdir()) == []


# Publishing


def test_a_new_generation_becomes_the_current_one(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    with build_lock(folder), new_generation(folder) as new:
        assert new.is_dir()
        assert list(new.iterdir()) == []
        with pytest.raises(KgError, match="no graph has been built"):
            current_generation(folder)
        with StoreWriter(new) as writer:
            writer.extend([ox.Quad(SUBJECT, VERSION, ox.Literal(1))])
    assert current_generation(folder) == new
    assert answer(folder) == {"1": 1}
    assert (folder / "current").read_text(encoding="utf-8").strip() == new.name


def test_the_previous_generation_is_kept_for_its_readers(tmp_path: Path) -> None:
    first = build(tmp_path, 1)
    reader = EmbeddedStore.open(first)
    second = build(tmp_path, 2)
    assert kept(tmp_path) == {first.name, second.name}
    assert versions(reader) == versions(EmbeddedStore.open(first)) == {"1": 1}
    third = build(tmp_path, 3)
    assert kept(tmp_path) == {second.name, third.name}
    assert first.name < second.name < third.name


@pytest.mark.parametrize("failure", [RuntimeError("x"), KgError("x"), KeyboardInterrupt()])
def test_a_failed_build_keeps_the_old_graph(tmp_path: Path, failure: BaseException) -> None:
    older, old = build(tmp_path, 1), build(tmp_path, 2)

    def fail() -> None:
        with build_lock(tmp_path), new_generation(tmp_path) as new:
            StoreWriter(new).close()
            raise failure

    with pytest.raises(type(failure)) as error:
        fail()
    assert error.value is failure
    assert current_generation(tmp_path) == old
    assert kept(tmp_path) == {older.name, old.name}
    build(tmp_path, 3)
    assert answer(tmp_path) == {"3": 1}


def test_readers_always_find_a_complete_graph(tmp_path: Path) -> None:
    build(tmp_path, 0)
    builder = start("for v in range(1, 21): build(sys.argv[1], v, 20)", tmp_path)
    seen: set[str] = set()
    reads = 0
    while builder.poll() is None:
        path = current_generation(tmp_path)
        try:
            assert (path / "complete").is_file()
            (version,) = versions(EmbeddedStore.open(path))
        except (AssertionError, StoreError):
            # Two further builds since the pointer was read.
            assert not (path / "complete").exists()
            continue
        seen.add(version)
        reads += 1
    assert builder.wait() == 0, builder.communicate()[1]
    assert reads > 20
    assert len(seen) > 3
    assert answer(tmp_path) == {"20": 20}


def test_an_outdated_pointer_is_read_again(tmp_path: Path) -> None:
    standing = build(tmp_path, 1)
    pointer = tmp_path / "current"
    pointer.unlink()
    os.mkfifo(pointer)

    def write() -> None:
        for name in ("20180101T000000000000Z-00000000", standing.name):
            pointer.write_text(name, encoding="utf-8")
            time.sleep(0.2)  # the reader closes its end meanwhile

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    assert current_generation(tmp_path) == standing
    writer.join()


# Killed builds


def test_killed_builds_leave_a_complete_graph_and_are_cleaned_up(tmp_path: Path) -> None:
    build(tmp_path, 0)
    loop = """
print("ready", flush=True)
version = int(sys.argv[2])
while True:
    version += 1
    build(sys.argv[1], version, int(sys.argv[3]))
"""
    chance = random.Random(20180101)
    version = 0
    leftovers = 0
    for _ in range(12):
        builder = start(loop, tmp_path, version, SIZE)
        assert builder.stdout is not None
        assert builder.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.4))
        builder.kill()
        _, errors = builder.communicate()
        assert (builder.returncode, errors) == (-signal.SIGKILL, "")

        ((current, count),) = answer(tmp_path).items()
        assert count == (1 if current == "0" else SIZE)
        assert int(current) >= version
        version = int(current)
        old = current_generation(tmp_path)
        leftovers += len(kept(tmp_path)) > 2

        if chance.random() < 0.5:
            version += 1
            finished = start("build(*sys.argv[1:3], int(sys.argv[3]))", tmp_path, version, SIZE)
            assert finished.wait() == 0, finished.communicate()[1]
            assert kept(tmp_path) == {old.name, current_generation(tmp_path).name}
            assert answer(tmp_path) == {str(version): SIZE}
            finished.communicate()
    assert version > 0
    assert leftovers > 0


def test_leftovers_are_not_kept_as_the_previous_generation(tmp_path: Path) -> None:
    build(tmp_path, 1)
    previous, standing = build(tmp_path, 2), build(tmp_path, 3)
    generations = tmp_path / "generations"
    # Killed while filling; killed after the mark and before the switch, by a clock ahead of ours
    # and by one behind.
    for name, is_marked in (
        ("20990101T000000000000Z-00000001", False),
        ("20990101T000000000000Z-00000002", True),
        ("19990101T000000000000Z-00000003", True),
    ):
        (generations / name).mkdir()
        (generations / name / "000001.sst").write_bytes(b"half")
        if is_marked:
            (generations / name / "complete").write_text(standing.name, encoding="utf-8")
    (tmp_path / "current.new").write_text("half", encoding="utf-8")
    assert current_generation(tmp_path) == standing
    with build_lock(tmp_path), new_generation(tmp_path) as new:
        assert kept(tmp_path) == {previous.name, standing.name, new.name}
        StoreWriter(new).close()
    assert kept(tmp_path) == {standing.name, new.name}


# Two builds at once


def test_a_second_build_fails_at_once(tmp_path: Path) -> None:
    with build_lock(tmp_path), new_generation(tmp_path) as new:
        before = time.monotonic()
        with pytest.raises(KgError) as error, build_lock(tmp_path):
            pass
        assert time.monotonic() - before < 0.5
        assert f"another build is running in {tmp_path}" in str(error.value)
        program = "try: build(sys.argv[1], 1, 1)\nexcept KgError as error: print(error)"
        output, errors = start(program, tmp_path).communicate(timeout=30)
        assert (output, errors) == (f"{error.value}\n", "")
        assert kept(tmp_path) == {new.name}
        StoreWriter(new).close()
    assert current_generation(tmp_path) == new
    assert build(tmp_path, 2) == current_generation(tmp_path)


def test_a_leftover_lock_file_does_not_block(tmp_path: Path) -> None:
    (tmp_path / "build.lock").write_text("4711\n", encoding="utf-8")
    build(tmp_path, 1)
    assert answer(tmp_path) == {"1": 1}


# A damaged pointer


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\x00\xff\xfe",
        b"../../somewhere",
        b"..",
        b"generations",
        b"20180101T000000000000Z-00000000\n",
        b"MISSING MARK",
    ],
)
def test_error_for_a_damaged_pointer_says_what_to_do(tmp_path: Path, damage: bytes) -> None:
    build(tmp_path, 1)
    standing = build(tmp_path, 2)
    (tmp_path / "complete").write_text("", encoding="utf-8")  # nothing outside counts
    if damage == b"MISSING MARK":
        (standing / "complete").unlink()
    else:
        (tmp_path / "current").write_bytes(damage)
    with pytest.raises(KgError) as error:
        current_generation(tmp_path)
    assert str(error.value) == (
        f"{tmp_path / 'current'} names no complete graph: run 'kg build --store {tmp_path}', which"
        " takes up the newest whole one"
    )
    new = build(tmp_path, 3)
    assert answer(tmp_path) == {"3": 1}
    assert kept(tmp_path) == {new.name}


def test_a_failed_build_with_a_damaged_pointer_keeps_complete_graphs(tmp_path: Path) -> None:
    standing = build(tmp_path, 1)
    (tmp_path / "current").write_text("damaged", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), build_lock(tmp_path), new_generation(tmp_path):
        raise ZeroDivisionError
    assert kept(tmp_path) == {standing.name}


# Full disks


@pytest.mark.parametrize("limit", [4_000, 50_000])
@pytest.mark.parametrize("has_graph", [True, False])
def test_a_build_that_runs_out_of_space(tmp_path: Path, limit: int, has_graph: bool) -> None:
    if has_graph:
        build(tmp_path, 1)
    before = kept(tmp_path) if has_graph else set()
    program = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try: build(sys.argv[1], 2, 20_000)
except KgError as error: print(error)
"""
    output, errors = start(program, tmp_path, limit).communicate(timeout=60)
    assert errors == ""
    stands = "the previous graph is unchanged" if has_graph else "there is no graph yet"
    assert output == (
        f"the build in {tmp_path} failed: {os.strerror(errno.EFBIG)}; {stands}: make room and run"
        f" 'kg build --store {tmp_path}' again\n"
    )
    assert kept(tmp_path) == before
    if has_graph:
        assert answer(tmp_path) == {"1": 1}
    build(tmp_path, 3)
    assert answer(tmp_path) == {"3": 1}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_error_for_a_full_device(tmp_path: Path) -> None:
    build(tmp_path, 1)

    def fill() -> None:
        with build_lock(tmp_path), new_generation(tmp_path) as new:
            (new / "file").symlink_to("/dev/full")
            (new / "file").write_bytes(b"x")

    with pytest.raises(KgError) as error:
        fill()
    assert f"failed: {os.strerror(errno.ENOSPC)}; the previous graph" in str(error.value)
    assert answer(tmp_path) == {"1": 1}


def test_error_for_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    folder = tmp_path / "file" / "graphs"
    with pytest.raises(KgError) as error, build_lock(folder):
        pass
    assert os.strerror(errno.ENOTDIR) in str(error.value)
    assert "there is no graph yet" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_graph_of_another_vocabulary_says_so(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["query", "ballot", "--store", str(built)]
    assert CliRunner().invoke(cli, arguments, obj={}).stderr == ""
    monkeypatch.setattr(generations, "vocabulary_digest", lambda: "another")
    answer = CliRunner().invoke(cli, arguments, obj={})
    assert answer.exit_code == 0
    assert f"until 'kg build --store {built}' is run" in answer.stderr
    assert answer.stderr.count("\n") == 1
