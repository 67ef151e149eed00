"""The SHACL test suite of the W3C (https://github.com/w3c/data-shapes), read where it lies.

The report in Turtle is compared with the expected one, by what the suite's rules for full
compliance name: conformance, and focus node, path, value, severity, component and shape of results.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import rdflib
import zstandard
from rdflib import RDF, BNode, Graph, Namespace
from rdflib.compare import isomorphic
from rdflib.term import Node

from kg.validation.report_formats import serialize_results
from kg.validation.shacl import Engine, validate_triples
from tests.support import ROOT

ARCHIVE: Final = ROOT.parent / "shared" / "suites" / "w3c-shacl-tests.tar.zst"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ARCHIVE.exists(), reason=f"{ARCHIVE} is not here"),
]

OTHERWISE: Final[dict[Engine, dict[str, str]]] = {
    "pyshacl": {
        "core/property/uniqueLang-002": "the engine takes '1' for another value than true",
        "sparql/node/prefixes-001": "the engine follows no owl:imports for prefixes",
        "sparql/pre-binding/shapesGraph-001": "the engine has no $shapesGraph",
    },
    "shacl": {
        "sparql/pre-binding/unsupported-sparql-004": "the engine runs a query that it may not run",
    },
}
"""The tests that are answered otherwise, by engine, and why."""

_MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_SHT = Namespace("http://www.w3.org/ns/shacl-test#")
_SH = Namespace("http://www.w3.org/ns/shacl#")
_COMPARED = (
    *(_SH.focusNode, _SH.resultPath, _SH.resultSeverity),
    *(_SH.sourceConstraintComponent, _SH.sourceShape, _SH.value),
)


@dataclass(frozen=True)
class Case:
    """A test: its name, data and shapes, and the expected report; None for a failure."""

    name: str
    data: list[ox.Triple]
    shapes: list[ox.Triple]
    report: Graph | None


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Case]]:
    folder = tmp_path_factory.mktemp("shacl")
    with (
        ARCHIVE.open("rb") as file,
        tarfile.open(fileobj=zstandard.ZstdDecompressor().stream_reader(file), mode="r|") as tar,
    ):
        tar.extractall(folder, filter="data")
    tests = folder / "data-shapes" / "data-shapes-test-suite" / "tests"
    files = sorted(tests.rglob("*.ttl"))
    with pytest.MonkeyPatch.context() as patch:
        # Reports name literals as the data write them.
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        yield [case for file in files for case in _cases(tests, file)]


def _cases(tests: Path, manifest: Path) -> Iterator[Case]:
    graph = _read(manifest)
    for entry in graph.subjects(RDF.type, _SHT.Validate):
        action, report = graph.value(entry, _MF.action), graph.value(entry, _MF.result)
        assert report is not None
        data, shapes = (
            _triples(_file(graph.value(action, part)))
            for part in (_SHT.dataGraph, _SHT.shapesGraph)
        )
        name = manifest.relative_to(tests).with_suffix("").as_posix()
        expected = None if report == _SHT.Failure else _compared(graph, report)
        yield Case(name, data, shapes, expected)


def _file(iri: Node | None) -> Path:
    return Path(str(iri).removeprefix("file://"))


def _read(file: Path) -> Graph:
    return Graph().parse(file, format="turtle", publicID=file.as_uri())


def _triples(file: Path) -> list[ox.Triple]:
    quads = ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE, base_iri=file.as_uri())
    return [quad.triple for quad in quads]


def _compared(graph: Graph, report: Node) -> Graph:
    """Return the part of a report that the suite compares."""
    part = Graph()
    conforms = graph.value(report, _SH.conforms)
    assert conforms is not None
    part.add((report, _SH.conforms, conforms))
    for result in graph.objects(report, _SH.result):
        part.add((report, _SH.result, result))
        for name in _COMPARED:
            for value in graph.objects(result, name):
                # Shapes without an IRI have another name in each graph.
                is_local = name == _SH.sourceShape and isinstance(value, BNode)
                part.add((result, name, BNode("shape") if is_local else value))
                if name == _SH.resultPath:
                    _add_path(graph, value, part)
    return part


def _add_path(graph: Graph, node: Node, part: Graph) -> None:
    for name, value in graph.predicate_objects(node) if isinstance(node, BNode) else ():
        if (node, name, value) not in part:
            part.add((node, name, value))
            _add_path(graph, value, part)


def _passes(case: Case, engine: Engine) -> bool:
    try:
        report = validate_triples(case.data, case.shapes, engine)
    except Exception:  # noqa: BLE001
        # Shapes that are no shapes, which engines refuse in ways of their own.
        return case.report is None
    if case.report is None:
        return False
    turtle = "".join(serialize_results(report.results, "ttl", "en", conforms=not report.results))
    graph = Graph().parse(data=turtle, format="turtle")
    found = graph.value(None, RDF.type, _SH.ValidationReport)
    assert found is not None
    return isomorphic(_compared(graph, found), case.report)


@pytest.mark.parametrize("engine", OTHERWISE)
def test_reports_are_those_of_the_suite(cases: list[Case], engine: Engine) -> None:
    assert len(cases) == 121
    failed = {case.name for case in cases if not _passes(case, engine)}
    assert failed == OTHERWISE[engine].keys()
