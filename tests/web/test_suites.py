"""The SPARQL 1.1 test suites of the W3C over HTTP: query evaluation, results, and the protocol."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import httpx
import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

from tests import sparql_suite
from tests.sparql_suite import Case
from tests.web.server import serve

_IS_HERE: Final = sparql_suite.ARCHIVE.exists()

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not _IS_HERE, reason=f"{sparql_suite.ARCHIVE} is not here"),
]

ENTAILMENT: Final = "entailment/"
"""Tests of entailment regimes, which neither the engine nor the server offers."""

OTHERWISE: Final = {
    "aggregates/agg-groupconcat-04": "the engine keeps a common language in GROUP_CONCAT",
    "aggregates/agg-groupconcat-06": "the engine keeps a common language in GROUP_CONCAT",
    "aggregates/agg-empty-group-count-graph": "the engine does not bind ?g of an empty pattern",
    "bindings/graph": "the engine does not bind ?g of a pattern without triples",
    "csv-tsv-res/csv03": "the engine writes numbers in their canonical form",
    "csv-tsv-res/tsv03": "the engine stores xsd:negativeInteger as xsd:integer",
    "functions/bnode01": "the engine gives BNODE(?x) the same node in every row",
    "negation/graph-minus": "the engine lets ?g be shared by both sides of MINUS",
    "property-path/zero_or_more_set_start": "the engine finds no path of length 0 from a new term",
    "property-path/zero_or_more_set_end": "the engine finds no path of length 0 to a new term",
    "property-path/zero_or_one_set_start": "the engine finds no path of length 0 from a new term",
    "property-path/zero_or_one_set_end": "the engine finds no path of length 0 to a new term",
    "service/service1": "SERVICE is refused",
    "service/service2": "SERVICE is refused",
    "service/service3": "SERVICE is refused",
    "service/service4a": "SERVICE is refused",
    "service/service5": "SERVICE is refused",
    "service/service6": "SERVICE is refused",
}
"""The tests that are answered otherwise, and why."""

SYNTAX_REFUSED: Final = {
    "syntax-fed/test_1": "SERVICE",
    "syntax-fed/test_2": "SERVICE",
    "syntax-fed/test_3": "SERVICE",
    "syntax-query/test_4": "custom function <http://example/function> is not supported",
}
"""The correct queries that are not run, and the reason that is given; none is a fault of syntax."""

_NOTHING = "http://example.org/a-graph-that-is-not-there"
_MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_HT = Namespace("http://www.w3.org/2011/http#")
_CNT = Namespace("http://www.w3.org/2011/content#")
_DATA = "http://kasei.us/2009/09/sparql/data/"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the data of all tests: each file is a graph, which requests name."""
    cases = sparql_suite.evaluation_cases().values()
    names = sorted({name for case in cases for name in (*case.default, *case.named)})
    quads = [quad for name in names for quad in sparql_suite.data(name, ox.NamedNode(name))]
    for number in (1, 2, 3):
        content = sparql_suite.files()[f"sparql11/protocol/data{number}.nt"]
        graph = ox.NamedNode(f"{_DATA}data{number}.rdf")
        quads += [
            ox.Quad(quad.subject, quad.predicate, quad.object, graph)
            for quad in ox.parse(content, ox.RdfFormat.N_TRIPLES)
        ]
    file = tmp_path_factory.mktemp("suite") / "data.nq"
    file.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    with serve("--data", file, "--timeout", "20", "--workers", "2") as running:
        yield running.sparql


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30) as opened:
        yield opened


def _cases() -> list[str]:
    if not _IS_HERE:
        return []
    names = sparql_suite.evaluation_cases()
    return [name for name in names if not name.startswith(ENTAILMENT)]


def test_all_tests_are_run() -> None:
    evaluation, syntax = set(_cases()), sparql_suite.syntax_cases().keys()
    assert (len(evaluation), len(syntax)) == (242, 106)
    # Without those of federation, the suite has 341 tests of queries.
    services = sum(name.startswith("service/") for name in evaluation)
    assert len(evaluation) - services + len(syntax) == 341
    assert OTHERWISE.keys() < evaluation
    assert SYNTAX_REFUSED.keys() < syntax


@pytest.mark.parametrize("name", _cases())
def test_evaluation(endpoint: str, client: httpx.Client, name: str) -> None:
    case = sparql_suite.evaluation_cases()[name]
    dataset = {"default-graph-uri": case.default or [_NOTHING], "named-graph-uri": case.named}
    if "\nFROM " in case.query:
        # The query names its own.
        dataset = {}
    answer = client.post(
        endpoint,
        params=dataset,
        content=case.query,
        headers={
            "Content-Type": "application/sparql-query",
            "Accept": f"{case.media_type}, application/n-triples",
        },
    )
    if name.startswith("service/"):
        assert answer.status_code == 400
        assert "SERVICE" in answer.json()["detail"]
        return
    assert answer.status_code == 200, answer.text
    given = _content(answer, case)
    assert sparql_suite.agrees(case, given) == (name not in OTHERWISE), OTHERWISE.get(name)
    # What the suite does not expect is at least what the bare engine answers.
    assert name not in OTHERWISE or _same(case, given)


@pytest.mark.parametrize("name", sparql_suite.syntax_cases() if _IS_HERE else [])
def test_syntax(endpoint: str, client: httpx.Client, name: str) -> None:
    text, is_correct = sparql_suite.syntax_cases()[name]
    answer = client.post(endpoint, data={"query": text})
    if is_correct and name not in SYNTAX_REFUSED:
        assert answer.status_code == 200, answer.text
    else:
        assert answer.status_code == 400
        reason = SYNTAX_REFUSED.get(name, "is not SPARQL 1.1: line ")
        assert reason in answer.json()["detail"]


def _same(case: Case, given: Any) -> bool:
    bare = sparql_suite.answer_of_engine(case)
    return sparql_suite.agrees(replace(case, expected=bare), given)


def _content(answer: httpx.Response, case: Case) -> Any:
    media_type = answer.headers["content-type"].partition(";")[0]
    if media_type == "application/n-triples":
        return [quad.triple for quad in ox.parse(answer.content, ox.RdfFormat.N_TRIPLES)]
    assert media_type == case.media_type
    return sparql_suite.read_table(answer.content, media_type)


@dataclass(frozen=True)
class Call:
    """A request of the protocol suite, and what is expected of its answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]
    boolean: bool | None
    format: str


@cache
def _protocol_tests() -> dict[str, list[Call]]:
    if not _IS_HERE:
        return {}
    text = sparql_suite.files()["sparql11/protocol/manifest.ttl"].decode()
    graph = Graph().parse(data=text, format="turtle", publicID="http://example.org/")
    tests = {}
    for test in graph.subjects(RDF.type, _MF.ProtocolTest):
        connection = graph.value(test, _MF.action)
        [listed] = graph.objects(connection, _HT.requests)
        requests = Collection(graph, listed)
        name = str(test).rpartition("#")[2]
        tests[name] = [_call(graph, request) for request in requests]
    return tests


def _call(graph: Graph, request: Any) -> Call:
    body, response = graph.value(request, _HT.body), graph.value(request, _HT.resp)
    encoding = graph.value(body, _CNT.characterEncoding) if body else None
    listed = graph.value(request, _HT.headers)
    headers = {
        str(graph.value(header, _HT.fieldName)): str(graph.value(header, _HT.fieldValue))
        for header in (Collection(graph, listed) if listed else ())
    }
    boolean = graph.value(response, _MF.expectedBoolean)
    return Call(
        str(graph.value(request, _HT.methodName)),
        str(graph.value(request, _HT.absolutePath)).removeprefix("/sparql/"),
        headers,
        str(graph.value(body, _CNT.chars)).encode(str(encoding)) if body else b"",
        frozenset(
            str(status).rpartition("StatusCode")[2]
            for status in graph.objects(response, _MF.expectedStatus)
        ),
        None if boolean is None else str(boolean) == "true",
        str(graph.value(response, _MF.expectedFormat) or ""),
    )


_FORMATS: Final = {
    "boolean": ("sparql-results+json", "sparql-results+xml"),
    "tabular": ("sparql-results+json", "sparql-results+xml", "csv", "tab-separated-values"),
    "RDF": ("turtle", "n-triples", "rdf+xml"),
}


def test_all_protocol_tests_are_run() -> None:
    assert len(_protocol_tests()) == 34


@pytest.mark.parametrize("name", _protocol_tests())
def test_protocol(endpoint: str, client: httpx.Client, name: str) -> None:
    for call in _protocol_tests()[name]:
        answer = client.request(
            call.method, endpoint + call.path, headers=call.headers, content=call.body
        )
        if "update" in name:
            # The server is read-only: it refuses what the suite lets a server do.
            assert answer.status_code in {400, 403, 415}, answer.text
            return
        assert any(str(answer.status_code).startswith(s[0]) for s in call.statuses), answer.text
        if call.boolean is not None:
            assert answer.json()["boolean"] is call.boolean
        if call.format:
            sent = answer.headers["content-type"].partition(";")[0].partition("/")[2]
            assert sent in _FORMATS[call.format]


def test_service_description(endpoint: str, client: httpx.Client) -> None:
    """The three tests of the suite: it is RDF, names the endpoint, and fits the vocabulary."""
    described = Graph().parse(data=client.get(endpoint).text, format="turtle")
    [service] = described.subjects(RDF.type, _SD.Service)
    assert (service, _SD.endpoint, URIRef(endpoint)) in described
    classes = {_SD.supportedLanguage: None, _SD.defaultDataset: _SD.Dataset}
    for property_, kind in classes.items():
        [value] = described.objects(service, property_)
        assert kind is None or (value, RDF.type, kind) in described
    assert (service, _SD.supportedLanguage, _SD.SPARQL11Query) in described
    [default] = described.objects(None, _SD.defaultGraph)
    assert (default, RDF.type, _SD.Graph) in described
