"""Measures requests per second and latency of ``kg serve``, beside other servers on the same store.

    python -m benchmarks.serve_load --store DIR [--small DIR] [--oxigraph PROGRAM]
        [--rdflib-endpoint PROGRAM] [--requests N]

Lookups ask for all statements of an entity by SPARQL, never of the same one twice; *repeated* ones
ask for one entity again and again. Search, entity and question are the API's. Latencies are of one
connection, requests per second of eight. ``oxigraph`` (PyPI) serves the store itself, and
``rdflib-endpoint`` (PyPI) the graph in ``--small``, which rdflib can hold. The last line is the
growth of the server's memory over 10,000 requests.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from benchmarks.graph_statistics import sample_of_entities
from benchmarks.http_client import send
from benchmarks.serving import free_port, kg_serve, served, target_of
from kg.common.namespaces import BASE
from kg.entities.index import name_index
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, open_generation

_LOOKUP = "SELECT ?p ?o WHERE {{ <{}> ?p ?o }}"
_QUESTION = "/questions/ballot?committee=ISO/TC%20321"
_CONNECTIONS = 8
_MEMORY = 10_000


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--small", type=Path, help="store of a graph for rdflib-endpoint")
    parser.add_argument("--oxigraph", metavar="PROGRAM")
    parser.add_argument("--rdflib-endpoint", metavar="PROGRAM")
    parser.add_argument("--requests", type=int, default=2000)
    options = parser.parse_args()
    count: int = options.requests
    path = open_generation(options.store) / STORE
    store = EmbeddedStore.open(path)
    entities = sample_of_entities(store, 100_000)
    words = _words(store, entities)
    print("| server | request | median ms | p99 ms | requests per second | failed |")
    print("|---|---|---:|---:|---:|---:|")
    if options.oxigraph:
        with _oxigraph(options.oxigraph, path) as address:
            _measure(address, "oxigraph", "lookup", _lookups(entities, "/query"), count)
    with kg_serve("--store", options.store) as address:
        lookups = _lookups(entities)
        _measure(address, "kg serve", "lookup", lookups, count)
        repeated = iter(lambda: target_of(_LOOKUP.format(entities[0])), None)
        _measure(address, "kg serve", "lookup, repeated", repeated, count)
        searches = (f"/search?q={quote(word)}" for word in words)
        _measure(address, "kg serve", "search", searches, count // 20)
        shown = (f"/show/{quote(iri.removeprefix(BASE))}" for iri in entities if BASE in iri)
        _measure(address, "kg serve", "entity", shown, count // 20)
        _measure(address, "kg serve", "question", iter(lambda: _QUESTION, None), count // 20)
    if options.oxigraph:
        with _oxigraph(options.oxigraph, path) as address:
            _measure(address, "oxigraph, again", "lookup", _lookups(entities, "/query"), count)
    if options.small and options.rdflib_endpoint:
        small = EmbeddedStore.open(open_generation(options.small) / STORE)
        few = sample_of_entities(small, 100_000)
        with kg_serve("--store", options.small) as address:
            _measure(address, "kg serve, small graph", "lookup", _lookups(few), len(few) // 3)
        with _rdflib_endpoint(options.rdflib_endpoint, small) as address:
            _measure(address, "rdflib-endpoint", "lookup", _lookups(few, "/"), len(few) // 3)
    with kg_serve("--store", options.store) as address:
        query = "SELECT ({} AS ?n) (RAND() AS ?r) {{}}"
        drawn = (target_of(query.format(number)) for number in range(_MEMORY))
        send(address, (next(drawn) for _ in range(_MEMORY // 10)), _CONNECTIONS)
        before = _memory(address.process)
        send(address, drawn, _CONNECTIONS)
        grown = _memory(address.process) - before
        print(f"memory of the server over {_MEMORY:,} requests: {grown:+,} kB")


def _measure(address: str, server: str, kind: str, targets: Iterator[str], count: int) -> None:
    send(address, (next(targets) for _ in range(max(1, count // 10))))
    one = send(address, (next(targets) for _ in range(count)))
    many = send(address, (next(targets) for _ in range(count)), _CONNECTIONS)
    times = f"{one.percentile(50):.2f} | {one.percentile(99):.2f} | {many.per_second:.0f}"
    print(f"| {server} | {kind} | {times} | {one.failed + many.failed} |", flush=True)


def _lookups(entities: list[str], path: str = "/sparql") -> Iterator[str]:
    return (target_of(_LOOKUP.format(entity), path) for entity in entities)


def _words(store: EmbeddedStore, entities: list[str]) -> list[str]:
    """Return words of names, each once."""
    index = name_index(store)
    found = {
        word
        for iri in entities[:2000]
        for name in index.names_of(iri)
        for word in re.findall(r"\w{4,}", name)
    }
    words = sorted(found)
    random.Random(1).shuffle(words)
    return words


@contextmanager
def _oxigraph(program: str, store: Path) -> Iterator[str]:
    address = f"127.0.0.1:{free_port()}"
    command: list[str | Path] = [program, "serve-read-only", "--location", store]
    command += ["--bind", address, "--union-default-graph"]
    with served(command, f"http://{address}") as url:
        yield url


@contextmanager
def _rdflib_endpoint(program: str, store: EmbeddedStore) -> Iterator[str]:
    with tempfile.NamedTemporaryFile(suffix=".nt") as file:
        triples = {quad.triple for quad in store.quads()}
        ox.serialize(triples, file, ox.RdfFormat.N_TRIPLES)
        file.flush()
        port = free_port()
        command: list[str | Path] = [program, "serve", file.name, "--host", "127.0.0.1"]
        with served([*command, "--port", str(port)], f"http://127.0.0.1:{port}") as url:
            yield url


def _memory(process: int) -> int:
    """Return the kilobytes that a process has in use."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


if __name__ == "__main__":
    main()
