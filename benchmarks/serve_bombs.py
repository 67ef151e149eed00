"""Measures lookups of one client while another sends queries that are made to hurt.

    python -m benchmarks.serve_bombs [--store DIR] [--seconds N]

Each kind of bomb is sent again and again on several connections, then all kinds together, each kind
from a client and a process of its own with the lowest priority, as if from another machine, while a
client looks entities up, never the same one twice. The table has
the median and the 99th percentile of the lookups, and how many times the 99th percentile of the
same lookups on the quiet server that is; the quiet server is measured before and after.
"""

from __future__ import annotations

import argparse
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle, repeat
from multiprocessing import Process
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from benchmarks.graph_statistics import sample_of_entities
from benchmarks.http_client import Latencies, send
from benchmarks.serving import kg_serve, target_of
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, open_generation

_LOOKUP: Final = "SELECT ?p ?o WHERE {{ <{}> ?p ?o }}"
_BOMBS: Final = {
    "product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "ORDER BY over all": "SELECT * { ?s ?p ?o } ORDER BY ?o ?p ?s",
    "GROUP_CONCAT over all": "SELECT (STRLEN(GROUP_CONCAT(?o)) AS ?n) { ?s ?p ?o . ?t ?q ?r }",
    "regular expressions": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?q ?r"
    " FILTER(REGEX(STR(?o), '(a|b|ab)*c.*(d|e)+f', 'i')) }",
    "nesting": "SELECT * " + "{" * 3000 + "?s ?p ?o" + "}" * 3000,
    "nesting, accepted": "SELECT * " + "{" * 150 + "?s ?p ?o" + "}" * 150,
    "long path": "SELECT (COUNT(*) AS ?n) { ?s (!rdf:type|^!rdf:type)* ?o }",
    "VALUES of 3,000": "SELECT (COUNT(*) AS ?n) { VALUES ?x { "
    + " ".join(f"<a:{number}>" for number in range(3000))
    + " } ?s ?p ?x }",
    "VALUES of 30,000, refused": "SELECT (COUNT(*) AS ?n) { VALUES ?x { "
    + " ".join(f"<a:{number}>" for number in range(30_000))
    + " } ?s ?p ?x }",
    "rows without end": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}
_CONNECTIONS: Final = 6
"""On which a bomb is sent at the same time."""
_SLOW: Final = 300
"""Connections of slow clients."""


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=12.0, help="for each kind of bomb")
    options = parser.parse_args()
    store = EmbeddedStore.open(open_generation(options.store) / STORE)
    entities = sample_of_entities(store, 100_000)
    targets = (target_of(_LOOKUP.format(entity)) for entity in cycle(entities))
    with kg_serve("--store", options.store, "--behind-proxy") as address:

        def look_up() -> Latencies:
            return send(address, targets, seconds=options.seconds, client="10.0.0.1")

        send(address, targets, seconds=2, client="10.0.0.1")
        quiet = look_up()
        print("| bomb | lookups | failed | median ms | p99 ms | times the quiet p99 |")
        print("|---|---:|---:|---:|---:|---:|")
        _print("none", quiet, quiet)
        for number, name in enumerate(_BOMBS, 2):
            with _bombed(address, [name], number):
                _print(name, look_up(), quiet)
        with _slow_clients(address):
            _print("slow clients", look_up(), quiet)
        with _bombed(address, list(_BOMBS), 2), _slow_clients(address):
            _print("all together", look_up(), quiet)
        _print("none, afterwards", look_up(), quiet)


def _print(name: str, measured: Latencies, quiet: Latencies) -> None:
    ratio = measured.percentile(99) / quiet.percentile(99)
    times = f"{measured.percentile(50):.2f} | {measured.percentile(99):.2f} | {ratio:.2f}"
    print(f"| {name} | {len(measured.seconds)} | {measured.failed} | {times} |", flush=True)


@contextmanager
def _bombed(address: str, names: list[str], number: int) -> Iterator[None]:
    """Send bombs from threads while the context lasts, each kind as a client of its own."""
    share = max(1, _CONNECTIONS // len(names))
    processes = [
        Process(target=_bomb, args=(address, name, share, f"10.0.0.{number + place}"), daemon=True)
        for place, name in enumerate(names)
    ]
    for process in processes:
        process.start()
    time.sleep(2)
    yield
    for process in processes:
        process.kill()
        process.join()


def _bomb(address: str, name: str, connections: int, client: str) -> None:
    os.nice(19)
    while True:
        with suppress(OSError):
            send(address, repeat(target_of(_BOMBS[name])), connections, client=client)


@contextmanager
def _slow_clients(address: str) -> Iterator[None]:
    """Keep connections open that send half a head."""
    parts = urlsplit(address)
    connections = []
    for _ in range(_SLOW):
        connection = socket.create_connection((str(parts.hostname), int(parts.port or 80)))
        connection.sendall(b"GET /sparql HTTP/1.1\r\nHost:")
        connections.append(connection)
    yield
    for connection in connections:
        connection.close()


if __name__ == "__main__":
    main()
