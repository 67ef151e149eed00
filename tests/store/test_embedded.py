"""The embedded store: queries, bindings, rejected queries, rdflib, and stores on disk."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES, node
from kg.store import FreeQuery, Store, Table, Term
from kg.store.embedded import EmbeddedStore
from kg.store.sandbox import Sandbox
from kg.store.writer import StoreWriter

COMMITTEE = ox.NamedNode(BASE + "iso/tc/321")
LABEL = node("skos:prefLabel")
ONE = node("graph:one")
TWO = node("graph:two")
ENGLISH = ox.Literal("e-commerce", language="en")
CHINESE = ox.Literal("电子商务", language="zh")
QUADS = [
    ox.Quad(COMMITTEE, LABEL, ENGLISH, ONE),
    ox.Quad(COMMITTEE, LABEL, CHINESE, TWO),
    ox.Quad(ox.NamedNode(BASE + "iso/tc/1"), LABEL, ox.Literal("screw threads"), TWO),
]
ALL = "SELECT ?s ?name WHERE { ?s skos:prefLabel ?name }"


_SANDBOXES: WeakKeyDictionary[Store, Sandbox] = WeakKeyDictionary()


def sandbox(store: Store) -> Sandbox:
    """The sandbox of a store, started once."""
    if store not in _SANDBOXES:
        _SANDBOXES[store] = Sandbox(store)
    return _SANDBOXES[store]


def free(
    store: Store, query: str, bindings: dict[str, Term] | None = None
) -> Table | bool | list[ox.Triple]:
    """Run a query as one that somebody wrote."""
    return sandbox(store).run(FreeQuery(query, bindings or {}))


@pytest.fixture
def store() -> EmbeddedStore:
    return EmbeddedStore.in_memory(QUADS)


def one_line(error: pytest.ExceptionInfo[KgError]) -> str:
    text = str(error.value)
    assert "\n" not in text
    return text


@dataclass
class Endpoint:
    address: str
    calls: int = 0


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A server that counts its connections and closes each."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        endpoint = Endpoint(f"http://127.0.0.1:{server.getsockname()[1]}/")

        def hang_up() -> None:
            while True:
                connection, _ = server.accept()
                endpoint.calls += 1  # before the client can notice that the connection is closed
                connection.close()
                if not is_open:
                    return

        is_open = True
        thread = threading.Thread(target=hang_up)
        thread.start()
        yield endpoint
        is_open = False
        socket.create_connection(server.getsockname()).close()
        thread.join()


# Queries


def test_default_graph_is_the_union_and_prefixes_are_known(store: Store) -> None:
    table = store.select(ALL + " ORDER BY ?name")
    assert table.columns == ("s", "name")
    assert {row[1] for row in table.rows} == {ENGLISH, CHINESE, ox.Literal("screw threads")}
    for prefix, namespace in PREFIXES.items():
        found = store.select(f"SELECT (STR({prefix}:x) AS ?iri) {{}}").rows
        assert found == ((ox.Literal(namespace + "x"),),)


def test_relative_iris_resolve_against_the_base(store: Store) -> None:
    assert store.ask('ASK { <iso/tc/321> skos:prefLabel "e-commerce"@en }')
    assert not store.ask("ASK { <iso/tc/322> ?p ?o }")


def test_named_graphs_can_be_queried(store: Store) -> None:
    rows = store.select("SELECT ?name { GRAPH <graph/one> { ?s ?p ?name } }").rows
    assert rows == ((ENGLISH,),)


def test_from_narrows_the_default_graph(store: Store) -> None:
    query = "SELECT ?name FROM <graph/one> WHERE { ?s ?p ?name }"
    assert store.select(query).rows == ((ENGLISH,),)
    (row,) = store.rdflib(sandbox(store).run).query(query.replace("<", f"<{BASE}"))
    assert row == (Literal("e-commerce", lang="en"),)
    # The word "from" elsewhere changes nothing.
    assert len(store.select("SELECT ?from { ?s ?p ?from # from\n }").rows) == 3


def test_from_makes_no_network_call(store: Store, endpoint: Endpoint) -> None:
    graph = f"<{endpoint.address}g>"
    assert store.select(f"SELECT * FROM {graph} {{ ?s ?p ?o }}").rows == ()
    named = f"SELECT * FROM NAMED {graph} {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert store.select(named).rows == ()
    dataset = store.rdflib(sandbox(store).run)
    assert list(dataset.query(f"SELECT * FROM {graph} {{ ?s ?p ?o }}")) == []
    assert endpoint.calls == 0


def test_each_query_form_has_its_type_of_result(store: Store) -> None:
    assert isinstance(free(store, ALL), Table)
    assert free(store, "ASK { ?s ?p ?o }") is True
    assert free(store, "ASK { ?s ?p 0 }") is False
    described = free(store, "DESCRIBE <iso/tc/321>")
    assert isinstance(described, list)
    assert {triple.object for triple in described} == {ENGLISH, CHINESE}


@pytest.mark.parametrize(
    ("method", "query"), [("select", "ASK {}"), ("ask", ALL), ("construct", ALL)]
)
def test_other_query_forms_are_rejected(store: Store, method: str, query: str) -> None:
    with pytest.raises(KgError, match="query is needed here"):
        getattr(store, method)(query)


def test_unbound_cells_are_none(store: Store) -> None:
    assert store.select("SELECT ?a ?b { BIND(1 AS ?a) }").rows == ((ox.Literal(1), None),)


def test_constructed_triples_are_distinct() -> None:
    twice = EmbeddedStore.in_memory([*QUADS, ox.Quad(COMMITTEE, LABEL, ENGLISH, TWO)])
    made = "CONSTRUCT { ?s ?p ?o } WHERE { <iso/tc/321> ?p ?o . ?s ?p ?o }"
    for query in (made, "DESCRIBE <iso/tc/321>"):
        assert len(list(twice.construct(query))) == 2
        answer = free(twice, query)
        assert isinstance(answer, list)
        assert len(answer) == 2


def test_quads_can_be_limited_to_a_graph(store: Store) -> None:
    assert set(store.quads()) == set(QUADS)
    assert list(store.quads(ONE)) == QUADS[:1]


def test_tables_and_stores_have_a_short_repr(tmp_path: Path) -> None:
    rows = tuple((ox.Literal(n), None) for n in range(4000))
    assert repr(Table(("n", "name"), rows)) == "Table(4000 rows, columns: n, name)"
    assert repr(EmbeddedStore.in_memory(QUADS)) == "EmbeddedStore(in memory)"
    writer = StoreWriter(tmp_path / "store")
    view = writer.view()
    assert repr(writer) == "StoreWriter(EmbeddedStore(in memory))"
    writer.close()
    assert repr(view) == "EmbeddedStore(closed)"
    assert repr(EmbeddedStore.open(tmp_path / "store")) == f"EmbeddedStore({tmp_path / 'store'})"


# Bindings


def test_bindings_apply_to_every_query_form(store: Store) -> None:
    bound = {"s": COMMITTEE}
    assert {row[1] for row in store.select(ALL, bound).rows} == {ENGLISH, CHINESE}
    assert store.ask("ASK { ?s ?p ?o }", bound)
    assert not store.ask("ASK { ?s ?p ?o }", {"s": ONE})
    made = store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", bound)
    assert {triple.object for triple in made} == {ENGLISH, CHINESE}
    # Terms are bound, not pasted in: their text can't break out of the query.
    hostile = ox.Literal('" } SERVICE <http://127.0.0.1/> { ?s ?p ?o } #')
    assert store.select(ALL, {"name": hostile}).rows == ()


@pytest.mark.parametrize(
    "query",
    ["SELECT ?name { ?s ?p ?name }", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "ASK { ?a ?p ?o }"],
)
def test_bound_variables_must_occur_in_the_query(store: Store, query: str) -> None:
    with pytest.raises(KgError) as error:
        free(store, query, {"s": COMMITTEE})
    assert "?s can't be bound" in one_line(error)


def test_invalid_variable_names_are_rejected(store: Store) -> None:
    with pytest.raises(KgError, match="not all of these are names of variables"):
        store.select(ALL, {"?s": COMMITTEE})


# Invalid queries


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT", "line 1, column 7"),
        ("SELECT * {\n ?s ?p }", "line 2, column"),
        ("SELCT * { ?s ?p ?o }", "near 'SELCT * { ?s"),
        ("SELECT ?p (COUNT(?s) AS ?n) { ?s ?p ?o } GROUP BY ?s", "a variable that is unbound"),
        ("SELECT * { ?s nope:p ?o }", "line 1: no prefix 'nope:' is declared: add PREFIX nope: <"),
        ("ASK {\n ?s a stdd:Standard }", "line 2: no prefix 'stdd:' is declared"),
        ("ASK { ?s a stdd:Standard }", ", or use std:"),
        ("ASK { FILTER(xsdd:int('1') = 1) }", "no prefix 'xsdd:'"),
        ("ASK { ?s ?p '1'^^xs:int }", "no prefix 'xs:'"),
        ("PREFIX #c\n a: <http://x/> DESCRIBE a:b b:c", "line 2: no prefix 'b:'"),
        ("ASK { ?s :p _:b }", "no prefix ':' is declared"),
        ("ASK { ?s ?p 'open: }", "near"),
        ("SELECT * { ?s ?p '\udcff' }", "not valid Unicode"),
        ("SELECT * { ?s ?p 'open }", "is not SPARQL 1.1"),
    ],
)
def test_syntax_errors_give_the_position_in_one_line(
    store: Store, query: str, message: str
) -> None:
    with pytest.raises(KgError) as error:
        free(store, query)
    assert message in one_line(error)


@pytest.mark.parametrize(
    ("update", "keyword"),
    [
        ("INSERT DATA { <a> <b> <c> }", "INSERT"),
        ("# SELECT\nPREFIX select: <http://a/>\nDELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("BASE <http://select/> with <g> INSERT {} WHERE {}", "WITH"),
        ("load <http://127.0.0.1/>", "LOAD"),
        ("CLEAR ALL", "CLEAR"),
        ("drop graph <g>", "DROP"),
        ("CREATE GRAPH <g>", "CREATE"),
        ("ADD <a> TO <b>", "ADD"),
        ("MOVE <a> TO <b>", "MOVE"),
        ("COPY <a> TO <b>", "COPY"),
    ],
)
def test_an_update_is_told_that_the_graph_is_read_only(
    store: Store, update: str, keyword: str
) -> None:
    with pytest.raises(KgError) as error:
        free(store, update)
    assert f"the graph is read-only: {keyword} is an update" in one_line(error)


def test_words_of_updates_are_no_updates_elsewhere(store: Store) -> None:
    assert (
        free(store, "PREFIX insert: <http://a/> # DELETE\nASK { FILTER('CLEAR ALL' = '') }")
        is False
    )
    assert free(store, "SELECT ?insert { ?insert ?p ?o } LIMIT 0") == Table(("insert",), ())


# No network

CALLS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service<URL>{ ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE :x { ?s ?p ?o } }",
    "SELECT * { SERVICE:x{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENT:x{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . BIND(1 AS ?one)SERVICE:x#{\n{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.SERVICE:x{ ?s ?p ?o } }",
    "SELECT * { VALUES ?v { 1 }SERVICE$v{ ?s ?p ?o } SERVICE#<\n<URL>{} }",
    "ASK { FILTER EXISTS { SERVICE <URL> {} } }",
    "SELECT * { # comment\rSERVICE <URL> { ?s ?p ?o }\n}",
    "SELECT * { FILTER(1<2#>'''\n)SERVICE<URL>{ ?s ?p ?o }\n#'''\n}",
    "SELECT * { FILTER(1<2#>'''\n)SERVICE:x{ ?s ?p ?o }\n#'''\n}",
    "SELECT * { FILTER(1<#x>'''\n2)SERVICE<URL>{ ?s ?p ?o }\n#'''\n}",
    "SELECT * { FILTER(1<2)SERVICE#>\n<URL>{ ?s ?p ?o } }",
    "SELECT * { FILTER('a'<'''>''')SERVICE<URL>{ ?s ?p ?o } FILTER('''>'''>'a') }",
    'SELECT * { VALUES ?v {"""a"}SERVICE<URL>{ ?s ?p ?o } #\\q"""\n}',
    'SELECT * { VALUES ?v {"""a"}SERVICE<URL>{ ?s ?p ?o } #\\ud800"""\n}',
    r"SELECT * { VALUES ?v { :a\' } SERVICE <URL> { ?s ?p ?o } VALUES ?w { :b\' } }",
    "SELECT * { SERVICE <URL\\u0041> { ?s ?p ?o } }",
    "SELECT * { BIND(<x:\\u0041'''> AS ?a) SERVICE <URL> { ?s ?p ?o } BIND(<x:\\u0041'''> AS ?b) }",
]


@pytest.mark.parametrize("query", CALLS)
def test_without_the_guard_the_engine_would_connect(endpoint: Endpoint, query: str) -> None:
    prefix = f"PREFIX : <{endpoint.address}>\n"
    engine = ox.Store()
    engine.extend(QUADS)
    with suppress(OSError):
        answer = engine.query(
            prefix + query.replace("URL", endpoint.address), use_default_graph_as_union=True
        )
        if isinstance(answer, ox.QuerySolutions):
            list(answer)
    assert endpoint.calls > 0


@pytest.mark.parametrize("query", CALLS)
def test_service_is_rejected(store: EmbeddedStore, endpoint: Endpoint, query: str) -> None:
    for refused in (query, query.replace("SERVICE", "sErViCe").replace("SILENT", "Silent")):
        asked = f"PREFIX : <{endpoint.address}>\n" + refused.replace("URL", endpoint.address)
        with pytest.raises(KgError) as error:
            free(store, asked)
        assert "SERVICE" in one_line(error)
        with pytest.raises(KgError, match="SERVICE"):
            store.rdflib(sandbox(store).run).query(asked)
    assert endpoint.calls == 0


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p $SERVICE }",
        "SELECT * { ?s ?p 'SERVICE' } # SERVICE <x> {",
        'SELECT * { ?s ?p "SERVICE <x> {"@en }',
        "SELECT * { ?s ?p '''it's \\' SERVICE <x> {''' }",
        'SELECT * { ?s ?p """say "SERVICE" <x> {\n \\u0041""" }',
        "SELECT * { ?s <http://example.org/service#SERVICE> ?o }",
        "SELECT * { ?s <http://example.org/Foo_(bar)'s#service> ?o }",
        "SELECT * { ?s <service> ?o ; <a/service> ?q }",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:p service:SERVICE }",
        "SELECT * { ?s std:service ?o ; std:a.service ?q ; std:per%20service ?r }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) FILTER(STR(?o) = 'service') }",
        "SELECT * { ?s ?p 'x'@en-service }",
        "SELECT * { _:service ?p ?o }",
    ],
)
def test_the_word_service_elsewhere_is_accepted(store: Store, query: str) -> None:
    assert isinstance(free(store, query), Table)


# Queries that would crash the engine


def test_overlong_queries_are_rejected(store: Store) -> None:
    comment = "#" * 1_000_000
    with pytest.raises(KgError, match="characters"):
        free(store, "ASK {} " + comment)
    assert free(store, "ASK {} " + comment[:-7])


@pytest.mark.parametrize(("opening", "closing"), ["()", "{}", "[]"])
def test_overly_nested_queries_are_rejected(store: Store, opening: str, closing: str) -> None:
    for depth in (201, 100_000):
        with pytest.raises(KgError, match="deeper than 200"):
            free(store, "SELECT * { ?s ?p " + opening * depth + closing * depth + " }")
    shallow = "SELECT * {" + "{" * 198 + "}" * 198 + "}"
    assert isinstance(free(store, shallow), Table)
    # Brackets in strings or in sequence aren't nested.
    assert not store.ask(f"ASK {{ ?s ?p '{opening * 5000}' }}")
    assert store.ask("ASK { VALUES (?a ?b) {" + "(1 2)" * 5000 + "} }")


def test_brackets_cannot_hide_in_an_apparent_iri(store: Store) -> None:
    hidden = "SELECT * { FILTER(1<" + "(" * 50_000 + "1>0" + ")" * 50_000 + ") }"
    with pytest.raises(KgError, match="deeper than 200"):
        free(store, hidden)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "!" * 20_000 + "1) }",
        "ASK { FILTER(1" + "||1" * 20_000 + ") }",
        "ASK { BIND(1" + "-1" * 20_000 + " AS ?x) }",
        "ASK { {}" + "UNION{}" * 20_000 + " }",
        "ASK { " + "OPTIONAL{?a ?b ?c}" * 20_000 + " }",
        "ASK { " + "BIND(1 AS ?x)" * 20_000 + " }",
        "ASK { " + "FILTER(1)" * 20_000 + " }",
        "ASK { ?a ?b 1" + ",1" * 20_000 + " }",
        "ASK { ?a " + "<x:p>/" * 20_000 + "<x:p> ?b }",
        "SELECT (1 AS ?x) {} GROUP BY ?y HAVING" + "(1)" * 20_000,
    ],
)
def test_long_chains_are_rejected(store: Store, query: str) -> None:
    with pytest.raises(KgError, match="more than 1000"):
        free(store, query)


def chain(part: str, separator: str, count: int) -> str:
    return separator.join([part] * count)


@pytest.mark.parametrize(
    ("before", "part", "separator", "after"),
    [
        ("ASK { ?a ", "<x:p>", "/", " ?b }"),
        ("ASK { ?a (", "<x:p>", "/", ")* ?b }"),
        ("ASK { ?a ", "<x:p>*", "/", " ?b }"),
        ("ASK { ", "?a <x:p> ?b", " . ", " }"),
        ("ASK { ?a ", "<x:p> ?b", " ; ", " }"),
        ("ASK { ?a <x:p> ", "?b", " , ", " }"),
        ("ASK { ?a <x:p> [ ", "<x:p> ?b", " ; ", " ] }"),
        ("ASK { ", "{ ?a <x:p> ?b }", " ", " }"),
        ("ASK { ?a <x:p> ?b ", "", " OPTIONAL { ?a <x:q> ?c }", " }"),
        ("ASK { {} UNION { ", "?a <x:p> ?b", " . ", " } UNION {} }"),
        ("ASK { ?a ", "<x:p>", "|", " ?b }"),
        ("ASK { ?a (", "^<x:p>", "|", ")* ?b }"),
        ("ASK { ?a !(", "<x:p>", "|", ") ?b }"),
    ],
)
def test_joins_and_paths_that_take_minutes_to_plan_are_rejected(
    store: Store, before: str, part: str, separator: str, after: str
) -> None:
    for count in (103, 300, 490):
        with pytest.raises(KgError, match=r"more than 100 (patterns|alternatives)"):
            free(store, before + chain(part, separator, count) + after)
    begin = time.monotonic()
    assert free(store, before + chain(part, separator, 50) + after) in (True, False)
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize(
    "query",
    [
        "ASK { " + chain("{ ?a <x:p> ?b . ?b <x:p> ?c }", " UNION ", 150) + " }",
        "ASK { FILTER(" + chain("?a = 1", " || ", 300) + ") }",
        "ASK { " + chain("?a (<x:p>|<x:q>)* ?b", " . ", 90) + " }",
        "CONSTRUCT { " + chain("?a <x:p> ?b", " . ", 90) + "} {"
        + chain("?a <x:p> ?b", " . ", 90) + " }",
    ],
)  # fmt: skip
def test_what_is_not_joined_may_be_longer(store: Store, query: str) -> None:
    assert free(store, query) in (True, False, [])


def test_long_lists_of_values_are_accepted(store: Store) -> None:
    names = " ".join(f'"name {n}.5"^^xsd:string' for n in range(20_000))
    answer = free(store, f"SELECT ?n {{ VALUES ?n {{ {names} }} }}")
    assert isinstance(answer, Table)
    assert len(answer.rows) == 20_000
    numbers = ",".join(f"{n}.5" for n in range(20_000))
    assert free(store, f"ASK {{ FILTER(19999.5 IN ({numbers})) }}")


def test_the_guard_takes_linear_time() -> None:
    # Nearly a million characters each; a backtracking pattern would take hours.
    pieces = [
        "a",
        "a.",
        "a-",
        "<",
        "<a",
        '"',
        '"""',
        '""" ',
        "'",
        "\\",
        "#",
        "?",
        ":",
        "a:.",
        "@a-",
    ]
    program = """
import json, sys
from kg.common.errors import KgError
from kg.store import FreeQuery
from kg.store.embedded import EmbeddedStore
from kg.store.sandbox import Sandbox
sandbox = Sandbox(EmbeddedStore.in_memory())
for piece in json.load(sys.stdin):
    try:
        sandbox.run(FreeQuery((piece * 1_000_000)[:999_000]))
    except KgError:
        print("refused")
"""
    root = Path(sys.modules["kg.common.errors"].__file__ or "").parents[2]
    result = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(pieces),
        cwd=root,
        timeout=60,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.count("refused") == len(pieces)


# rdflib


def test_rdflib_reads_the_union(store: Store) -> None:
    dataset = store.rdflib(sandbox(store).run)
    found = {str(row[1]) for row in dataset.query(ALL)}  # type: ignore[index]
    assert found == {"e-commerce", "电子商务", "screw threads"}
    committee = URIRef(COMMITTEE.value)
    assert {str(name) for name in dataset.objects(committee, URIRef(LABEL.value))} == {
        "e-commerce",
        "电子商务",
    }
    bound = dataset.query(ALL, initBindings={"s": committee})
    assert len(list(bound)) == 2
    assert len(dataset.graph(URIRef(ONE.value))) == 1


def test_rdflib_knows_the_prefixes(store: Store) -> None:
    known = {
        prefix: str(namespace)
        for prefix, namespace in store.rdflib(sandbox(store).run).namespaces()
    }
    assert PREFIXES.items() <= known.items()


def test_rdflib_is_read_only(store: Store) -> None:
    dataset = store.rdflib(sandbox(store).run)
    term = URIRef("http://example.org/x")
    for write in (
        lambda: dataset.add((term, term, term)),
        lambda: dataset.addN([(term, term, term, dataset.graph(term))]),
        lambda: dataset.remove((term, term, term)),
        lambda: dataset.update("INSERT DATA { <x:a> <x:b> <x:c> }"),
    ):
        with pytest.raises(KgError, match="read-only"):
            write()
    assert len(list(store.quads())) == 3


def test_rdflib_does_not_fall_back_to_its_own_engine(store: Store) -> None:
    with pytest.raises(KgError, match="as a string"):
        store.rdflib(sandbox(store).run).query(prepareQuery("SELECT * { ?s ?p ?o }"))
    with pytest.raises(KgError, match="without options"):
        store.rdflib(sandbox(store).run).query("SELECT * { ?s ?p ?o }", base="http://example.org/")


# On disk


def written(folder: Path) -> Path:
    with StoreWriter(folder) as writer:
        writer.extend(QUADS)
    return folder


def test_opening_changes_nothing_in_the_folder(tmp_path: Path) -> None:
    folder = written(tmp_path / "store")
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.iterdir()}
    first, second = EmbeddedStore.open(folder), EmbeddedStore.open(str(folder))
    assert first.select(ALL).rows == second.select(ALL).rows
    assert len(first.select(ALL).rows) == 3
    after = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.iterdir()}
    assert after == before
    # No lock is held: another process may write.
    ox.Store(folder)


def test_rdflib_reads_graphs_of_a_store_on_disk(tmp_path: Path) -> None:
    store = EmbeddedStore.open(written(tmp_path / "store"))
    dataset = store.rdflib(sandbox(store).run)
    assert len(dataset.graph(URIRef(ONE.value))) == 1
    assert len(dataset.graph(URIRef("http://example.org/none"))) == 0


def test_writer_works_in_memory() -> None:
    with StoreWriter(None) as writer:
        writer.extend(QUADS)
        assert set(writer.view().quads()) == set(QUADS)


def test_opening_a_missing_store_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(KgError) as error:
        EmbeddedStore.open(tmp_path / "none")
    assert "run 'kg build'" in one_line(error)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KgError, match="there is no store"):
        EmbeddedStore.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_errors_name_a_damaged_store(tmp_path: Path) -> None:
    folder = written(tmp_path / "store")
    for path in folder.glob("MANIFEST*"):
        path.write_bytes(b"damaged")
    with pytest.raises(KgError) as error:
        EmbeddedStore.open(folder)
    assert str(folder) in one_line(error)
    assert "'kg build --store" in str(error.value)


def test_an_open_store_survives_its_removal(tmp_path: Path) -> None:
    store = EmbeddedStore.open(written(tmp_path / "store"))
    shutil.rmtree(tmp_path / "store")
    assert len(store.select(ALL).rows) == 3


def test_writer_can_be_queried_while_writing(tmp_path: Path) -> None:
    turtle = tmp_path / "one.ttl"
    turtle.write_bytes(b"\xef\xbb\xbf<iso/tc/1> a <ontology#Committee> .\n")
    trig = tmp_path / "two.trig"
    trig.write_text('<claim/x> { <iso/tc/2> <p> "二" }\n<a> <p> <b> .\n', encoding="utf-8")
    writer = StoreWriter(tmp_path / "store")
    writer.load(turtle, ox.RdfFormat.TURTLE, to_graph=ONE)
    writer.load(trig, ox.RdfFormat.TRIG, to_graph=TWO)
    writer.load(b"\xef\xbb\xbf<x:a> <x:b> <x:c> .", ox.RdfFormat.N_TRIPLES, ONE)
    view = writer.view()
    assert view.ask("ASK { GRAPH <graph/one> { <iso/tc/1> a std:Committee } }")
    assert view.ask('ASK { GRAPH <claim/x> { <iso/tc/2> <p> "二" } }')
    assert view.ask("ASK { GRAPH <graph/two> { <a> <p> <b> } }")
    made = writer.construct("CONSTRUCT { ?s a std:Seen } WHERE { ?s a std:Committee }")
    (seen,) = made
    assert seen.subject == ox.NamedNode(BASE + "iso/tc/1")
    writer.extend([ox.Quad(seen.subject, seen.predicate, seen.object, TWO)])
    assert view.ask("ASK { GRAPH <graph/two> { <iso/tc/1> a std:Seen } }")
    writer.close()
    writer.close()
    with pytest.raises(KgError, match="closed with its writer"):
        view.ask("ASK {}")
    ox.Store(tmp_path / "store")  # the lock is free
    assert len(list(EmbeddedStore.open(tmp_path / "store").quads())) == 5


def test_writer_accepts_many_quads(tmp_path: Path) -> None:
    with StoreWriter(tmp_path / "store") as writer:
        writer.extend(ox.Quad(ONE, LABEL, ox.Literal(n), TWO) for n in range(60_000))
    count = EmbeddedStore.open(tmp_path / "store").select("SELECT (COUNT(*) AS ?n) {?s ?p ?o}")
    assert count.rows == ((ox.Literal(60_000),),)


def test_errors_name_the_file_and_line_of_a_syntax_error(tmp_path: Path) -> None:
    for number, (text, message) in enumerate(
        [
            (b"<a> <b> <c> .\n<a> <b> oops .\n", "line 2, column 9: oops is not a valid RDF"),
            ("<a> <b> '电' .\n".encode("gb18030"), "save it in UTF-8"),
        ]
    ):
        path = tmp_path / f"bad{number}.ttl"
        path.write_bytes(text)
        for source, name in ((path, str(path)), (text, "page 7")):
            with (
                pytest.raises(KgError) as error,
                StoreWriter(tmp_path / f"store {name.replace('/', '-')} {number}") as writer,
            ):
                writer.load(source, ox.RdfFormat.TURTLE, name="page 7")
            assert one_line(error).startswith(name + ", line ")
            assert message in str(error.value)


def test_errors_name_an_unreadable_source(tmp_path: Path) -> None:
    with StoreWriter(tmp_path / "store") as writer:
        for path in (tmp_path / "none.ttl", tmp_path):
            with pytest.raises(KgError, match="can't be read") as error:
                writer.load(path, ox.RdfFormat.TURTLE)
            assert str(path) in one_line(error)


def test_writer_needs_a_new_folder(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="already contains a store"):
        StoreWriter(written(tmp_path / "store"))
