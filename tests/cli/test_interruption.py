"""Ctrl-C and SIGTERM end a command at once, with one line, and leave nothing running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT, Run

pytestmark = pytest.mark.slow

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c"
IN_THE_ENGINE = """
import sys
from kg.cli import main
from kg.graph import KnowledgeGraph
query = sys.argv.pop(1)
def endless(*_, **__):
    print("ready", flush=True)
    return KnowledgeGraph.in_memory().store.select(query)
KnowledgeGraph.statistics = endless
sys.argv = ["kg", "stats", "--store", *sys.argv[1:]]
main()
"""
HANDLED = """
import sys
from kg.cli import main
from kg.graph import KnowledgeGraph
def endless(*_, **__):
    try:
        while True:
            pass
    except Exception:
        print("handled")
KnowledgeGraph.statistics = endless
sys.argv = ["kg", "stats", "--timeout", "0.2", "--store", *sys.argv[1:]]
main()
"""
FIRST_MOMENT = """
import sys, time
class Slow:
    def find_spec(self, name, *_):
        if name == "click":
            print("ready", flush=True)
            time.sleep(10)
sys.meta_path.insert(0, Slow())
from kg.__main__ import main
main()
"""
NUMBERS = (signal.SIGINT, signal.SIGTERM)


def started(*command: str | Path, stdin: bytes | None = None) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, as a terminal does."""
    process = subprocess.Popen(
        [sys.executable, *map(str, command)],
        stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )
    if stdin is not None:
        assert process.stdin is not None
        process.stdin.write(stdin)
        process.stdin.close()
        process.stdin = None
    return process


def ended(process: subprocess.Popen[bytes], number: signal.Signals) -> tuple[int, str, float]:
    """Send a signal to the process; return its exit code, its messages and the seconds it took."""
    begin = time.monotonic()
    process.send_signal(number)
    _, messages = process.communicate(timeout=10)
    return process.returncode, messages.decode(), time.monotonic() - begin


@pytest.mark.parametrize("number", NUMBERS)
def test_a_query_in_the_engine_is_interrupted(built: Path, number: signal.Signals) -> None:
    process = started("-c", IN_THE_ENGINE, CROSS, built)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(1)
    code, messages, seconds = ended(process, number)
    assert (code, messages) == (128 + number, "kg: interrupted\n")
    assert seconds < 2


@pytest.mark.parametrize("number", NUMBERS)
def test_a_free_query_is_interrupted(built: Path, number: signal.Signals) -> None:
    process = started(
        *("-m", "kg", "query", "--sparql", "-", "--store", built), stdin=CROSS.encode()
    )
    wait_for(lambda: len(session(process.pid)) > 1)
    time.sleep(0.5)
    code, messages, seconds = ended(process, number)
    assert (code, messages) == (128 + number, "kg: interrupted\n")
    assert seconds < 2
    wait_for(lambda: not session(process.pid), 20)


def test_a_command_is_interrupted_while_it_is_imported() -> None:
    process = started("-c", FIRST_MOMENT)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    code, messages, seconds = ended(process, signal.SIGINT)
    assert (code, messages) == (130, "kg: interrupted\n")
    assert seconds < 1


def test_limits_that_nothing_keeps_are_refused(run: Run, built: Path) -> None:
    for limit, told in (
        (("--timeout", "0"), "the time limit must be above 0 seconds"),
        (("--memory", "1"), "the memory limit must be at least 64 MB"),
        (("--memory", "much"), "'much' is no size: write 500M or 2G"),
    ):
        refused = run("query", "ballot", "--store", built, *limit)
        assert refused.returncode == 2
        assert told in refused.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "command",
    [
        ("query", "central"),
        ("query", "--sparql", CROSS),
        ("view", "everything"),
        ("relate", "SAC", "ISO"),
        ("show", "SAC"),
        ("search", "SAC"),
        ("match", "SAC"),
        ("stats",),
        ("export", "--format", "trig"),
        ("validate",),
    ],
)
def test_each_command_has_a_time_limit(run: Run, built: Path, command: tuple[str, ...]) -> None:
    limit = "0.3" if CROSS in command else "0.001"
    ended = run(*command, "--store", built, "--timeout", limit)
    assert ended.returncode == 2
    line = f"kg: the command took longer than {limit} s: narrow it, or raise --timeout\n"
    assert (ended.stdout, ended.stderr) == ("", line)


def test_what_handles_errors_lets_a_limit_pass(built: Path) -> None:
    process = started("-c", HANDLED, built)
    output, messages = process.communicate(timeout=20)
    assert (process.returncode, output) == (2, b"")
    assert messages.startswith(b"kg: the command took longer than 0.2 s")


@pytest.mark.parametrize("limit", [("--timeout", "1"), ("--memory", "300M")])
def test_limits_end_a_command_in_the_engine(built: Path, limit: tuple[str, str]) -> None:
    process = started("-c", IN_THE_ENGINE, SORTED, built, *limit)
    _, messages = process.communicate(timeout=20)
    assert process.returncode == 2
    told = {"1": "took longer than 1 s", "300M": "needs more than 0.3 GB of memory"}[limit[1]]
    assert messages.decode() == f"kg: the command {told}: narrow it, or raise {limit[0]}\n"


@pytest.fixture(scope="module")
def large_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of some thousand records, which several processes convert."""
    file = tmp_path_factory.mktemp("large") / "relaton-data-iso.tar"
    records = sorted((ROOT / "tests/fixtures/catalogues/relaton-data-iso/data").glob("iso-*.yaml"))
    with tarfile.open(file, "w") as archive:
        for copy in range(400):
            for record in records:
                archive.add(record, f"relaton-data-iso/data/{copy}/{record.name}")
    return file


@pytest.mark.parametrize(
    ("number", "to_group"),
    [
        (signal.SIGINT, True),
        (signal.SIGTERM, True),
        (signal.SIGTERM, False),
        (signal.SIGKILL, False),
    ],
)
def test_a_build_that_is_ended_leaves_nothing_running(
    large_source: Path, tmp_path: Path, number: signal.Signals, to_group: bool
) -> None:
    store = tmp_path / "store"
    process = started("-m", "kg", "build", "--store", store, large_source)
    # The main process, two workers, and what multiprocessing starts besides.
    wait_for(lambda: len(session(process.pid)) >= 3, 30)
    time.sleep(0.4)
    (os.killpg if to_group else os.kill)(process.pid, number)
    begin = time.monotonic()
    _, messages = process.communicate(timeout=10)
    assert time.monotonic() - begin < 2
    wait_for(lambda: not session(process.pid), 20)
    if number == signal.SIGKILL:
        assert process.returncode == -signal.SIGKILL
    else:
        assert process.returncode == 128 + number
        lines = messages.decode().splitlines()
        assert [line for line in lines if "interrupted" in line] == ["kg: interrupted"]
        assert not [line for line in lines if "Traceback" in line or "Error" in line], lines
        assert not [line for line in lines if "resource_tracker" in line], lines


def wait_for(condition: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "this took too long"
        time.sleep(0.02)


def session(leader: int) -> set[int]:
    """Return the running processes of a session."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] not in "ZX":
            found.add(int(stat.parent.name))
    return found
