"""The engines agree, and findings name entity, claim and phrase."""

from __future__ import annotations

import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES
from kg.store.embedded import EmbeddedStore
from kg.validation import findings, shacl, shape_coverage, shapes
from tests.support import ROOT, Run

SHAPES = shapes.read_shapes(resources.ontology() / "shapes")
ARTICLE = ROOT / "articles" / "cfsn-2019-04-11"


def broken(quads: list[ox.Quad]) -> list[ox.Quad]:
    """The graph with one wrong date, one missing unit, and one role of another list."""
    xsd, std = PREFIXES["xsd"], PREFIXES["std"]
    supporter = ox.NamedNode(BASE + "scheme/role/supporter")
    found = []
    for quad in quads:
        if quad.predicate.value == std + "unit" and "/attendees/" in str(quad.subject):
            continue
        value = quad.object
        if value == ox.Literal("2018-07-14", datatype=ox.NamedNode(xsd + "date")):
            value = ox.Literal("2018-07-41", datatype=ox.NamedNode(xsd + "date"))
        elif value == supporter and quad.predicate.value == std + "role":
            value = ox.NamedNode(BASE + "scheme/result/approved")
        found.append(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    return found


@pytest.mark.slow
def test_the_graph_conforms_by_both_engines(graph_quads: list[ox.Quad]) -> None:
    data = [quad.triple for quad in graph_quads]
    engines: tuple[shacl.Engine, ...] = ("pyshacl", "shacl")
    for engine in engines:
        report = shacl.validate_triples(data, SHAPES, engine)
        assert report.engine == engine
        assert report.results == ()


@pytest.mark.slow
def test_both_engines_find_the_same_faults(graph_quads: list[ox.Quad]) -> None:
    data = [quad.triple for quad in broken(graph_quads)]
    one, other = (shacl.validate_triples(data, SHAPES, e) for e in ("pyshacl", "shacl"))
    assert [r.identity for r in one.results] == [r.identity for r in other.results]
    assert [r.messages for r in one.results] == [r.messages for r in other.results]
    shapes = {r.shape.removeprefix(PREFIXES["shape"]) for r in one.results}
    assert {"Ballot-date", "Event-date", "Observation-unit", "Participation-role"} <= shapes
    assert not one.conforms


def test_auto_means_the_bulk_engine_for_large_data(graph_quads: list[ox.Quad]) -> None:
    few = [quad.triple for quad in graph_quads[:50]]
    assert shacl.validate_triples(few, SHAPES).engine == "pyshacl"
    thing, kind = ox.NamedNode(BASE + "x"), ox.NamedNode(PREFIXES["rdf"] + "value")
    many = [ox.Triple(thing, kind, ox.Literal(n)) for n in range(shacl.BULK_SIZE)]
    assert shacl.validate_triples(many, SHAPES).engine == "shacl"


def test_a_finding_names_entity_claim_and_phrase(graph_quads: list[ox.Quad]) -> None:
    bad = broken(graph_quads)
    store = EmbeddedStore.in_memory(bad)
    report = shacl.validate_triples([quad.triple for quad in bad], SHAPES, "shacl")
    found = findings.explain_results(store, report, "zh")
    date = next(f for f in found if f.result.shape.endswith("/Ballot-date"))
    assert date.label == "ISO技术管理局第二轮投票"
    assert "2018年7月14日" in date.phrases
    assert {claim.value.removeprefix(BASE) for claim in date.claims} == {
        "claim/cfsn-2019-04-11/ballot-date",
        "claim/cfsn-newsid-2936/ballot",
    }
    unit = next(f for f in found if f.result.shape.endswith("/Observation-unit"))
    assert [claim.value.rsplit("/", 1)[1] for claim in unit.claims] == ["attendees-total"]
    assert date.message("zh") == "请以年、月或日给出投票日期。"
    text = findings.format_report(store, report, "table", "zh")
    assert "  std:date = 2018-07-41\n  请以年、月或日给出投票日期。\n" in text
    assert "\n  claim:cfsn-2019-04-11/ballot-date\n" in text
    assert "\n  “2018年7月14日”\n" in text


def test_machine_formats_use_the_terms_of_shacl(graph_quads: list[ox.Quad]) -> None:
    bad = broken(graph_quads)
    store = EmbeddedStore.in_memory(bad)
    report = shacl.validate_triples([quad.triple for quad in bad], SHAPES, "shacl")
    turtle = rdflib.Graph().parse(
        data=findings.format_report(store, report, "ttl", "en"), format="turtle"
    )
    jsonld = rdflib.Graph().parse(
        data=findings.format_report(store, report, "json", "en"), format="json-ld"
    )
    sh = rdflib.Namespace(PREFIXES["sh"])
    for read in (turtle, jsonld):
        assert len(set(read.subjects(rdflib.RDF.type, sh.ValidationResult))) == len(report.results)
        [top] = read.subjects(rdflib.RDF.type, sh.ValidationReport)
        assert str(read.value(top, sh.conforms)) == "false"
        assert len(set(read.objects(top, sh.result))) == len(report.results)
        assert {str(o) for o in read.objects(None, sh.sourceShape)} == {
            r.shape for r in report.results
        }
    assert json.loads(findings.format_report(store, report, "json", "en"))["sh:conforms"] is False


def test_an_unknown_format_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(KgError, match="choose table, json, ttl or csv"):
        findings.format_report(graph.store, shacl.Report("shacl", ()), "xml", "en")


def test_every_shape_has_targets_or_a_reason(graph: KnowledgeGraph) -> None:
    rows = graph.shape_coverage()
    assert [row.shape for row in rows if row.fault] == []
    assert sum(bool(row.count) for row in rows) > 200


def test_a_misspelt_target_or_path_is_a_fault(graph: KnowledgeGraph) -> None:
    for old, new in (("ontology#Ballot", "ontology#Balot"), ("ontology#round", "ontology#rownd")):
        text = ox.serialize(SHAPES, format=ox.RdfFormat.N_TRIPLES) or b""
        wrong = text.decode("utf-8").replace(f"{old}>", f"{new}>")
        shapes = [q.triple for q in ox.parse(wrong, format=ox.RdfFormat.N_TRIPLES)]
        assert any(row.fault for row in shape_coverage.measure_shape_coverage(graph.store, shapes))


def test_files_are_validated_with_the_ontology(run: Run, tmp_path: Path) -> None:
    files = sorted(ARTICLE.rglob("*.trig"))
    for engine in ("pyshacl", "shacl"):
        good = run("validate", *files, "--engine", engine)
        assert (good.returncode, good.stderr) == (0, ""), good.stdout
        assert f"conforms: 0 results ({engine})" in good.stdout
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        f"@prefix std: <{PREFIXES['std']}> . <https://example.org/b> a std:Ballot .",
        encoding="utf-8",
    )
    answers = {}
    for engine in ("pyshacl", "shacl"):
        answer = run("validate", bad, "--engine", engine, "--format", "ttl")
        assert answer.returncode == 1
        answers[engine] = answer.stdout
    assert answers["pyshacl"] == answers["shacl"]
    assert "shape:Ballot-onProposal" in answers["shacl"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bad.ttl", "<a> <b> .", "bad.ttl:1:"),
        ("bad.trig", "<a> {\n<b> <c> }", "bad.trig:2:"),
        ("bad.txt", "x", "not an RDF file"),
        ("bad.nt", "\xff", "not UTF-8"),
        ("none.ttl", None, "No such file"),
    ],
)
def test_a_bad_file_is_an_error_of_one_line(
    run: Run, tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content.encode("latin-1"))
    answer = run("validate", file)
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert message in answer.stderr


def test_reprs_are_short_however_many_results_there_are() -> None:
    result = shacl.Result(
        ox.NamedNode(BASE + "iso"),
        "",
        None,
        PREFIXES["shape"] + "Named",
        "x",
        shacl.SH + "Info",
        (),
    )
    report = shacl.Report("shacl", (result,) * 1000)
    assert repr(result) == f"<Result Info shape:Named of <{BASE}iso>>"
    assert repr(report) == "<Report of shacl: conforms, 1000 results>"


def test_validation_leaves_rdflib_as_it_is_in_threads(
    graph_quads: list[ox.Quad], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = [quad.triple for quad in broken(graph_quads)][:3000]
    logger = logging.getLogger("rdflib.term")
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    before = rdflib.NORMALIZE_LITERALS, logger.level, list(logger.filters)
    with ThreadPoolExecutor(3) as threads:
        reports = list(
            threads.map(lambda _: shacl.validate_triples(data, SHAPES, "pyshacl"), "123")
        )
    assert reports[0].results
    assert reports[0] == reports[1] == reports[2]
    assert (rdflib.NORMALIZE_LITERALS, logger.level, list(logger.filters)) == before


def test_a_report_keeps_lexical_forms() -> None:
    integer = ox.NamedNode(PREFIXES["xsd"] + "integer")
    bad = ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:p"), ox.Literal("007", datatype=integer))
    shape = (
        "<x:S> a sh:NodeShape ; sh:targetNode <x:a> ; sh:property [ sh:path <x:p> ; sh:maxCount 1 ;"
        " sh:in ( 8 ) ] ."
    )
    shapes = [quad.triple for quad in ox.parse(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> " + shape, ox.RdfFormat.TURTLE
    )]  # fmt: skip
    engines: tuple[shacl.Engine, ...] = ("pyshacl", "shacl")
    for engine in engines:
        [result] = shacl.validate_triples([bad], shapes, engine).results
        assert result.value == bad.object


def test_long_texts_are_validated_in_bounded_time() -> None:
    html = ox.NamedNode(PREFIXES["rdf"] + "HTML")
    text = ox.Literal("<p>" * 500_000, datatype=html)
    begin = time.monotonic()
    report = shacl.validate_triples([ox.Triple(html, html, text)], SHAPES)
    assert report.engine == "shacl"
    assert time.monotonic() - begin < 10
