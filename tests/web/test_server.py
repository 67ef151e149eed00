"""The life of a server: start, end, workers that are killed, clients that are slow or leave."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from kg import KnowledgeGraph
from kg.pipeline.build import CatalogueSelection, build
from kg.web.server import verified_texts
from tests.store.test_sandbox import is_running
from tests.support import WORLD
from tests.web.server import Server, failing, serve
from tests.web.test_sparql import ENDLESS


@pytest.fixture
def own(built: Path) -> Iterator[Server]:
    with serve("--store", built, "--workers", "2", "--timeout", "60", "--behind-proxy") as running:
        yield running


def _ask_in_vain(server: Server) -> None:
    with suppress(httpx.HTTPError):
        assert server.get(ENDLESS).status_code >= 500


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(own: Server, number: signal.Signals) -> None:
    workers = own.workers()
    assert len(workers) == 2
    assert own.get("ASK {}").status_code == 200
    assert own.end(number) == 0
    assert not any(map(is_running, workers))
    with pytest.raises(httpx.ConnectError):
        own.get("ASK {}")
    assert not [line for line in own.log if "Traceback" in line]


def test_a_killed_server_leaves_no_worker(own: Server) -> None:
    workers = own.workers()
    # Also one that computes, in which no thread of Python runs.
    running = threading.Thread(target=_ask_in_vain, args=(own,))
    running.start()
    time.sleep(1)
    own.end(signal.SIGKILL)
    running.join()
    deadline = time.monotonic() + 10
    while any(map(is_running, workers)):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_what_a_killed_server_leaves_is_removed_by_the_next(tmp_path: Path) -> None:
    data = tmp_path / "data.nt"
    data.write_text("<a:a> <a:b> <a:c> .\n", encoding="utf-8")
    kept = tmp_path / "temporary"
    kept.mkdir()
    with serve("--data", data, temporary=kept) as beside:
        with serve("--data", data, temporary=kept) as killed:
            assert len(list(kept.iterdir())) == 2
            killed.end(signal.SIGKILL)
        with serve("--data", data, temporary=kept) as following:
            assert len(list(kept.iterdir())) == 2
            for each in (beside, following):
                assert each.get("ASK { <a:a> ?p ?o }").json()["boolean"] is True
            following.end()
        beside.end()
    assert not list(kept.iterdir())


def test_a_request_that_no_worker_has_taken_goes_to_another(own: Server) -> None:
    workers = own.workers()
    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    with ThreadPoolExecutor() as threads:
        answer = threads.submit(own.get, "ASK {}")
        time.sleep(0.5)
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        assert answer.result().json()["boolean"] is True


def test_killed_workers_are_replaced(own: Server) -> None:
    for worker in own.workers():
        os.kill(worker, signal.SIGKILL)
    for _ in range(5):
        assert own.get("ASK {}").json()["boolean"] is True
    running = threading.Thread(target=_ask_in_vain, args=(own,))
    running.start()
    time.sleep(1)
    for worker in own.workers():
        os.kill(worker, signal.SIGKILL)
    running.join(timeout=20)
    assert not running.is_alive()
    assert own.get("ASK {}").json()["boolean"] is True


def test_killed_queries_do_not_add_workers(built: Path) -> None:
    with serve("--store", built, "--workers", "2", "--timeout", "1") as hurried:
        threads = [threading.Thread(target=_ask_in_vain, args=(hurried,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        deadline = time.monotonic() + 20
        while len(hurried.workers()) != 2:
            assert time.monotonic() < deadline, hurried.workers()
            time.sleep(0.1)
        # The start of a worker counts, too, and can take longer than that on a busy machine.
        while hurried.get("ASK {}").status_code != 200:
            assert time.monotonic() < deadline


def test_a_client_that_leaves_stops_its_query(own: Server) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(own.sparql, params={"query": ENDLESS}, timeout=1)
    deadline = time.monotonic() + 20
    while httpx.get(f"{own.url}/health").json()["running"]:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    # Also in the middle of an answer.
    rows = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}
    with httpx.stream("GET", own.sparql, params=rows) as answer:
        next(answer.iter_bytes())
    while httpx.get(f"{own.url}/health").json()["running"]:
        assert time.monotonic() < deadline + 20
        time.sleep(0.1)


def test_others_are_answered_beside_a_greedy_client(own: Server) -> None:
    """The greedy client has more queries than may run and wait: the others are answered at once."""
    statuses: list[int] = []

    def ask() -> None:
        with suppress(httpx.HTTPError):
            answer = httpx.get(own.sparql, params={"query": ENDLESS}, headers=greedy, timeout=4)
            statuses.append(answer.status_code)
            assert int(answer.headers["retry-after"]) > 0

    greedy = {"X-Forwarded-For": "10.0.0.1"}
    threads = [threading.Thread(target=ask) for _ in range(40)]
    for thread in threads:
        thread.start()
    health = f"{own.url}/health"
    while httpx.get(health).json()["waiting"] < 32:
        time.sleep(0.05)
    other = {"X-Forwarded-For": "10.0.0.1, 10.0.0.2"}
    for _ in range(5):
        asked = httpx.get(own.sparql, params={"query": "ASK {}"}, headers=other, timeout=4)
        assert asked.status_code == 200
    for thread in threads:
        thread.join()
    # Of a server with two places, one client has one, and 32 of its queries wait.
    assert set(statuses) == {429}
    assert len(statuses) <= 40 - 32 - 1


def test_a_new_graph_is_served_without_a_failed_request(own_store: Path, built: Path) -> None:
    statuses: list[str] = []
    versions: set[str] = set()
    stop = threading.Event()

    def ask() -> None:
        with httpx.Client() as client:
            while not stop.is_set():
                asked = {"query": "SELECT ?s { ?s a std:Claim } LIMIT 5"}
                answer = client.get(running.sparql, params=asked, timeout=30)
                statuses.append(answer.text if answer.is_error else "")
                versions.add(answer.headers.get("stdkg-version", ""))

    with serve("--store", own_store) as running:
        clients = [threading.Thread(target=ask) for _ in range(3)]
        for client in clients:
            client.start()
        # Two builds remove the one that was served first.
        for selection in (
            CatalogueSelection((WORLD / "ICS.xml",)),
            CatalogueSelection((WORLD / "relaton-data-jis",)),
            CatalogueSelection(drop=("ics",)),
        ):
            build(own_store, selection=selection)
            time.sleep(0.3)
        stop.set()
        for client in clients:
            client.join()
    assert set(statuses) == {""}
    assert len(versions) == 4


def test_a_stream_needs_constant_memory(own: Server) -> None:
    def memory() -> int:
        status = Path(f"/proc/{own.process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0])

    rows = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"}
    peak, count = memory(), 0
    before = peak
    with httpx.stream(
        "GET", own.sparql, params=rows, headers={"Accept": "text/csv"}, timeout=60
    ) as answer:
        for _ in answer.iter_lines():
            count += 1
            if count % 10_000 == 0:
                peak = max(peak, memory())
    assert count == 100_001
    assert peak - before < 20_000


def _connect(server: Server) -> socket.socket:
    address = urlsplit(server.url)
    assert address.port is not None
    connection = socket.create_connection((str(address.hostname), address.port))
    connection.settimeout(30)
    return connection


def test_slow_heads_and_slow_bodies_are_ended(own: Server) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    slow_head, slow_body, idle = (_connect(own) for _ in range(3))
    slow_head.sendall(head)
    slow_body.sendall(head + b"Content-Length: 100\r\n\r\nASK")
    begin = time.monotonic()
    assert slow_head.recv(1000) == b""
    assert slow_body.recv(1000).startswith(b"HTTP/1.1 408 ")
    assert idle.recv(1000) == b""
    assert 5 < time.monotonic() - begin < 30
    for connection in (slow_head, slow_body, idle):
        connection.close()


def test_idle_connections_do_not_keep_others_out(own: Server) -> None:
    connections = [_connect(own) for _ in range(500)]
    assert own.get("ASK {}").json()["boolean"] is True
    for connection in connections:
        connection.close()


def test_what_is_asked_is_logged_only_on_demand(own: Server, built: Path) -> None:
    own.get("ASK { ?s ?p 'secret' }")
    own.end()
    assert "GET /sparql 200" in "".join(own.log)
    assert "secret" not in "".join(own.log)
    with serve("--store", built, "--log-queries") as open_:
        open_.get("ASK { ?s ?p 'secret' }")
        open_.end()
        assert "secret" in "".join(open_.log)


def test_metrics(own: Server) -> None:
    own.get("ASK {}")
    own.get("SELECT")
    lines = httpx.get(f"{own.url}/metrics").text.splitlines()
    assert 'kg_queries_total{outcome="answered"} 1.0' in lines
    assert 'kg_queries_total{outcome="refused"} 1.0' in lines
    assert 'kg_requests_total{status="400"} 1.0' in lines


def test_a_repeated_query_is_run_once(own: Server) -> None:
    def answered() -> str:
        lines = httpx.get(f"{own.url}/metrics").text.splitlines()
        return next(line for line in lines if 'outcome="answered"' in line).rpartition(" ")[2]

    once = "SELECT ?s { ?s a std:Claim } ORDER BY ?s"
    first, again = own.get(once), own.get(once)
    assert (first.content, first.headers["etag"]) == (again.content, again.headers["etag"])
    assert httpx.head(own.sparql, params={"query": once}).headers["etag"] == first.headers["etag"]
    assert answered() == "1.0"
    own.get(once, Accept="text/csv")
    assert answered() == "2.0"
    drawn = "SELECT (RAND() AS ?number) {}"
    answer = own.get(drawn)
    assert "etag" not in answer.headers
    assert answer.content != own.get(drawn).content
    assert answered() == "4.0"


def test_where_it_can_not_start(built: Path, tmp_path: Path) -> None:
    nothing = failing("--store", tmp_path / "none")
    assert nothing.returncode == 2
    assert "no graph has been built" in nothing.stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        busy = failing("--store", built, "--port", port)
    assert busy.returncode == 2
    assert f"127.0.0.1:{port} can't be used: Address already in use" in busy.stderr
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a:a> <a:b> .", encoding="utf-8")
    bad = failing("--data", broken)
    assert bad.returncode == 2
    assert "broken.ttl:1: " in bad.stderr
    for run in (nothing, busy, bad):
        assert len(run.stderr.splitlines()) == 1
        assert run.stdout == ""


def test_texts_are_checked_before_anything_is_served(built: Path, tmp_path: Path) -> None:
    changed = tmp_path / "text.txt"
    changed.write_text("一篇文章", encoding="utf-8")
    refused = failing("--store", built, "--text", changed)
    assert refused.returncode == 2
    assert "text.txt: SHA-256" in refused.stderr
    assert "matches no known source" in refused.stderr
    beside = failing("--data", changed, "--text", changed)
    assert "--text is about the graph" in beside.stderr


def test_texts_lead_from_their_source_to_each_phrase(
    graph: KnowledgeGraph, text_file: Path
) -> None:
    [[source, text]] = verified_texts([text_file], Path("nowhere")).items()
    positions = graph.store.select(f"""
        SELECT ?phrase ?start ?end {{
            ?evidence oa:hasSource <{source}> ; oa:hasSelector ?quote, ?place .
            ?quote oa:exact ?phrase . ?place oa:start ?start ; oa:end ?end
        }}""").rows
    assert len(positions) > 50
    for phrase, start, end in positions:
        assert text[int(start.value) : int(end.value)] == phrase.value  # type: ignore[union-attr]


@pytest.mark.privileged
def test_no_connection_leaves_the_machine(built: Path, tmp_path: Path) -> None:
    """In a network namespace without a route, every query is answered as ever."""
    unshare = shutil.which("unshare")
    probe = [unshare or "", "--net", "true"]
    if not unshare or subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("network namespaces can't be made here")
    script = tmp_path / "try.py"
    script.write_text(
        "from tests.web.server import serve\n"
        f"with serve('--store', {str(built)!r}) as s:\n"
        "    assert s.get('ASK {}').status_code == 200\n"
        "    assert s.get('SELECT * FROM <http://a.example/> { ?s ?p ?o }').status_code == 200\n"
        "    calls = 'SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }'\n"
        "    assert s.get(calls).status_code == 400\n",
        encoding="utf-8",
    )
    inside = f"ip link set lo up && PYTHONPATH={Path.cwd()} {sys.executable} {script}"
    run = subprocess.run(
        [unshare, "--net", "sh", "-c", inside], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
