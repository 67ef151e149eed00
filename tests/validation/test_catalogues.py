"""Catalogues: judged by shapes of their own, counted by shape and body, and stopping nothing."""

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
from kg.validation import bulk_engine, catalogues, partitions, shapes
from kg.validation.catalogue_summary import Row, Summary, bodies, summarize
from kg.validation.shacl import BULK, SH, Engine
from tests.support import ROOT, Run

FAULTS: Final = ROOT / "tests" / "fixtures" / "faults.trig"
SHAPES: Final = shapes.read_shapes(resources.ontology() / "shapes" / "catalogues")
EXPECTED: Final = {
    # Shape, body: how often, and what the example is.
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
def found(store: EmbeddedStore) -> dict[str, catalogues.Findings]:
    engines: tuple[Engine, ...] = ("pyshacl", "shacl")
    both = {engine: catalogues.run(store, SHAPES, engine) for engine in engines}
    return {engine: one for engine, one in both.items() if one is not None}


@pytest.fixture(scope="module")
def summary(store: EmbeddedStore, found: dict[str, catalogues.Findings]) -> Summary:
    return summarize(store, found["shacl"])


def row(summary: Summary, shape: str, body: str) -> Row:
    [one] = [r for r in summary.rows if (r.shape, r.body) == (SHAPE + shape, body)]
    return one


# What is found


def test_both_engines_find_the_same_and_say_the_same(
    found: dict[str, catalogues.Findings],
) -> None:
    one, other = list(found["pyshacl"]), list(found["shacl"])
    assert len(one) > len(EXPECTED)
    assert [r.identity for r in one] == [r.identity for r in other]
    assert [r.messages for r in one] == [r.messages for r in other]
    assert {r.severity for r in one} == {SH + s for s in ("Violation", "Warning", "Info")}
    assert found["shacl"].triples == found["pyshacl"].triples


def test_faults_are_counted_by_shape_and_body_with_an_example(summary: Summary) -> None:
    counted = {
        (r.shape.removeprefix(SHAPE), r.body): (r.count, r.example.name) for r in summary.rows
    }
    assert counted == EXPECTED
    assert summary.count("Violation") == 3
    assert not summary.conforms


def test_the_gravest_come_first_then_the_most_frequent_shapes(summary: Summary) -> None:
    severities = [r.severity for r in summary.rows]
    assert severities == sorted(severities, key=["Violation", "Warning", "Info"].index)
    warnings = [r.shape for r in summary.rows if r.severity == "Warning"]
    assert warnings[0] == SHAPE + "PublicationAgreed"


@pytest.mark.parametrize(
    ("shape", "body", "value", "graph", "record"),
    [
        ("ReplacesEarlier", "ISO", "ISO 1:2016", "first", "first/iso-2-1973.yaml"),
        ("ListedTitle-placeholder", "ISO", "Titre manque", "first", "first/iso-2-1973.yaml"),
        ("PublicationPast", "ISO/IEC", "2030", "second", "second/iso_iec_4.yaml"),
        ("ListedTitle-missing", "ISO/IEC", "", "second", "second/iso_iec_4.yaml"),
        # Of what nobody describes, the record that names it.
        ("NamedCommittee", "ISO", "", "first", "first/iso-2-1973.yaml"),
        ("ReferredDocument-type", "ISO", "", "first", "first/iso-2-1973.yaml"),
    ],
)
def test_an_example_tells_value_source_and_record(
    summary: Summary, shape: str, body: str, value: str, graph: str, record: str
) -> None:
    example = row(summary, shape, body).example
    assert example.value == value
    assert example.graph == f"{BASE}graph/{graph}"
    assert example.record == f"{BASE}record/{record}"


def test_messages_come_in_both_languages(summary: Summary) -> None:
    for one in summary.rows:
        assert [language for language, text in one.messages if text] == ["en", "zh"]


# What is judged, and what is not


def test_what_curators_alone_describe_is_not_judged(store: EmbeddedStore) -> None:
    # None of the article's standards has a designation or a publisher as catalogues give them.
    assert store.ask(
        "ASK { ?article a std:Standard FILTER NOT EXISTS { ?article dcterms:title ?t } }"
    )
    one = catalogues.run(store, SHAPES, "shacl")
    assert one is not None
    assert {r.focus.value for r in one if "/zj/" in r.focus.value} == set()


def test_what_curators_describe_counts_as_described() -> None:
    # The article describes ISO/TC 321, and no catalogue of these does.
    thing, committee = ox.NamedNode(BASE + "iso/1-2016"), ox.NamedNode(BASE + "iso/tc/321")
    graph, property_ = ox.NamedNode(BASE + "graph/first"), PREFIXES["std"] + "committee"
    quad = ox.Quad(thing, ox.NamedNode(property_), committee, graph)
    one = catalogues.run(store_of(quad), SHAPES, "shacl")
    assert one is not None
    assert BASE + "iso/tc/38" in {r.focus.value for r in one}
    assert BASE + "iso/tc/321" not in {r.focus.value for r in one}


def test_what_both_describe_is_judged() -> None:
    # ISO/TC 321 of the article is also listed here, and part of nothing.
    committee, graph = ox.NamedNode(BASE + "iso/tc/321"), ox.NamedNode(BASE + "graph/first")
    kind = ox.NamedNode(PREFIXES["rdf"] + "type")
    listed = ox.Quad(committee, kind, ox.NamedNode(PREFIXES["std"] + "TechnicalCommittee"), graph)
    one = catalogues.run(store_of(listed), SHAPES, "shacl")
    assert one is not None
    shapes = {r.shape.removeprefix(SHAPE) for r in one if r.focus == committee}
    assert {"ListedCommittee-above", "ListedCommittee-title"} <= shapes


def test_the_curated_part_is_all_but_the_catalogues_and_what_follows_from_them(
    store: EmbeddedStore, graph_quads: list[ox.Quad]
) -> None:
    held = {quad.graph_name for quad in partitions.curated(store)}
    assert held == {quad.graph_name for quad in graph_quads}
    names = [graph.value.removeprefix(BASE) for graph in partitions.listed(store)]
    assert names == ["graph/first", "graph/second", "graph/derived/catalogues"]


def test_the_article_conforms_whatever_the_catalogues_say(store: EmbeddedStore) -> None:
    graph = KnowledgeGraph(store)
    assert graph.validate("shacl").results == ()
    assert graph.defects() == []


def test_without_a_catalogue_there_is_nothing_to_say(graph: KnowledgeGraph) -> None:
    assert graph.validate_catalogues() is None
    assert partitions.listed(graph.store) == ()


# Engines


def test_auto_takes_the_bulk_engine_which_finds_the_same(store: EmbeddedStore) -> None:
    own, other = catalogues.run(store, SHAPES), catalogues.run(store, SHAPES, "pyshacl")
    assert own is not None and other is not None  # noqa: PT018
    assert (own.engine, other.engine) == ("shacl", "pyshacl")
    assert [r.identity for r in own] == [r.identity for r in other]


def test_one_engine_holds_both_parts_of_a_large_graph(store: EmbeddedStore) -> None:
    assert KnowledgeGraph(store).validate().engine == "pyshacl"
    thing, graph = ox.NamedNode(BASE + "x"), ox.NamedNode(BASE + "graph/first")
    value = ox.NamedNode(PREFIXES["rdf"] + "value")
    more = BULK - store.size()
    for number, engine in ((more - 1, "auto"), (more, "shacl")):
        quads = (ox.Quad(thing, value, ox.Literal(n), graph) for n in range(number))
        large = store_of(*quads)
        assert partitions.engine_for(large, "auto") == engine
        assert partitions.engine_for(large, "pyshacl") == "pyshacl"
    assert KnowledgeGraph(large).validate().engine == "shacl"


def test_an_unknown_engine_is_refused(store: EmbeddedStore) -> None:
    assert "fast" not in get_args(Engine)
    with pytest.raises(KgError, match="unknown engine 'fast'"):
        catalogues.run(store, SHAPES, "fast")  # type: ignore[arg-type]


@pytest.mark.parametrize(("engine", "wrong"), [("pyshacl", "path"), ("shacl", "select")])
def test_shapes_that_an_engine_rejects_are_one_line(
    store: EmbeddedStore, engine: Engine, wrong: str
) -> None:
    # Each engine is strict with what the other one is not.
    nothing = ox.Literal("nothing")
    shapes = [
        ox.Triple(t.subject, t.predicate, nothing) if t.predicate.value == SH + wrong else t
        for t in SHAPES
        if wrong != "path" or t.predicate.value != SH + wrong
    ]
    with pytest.raises(KgError, match=rf"^{engine} could not use the shapes: [^\n]+$"):
        catalogues.run(store, shapes, engine)


def test_texts_at_hand_are_read_in_place_of_the_store(store: EmbeddedStore, tmp_path: Path) -> None:
    asked = []

    def text(graph: ox.NamedNode, out: BinaryIO) -> bool:
        asked.append(graph.value.removeprefix(BASE))
        # The second catalogue says of another thing what it says in the store, one thing twice.
        thing, kind = ox.NamedNode(BASE + "x"), ox.NamedNode(PREFIXES["rdf"] + "value")
        triples = [ox.Triple(thing, kind, ox.Literal(n)) for n in (1, *range(size))]
        out.write(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        return graph.value.endswith(there)

    whole = catalogues.run(store, SHAPES, "shacl")
    size = len(list(store.quads(ox.NamedNode(BASE + "graph/second"))))
    there = "second"
    one = catalogues.run(store, SHAPES, "shacl", catalogues.Texts(text, store.size()))
    assert whole is not None
    assert one is not None
    assert sorted(asked) == ["graph/derived/catalogues", "graph/first", "graph/second"]
    foci = {r.focus.value.removeprefix(BASE) for r in one}
    assert "iso/2-1973" in foci
    assert "iso-iec/4" not in foci
    assert one.triples == whole.triples
    # What was written of a text that is none is taken back.
    there = "nowhere"
    texts = catalogues.Texts(text, store.size())
    catalogues.write(store, tmp_path / "written.nt", texts)
    assert b"/x>" not in (tmp_path / "written.nt").read_bytes()
    again = catalogues.run(store, SHAPES, "shacl", texts)
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
def test_terms_are_read_back_as_they_were(term: ox.NamedNode | ox.Literal) -> None:
    assert bulk_engine.term(str(term)) == term


# Whose a thing is


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
def test_a_thing_is_its_publishers_or_its_owners(
    store: EmbeddedStore, path: str, body: str
) -> None:
    focus = f"<{BASE}{path}>"
    assert bodies(store, [focus]) == {focus: body}


def test_a_thing_of_another_namespace_is_its_hosts(store: EmbeddedStore) -> None:
    focus = "<https://standards.example/a/1>"
    assert bodies(store, [focus])[focus] == "standards.example"


# The commands


def test_the_table_tells_the_curated_part_and_then_the_catalogues(run: Run) -> None:
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
    for fault, mended in (
        ("stage:development", "stage:superseded"),
        ("std:replaces <iso/dis/3> ;", ""),
        (', "May 1973"', ""),
    ):
        assert fault in text
        text = text.replace(fault, mended)
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
def test_every_result_comes_in_each_format_for_machines(
    run: Run, engine: str, found: dict[str, catalogues.Findings]
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


def test_a_line_of_csv_tells_whose_the_thing_is_and_its_record(run: Run) -> None:
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
    # The two sources of the catalogues are described among the others.
    more = {"Source": 2, "Source-standing": 2, "Named": 2, "Named-prefLabel": 4}
    assert {name: r.found for name, r in rows.items() if name in plain} == {
        name: r.found + more.get(name, 0) for name, r in plain.items()
    }
    assert rows["ListedDocument"].found == 4
    assert rows["ListedTitle-missing"].found == 4
    assert rows["PublisherListed"].found == 2
    assert rows["ListedClass"].found == 0
    assert not any(r.fault for r in rows.values())
    assert "shape:ListedClass" in validation.shape_coverage(list(rows.values()), "en")
