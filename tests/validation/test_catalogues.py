"""Catalogues are validated by their own shapes, and results counted by shape and body."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import BinaryIO, Final, get_args

import pyoxigraph as ox
import pytest
import rdflib

from kg import KnowledgeGraph
from kg.cli.reports import validation
from kg.common import resources
from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES, SHAPE
from kg.sources.rdf import reader
from kg.store.embedded import EmbeddedStore
from kg.validation import bulk_engine, catalogues, partitions, result_records, shapes
from kg.validation.catalogue_summary import (
    CatalogueSummary,
    ResultCount,
    bodies_of,
    summarize_report,
)
from kg.validation.report_formats import serialize_results
from kg.validation.shacl import BULK_SIZE, SH, Engine
from tests.support import ROOT, Run

FAULTS: Final = ROOT / "tests" / "fixtures" / "faults.trig"
SHAPES: Final = shapes.read_shapes(resources.ontology() / "shapes" / "catalogues")
EXPECTED: Final = {
    # Shape and body: the number of results and the name of the example.
    ("DraftReplaces", "ISO"): (1, "ISO/DIS 3"),
    ("ReplacesNoLoop", "ISO"): (1, "ISO/DIS 3"),
    ("ListedDates-form", "ISO"): (1, "ISO 2:1973"),
    ("ReplacesEarlier", "ISO"): (1, "ISO 2:1973"),
    ("ListedDates-year", "ISO"): (1, "ISO 2:1973"),
    ("PublicationAgreed", "ISO"): (2, "ISO 1:2016"),
    ("PublicationPast", "ISO/IEC"): (1, "ISO/IEC 4:2030"),
    ("ListedStage-conflict", "ISO"): (1, "ISO 1:2016"),
    ("StageFitsCode", "ISO"): (1, "ISO 2:1973"),
    ("ListedTitle-conflict", "ISO"): (1, "ISO 1:2016"),
    ("ListedTitle-placeholder", "ISO"): (1, "ISO 2:1973"),
    ("ListedTitle-language", "ISO"): (1, "ISO/DIS 3"),
    ("ListedTitle-missing", "ISO/IEC"): (1, "ISO/IEC 4:2030"),
    ("ReferredDocument-type", "ISO"): (1, "iso/r/2"),
    ("NamedCommittee", "ISO"): (1, "iso/tc/38"),
    ("ListedMembership-agent", "ISO"): (1, "iso/tc/213/p-member/iso/organization/1"),
}


def store_of(*quads: ox.Quad) -> EmbeddedStore:
    """The curated graph with the catalogues of the file, and further quads."""
    return EmbeddedStore.in_memory(
        [*KnowledgeGraph.in_memory().store.quads(), *reader.read_rdf(FAULTS), *quads]
    )


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return store_of()


@pytest.fixture(scope="module")
def found(store: EmbeddedStore) -> dict[str, catalogues.CatalogueReport]:
    engines: tuple[Engine, ...] = ("pyshacl", "shacl")
    both = {engine: catalogues.validate_catalogues(store, SHAPES, engine) for engine in engines}
    return {engine: one for engine, one in both.items() if one is not None}


@pytest.fixture(scope="module")
def summary(store: EmbeddedStore, found: dict[str, catalogues.CatalogueReport]) -> CatalogueSummary:
    return summarize_report(store, found["shacl"])


def row(summary: CatalogueSummary, shape: str, body: str) -> ResultCount:
    [one] = [r for r in summary.counts if (r.shape, r.body) == (SHAPE + shape, body)]
    return one


# Results


def test_both_engines_give_the_same_results_and_messages(
    found: dict[str, catalogues.CatalogueReport],
) -> None:
    one, other = list(found["pyshacl"]), list(found["shacl"])
    assert len(one) > len(EXPECTED)
    assert [r.identity for r in one] == [r.identity for r in other]
    assert [r.messages for r in one] == [r.messages for r in other]
    assert {r.severity for r in one} == {SH + s for s in ("Violation", "Warning", "Info")}
    assert found["shacl"].triples == found["pyshacl"].triples


def test_faults_are_counted_by_shape_and_body_with_an_example(summary: CatalogueSummary) -> None:
    counted = {
        (r.shape.removeprefix(SHAPE), r.body): (r.count, r.example.name) for r in summary.counts
    }
    assert counted == EXPECTED
    assert summary.count("Violation") == 3
    assert not summary.conforms


def test_the_worst_severities_come_first_then_the_most_frequent_shapes(
    summary: CatalogueSummary,
) -> None:
    severities = [r.severity for r in summary.counts]
    assert severities == sorted(severities, key=["Violation", "Warning", "Info"].index)
    warnings = [r.shape for r in summary.counts if r.severity == "Warning"]
    assert warnings[0] == SHAPE + "PublicationAgreed"


@pytest.mark.parametrize(
    ("shape", "body", "value", "graph", "record"),
    [
        ("ReplacesEarlier", "ISO", "ISO 1:2016", "first", "first/iso-2-1973.yaml"),
        ("ListedTitle-placeholder", "ISO", "Titre manque", "first", "first/iso-2-1973.yaml"),
        ("PublicationPast", "ISO/IEC", "2030", "second", "second/iso_iec_4.yaml"),
        ("ListedTitle-missing", "ISO/IEC", "", "second", "second/iso_iec_4.yaml"),
        # For an entity without a description, the record that refers to it.
        ("NamedCommittee", "ISO", "", "first", "first/iso-2-1973.yaml"),
        ("ReferredDocument-type", "ISO", "", "first", "first/iso-2-1973.yaml"),
    ],
)
def test_an_example_has_value_graph_and_record(
    summary: CatalogueSummary, shape: str, body: str, value: str, graph: str, record: str
) -> None:
    example = row(summary, shape, body).example
    assert example.value == value
    assert example.graph == f"{BASE}graph/{graph}"
    assert example.record == f"{BASE}record/{record}"


def test_the_record_of_what_is_stated_of_the_focus_is_that_of_the_other(
    store: EmbeddedStore,
) -> None:
    """``?value std:replaces $this``: the record of the newer document says it."""
    old, new = (ox.NamedNode(BASE + name) for name in ("iso/1-2016", "iso/2-1973"))
    fault = result_records.Fault(old, "", new)
    record = f"{BASE}record/first/iso-2-1973.yaml"
    assert result_records.find_record(store, fault) == (f"{BASE}graph/first", record)
    assert result_records.records_of_faults(store, [fault]) == {fault: record}


def test_messages_come_in_both_languages(summary: CatalogueSummary) -> None:
    for one in summary.counts:
        assert [language for language, text in one.messages if text] == ["en", "zh"]


# The validated part


def test_entities_that_only_curators_describe_are_not_validated(store: EmbeddedStore) -> None:
    # None of the article's standards has a designation or a publisher as catalogues give them.
    assert store.ask(
        "ASK { ?article a std:Standard FILTER NOT EXISTS { ?article dcterms:title ?t } }"
    )
    one = catalogues.validate_catalogues(store, SHAPES, "shacl")
    assert one is not None
    assert {r.focus.value for r in one if "/zj/" in r.focus.value} == set()


def test_entities_described_by_curators_count_as_described() -> None:
    # The article describes ISO/TC 321, and no catalogue of these does.
    thing, committee = ox.NamedNode(BASE + "iso/1-2016"), ox.NamedNode(BASE + "iso/tc/321")
    graph, property_ = ox.NamedNode(BASE + "graph/first"), PREFIXES["std"] + "committee"
    quad = ox.Quad(thing, ox.NamedNode(property_), committee, graph)
    one = catalogues.validate_catalogues(store_of(quad), SHAPES, "shacl")
    assert one is not None
    assert BASE + "iso/tc/38" in {r.focus.value for r in one}
    assert BASE + "iso/tc/321" not in {r.focus.value for r in one}


def test_entities_described_by_both_are_validated() -> None:
    # ISO/TC 321 of the article is also listed here, and part of nothing.
    committee, graph = ox.NamedNode(BASE + "iso/tc/321"), ox.NamedNode(BASE + "graph/first")
    kind = ox.NamedNode(PREFIXES["rdf"] + "type")
    listed = ox.Quad(committee, kind, ox.NamedNode(PREFIXES["std"] + "TechnicalCommittee"), graph)
    one = catalogues.validate_catalogues(store_of(listed), SHAPES, "shacl")
    assert one is not None
    shapes = {r.shape.removeprefix(SHAPE) for r in one if r.focus == committee}
    assert {"ListedCommittee-above", "ListedCommittee-title"} <= shapes


def test_the_curated_part_has_no_catalogue_and_nothing_derived_from_one(
    store: EmbeddedStore, graph_quads: list[ox.Quad]
) -> None:
    held = {quad.graph_name for quad in partitions.curated_quads(store)}
    assert held == {quad.graph_name for quad in graph_quads}
    names = [graph.value.removeprefix(BASE) for graph in partitions.catalogue_part(store)]
    assert names == ["graph/first", "graph/second", "graph/derived/catalogues"]


def test_faults_of_catalogues_do_not_affect_the_article(store: EmbeddedStore) -> None:
    graph = KnowledgeGraph(store)
    assert graph.validate("shacl").results == ()
    assert graph.defects() == []


def test_a_graph_without_catalogues_has_no_report(graph: KnowledgeGraph) -> None:
    assert graph.validate_catalogues() is None
    assert partitions.catalogue_part(graph.store) == ()


# Engines


def test_auto_means_the_bulk_engine_with_the_same_results(store: EmbeddedStore) -> None:
    own, other = (
        catalogues.validate_catalogues(store, SHAPES),
        catalogues.validate_catalogues(store, SHAPES, "pyshacl"),
    )
    assert own is not None and other is not None  # noqa: PT018
    assert (own.engine, other.engine) == ("shacl", "pyshacl")
    assert [r.identity for r in own] == [r.identity for r in other]


@pytest.mark.slow
def test_one_engine_validates_both_parts_of_a_large_graph(store: EmbeddedStore) -> None:
    assert KnowledgeGraph(store).validate().engine == "pyshacl"
    thing, graph = ox.NamedNode(BASE + "x"), ox.NamedNode(BASE + "graph/first")
    value = ox.NamedNode(PREFIXES["rdf"] + "value")
    more = BULK_SIZE - store.size()
    for number, engine in ((more - 1, "auto"), (more, "shacl")):
        quads = (ox.Quad(thing, value, ox.Literal(n), graph) for n in range(number))
        large = store_of(*quads)
        assert partitions.choose_engine(large, "auto") == engine
        assert partitions.choose_engine(large, "pyshacl") == "pyshacl"
    assert KnowledgeGraph(large).validate().engine == "shacl"


def test_an_unknown_engine_is_refused(store: EmbeddedStore) -> None:
    assert "fast" not in get_args(Engine)
    with pytest.raises(KgError, match="unknown engine 'fast'"):
        catalogues.validate_catalogues(store, SHAPES, "fast")  # type: ignore[arg-type]


@pytest.mark.parametrize(("engine", "wrong"), [("pyshacl", "path"), ("shacl", "select")])
def test_rejected_shapes_are_an_error_of_one_line(
    store: EmbeddedStore, engine: Engine, wrong: str
) -> None:
    # Each engine accepts some shapes that the other rejects.
    nothing = ox.Literal("nothing")
    shapes = [
        ox.Triple(t.subject, t.predicate, nothing) if t.predicate.value == SH + wrong else t
        for t in SHAPES
        if wrong != "path" or t.predicate.value != SH + wrong
    ]
    with pytest.raises(KgError, match=rf"^{engine} could not use the shapes: [^\n]+$"):
        catalogues.validate_catalogues(store, shapes, engine)


def test_cached_ntriples_are_read_in_place_of_the_store(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    asked = []

    def text(graph: ox.NamedNode, out: BinaryIO) -> bool:
        asked.append(graph.value.removeprefix(BASE))
        # As many triples as the second catalogue has in the store, but others, and one repeated.
        thing, kind = ox.NamedNode(BASE + "x"), ox.NamedNode(PREFIXES["rdf"] + "value")
        triples = [ox.Triple(thing, kind, ox.Literal(n)) for n in (1, *range(size))]
        out.write(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        return graph.value.endswith(there)

    whole = catalogues.validate_catalogues(store, SHAPES, "shacl")
    size = len(list(store.quads(ox.NamedNode(BASE + "graph/second"))))
    there = "second"
    one = catalogues.validate_catalogues(
        store, SHAPES, "shacl", catalogues.CachedCatalogues(text, store.size())
    )
    assert whole is not None
    assert one is not None
    assert sorted(asked) == ["graph/derived/catalogues", "graph/first", "graph/second"]
    foci = {r.focus.value.removeprefix(BASE) for r in one}
    assert "iso/2-1973" in foci
    assert "iso-iec/4" not in foci
    assert one.triples == whole.triples
    # A part that was written before the cache failed is removed.
    there = "nowhere"
    texts = catalogues.CachedCatalogues(text, store.size())
    catalogues.write_data(store, tmp_path / "written.nt", texts)
    assert b"/x>" not in (tmp_path / "written.nt").read_bytes()
    again = catalogues.validate_catalogues(store, SHAPES, "shacl", texts)
    assert again is not None
    assert [r.identity for r in again] == [r.identity for r in whole]
    assert again.triples == whole.triples


@pytest.mark.parametrize(
    "term",
    [
        ox.NamedNode(BASE + "iso/1-2016"),
        ox.Literal('a "quoted"\ttext\nin two lines', language="en"),
        ox.Literal("2016-07", datatype=ox.NamedNode(PREFIXES["xsd"] + "gYearMonth")),
        ox.Literal("標準"),
    ],
)
def test_parsing_terms(term: ox.NamedNode | ox.Literal) -> None:
    assert bulk_engine.parse_term(str(term)) == term


# Bodies


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("iso-iec/4", "ISO/IEC"),
        ("iso/1-2016", "ISO"),
        ("iso/tc/38", "ISO"),
        ("iso-iec/jtc/1/sc/27", "ISO/IEC"),
        ("iso/tc/213/p-member/iso/organization/1", "ISO"),
        ("w3c/group/web", "W3C"),
        ("graph/first", ""),
        ("place/cn", ""),
    ],
)
def test_an_entity_belongs_to_its_publishers_or_its_owner(
    store: EmbeddedStore, path: str, body: str
) -> None:
    focus = f"<{BASE}{path}>"
    assert bodies_of(store, [focus]) == {focus: body}


def test_an_entity_of_another_namespace_belongs_to_its_host(store: EmbeddedStore) -> None:
    focus = "<https://standards.example/a/1>"
    assert bodies_of(store, [focus])[focus] == "standards.example"


# The commands


def test_the_table_has_the_curated_part_before_the_catalogues(run: Run) -> None:
    answer = run("validate", FAULTS)
    assert (answer.returncode, answer.stderr) == (3, ""), answer.stderr
    assert answer.stdout.startswith("conforms: 0 results (pyshacl)\n\nViolation: ")
    assert "\nWarning: shape:ReplacesEarlier, 1 result\n" in answer.stdout
    assert "          1  ISO: ISO 2:1973 = ISO 1:2016 [first/iso-2-1973.yaml]\n" in answer.stdout
    last = answer.stdout.splitlines()[-1]
    assert last.startswith("catalogues do not conform: 3 violations, ")
    assert "(shacl, " in last
    chinese = run("validate", FAULTS, "--lang", "zh").stdout
    assert "所代替的文件发布在其之后。" in chinese


def test_warnings_alone_leave_the_exit_code_at_0(run: Run, tmp_path: Path) -> None:
    text = FAULTS.read_text(encoding="utf-8")
    for fault, fixed in (
        ("stage:development", "stage:superseded"),
        ("std:replaces <iso/dis/3> ;", ""),
        (', "May 1973"', ""),
    ):
        assert fault in text
        text = text.replace(fault, fixed)
    file = tmp_path / "warnings.trig"
    file.write_text(text, encoding="utf-8")
    answer = run("validate", file)
    assert answer.returncode == 0, answer.stdout
    assert "catalogues conform: 0 violations, " in answer.stdout


def test_a_fault_of_the_curated_part_comes_before_those_of_catalogues(
    run: Run, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        f"@prefix std: <{PREFIXES['std']}> . <https://example.org/b> a std:Ballot .",
        encoding="utf-8",
    )
    answer = run("validate", FAULTS, bad)
    assert answer.returncode == 1
    assert "does not conform: " in answer.stdout
    assert "catalogues do not conform: " in answer.stdout


@pytest.mark.parametrize("engine", ["pyshacl", "shacl"])
def test_every_result_is_in_each_machine_format(
    run: Run, engine: str, found: dict[str, catalogues.CatalogueReport]
) -> None:
    texts = {
        format_: run("validate", FAULTS, "--engine", engine, "--format", format_).stdout
        for format_ in ("csv", "json", "ttl")
    }
    expected = sorted((r.shape, r.focus.value) for r in found[engine])
    rows = list(csv.DictReader(io.StringIO(texts["csv"])))
    shapes = [SHAPE + r["shape"].removeprefix("shape:") for r in rows]
    assert sorted(zip(shapes, [r["focus"] for r in rows], strict=True)) == expected
    report = json.loads(texts["json"])
    assert report["sh:conforms"] is False
    assert len(report["sh:result"]) == len(expected)
    sh = rdflib.Namespace(SH)
    for name, format_ in (("json", "json-ld"), ("ttl", "turtle")):
        read = rdflib.Graph().parse(data=texts[name], format=format_)
        results = sorted(
            (str(read.value(node, sh.sourceShape)), str(read.value(node, sh.focusNode)))
            for node in read.subjects(rdflib.RDF.type, sh.ValidationResult)
        )
        assert results == expected


def test_a_row_of_csv_has_body_and_record(run: Run) -> None:
    rows = csv.DictReader(io.StringIO(run("validate", FAULTS, "--format", "csv").stdout))
    [one] = [r for r in rows if r["shape"] == "shape:ListedTitle-missing"]
    assert one == {
        "severity": "Info",
        "shape": "shape:ListedTitle-missing",
        "component": "MinCount",
        "body": "ISO/IEC",
        "focus": BASE + "iso-iec/4",
        "path": PREFIXES["dcterms"] + "title",
        "value": "",
        "message": "No source gives its title.",
        "record": BASE + "record/second/iso_iec_4.yaml",
    }


def test_coverage_counts_each_part_in_its_own_graphs(store: EmbeddedStore) -> None:
    rows = {r.shape.removeprefix(SHAPE): r for r in KnowledgeGraph(store).shape_coverage()}
    plain = {r.shape.removeprefix(SHAPE): r for r in KnowledgeGraph.in_memory().shape_coverage()}
    # The curated part describes the two sources of the catalogues too.
    more = {"Source": 2, "Source-standing": 2, "Named": 2, "Named-prefLabel": 4}
    assert {name: r.count for name, r in rows.items() if name in plain} == {
        name: r.count + more.get(name, 0) for name, r in plain.items()
    }
    assert rows["ListedDocument"].count == 4
    assert rows["ListedTitle-missing"].count == 4
    assert rows["PublisherListed"].count == 2
    assert rows["ListedClass"].count == 0
    assert not any(r.fault for r in rows.values())
    assert "shape:ListedClass" in validation.shape_coverage(list(rows.values()), "en")


def test_the_reprs_of_report_and_summary_count_results(
    found: dict[str, catalogues.CatalogueReport], summary: CatalogueSummary
) -> None:
    report = found["shacl"]
    assert repr(summary).startswith("<CatalogueSummary of shacl: 3 Violation, ")
    counts = f"{len(report)} results in {report.triples} triples"
    assert repr(report) == f"<CatalogueReport of shacl: does not conform, {counts}>"


def test_turtle_and_json_are_the_same_report(found: dict[str, catalogues.CatalogueReport]) -> None:
    graphs = []
    for name, format_ in (("ttl", ox.RdfFormat.TURTLE), ("json", ox.RdfFormat.JSON_LD)):
        text = "".join(serialize_results(found["shacl"], name, "en", conforms=False))
        graph = ox.Dataset(ox.parse(text, format=format_))
        graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        graphs.append(graph)
    assert len(graphs[0]) > len(found["shacl"])
    assert graphs[0] == graphs[1]
