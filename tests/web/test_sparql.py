"""The SPARQL protocol as clients see it: requests, formats, errors, limits."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest
from rdflib import VOID, Graph

from kg import KnowledgeGraph
from kg.pipeline.build import Summary
from kg.web.formats import GRAPH_FORMATS, TABLE_FORMATS
from tests.web.server import Server, serve

COMMITTEES = "SELECT DISTINCT ?committee WHERE { ?committee a std:TechnicalCommittee }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FORM_TYPE = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
FORM, QUERY = {"Content-Type": FORM_TYPE}, {"Content-Type": QUERY_TYPE}


@pytest.mark.parametrize("media_type", TABLE_FORMATS)
def test_tables_in_every_format(server: Server, graph: KnowledgeGraph, media_type: str) -> None:
    answer = server.get(COMMITTEES, Accept=media_type)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    results = ox.parse_query_results if "csv" not in media_type else None
    if results is None:
        found = {row["committee"] for row in csv.DictReader(io.StringIO(answer.text))}
    else:
        solutions = results(answer.content, TABLE_FORMATS[media_type])
        assert isinstance(solutions, ox.QuerySolutions)
        found = {solution["committee"].value for solution in solutions}
    expected = graph.store.select(COMMITTEES)
    assert found == {row[0].value for row in expected.rows if isinstance(row[0], ox.NamedNode)}
    assert found


@pytest.mark.parametrize("media_type", GRAPH_FORMATS)
def test_graphs_in_every_format(server: Server, graph: KnowledgeGraph, media_type: str) -> None:
    query = "CONSTRUCT WHERE { <iso/tc/321> ?p ?o }"
    answer = server.get(query, Accept=media_type)
    assert answer.status_code == 200
    found = {quad.triple for quad in ox.parse(answer.content, GRAPH_FORMATS[media_type])}
    assert found == set(graph.store.construct(query))
    assert found


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("text/turtle, text/tab-separated-values;q=0.1", "text/tab-separated-values"),
    ],
)
def test_the_preferred_format_is_sent(server: Server, accepted: str, expected: str) -> None:
    answer = server.get(COMMITTEES, Accept=accepted)
    assert answer.headers["content-type"].partition(";")[0] == expected


def test_a_form_that_has_no_acceptable_format(server: Server) -> None:
    refused = server.get("CONSTRUCT WHERE { ?s a ?c }", Accept="text/csv")
    assert refused.status_code == 406
    assert "text/turtle" in refused.json()["detail"]
    assert server.get(COMMITTEES, Accept="image/png").status_code == 406


def test_an_error_says_where_it_is(server: Server) -> None:
    nested = server.get("SELECT * WHERE {\n  ?s ?p }")
    assert "line 2, column" in nested.json()["detail"]
    answer = server.get("SELECT * WHERE {\n  ?s foo:bar ?o\n}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert "line 2: no prefix 'foo:' is declared" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("status", "method", "parameters", "body", "headers"),
    [
        (200, "POST", {}, b"ASK {}", QUERY),
        (200, "POST", {}, b"query=ASK%7B%7D", FORM),
        (
            200,
            "POST",
            {},
            b"query=ASK%7B%7D",
            {"Content-Type": f"{FORM['Content-Type']}; charset=UTF-8"},
        ),
        (200, "HEAD", {"query": "ASK {}"}, b"", {}),
        (403, "POST", {}, b"update=CLEAR+ALL", FORM),
        (403, "POST", {}, b"CLEAR ALL", {"Content-Type": "application/sparql-update"}),
        (403, "GET", {"update": "CLEAR ALL"}, b"", {}),
        (400, "GET", {"query": ["ASK {}", "ASK {}"]}, b"", {}),
        (400, "GET", {"other": "ASK {}"}, b"", {}),
        (400, "GET", {"query": "ASK {}", "default-graph-uri": "no iri"}, b"", {}),
        (400, "POST", {}, b"", FORM),
        (400, "POST", {}, b"query=%FF", FORM),
        (400, "POST", {}, b"\xff", QUERY),
        (400, "POST", {"query": "ASK {}"}, b"ASK {}", QUERY),
        (400, "POST", {}, b"INSERT DATA { <a:a> <a:b> <a:c> }", QUERY),
        (400, "POST", {}, b"SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", QUERY),
        (400, "POST", {}, b"ASK " + b"{" * 3000 + b"}" * 3000, QUERY),
        (413, "POST", {}, b" " * (5 << 20), QUERY),
        (415, "POST", {}, b"ASK {}", {"Content-Type": "text/plain"}),
        (415, "POST", {}, b"ASK {}", {}),
        (
            415,
            "POST",
            {},
            "ASK {}".encode("utf-16"),
            {"Content-Type": "application/sparql-query; charset=UTF-16"},
        ),
        (405, "PUT", {}, b"ASK {}", QUERY),
        (405, "DELETE", {"query": "ASK {}"}, b"", {}),
    ],
)
def test_requests(
    server: Server,
    status: int,
    method: str,
    parameters: dict[str, str],
    body: bytes,
    headers: dict[str, str],
) -> None:
    answer = httpx.request(
        method, server.sparql, params=parameters, content=body, headers=headers, timeout=30
    )
    assert answer.status_code == status, answer.text
    if status >= 400:
        problem = answer.json()
        assert problem["status"] == status
        assert len(problem["detail"]) > 10
        assert "\n" not in problem["detail"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_dataset_of_a_request(server: Server) -> None:
    asked = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}

    def count(**dataset: str | list[str]) -> int:
        answer = httpx.get(server.sparql, params={**asked, **dataset})
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    evidence = "https://w3id.org/stdkg/graph/evidence"
    everything, one = count(), count(**{"default-graph-uri": evidence})
    assert 0 < one < everything
    assert count(**{"named-graph-uri": evidence}) == 0
    asked["query"] = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(**{"named-graph-uri": evidence}) == one
    assert count(**{"default-graph-uri": evidence}) == 0


def test_an_answer_says_how_fresh_it_is(server: Server, joined: Summary) -> None:
    assert "stdkg-snapshot" not in server.get("ASK {}").headers
    with serve("--store", joined.folder) as running:
        newest = "SELECT (MAX(STR(?day)) AS ?newest) { ?source std:snapshotOn ?day }"
        answer = running.get(newest)
        [row] = answer.json()["results"]["bindings"]
        assert answer.headers["stdkg-snapshot"] == row["newest"]["value"]
        health = httpx.get(f"{running.url}/health").json()
        assert health["snapshot"] == row["newest"]["value"]
        assert health["version"] == answer.headers["stdkg-version"]


def test_an_answer_is_not_sent_twice(server: Server) -> None:
    first = server.get(COMMITTEES)
    tag = first.headers["etag"]
    again = server.get(COMMITTEES, **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert server.get(COMMITTEES, Accept="text/csv").headers["etag"] != tag
    assert first.headers["stdkg-version"] == httpx.get(f"{server.url}/health").json()["version"]


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_long_answers_are_compressed(server: Server, encoding: str) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 1000"
    plain = server.get(query, **{"Accept-Encoding": "identity"})
    packed = server.get(query, **{"Accept-Encoding": encoding})
    assert packed.headers["content-encoding"] == encoding
    assert packed.content == plain.content
    assert int(packed.headers.get("content-length", 0)) < len(plain.content) / 3


def test_a_query_is_ended_at_its_deadline(server: Server) -> None:
    begin = time.monotonic()
    answer = server.get(ENDLESS)
    assert answer.status_code == 503
    assert "took longer than 5 s" in answer.json()["detail"]
    assert time.monotonic() - begin < 8
    assert server.get("ASK {}").json()["boolean"] is True


def test_a_cut_answer_is_seen_as_cut(server: Server) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match=r"incomplete|peer closed"):
        # More rows than anybody can read in the time.
        server.get("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")


def test_memory_is_limited(built: Path) -> None:
    with serve("--store", built, "--memory", "100M", "--timeout", "60") as small:
        answer = small.get("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f")
        assert answer.status_code == 503
        assert "more than 0.1 GB of memory" in answer.json()["detail"]
        assert small.get("ASK {}").json()["boolean"] is True


def test_files_are_served_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "data.trig"
    control, newline = "a\u0001b", "a\r\nb"
    file.write_text(
        '<a:s> <a:p> "one" . <a:g> { <a:s> <a:p> "two", "a\\u0001b", "a\\r\\nb" ; <a:q/> "three" }',
        encoding="utf-8",
    )
    with serve("--data", file) as plain:
        [row] = plain.get("SELECT ?o { ?s ?p ?o }").json()["results"]["bindings"]
        assert row["o"]["value"] == "one"
        described = Graph().parse(data=httpx.get(plain.sparql, timeout=30).text)
        counted = "SELECT ?n { ?dataset a void:Dataset ; void:triples ?n }"
        assert [str(row[0]) for row in described.query(counted, initNs={"void": VOID})] == ["1"]  # type: ignore[index]
        # Nothing is declared.
        assert plain.get("ASK { ?s a std:Claim }").status_code == 400
        named = "SELECT ?o { GRAPH ?g { <a:s> ?p ?o } }"
        values = [row["o"]["value"] for row in plain.get(named).json()["results"]["bindings"]]
        assert sorted(values) == sorted(["two", control, newline, "three"])
        # XML has no U+0001: nothing malformed leaves.
        refused = plain.get(named, Accept="application/sparql-results+xml")
        assert refused.status_code == 406
        assert "U+0001" in refused.json()["detail"]
        kept = plain.get(
            'SELECT ?o { GRAPH ?g { ?s ?p ?o FILTER(CONTAINS(?o, "\\r")) } }',
            Accept="application/sparql-results+xml",
        )
        [literal] = ElementTree.fromstring(kept.text).iter(
            "{http://www.w3.org/2005/sparql-results#}literal"
        )
        assert literal.text == newline
        predicate = "CONSTRUCT { ?s <a:q/> ?o } WHERE { GRAPH ?g { ?s <a:q/> ?o } }"
        assert plain.get(predicate, Accept="application/rdf+xml").status_code == 406
        assert len(Graph().parse(data=plain.get(predicate).text)) == 1


def test_the_service_describes_itself(server: Server, graph: KnowledgeGraph) -> None:
    answer = httpx.get(server.sparql, timeout=30)
    assert answer.headers["content-type"].startswith("text/turtle")
    described = Graph().parse(data=answer.text)
    partition = """
        PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?n { ?p void:class <https://w3id.org/stdkg/ontology#Claim> ; void:entities ?n }
    """
    [[claims]] = described.query(partition)  # type: ignore[misc]
    counted = graph.store.select("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a std:Claim }")
    assert claims.toPython() == int(counted.rows[0][0].value)  # type: ignore[union-attr]
    examples = """
        PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT ?query { ?q a sh:SPARQLExecutable ; sh:select ?query }
    """
    queries = [str(row[0]) for row in described.query(examples)]  # type: ignore[index]
    assert len(queries) > 50
    for query in queries[:5]:
        assert server.get(query).status_code == 200
    as_json = httpx.get(server.sparql, headers={"Accept": "application/ld+json"}, timeout=30)
    assert json.loads(as_json.text)
