"""Lookups that the server answers itself, and the connections that they come by."""

from __future__ import annotations

import asyncio
import gzip
import socket
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest

from kg.web.direct_answers import DirectAnswers
from kg.web.lookups import is_lookup
from kg.web.metrics import Metrics
from kg.web.pool import Pool, Settings
from kg.web.queue import Bounds
from kg.web.server import built_store
from kg.web.state import State
from tests.web.event_loop import run_apart
from tests.web.server import Server

COMMITTEE = "https://w3id.org/stdkg/iso/tc/321"
LOOKUPS = [
    f"SELECT ?p ?o WHERE {{ <{COMMITTEE}> ?p ?o }}",
    f"SELECT * {{ <{COMMITTEE}> ?p ?o . }} LIMIT 2",
    "select ?name where { <iso/tc/321> skos:prefLabel ?name }",
    "PREFIX x: <http://www.w3.org/2004/02/skos/core#> SELECT ?s { ?s x:prefLabel '' }".replace(
        "''", '"ISO/TC 321"'
    ),
    'ASK { ?s skos:prefLabel "浙江省"@zh }',
    "SELECT ?class { <iso/tc/321> a ?class }",
]
OTHERS = [
    "SELECT * { ?s ?p ?p }",
    "SELECT ?x { ?s ?p ?o }",
    "SELECT * { <a:a> <a:b> <a:c> }",
    "SELECT DISTINCT ?p { ?s ?p ?o }",
    "SELECT ?p { ?s ?p ?o } ORDER BY ?p",
    "SELECT ?p { ?s ?p ?o } OFFSET 1000000",
    "SELECT ?p { ?s ?p ?o . ?o ?q ?r }",
    "SELECT ?p { ?s ?p ?o FILTER(?o > 1) }",
    "SELECT (COUNT(?p) AS ?n) { ?s ?p ?o }",
    "SELECT ?o { ?s skos:broader* ?o }",
    "SELECT ?p FROM <a:g> { ?s ?p ?o }",
    "SELECT ?p { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?p { SERVICE <http://a.example/> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DESCRIBE <a:a>",
    f"SELECT ?p {{ ?s ?p '{'a' * 3000}' }}",
]
HEAD = {"Host": "localhost", "Accept": "application/sparql-results+json"}


def _request(query: str, **fields: str) -> bytes:
    lines = [f"{name}: {value}\r\n" for name, value in (HEAD | fields).items()]
    start = f"GET /sparql?query={quote(query, safe='')} HTTP/1.1\r\n"
    return "".join([start, *lines, "\r\n"]).encode()


@pytest.fixture(scope="module")
def direct(built: Path) -> DirectAnswers:
    """Direct answers from the graph of the article, which has been opened."""
    state = State(Pool(built_store(built), Settings(5, 1 << 30, Bounds(1))))
    answers = DirectAnswers(state, Metrics(state.pool, state.answers))

    async def opened() -> None:
        while answers.answer(_request(LOOKUPS[0]), []) is None:
            await asyncio.sleep(0.01)

    run_apart(opened())
    return answers


def _answer(direct: DirectAnswers, data: bytes) -> bytes | None:
    async def answered() -> bytes | None:
        return direct.answer(data, [])

    return run_apart(answered())


@pytest.mark.parametrize("query", OTHERS)
def test_only_one_pattern_is_a_lookup(query: str) -> None:
    assert not is_lookup(query)


@pytest.mark.parametrize("query", LOOKUPS)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_lookup_is_answered_as_by_a_worker(
    direct: DirectAnswers, server: Server, query: str, encoding: str
) -> None:
    assert is_lookup(query)
    data = _request(query, **{"Accept-Encoding": encoding})
    response = _answer(direct, data)
    assert response is not None
    # The second time it is known.
    assert _answer(direct, data) == response
    head, _, body = response.partition(b"\r\n\r\n")
    lines = (line.partition(b": ") for line in head.split(b"\r\n")[1:])
    fields = httpx.Headers([(name, value) for name, _, value in lines])
    if fields.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    # A field that isn't known leaves the request to the application.
    by_worker = server.get(query, **HEAD, **{"Accept-Encoding": encoding, "X-Unknown": ""})
    assert (body, head.split(b"\r\n")[0]) == (by_worker.content, b"HTTP/1.1 200 OK")
    by_worker.headers.pop("date")
    varied = {"accept", "accept-encoding", "origin"}
    for each in (fields, by_worker.headers):
        assert set(each.pop("vary").lower().replace(" ", "").split(",")) <= varied
        each.pop("content-length")
    assert dict(fields) == dict(by_worker.headers)


@pytest.mark.parametrize(
    "data",
    [
        _request("SELECT * { ?s ?p ?o }"),
        _request("SELECT * { ?s ?p ?o"),
        _request(LOOKUPS[0], Host="a.example"),
        _request(LOOKUPS[0], Origin="http://a.example"),
        _request(LOOKUPS[0], Accept="text/csv"),
        _request(LOOKUPS[0], Connection="close"),
        _request(LOOKUPS[0], **{"Content-Length": "3"}) + b"ASK",
        _request(LOOKUPS[0]) + _request(LOOKUPS[0]),
        _request(LOOKUPS[0]).replace(b" HTTP/1.1", b"&default-graph-uri=a:a HTTP/1.1"),
        _request(LOOKUPS[0]).replace(b" HTTP/1.1", b" HTTP/1.0"),
    ],
)
def test_everything_else_is_left_to_the_application(direct: DirectAnswers, data: bytes) -> None:
    """A long answer, a fault, a request of another site, another format, another head."""
    assert _answer(direct, data) is None


def _send(server: Server, data: bytes) -> bytes:
    address = urlsplit(server.url)
    with socket.create_connection((str(address.hostname), address.port or 80)) as connection:
        connection.settimeout(30)
        connection.sendall(data)
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))


def test_requests_that_come_together_are_answered_in_turn(server: Server) -> None:
    last = _request("ASK { ?s ?p ?o }", Connection="close")
    received = _send(server, _request(LOOKUPS[0]) + _request("ASK {}") + last)
    assert received.count(b"HTTP/1.1 200 OK") == 3
    assert received.index(b'"value"') < received.index(b'"boolean"')


def test_what_is_no_request_is_refused(server: Server) -> None:
    assert _send(server, b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    long = _send(server, b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 500_000)
    assert long.startswith(b"HTTP/1.1 431 ")
