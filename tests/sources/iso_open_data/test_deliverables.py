from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from kg.common.namespaces import PREFIXES
from kg.sources.iso_open_data.deliverables import convert
from kg.sources.record_batch import Batch, Options
from tests.sources.iso_open_data.support import fixture, instances, reasons, said, table

CSV, JSONL = "iso_deliverables_metadata.csv", "iso_deliverables_metadata.jsonl"


@pytest.fixture(scope="module")
def batch() -> Batch:
    return fixture(convert, CSV)


def of(*rows: dict[str, Any]) -> Batch:
    return convert("t.csv", table(*rows), Options("t"))


ROW = {"id": 1, "reference": "ISO 9001:2015", "deliverableType": "IS", "currentStage": 6060}


def test_both_forms_say_the_same(batch: Batch) -> None:
    other = fixture(convert, JSONL)
    assert {*batch.triples} == {*other.triples}
    assert (batch.records, batch.rejects) == (other.records, other.rejects) == (18, [])


def test_a_document_is_what_its_row_says(batch: Batch) -> None:
    this = "iso/32111-2023"
    assert said(batch, this, "rdf:type") == ["std:Standard"]
    assert said(batch, this, "skos:prefLabel") == ["ISO 32111:2023"]
    assert said(batch, this, "dcterms:identifier") == ["ISO 32111:2023"]
    assert said(batch, this, "std:publisher") == ["<iso>"]
    assert said(batch, this, "std:committee") == ["<iso/tc/321>"]
    assert said(batch, this, "std:deliverable") == ["deliverable:international-standard"]
    assert said(batch, this, "std:scope") == ["scope:international"]
    assert said(batch, this, "std:stage") == ["stage:published"]
    assert said(batch, this, "std:stageCode") == ["60.60"]
    assert said(batch, this, "std:publishedOn") == ["2023-09-12"]
    assert said(batch, this, "std:edition") == ["1"]
    assert said(batch, this, "std:topic") == ["<ics/03.080.30>", "<ics/35.240.63>"]
    assert said(batch, this, "std:language") == ["en", "fr"]
    assert said(batch, this, "std:project") == ["<iso/project/80876>"]
    assert said(batch, this, "schema:numberOfPages") == ["9"]
    assert said(batch, this, "schema:url") == ["<https://www.iso.org/standard/80876.html>"]
    assert said(batch, this, "prov:wasDerivedFrom") == ["<record/iso-deliverables-metadata/80876>"]
    assert said(batch, this, "std:editionOf") == ["<iso/32111>"]
    assert said(batch, "iso/32111", "skos:prefLabel") == ["ISO 32111"]
    assert said(batch, "iso/32111", "rdf:type") == []
    assert said(batch, "iso/project/80876", "rdf:type") == ["std:Project"]
    assert len(said(batch, this, "dcterms:title")) == 2


@pytest.mark.parametrize(
    ("date", "datatype"), [("2015-09-23", "date"), ("2015-09", "gYearMonth"), ("2015", "gYear")]
)
def test_dates_are_as_precise_as_the_source(date: str, datatype: str) -> None:
    wanted = ox.Literal(date, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype))
    batch = of(ROW | {"publicationDate": date})
    assert wanted in {triple.object for triple in batch.triples}


def test_every_row_is_in_the_graph(batch: Batch) -> None:
    assert len(instances(batch, "std:Standard")) == batch.records


def test_abstracts_only_when_asked_for(batch: Batch) -> None:
    assert said(batch, "iso/32111-2023", "dcterms:abstract") == []
    assert said(fixture(convert, CSV, abstracts=True), "iso/32111-2023", "dcterms:abstract") == [
        "This document specifies the principles and framework for e-commerce transaction assurance."
        "\nIt does not describe specific requirements.@en"
    ]


def test_a_joint_document_has_two_publishers(batch: Batch) -> None:
    assert said(batch, "iso-iec/27001-2022", "std:publisher") == ["<iec>", "<iso>"]
    assert said(batch, "iso-iec/27001-2022", "std:committee") == ["<iso-iec/jtc/1/sc/27>"]


def test_what_replaces_what_said_by_one_side_or_both(batch: Batch) -> None:
    assert said(batch, "iso-iec/27001-2022", "std:replaces") == [
        "<iso-iec/27001-2013/cor/1-2014>",
        "<iso-iec/27001-2013>",
    ]
    assert said(batch, "iso-iec/27001-2013", "std:replaces") == ["<iso-iec/27001-2005>"]
    one = of(ROW | {"replacedBy": "[2]"}, ROW | {"id": 2, "reference": "ISO 9001:2026"})
    assert said(one, "iso/9001-2026", "std:replaces") == ["<iso/9001-2015>"]


def test_a_draft_is_meant_to_replace_and_does_not_yet(batch: Batch) -> None:
    assert said(batch, "iso/cd/8601-1", "std:toReplace") == ["<iso/8601-1-2019>"]
    assert said(batch, "iso/cd/8601-1", "std:replaces") == []
    assert said(batch, "iso/cd/8601-1", "std:stage") == ["stage:development"]
    assert said(batch, "iso/cd/8601-1", "std:stageCode") == ["30.20"]
    assert said(batch, "iso/cd/8601-1", "std:publishedOn") == []
    assert said(batch, "iso/8601-1-2019", "std:stage") == ["stage:published"]


def test_a_draft_given_up_for_a_document_is_only_related() -> None:
    draft = ROW | {"id": 2, "reference": "ISO/CD 9001", "currentStage": 3098}
    batch = of(ROW | {"replaces": "[2]"}, draft)
    assert said(batch, "iso/9001-2015", "std:replaces") == []
    assert said(batch, "iso/9001-2015", "std:relatedTo") == ["<iso/cd/9001>"]
    assert said(batch, "iso/cd/9001", "std:stage") == ["stage:cancelled"]


def test_withdrawn_and_superseded_are_told_apart(batch: Batch) -> None:
    assert said(batch, "iso/8601-2004", "std:stage") == ["stage:superseded"]
    gone = ROW | {"currentStage": 9599}
    assert said(of(gone), "iso/9001-2015", "std:stage") == ["stage:withdrawn"]
    draft = ROW | {"id": 2, "reference": "ISO/DIS 9001", "currentStage": 4020}
    assert said(of(gone | {"replacedBy": "[2]"}, draft), "iso/9001-2015", "std:stage") == [
        "stage:withdrawn"
    ]


def test_a_stage_keeps_its_zeros(batch: Batch) -> None:
    assert said(batch, "iso/pwi/32124", "std:stageCode") == ["00.98"]
    assert said(batch, "iso/pwi/32124", "std:stage") == ["stage:cancelled"]


def test_a_project_that_has_no_row_is_counted(batch: Batch) -> None:
    assert batch.unknown == {"replaces: a number without a row": 1}


def test_supplements_change_the_document_they_are_published_to(batch: Batch) -> None:
    amendment, corrigendum = "iso-iec/27001-2022/amd/1-2024", "iso-iec/27001-2013/cor/1-2014"
    assert said(batch, amendment, "std:amends") == ["<iso-iec/27001-2022>"]
    assert said(batch, amendment, "std:deliverable") == ["deliverable:amendment"]
    assert said(batch, amendment, "std:editionOf") == []
    assert said(batch, corrigendum, "std:corrects") == ["<iso-iec/27001-2013>"]
    assert said(batch, corrigendum, "std:deliverable") == ["deliverable:technical-corrigendum"]


def test_a_draft_of_a_supplement_changes_nothing_yet() -> None:
    draft = {"reference": "ISO 9001:2015/CD Amd 2", "supplementType": "Amd", "currentStage": 3020}
    batch = of(ROW | draft)
    (iri,) = instances(batch, "std:Standard")
    assert said(batch, iri, "std:amends") == []
    assert said(batch, iri, "std:relatedTo") == ["<iso/9001-2015>"]


def test_a_part_stands_in_its_series(batch: Batch) -> None:
    assert said(batch, "iso/8601-1-2019", "std:inSeries") == ["<iso/8601>"]
    assert said(batch, "iso/8601-1-2019", "std:editionOf") == ["<iso/8601-1>"]
    assert said(batch, "iso/8601-2004", "std:inSeries") == []


def test_the_type_of_a_report(batch: Batch) -> None:
    assert said(batch, "iso/tr/32123-2024", "std:deliverable") == ["deliverable:technical-report"]


@pytest.mark.parametrize(
    ("owner", "iri", "name"),
    [
        ("ISO/TMBG", "iso/tmb", "ISO/TMB"),
        ("ISO/CASCO", "iso/casco", "ISO/CASCO"),
        ("IULTCS", "iultcs", "IULTCS"),
        ("ISO/WS ESG", "iso/group/ws_esg", "ISO/WS ESG"),
    ],
)
def test_owners_of_every_kind(owner: str, iri: str, name: str) -> None:
    batch = of(ROW | {"ownerCommittee": owner})
    assert said(batch, "iso/9001-2015", "std:committee") == [f"<{iri}>"]
    assert said(batch, iri, "skos:prefLabel") == [name]


def test_types_that_no_one_knows_are_reported() -> None:
    batch = of(ROW | {"deliverableType": "XX"}, ROW | {"id": 2, "supplementType": "Yy"})
    assert batch.unknown == {"deliverableType=XX": 1, "supplementType=Yy": 1}


def test_a_reference_that_no_grammar_reads_is_kept_as_it_is() -> None:
    batch = of(ROW | {"reference": "ISO Handbook of Screws, two"})
    assert said(batch, "iso/id/iso_handbook_of_screws%2C_two", "skos:prefLabel") == [
        "ISO Handbook of Screws, two"
    ]
    assert batch.unknown == {"reference that no grammar reads": 1}


def test_another_spelling_of_the_source_is_another_name() -> None:
    batch = of(ROW | {"reference": "ISO 9001 : 2015"})
    assert said(batch, "iso/9001-2015", "skos:prefLabel") == ["ISO 9001:2015"]
    assert said(batch, "iso/9001-2015", "skos:altLabel") == ["ISO 9001 : 2015"]


@pytest.mark.parametrize(
    ("change", "reason", "says"),
    [
        ({"id": 1}, "duplicate id", "line 2"),
        ({"reference": ""}, "no identifier", "reference"),
        ({"currentStage": "sixty"}, "unreadable value", "'sixty' is no stage code"),
        ({"currentStage": "60600"}, "unreadable value", "'60600' is no stage code"),
        ({"publicationDate": "2023-02-30"}, "unreadable value", "'2023-02-30' is no date"),
        ({"replaces": "[ISO 1]"}, "unreadable value", "replaces is 'ISO 1'"),
        ({"pages.en": "many"}, "unreadable value", "pages.en is 'many'"),
        ({"icsCode": "[35.24]"}, "unreadable value", "'35.24' is no code of the ICS"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_with_its_line(
    change: dict[str, Any], reason: str, says: str
) -> None:
    batch = of(ROW, ROW | {"id": 2, "reference": "ISO 9002:1994"} | change, ROW | {"id": 3})
    assert reasons(batch) == [("t.csv:3", reason)]
    assert says in batch.rejects[0].detail
    assert batch.records == 3
    assert said(batch, "iso/9002-1994", "rdf:type") == []
