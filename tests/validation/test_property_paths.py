"""Reports keep every path, and list results of their own only."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.validation import findings, report_formats, shacl
from kg.validation.property_paths import parse_path, path_text, path_triples

SH = rdflib.Namespace(shacl.SH)
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://x/> . "
PATHS = (
    "x:p",
    "( x:p x:q )",
    "[ sh:inversePath x:p ]",
    "[ sh:alternativePath ( x:p ( x:q x:r ) ) ]",
    "[ sh:zeroOrMorePath x:p ]",
    "[ sh:zeroOrOnePath [ sh:oneOrMorePath x:p ] ]",
    "[ sh:inversePath ( x:p [ sh:inversePath x:q ] ) ]",
    "( x:p [ sh:inversePath x:q ] [ sh:alternativePath ( x:r [ sh:zeroOrMorePath x:p ] ) ] )",
    "[ sh:oneOrMorePath [ sh:inversePath [ sh:zeroOrOnePath x:p ] ] ]",
)
DATA = list(ox.parse("<http://x/a> <http://x/z> 1 .", ox.RdfFormat.TURTLE))


def read(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + text, ox.RdfFormat.TURTLE)]


def validate(shapes: str, engine: shacl.Engine) -> shacl.Report:
    return shacl.validate_triples((quad.triple for quad in DATA), read(shapes), engine)


def serialized(report: shacl.Report, format: str) -> str:
    results = report.results
    conforms = not results
    return "".join(report_formats.serialize_results(results, format, "en", conforms=conforms))


def described(graph: rdflib.Graph, start: object) -> rdflib.Graph:
    """Return the triples of a path, from a node of its own."""
    found = rdflib.Graph()
    pending = [start]
    while pending:
        term = pending.pop()
        if isinstance(term, rdflib.BNode):
            for triple in graph.triples((term, None, None)):
                found.add(triple)
                pending.append(triple[2])
    return found


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("engine", ["pyshacl", "shacl"])
def test_a_report_has_the_path_of_the_shape(path: str, engine: shacl.Engine) -> None:
    shapes = f"x:S a sh:PropertyShape ; sh:targetNode x:a ; sh:path {path} ; sh:minCount 9 ."
    report = validate(shapes, engine)
    [result] = report.results
    assert bool(result.path) == (path == "x:p")
    wanted = rdflib.Graph().parse(data=PREFIXES + shapes, format="turtle")
    [start] = wanted.objects(rdflib.URIRef("http://x/S"), SH.path)
    for format, name in (("ttl", "turtle"), ("json", "json-ld")):
        found = rdflib.Graph().parse(data=serialized(report, format), format=name)
        [other] = found.objects(None, SH.resultPath)
        assert isomorphic(described(found, other), described(wanted, start)), format
        assert isinstance(start, rdflib.BNode) or start == other
    table = findings.Finding(result, "", (), ()).to_block("en")
    assert "/p" in table
    assert "the thing as a whole" not in table


@pytest.mark.parametrize("path", PATHS)
def test_both_engines_write_a_path_alike(path: str) -> None:
    shapes = f"x:S a sh:PropertyShape ; sh:targetNode x:a ; sh:path {path} ; sh:minCount 9 ."
    one, other = (validate(shapes, engine).results[0] for engine in ("pyshacl", "shacl"))
    assert one.identity == other.identity


@pytest.mark.parametrize(
    "text",
    [
        "<x:a>",
        "(<x:a>/^<x:b>)",
        "(<x:a>|(<x:b>/<x:c>)*)",
        "((<x:a>+)?/^(<x:b>/<x:c>))",
        "(^<x:a>)*",
    ],
)
def test_paths_in_sparql_are_read_and_written(text: str) -> None:
    assert path_text(parse_path(text)) == text
    term, triples = path_triples(parse_path(text), "b")
    assert isinstance(term, ox.NamedNode) == (not triples)


@pytest.mark.parametrize("text", ["", "(<x:a>", "<x:a>)", "*<x:a>", "<x:a><x:b>"])
def test_what_is_no_path_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="path"):
        parse_path(text)


@pytest.mark.parametrize("engine", ["pyshacl", "shacl"])
def test_details_and_anonymous_shapes_and_own_components(engine: shacl.Engine) -> None:
    shapes = """
    x:S a sh:NodeShape ; sh:targetNode x:a ; sh:property [ sh:path x:z ; sh:node x:T ;
        sh:severity sh:Warning ] .
    x:T a sh:NodeShape ; sh:property [ sh:path x:y ; sh:minCount 1 ] .
    x:C a sh:ConstraintComponent ; sh:parameter [ sh:path x:limit ] ;
        sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER(?value = 0) }" ] .
    x:U a sh:NodeShape ; sh:targetNode x:a ; x:limit 1 .
    """
    report = validate(shapes, engine)
    found = {(result.component, result.shape) for result in report.results}
    assert found == {("NodeConstraintComponent", ""), ("http://x/C", "http://x/U")}
    graph = rdflib.Graph().parse(data=serialized(report, "ttl"), format="turtle")
    [top] = graph.subjects(rdflib.RDF.type, SH.ValidationReport)
    assert len(list(graph.objects(top, SH.result))) == len(report.results)
    assert rdflib.URIRef("http://x/C") in set(graph.objects(None, SH.sourceConstraintComponent))
    assert len(set(graph.objects(None, SH.sourceShape))) == 2
    assert {"@id": "http://x/C"} in [
        each["sh:sourceConstraintComponent"]
        for each in json.loads(serialized(report, "json"))["sh:result"]
    ]


def test_a_warning_is_a_result_that_does_not_conform() -> None:
    shapes = (
        "x:S a sh:NodeShape ; sh:targetNode x:a ; sh:severity sh:Warning ; sh:nodeKind sh:Literal ."
    )
    report = validate(shapes, "shacl")
    assert report.conforms
    graph = rdflib.Graph().parse(data=serialized(report, "ttl"), format="turtle")
    assert list(graph.objects(None, SH.conforms)) == [rdflib.Literal(False)]
