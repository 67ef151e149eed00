"""The SPARQL 1.1 test suite of the W3C (https://github.com/w3c/rdf-tests), read where it lies.

Each test has a query, data, and the result that is expected; results are compared as multisets of
rows up to the names of blank nodes, and numbers by value.
"""

from __future__ import annotations

import csv
import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

import pyoxigraph as ox
import zstandard
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from tests.support import ROOT

ARCHIVE = ROOT.parent / "shared" / "suites" / "w3c-sparql-tests.tar.zst"

_BASE = "http://www.w3.org/2009/sparql/tests/"
_MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
_RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_DECIMAL = {"integer", "decimal", "nonNegativeInteger", "int", "long", "short", "byte"}
_RDF = {
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
}
_RESULTS = {
    "srx": ox.QueryResultsFormat.XML,
    "srj": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
}

_JSON = "application/sparql-results+json"
_MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "srx": "application/sparql-results+xml",
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Term | None, ...]


@dataclass(frozen=True)
class Case:
    """A test: the query, the files of the default graph and of named ones, the expected result.

    A file is named by its IRI; the result is a bool, a list of rows as dicts, or a list of triples.
    ``media_type`` is the format of tables in which the result is expected.
    """

    name: str
    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    expected: Any = field(repr=False)
    is_lax: bool
    media_type: str


@cache
def files() -> dict[str, bytes]:
    """Return the content of the suite's files by path below ``sparql/``."""
    unpacked = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(ARCHIVE.read_bytes()))
    found = {}
    with tarfile.open(fileobj=io.BytesIO(unpacked.read())) as archive:
        for member in archive:
            if member.isfile():
                content = archive.extractfile(member)
                assert content is not None
                found[member.name.partition("/sparql/")[2]] = content.read()
    return found


@cache
def syntax_cases() -> dict[str, tuple[str, bool]]:
    """Return all tests of the syntax of queries: their text, and whether it is correct."""
    kinds = {_MF.PositiveSyntaxTest11: True, _MF.NegativeSyntaxTest11: False}
    cases = {}
    for path in files():
        if not path.startswith("sparql11/") or not path.endswith("/manifest.ttl"):
            continue
        for graph, test in _tests(path):
            action = str(graph.value(test, _MF.action))
            # Updates have the suffix .ru.
            if graph.value(test, RDF.type) in kinds and action.endswith(".rq"):
                name = f"{path.split('/')[1]}/{str(test).rpartition('#')[2]}"
                text = f"BASE <{action}>\n{files()[_path(action)].decode()}"
                cases[name] = (text, kinds[graph.value(test, RDF.type)])
    return cases


@cache
def evaluation_cases() -> dict[str, Case]:
    """Return all tests of query evaluation and of results in CSV and TSV, by folder and name."""
    cases = {}
    for path in files():
        if path.startswith("sparql11/") and path.endswith("/manifest.ttl"):
            for case in _cases(path):
                cases[case.name] = case
    return cases


def _tests(manifest: str) -> Iterator[tuple[Graph, Any]]:
    graph = Graph().parse(
        data=files()[manifest].decode(), format="turtle", publicID=_BASE + manifest
    )
    for entries in graph.objects(None, _MF.entries):
        for test in Collection(graph, entries):
            yield graph, test


def _cases(manifest: str) -> Iterator[Case]:
    kinds = (_MF.QueryEvaluationTest, _MF.CSVResultFormatTest)
    for graph, test in _tests(manifest):
        if graph.value(test, RDF.type) in kinds:
            yield _case(graph, test, manifest.split("/")[1])


def _case(graph: Graph, test: Any, folder: str) -> Case:
    action = graph.value(test, _MF.action)
    default, named = (
        tuple(map(str, graph.objects(action, kind))) for kind in (_QT.data, _QT.graphData)
    )
    name = f"{folder}/{str(test).rpartition('#')[2]}"
    text = files()[_path(str(graph.value(action, _QT.query)))].decode()
    base = f"BASE <{graph.value(action, _QT.query)}>\n"
    lax = (test, _MF.resultCardinality, _MF.LaxCardinality) in graph
    result = str(graph.value(test, _MF.result))
    media_type = _MEDIA_TYPES.get(result.rpartition(".")[2], _JSON)
    return Case(name, base + text, default, named, _expected(result), lax, media_type)


def _path(iri: str) -> str:
    return iri.removeprefix(_BASE)


def data(iri: str, graph: ox.NamedNode | None) -> Iterator[ox.Quad]:
    """Yield the quads of a file in a graph (None: the default graph), their blank nodes renamed."""
    format_ = _RDF[iri.rpartition(".")[2]]
    parsed = ox.parse(files()[_path(iri)], format_, base_iri=iri, rename_blank_nodes=True)
    for quad in parsed:
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph or ox.DefaultGraph())


def _expected(iri: str) -> Any:
    content, suffix = files()[_path(iri)], iri.rpartition(".")[2]
    if suffix == "csv":
        return csv_rows(content.decode())
    if suffix in _RESULTS:
        return table(ox.parse_query_results(content, _RESULTS[suffix]))
    kind = {"rdf": "xml"}.get(suffix, "turtle")
    graph = Graph().parse(data=content.decode(), format=kind, publicID=iri)
    results = graph.value(None, RDF.type, _RS.ResultSet)
    if results is None:
        return [quad.triple for quad in data(iri, None)]
    boolean = graph.value(results, _RS.boolean)
    if boolean is not None:
        return bool(boolean.toPython())  # type: ignore[attr-defined]
    return [
        {
            str(graph.value(binding, _RS.variable)): _term(graph.value(binding, _RS.value))
            for binding in graph.objects(solution, _RS.binding)
        }
        for solution in graph.objects(results, _RS.solution)
    ]


def csv_rows(text: str) -> list[dict[str, Term]]:
    """Return the rows of a CSV file; CSV does not tell IRIs and literals apart."""
    return [
        {
            name: ox.BlankNode(value[2:]) if value.startswith("_:") else ox.Literal(value)
            for name, value in row.items()
            if value
        }
        for row in csv.DictReader(io.StringIO(text))
    ]


def table(results: ox.QuerySolutions | ox.QueryBoolean) -> bool | list[dict[str, Term]]:
    """Return results as a bool, or as rows without unbound variables."""
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in results]


def _term(term: Any) -> Term:
    if isinstance(term, URIRef):
        return ox.NamedNode(term)
    if isinstance(term, BNode):
        return ox.BlankNode(term)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    datatype = ox.NamedNode(term.datatype) if term.datatype else None
    return ox.Literal(str(term), datatype=datatype)


def agrees(case: Case, answer: Any) -> bool:
    """Return whether an answer, in the form of ``Case.expected``, is as expected."""
    if isinstance(case.expected, bool) or isinstance(answer, bool):
        return bool(case.expected == answer)
    one, other = (_comparable(rows, case.is_lax) for rows in (case.expected, answer))
    return len(one) == len(other) and isomorphic(one, other)


def _comparable(rows: list[Any], is_lax: bool) -> Graph:
    """Return rows or triples as a graph whose blank nodes may have any name."""
    graph = Graph()
    for number, row in enumerate(rows):
        if isinstance(row, ox.Triple):
            graph.add(tuple(map(_to_rdflib, (row.subject, row.predicate, row.object))))
            continue
        values = sorted((name, str(_to_rdflib(value))) for name, value in row.items())
        solution = URIRef(f"row:{abs(hash(tuple(values)))}") if is_lax else BNode(f"row{number}")
        graph.add((solution, RDF.type, _RS.ResultSet))
        for name, value in row.items():
            graph.add((solution, _RS[name], _to_rdflib(value)))
    return graph


def _to_rdflib(term: Any) -> Any:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    kind = term.datatype.value.rpartition("#")[2]
    text = term.value
    if kind in _DECIMAL:
        text = format(Decimal(text).normalize(), "f")
    elif kind in {"double", "float"} and text.replace("INF", "inf").strip("+-") != "NaN":
        text = repr(float(text))
    # Said here, since a global of rdflib that other programs switch is the default.
    return Literal(
        text,
        lang=term.language,
        datatype=None if term.language else term.datatype.value,
        normalize=True,
    )


def read_table(text: bytes, media_type: str) -> bool | list[dict[str, Term]]:
    """Return the rows of an answer, or the bool of an ASK query."""
    if media_type == "text/csv":
        return csv_rows(text.decode())
    formats = {
        kind: _RESULTS[suffix] for suffix, kind in _MEDIA_TYPES.items() if suffix in _RESULTS
    }
    return table(ox.parse_query_results(text, formats.get(media_type, ox.QueryResultsFormat.JSON)))


def answer_of_engine(case: Case) -> Any:
    """Return what the bare engine answers, in the form of ``Case.expected``."""
    store = ox.Store()
    for file in case.default:
        store.extend(data(file, None))
    for file in case.named:
        store.extend(data(file, ox.NamedNode(file)))
    answer = store.query(case.query)
    if isinstance(answer, ox.QueryTriples):
        return list(answer)
    if case.media_type == "text/csv" and isinstance(answer, ox.QuerySolutions):
        return csv_rows((answer.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode())
    return table(answer)
