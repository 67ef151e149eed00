"""Queries that somebody wrote: limits of time and memory, no network, nothing left running."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.common.errors import QueryError, QueryLimitError, StoreError
from kg.common.limits import Limits
from kg.store import FreeQuery, Table
from kg.store.embedded import EmbeddedStore
from kg.store.sandbox import Sandbox

pytestmark = pytest.mark.slow

MB = 1 << 20
NUMBERS = [
    ox.Quad(ox.NamedNode(f"http://example.org/{n}"), ox.NamedNode("http://example.org/p"), o)
    for n in range(3000)
    for o in (ox.Literal(str(n)), ox.Literal("x" * 100))
]
CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS = {
    "cross product": CROSS,
    "sorted": CROSS + " ORDER BY ?c ?f",
    "counted": "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "path": "SELECT * { ?a (<a:p>|!<a:q>)* ?b . ?c ?d ?e . ?f ?g ?h }",
    "joined texts": "SELECT (GROUP_CONCAT(?c) AS ?t) { ?a ?b ?c . ?d ?e ?f }",
    "constructed": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "doubled": "SELECT ?z { BIND('xxxxxxxxxxxxxxxx' AS ?a) "
    + " ".join(
        f"BIND(CONCAT(?{x}, ?{x}, ?{x}, ?{x}) AS ?{y})"
        for x, y in zip("abcdefghijklmn", "bcdefghijklmno", strict=True)
    )
    + " BIND(STRLEN(?o) AS ?z) }",
}


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return EmbeddedStore.in_memory(NUMBERS)


@pytest.fixture
def sandbox(store: EmbeddedStore) -> Iterator[Sandbox]:
    box = Sandbox(store)
    yield box
    box.close()


@pytest.mark.parametrize("name", ENDLESS)
def test_a_query_without_end_is_stopped(sandbox: Sandbox, name: str) -> None:
    begin = time.monotonic()
    with pytest.raises(QueryLimitError, match=r"longer than 0.5 s|more than 0.3 GB"):
        sandbox.run(FreeQuery(ENDLESS[name]), Limits(0.5, 300 * MB))
    assert time.monotonic() - begin < 5
    assert sandbox.run(FreeQuery("ASK { ?s ?p ?o }")) is True


@pytest.mark.parametrize("name", ["sorted", "counted", "doubled"])
def test_a_query_that_fills_the_memory_is_stopped(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(QueryLimitError, match=r"more than 0.1 GB of memory: narrow it"):
        sandbox.run(FreeQuery(ENDLESS[name]), Limits(60, 100 * MB))


@pytest.mark.parametrize(
    ("limits", "message"),
    [({"timeout": 0.0}, "above 0 seconds"), ({"memory": 1000}, "at least 64 MB")],
)
def test_limits_that_no_query_keeps_are_refused(limits: dict[str, float], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Limits(**limits)  # type: ignore[arg-type]


def test_answers_of_every_form(sandbox: Sandbox, store: EmbeddedStore, tmp_path: Path) -> None:
    with_language = "SELECT ?o { BIND('a\\n\"b\"'@de AS ?o) }"
    on_disk = tmp_path / "store"
    ox.Store(on_disk).bulk_extend(NUMBERS)
    for box in (sandbox, Sandbox(EmbeddedStore.open(on_disk))):
        table = box.run(FreeQuery("SELECT ?s ?none { ?s ?p '7' }"))
        assert table == Table(("s", "none"), ((ox.NamedNode("http://example.org/7"), None),))
        literal = box.run(FreeQuery(with_language))
        assert isinstance(literal, Table)
        assert literal.rows == ((ox.Literal('a\n"b"', language="de"),),)
        assert box.run(FreeQuery("ASK { ?s ?p 'none' }")) is False
        triples = box.run(FreeQuery("CONSTRUCT { <a:a> <a:b> ?o } WHERE { ?s ?p ?o }"))
        assert isinstance(triples, list)
        assert len(triples) == 3001
        every = box.run(FreeQuery("SELECT ?s ?p ?o { ?s ?p ?o }"))
        assert isinstance(every, Table)
        assert set(every.rows) == {(q.subject, q.predicate, q.object) for q in NUMBERS}
        box.close()


def test_bindings_prefixes_and_graphs(tmp_path: Path) -> None:
    one, two = ox.NamedNode("http://example.org/one"), ox.NamedNode("http://example.org/two")
    p = ox.NamedNode("http://example.org/p")
    box = Sandbox(EmbeddedStore.in_memory([ox.Quad(one, p, two, one), ox.Quad(two, p, one, two)]))
    query = "SELECT ?s ?o { ?s ex:p ?o }"
    prefixes = {"ex": "http://example.org/"}

    def rows(**fields: object) -> set[tuple[object, ...]]:
        answer = box.run(FreeQuery(query, prefixes=prefixes, **fields))  # type: ignore[arg-type]
        assert isinstance(answer, Table)
        return set(answer.rows)

    assert rows() == {(one, two), (two, one)}
    assert rows(default_graphs=(one,)) == {(one, two)}
    assert rows(bindings={"o": one}) == {(two, one)}
    box.close()


class Listener:
    """Counts the connections to a port of this machine."""

    def __init__(self) -> None:
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


def test_no_query_reaches_the_network(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    # Also without the check of the text, which the engine reads otherwise in some corner.
    monkeypatch.setattr("kg.store.sandbox.check_query", lambda _: None)
    listener = Listener()
    for call in ("SERVICE <URL>", "SERVICEx:leak", "SERVICE SILENT <URL>", "SERVICESILENTx:leak"):
        text = f"PREFIX x: <{listener.address}> SELECT * {{ {call} {{ ?s ?p ?o }} }}"
        asked = FreeQuery(text.replace("URL", listener.address))
        if "SILENT" in call:
            assert isinstance(sandbox.run(asked), Table)
        else:
            with pytest.raises(QueryError, match="no network access: remove the SERVICE part"):
                sandbox.run(asked)
    assert listener.calls == 0
    # The engine itself does call it.
    with pytest.raises(OSError, match=r"onnection|HTTP|erver"):
        ox.Store().query(f"ASK {{ SERVICE <{listener.address}> {{ ?s ?p ?o }} }}")
    assert listener.calls > 0
    listener.close()


def test_a_killed_worker_is_replaced(sandbox: Sandbox) -> None:
    # Other tests' workers may still be running.
    others = set(children())
    assert sandbox.run(FreeQuery("ASK {}")) is True
    [worker] = set(children()) - others
    os.kill(worker, signal.SIGKILL)
    time.sleep(0.2)
    assert sandbox.run(FreeQuery("ASK {}")) is True


def test_a_store_that_is_gone_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    ox.Store(folder).add(NUMBERS[0])
    store = EmbeddedStore.open(folder)
    for file in folder.iterdir():
        file.unlink()
    with pytest.raises(StoreError, match="run 'kg build'"):
        Sandbox(store).run(FreeQuery("ASK { ?s ?p ?o }"))


PROGRAM = """
import pyoxigraph as ox
from kg.store import FreeQuery
from kg.store.embedded import EmbeddedStore
from kg.store.sandbox import Sandbox
p = ox.NamedNode("a:p")
quads = [ox.Quad(ox.NamedNode(f"a:{n}"), p, ox.Literal(str(n))) for n in range(3000)]
box = Sandbox(EmbeddedStore.in_memory(quads))
box.run(FreeQuery("ASK {}"))
print("ready", flush=True)
box.run(FreeQuery("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_running_after_a_kill(number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(0.3)
    [worker] = children(process.pid)
    process.send_signal(number)
    process.wait(timeout=2)
    deadline = time.monotonic() + 2
    while is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(worker)


def children(parent: int | None = None) -> list[int]:
    """Return the processes whose parent is the one given, or else this one."""
    wanted = os.getpid() if parent is None else parent
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == wanted and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
