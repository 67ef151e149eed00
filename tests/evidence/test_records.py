"""A value of a catalogue leads to the records that state it, and to no others."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest
import yaml

from benchmarks import evidence_sample
from kg import KnowledgeGraph
from kg.cli.reports import validation
from kg.common import resources
from kg.common.namespaces import BASE, node
from kg.evidence import records
from kg.evidence.records import Statement, records_of_statements
from kg.network.edges import cite_records
from kg.network.records import RawEdge
from kg.pipeline import incremental, statement_notes
from kg.pipeline.build import Account, CatalogueSelection, build, read_accounts
from kg.sources.source import Source
from kg.store.generations import current_generation
from kg.validation import catalogues, shapes
from kg.validation.result_records import Fault, find_record
from kg.validation.shacl import Report
from tests.support import BuildWith

OIML: Final = "relaton-data-oiml"
ROWS: Final = "iso_deliverables_metadata"
WEIGHING, WEIGHING_1988 = BASE + "oiml/r/76-1-1992", BASE + "oiml/r/76-1-1988"
NEW, AGAIN, OLD, LIST = "r76-1_1992", "r76-1-1992", "r76-1_1988", "r76_list"


def record(identifier: str, title: str, stage: str = "", **relations: str) -> dict[str, Any]:
    """Return a record of Relaton; ``relations`` are the identifiers of targets, by type."""
    ids = [{"content": identifier, "type": "OIML", "primary": "true"}]
    fields: dict[str, Any] = {
        "title": [{"content": title, "language": "eng"}],
        "docidentifier": ids,
        "relation": [
            {"type": type_, "bibitem": {"docidentifier": [{"content": target, "type": "OIML"}]}}
            for type_, target in relations.items()
        ],
    }
    return fields | ({"status": {"stage": {"content": stage}}} if stage else {})


FILES: Final = {
    NEW: record(
        "OIML R 76-1:1992", "Nonautomatic weighing instruments", "in force", editionOf="OIML R 76-1"
    ),
    AGAIN: record("OIML R 76-1:1992", "Weighing instruments", "superseded"),
    # The earlier edition alone says that the later one replaces it.
    OLD: record("OIML R 76-1:1988", "Weighing", "superseded", obsoletedBy="OIML R 76-1:1992"),
    # Both say that the part is in the bulletin, and only the list says it of another part.
    "part": record("OIML R 107:1997", "Totalizing", includedIn="OIML R 76"),
    LIST: record("OIML R 76", "List", hasPart="OIML R 107:1997", includes="OIML R 107:2007"),
}


def row(number: int, reference: str, title: str, **fields: Any) -> dict[str, Any]:
    """Return a row of ISO's deliverables."""
    return {
        "id": number,
        "deliverableType": "IS",
        "reference": reference,
        "publicationDate": "2015-09-30",
        "edition": 1,
        "ownerCommittee": "ISO/TC 176",
        "currentStage": 6060,
        "languages": ["en"],
        "title": {"en": title},
    } | fields


def write(folder: Path) -> tuple[Path, Path]:
    data = folder / OIML / "data"
    data.mkdir(parents=True)
    for name, fields in FILES.items():
        (data / f"{name}.yaml").write_text(yaml.safe_dump(fields), encoding="utf-8")
    table = [
        row(3, "ISO 9104:2010", "zero", replacedBy=[5]),
        row(4, "ISO 9104:2015", "one"),
        row(5, "ISO 9104:2015", "two", publicationDate="2016-01-01", edition=2, replaces=[3]),
        row(6, "ISO 9104:2015", "two", publicationDate="2016-01-01"),
    ]
    rows = folder / f"{ROWS}.jsonl"
    rows.write_text("".join(json.dumps(each) + "\n" for each in table), encoding="utf-8")
    return folder / OIML, rows


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def graph(build_with: BuildWith, sources: tuple[Path, Path]) -> KnowledgeGraph:
    return KnowledgeGraph.open(build_with(*sources).folder)


def stating(
    graph: KnowledgeGraph, catalogue: str, subject: str, property_: str, value: str | ox.Literal
) -> list[str]:
    """Return the names of the records that state what the graph says."""
    term = ox.NamedNode(value) if isinstance(value, str) else value
    statement = Statement(
        f"{BASE}graph/{'iso-deliverables-metadata' if catalogue == ROWS else catalogue}",
        ox.NamedNode(subject),
        node(property_),
        term,
    )
    found = {
        (quad.object, quad.graph_name)
        for quad in graph.store.quads(None, statement.property, statement.subject)
    }
    assert (term, ox.NamedNode(statement.graph)) in found
    return [
        name.rpartition("/")[2].removesuffix(".yaml")
        for name in records_of_statements(graph.store, [statement])[statement]
    ]


def english(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


def test_records_of_one_document_are_told_apart(graph: KnowledgeGraph) -> None:
    def of(property_: str, value: str | ox.Literal) -> list[str]:
        return stating(graph, OIML, WEIGHING, property_, value)

    assert of("dcterms:title", english("Nonautomatic weighing instruments")) == [NEW]
    assert of("dcterms:title", english("Weighing instruments")) == [AGAIN]
    assert of("std:stageCode", ox.Literal("superseded")) == [AGAIN]
    assert of("rdf:type", node("std:Standard").value) == sorted((NEW, AGAIN))
    assert of("dcterms:identifier", ox.Literal("OIML R 76-1:1992")) == sorted((NEW, AGAIN))


def test_what_introduces_a_thing_is_not_credited_to_its_own_record(graph: KnowledgeGraph) -> None:
    series, own = node("std:StandardSeries").value, node("std:Standard").value
    assert stating(graph, OIML, BASE + "oiml/r/76", "rdf:type", own) == [LIST]
    others = sorted((NEW, AGAIN, OLD))
    assert stating(graph, OIML, BASE + "oiml/r/76", "rdf:type", series) == others


def test_a_derivation_leads_to_its_own_record(graph: KnowledgeGraph) -> None:
    for name in (NEW, AGAIN):
        iri = f"{BASE}record/{OIML}/data/{name}.yaml"
        assert stating(graph, OIML, WEIGHING, "prov:wasDerivedFrom", iri) == [name]


def test_a_reversed_relation_is_stated_by_the_record_of_the_other_end(
    graph: KnowledgeGraph,
) -> None:
    assert stating(graph, OIML, WEIGHING, "std:replaces", WEIGHING_1988) == [OLD]


def test_a_relation_that_both_ends_state_has_the_records_of_both(graph: KnowledgeGraph) -> None:
    part, whole = BASE + "oiml/r/107-1997", BASE + "oiml/r/76"
    assert stating(graph, OIML, part, "std:partOf", whole) == ["part", LIST]
    # Nothing else describes this one.
    assert stating(graph, OIML, BASE + "oiml/r/107-2007", "std:partOf", whole) == [LIST]


def test_rows_of_one_deliverable_are_told_apart(graph: KnowledgeGraph) -> None:
    document = BASE + "iso/9104-2015"

    def of(property_: str, value: str | ox.Literal) -> list[str]:
        return stating(graph, ROWS, document, property_, value)

    assert of("dcterms:title", english("one")) == ["4"]
    assert of("dcterms:title", english("two")) == ["5", "6"]
    assert of("std:publishedOn", ox.Literal("2015-09-30", datatype=node("xsd:date"))) == ["4"]
    assert of("std:project", BASE + "iso/project/5") == ["5"]
    assert of("std:replaces", BASE + "iso/9104-2010") == ["3", "5"]
    assert of("std:stageCode", ox.Literal("60.60")) == ["4", "5", "6"]
    assert of("skos:prefLabel", ox.Literal("ISO 9104:2015")) == ["4", "5", "6"]


def test_further_records_of_a_document_are_counted_with_a_reason(graph: KnowledgeGraph) -> None:
    accounts = {account.slug: account for account in graph.catalogues}
    table = accounts["iso-deliverables-metadata"]
    assert table.counts["same"] == {
        statement_notes.OTHER_EDITION: 1,
        statement_notes.SAME_EDITION: 1,
    }
    assert accounts[OIML].counts["same"] == {statement_notes.SAME_IDENTIFIER: 1}
    for account in (table, accounts[OIML]):
        main = "SELECT DISTINCT ?thing ?graph { GRAPH ?graph { ?thing dcterms:title ?title } }"
        described = graph.store.select(main, {"graph": account.graph}).rows
        same = sum(account.counts["same"].values())
        assert account.records == len(described) + account.rejects + same


def test_the_profile_names_the_record_of_each_value_and_relation(graph: KnowledgeGraph) -> None:
    facts = graph.profile(WEIGHING).facts
    shown = {
        (fact.property, fact.shown.en): {proof.record for proof in fact.proofs} for fact in facts
    }
    assert shown["dcterms:title", "Weighing instruments"] == {f"data/{AGAIN}.yaml"}
    assert shown["std:replaces", "OIML R 76-1:1988"] == {f"data/{OLD}.yaml"}
    assert shown["std:publisher", "OIML"] == {f"data/{NEW}.yaml", f"data/{AGAIN}.yaml"}


def test_edges_cite_the_records_that_state_them(graph: KnowledgeGraph) -> None:
    relation = node("std:replaces").value
    edge = RawEdge(WEIGHING, WEIGHING_1988, relation, "", "", (f"{BASE}graph/{OIML}",))
    [cited] = cite_records(graph.store, [edge])
    assert cited.claims == (f"{BASE}record/{OIML}/data/{OLD}.yaml",)


@pytest.mark.parametrize(
    ("question", "arguments", "column", "value", "names"),
    [
        ("editions", {"document": "<oiml/r/76-1>"}, "title", "Weighing instruments", {AGAIN}),
        ("lineage", {"document": f"<{WEIGHING_1988}>"}, "title", "Weighing instruments", {AGAIN}),
        (
            "relations-of-document",
            {"document": f"<{WEIGHING_1988}>"},
            "relation",
            node("std:replaces").value,
            {OLD},
        ),
        (
            "relations-of-document",
            {"document": "<oiml/r/76-1>"},
            "relation",
            node("std:editionOf").value,
            {NEW, AGAIN, OLD},
        ),
    ],
)
def test_questions_name_the_record_of_each_value(
    graph: KnowledgeGraph,
    question: str,
    arguments: dict[str, str],
    column: str,
    value: str,
    names: set[str],
) -> None:
    found = {
        row["record"].value.rpartition("/")[2].removesuffix(".yaml")
        for row in graph.ask(question, None, **arguments)
        if column in row and row[column].value == value
    }
    assert found == names


def test_a_validation_result_names_the_record_that_is_wrong(graph: KnowledgeGraph) -> None:
    wanted = shapes.read_shapes(resources.ontology() / "shapes" / "catalogues")
    report = catalogues.validate_catalogues(graph.store, wanted)
    assert report is not None
    text = "".join(validation.validation(graph.store, Report("shacl", ()), report, "csv", "en"))
    records_of = {
        (line["focus"], line["value"]): line["record"].rpartition("/")[2]
        for line in csv.DictReader(io.StringIO(text))
        if line["value"]
    }
    document = BASE + "iso/9104-2015"
    assert records_of[document, "2016-01-01"] == "5"
    fault = Fault(
        ox.NamedNode(WEIGHING), node("dcterms:title").value, english("Weighing instruments")
    )
    assert find_record(graph.store, fault) == (
        f"{BASE}graph/{OIML}",
        f"{BASE}record/{OIML}/data/{AGAIN}.yaml",
    )


def notes(graph: KnowledgeGraph) -> Iterator[ox.Quad]:
    for quad in graph.store.quads():
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(
            records.RECORDS
        ):
            yield quad


def test_an_incremental_build_renews_the_notes(
    own_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental, "_SHARE", 1)
    folder, rows = write(tmp_path)
    build(own_store, selection=CatalogueSelection((folder, rows)))
    before = set(notes(KnowledgeGraph.open(own_store)))
    changed = FILES[AGAIN] | {"title": FILES[NEW]["title"]}
    (folder / "data" / f"{AGAIN}.yaml").write_text(yaml.safe_dump(changed), encoding="utf-8")
    build(own_store)
    after = KnowledgeGraph.open(own_store)
    title = english("Nonautomatic weighing instruments")
    assert stating(after, OIML, WEIGHING, "dcterms:title", title) == sorted((NEW, AGAIN))
    gone = before - set(notes(after))
    assert {quad.object for quad in gone} == {title, english("Weighing instruments")}
    updated = set(after.store.quads())
    build(own_store, again=True)
    assert set(KnowledgeGraph.open(own_store).store.quads()) == updated


def test_the_default_of_a_relation_is_the_one_that_needs_fewer_notes(
    own_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, rows = write(tmp_path)
    build(own_store, selection=CatalogueSelection((folder, rows)))
    before = KnowledgeGraph.open(own_store)
    asked = [
        Statement(graph.value, quad.subject, quad.predicate, quad.object)
        for account in before.catalogues
        for graph in [account.graph]
        for quad in before.store.quads(graph)
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple)
    ]
    monkeypatch.setattr(statement_notes, "_WORTH", 1)
    _convert_again(own_store)
    after = KnowledgeGraph.open(own_store)
    declared = set(after.store.quads(None, node("std:statedByObject")))
    assert declared
    assert not set(before.store.quads(None, node("std:statedByObject")))
    kept = [
        each
        for each in asked
        if not each.subject.value.startswith((records.RECORDS, BASE + "graph/"))
    ]
    kept = [each for each in kept if not _is_declaration(each)]
    assert kept
    found = records_of_statements(after.store, kept)
    assert found == records_of_statements(before.store, kept)


def _is_declaration(statement: Statement) -> bool:
    return statement.property in map(
        node,
        ("std:omitsProperty", "std:statesProperty", "std:statesPropertyOf", "std:omitsPropertyOf"),
    )


def _convert_again(store: Path) -> None:
    for file in (store / "converted").iterdir():
        file.unlink()
    build(store, again=True)


def test_the_benchmark_finds_wrong_credits(
    graph: KnowledgeGraph, sources: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source.open(sources[0])
    assert not evidence_sample.check(graph.store, source, 10, seed=1).wrong
    monkeypatch.setattr(records._Lookup, "_has", lambda *_: False)
    wrong = evidence_sample.check(graph.store, source, 10, seed=1).wrong
    assert any("Nonautomatic" in line for line in wrong)


def test_accounts_of_records(graph: KnowledgeGraph) -> None:
    path = graph.store.path
    assert path is not None
    accounts: tuple[Account, ...] = read_accounts(current_generation(path.parent.parent.parent))
    assert [account.kept for account in accounts] == [4, 5]
