"""What goes wrong between here and an endpoint is told in one line, and nothing is lost."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import KgError, KnowledgeGraph
from kg.common.errors import ArgumentError, QueryError, QueryLimitError, StoreError
from kg.store import FreeQuery
from kg.store.embedded import EmbeddedStore
from kg.store.remote import Endpoint, RemoteStore
from kg.store.remote import connection as connections
from kg.store.remote.journal import Journal
from kg.store.remote.loading import load
from tests.store.endpoints import engines
from tests.store.endpoints.proxy import Proxy, proxy

EXAMPLE = "http://example.org/"
ALL = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"


def _quads() -> list[ox.Quad]:
    node = ox.NamedNode
    return [
        ox.Quad(
            node(f"{EXAMPLE}{number}"),
            node(f"{EXAMPLE}number"),
            ox.Literal(f"号{number}", language="zh"),
            node(f"{EXAMPLE}graph/{number % 3}"),
        )
        for number in range(500)
    ]


@pytest.fixture(scope="module")
def local() -> EmbeddedStore:
    return EmbeddedStore.in_memory(_quads())


@pytest.fixture(scope="module")
def engine(local: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    folder = tmp_path_factory.mktemp("oxigraph")
    with engines.oxigraph(folder) as endpoint:
        load(local, "1", endpoint, Journal.read(folder, endpoint.url))
        yield endpoint


@pytest.fixture
def bad(engine: Endpoint, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    monkeypatch.setattr(connections, "_FIRST_PAUSE", 0.01)
    with proxy(engine) as running:
        yield running


def remote(bad: Proxy, **settings: object) -> RemoteStore:
    endpoint = replace(bad.endpoint, **{"joins": "server", **settings})  # type: ignore[arg-type]
    return RemoteStore(endpoint)


@pytest.mark.parametrize("fault", ["429 0", "503 0", "cut", "drop", "lose", "gzip"])
def test_a_read_is_repeated_until_it_is_whole(bad: Proxy, local: EmbeddedStore, fault: str) -> None:
    store = remote(bad)
    store.ask("ASK {}")
    bad.faults = [fault, fault]
    rows = list(store.rows(ALL))
    assert not bad.faults
    assert len(rows) == 500
    assert set(rows) == set(local.rows(ALL))


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        ("429 0", StoreError, "overloaded (HTTP 429): try again later"),
        ("503 0", StoreError, "overloaded (HTTP 503): try again later"),
        ("html", StoreError, "text/html instead of a result of SPARQL"),
        ("truncate", StoreError, "cut short or malformed"),
        ("cut", StoreError, "broke off its answer"),
        ("drop", StoreError, "broke off its answer"),
        ("redirect http://[x/", StoreError, "redirects to what is no address (Invalid IPv6 URL)"),
        ("slow 3", StoreError, "sent nothing for 0.3 s"),
        ("401", StoreError, "asks for credentials (HTTP 401)"),
        ("404", StoreError, "is no endpoint (HTTP 404)"),
        ("500", QueryError, "refuses the query (HTTP 500)"),
    ],
)
def test_a_fault_that_lasts_is_told_in_one_line(
    bad: Proxy, fault: str, error: type[KgError], said: str
) -> None:
    store = remote(bad, wait=0.3 if "slow" in fault else 5.0)
    bad.always = fault
    with pytest.raises(error) as raised:
        store.select(ALL)
    line = str(raised.value)
    assert said in line
    assert f"127.0.0.1:{bad.port}" in line
    assert "\n" not in line
    bad.always = ""
    assert len(store.select(ALL).rows) == 500, "the store works again when the endpoint does"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("type", "answers with ? instead of a result of SPARQL"),
        ("type application/sparql-results", "application/sparql-results instead of a result"),
        ('json {"head": {"vars": ["n"]}, "results": {"bindings": []}}', "a result of another kind"),
        (
            'json {"head": {"vars": ["n"]}, "results": {"bindings": ['
            '{"n": {"type": "uri", "value": "urn:x"}}]}}',
            "a result of another kind",
        ),
    ],
)
def test_what_is_no_truth_value_and_no_number_is_told(bad: Proxy, fault: str, said: str) -> None:
    store = remote(bad)
    store.ask("ASK {}")
    bad.always = fault
    for ask in (lambda: store.ask("ASK {}"), store.size):
        with pytest.raises(StoreError, match=re.escape(said)):
            ask()


def test_a_server_that_is_gone_is_told_at_once() -> None:
    port = engines.free_port()
    begin = time.monotonic()
    with pytest.raises(StoreError, match=r"can't be reached.*is the server running"):
        RemoteStore(Endpoint(f"http://127.0.0.1:{port}/query")).ask("ASK {}")
    assert time.monotonic() - begin < 5


def test_a_silent_limit_is_noticed_and_passed(bad: Proxy, local: EmbeddedStore) -> None:
    bad.always = "rows 60"
    store = remote(bad)
    rows = list(store.rows(ALL))
    assert len(rows) == 500, "no row comes twice"
    assert set(rows) == set(local.rows(ALL))
    assert set(store.quads()) == set(local.quads())
    assert store.size() == 500
    with pytest.raises(QueryLimitError, match="at most 60 of the 500 rows"):
        store.select(ALL + " ORDER BY ?s")
    assert len(store.select(ALL + " ORDER BY ?s LIMIT 50").rows) == 50


def test_a_limit_that_an_answer_just_reaches_is_not_taken_for_none(bad: Proxy) -> None:
    bad.always = "rows 60"
    store = remote(bad)
    assert len(store.select(ALL + " LIMIT 60").rows) == 60
    assert len(store.select(ALL).rows) == 500


def test_a_limit_too_small_for_equal_rows_is_an_error(bad: Proxy) -> None:
    bad.always = "rows 60"
    with pytest.raises(QueryLimitError, match="too few to read this answer in parts"):
        remote(bad).select("SELECT ?p WHERE { GRAPH ?g { ?s ?p ?o } }")


def test_a_redirect_stays_on_its_host(bad: Proxy, engine: Endpoint) -> None:
    bad.faults = ["redirect /query"]
    assert remote(bad, user="ada", password="secret").ask("ASK {}")
    with proxy(engine) as other:
        bad.elsewhere = f"http://localhost:{other.port}"
        bad.always = "redirect /query"
        headers = {"Authorization": "Bearer secret"}
        with pytest.raises(StoreError, match=r"redirects to http://localhost:.*another server"):
            remote(bad, headers=headers).ask("ASK {}")
        assert not other.seen, "neither query nor token reaches another host"


def test_credentials_are_sent_when_they_are_asked_for(
    bad: Proxy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bad.always = "basic"
    assert remote(bad, user="ada", password="secret").ask("ASK {}")
    assert bad.seen[0][1] is None
    with pytest.raises(StoreError, match="refuses these credentials"):
        remote(bad, user="ada", password="wrong").ask("ASK {}")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with pytest.raises(StoreError, match="there is no password for ada"):
        remote(bad, user="ada").ask("ASK {}")
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ada password secret\n")
    assert remote(bad, user="ada").ask("ASK {}")
    assert remote(bad).ask("ASK {}")


def test_credentials_of_a_host_are_not_those_of_another(
    bad: Proxy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ada password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    bad.always = "basic"
    with proxy(bad.target) as other:
        connection = remote(
            bad, update_url=f"http://localhost:{other.port}/update"
        )._client.connection
        connection.read([("query", "ASK {}")], "application/sparql-results+json")
        connection.write(b"DROP SILENT GRAPH <urn:none>")
        assert bad.seen[0][1] is None
        assert bad.seen[1][1] is not None
        assert [sent for _, sent, _ in other.seen] == [None]


def test_no_secret_is_shown() -> None:
    endpoint = Endpoint("http://x.org/q", user="ada", password="hush", headers={"Token": "hush"})
    assert "hush" not in repr(endpoint) + str(endpoint)
    with pytest.raises(ArgumentError) as raised:
        Endpoint("http://ada:hush@x.org/q")
    assert "hush" not in str(raised.value)
    for url in ("http://ada:hush@[x/q", "ada:hush@x.org/q", "http://ada:hu/sh@x.org/q"):
        with pytest.raises(ArgumentError, match="is no address of an endpoint") as raised:
            Endpoint(url)
        assert "hu" not in str(raised.value).partition("is no")[0], url


@pytest.mark.parametrize(
    "url", ["", "x", "ftp://x.org/", "http://", "http://x.org:x/", "http://a b/"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ArgumentError, match="is no address of an endpoint"):
        Endpoint(url)


def test_an_answer_is_written_as_the_embedded_engine_writes_it(
    bad: Proxy, local: EmbeddedStore
) -> None:
    query = FreeQuery(
        'SELECT ?t ?n ?deep ?none { BIND(<<( <urn:a> <urn:b> "c"@en )>> AS ?t) BIND(<<( <urn:a> '
        "<urn:b> ?t )>> AS ?deep) BIND(1 AS ?n) }"
    )
    with remote(bad).evaluated(query) as there, local.evaluated(query) as here:
        assert isinstance(there, ox.QuerySolutions)
        assert isinstance(here, ox.QuerySolutions)
        assert there.serialize(format=ox.QueryResultsFormat.JSON) == here.serialize(
            format=ox.QueryResultsFormat.JSON
        )


def test_a_time_limit_ends_a_query(bad: Proxy) -> None:
    graph = KnowledgeGraph(remote(bad))
    graph.query("ASK {}")
    bad.always = "slow 2"
    with pytest.raises(QueryLimitError, match="longer than its time limit"):
        graph.query(ALL, timeout=0.3)


def test_updates_and_calls_of_others_are_refused_before_they_are_sent(bad: Proxy) -> None:
    store = remote(bad)
    for query in ("DROP ALL", "SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }", "SELECT"):
        with pytest.raises(QueryError):
            store.run(FreeQuery(query))
    assert not bad.seen
