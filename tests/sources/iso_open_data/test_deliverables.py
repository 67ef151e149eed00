from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from kg.common.namespaces import PREFIXES
from kg.sources.iso_open_data.deliverables import convert
from kg.sources.record_batch import Batch, Options
from tests.sources.iso_open_data.support import fixture, instances, reasons, table, values

CSV, JSONL = "iso_deliverables_metadata.csv", "iso_deliverables_metadata.jsonl"


@pytest.fixture(scope="module")
def batch() -> Batch:
    return fixture(convert, CSV)


def of(*rows: dict[str, Any]) -> Batch:
    return convert("t.csv", table(*rows), Options("t"))


ROW = {"id": 1, "reference": "ISO 9001:2015", "deliverableType": "IS", "currentStage": 6060}


def test_both_formats_give_the_same_triples(batch: Batch) -> None:
    other = fixture(convert, JSONL)
    assert {*batch.triples} == {*other.triples}
    assert (batch.records, batch.rejects) == (other.records, other.rejects) == (18, [])


def test_a_row_becomes_a_document(batch: Batch) -> None:
    this = "iso/32111-2023"
    assert values(batch, this, "rdf:type") == ["std:Standard"]
    assert values(batch, this, "skos:prefLabel") == ["ISO 32111:2023"]
    assert values(batch, this, "dcterms:identifier") == ["ISO 32111:2023"]
    assert values(batch, this, "std:publisher") == ["<iso>"]
    assert values(batch, this, "std:committee") == ["<iso/tc/321>"]
    assert values(batch, this, "std:deliverable") == ["deliverable:international-standard"]
    assert values(batch, this, "std:scope") == ["scope:international"]
    assert values(batch, this, "std:stage") == ["stage:published"]
    assert values(batch, this, "std:stageCode") == ["60.60"]
    assert values(batch, this, "std:publishedOn") == ["2023-09-12"]
    assert values(batch, this, "std:edition") == ["1"]
    assert values(batch, this, "std:topic") == ["<ics/03.080.30>", "<ics/35.240.63>"]
    assert values(batch, this, "std:language") == ["en", "fr"]
    assert values(batch, this, "std:project") == ["<iso/project/80876>"]
    assert values(batch, this, "schema:numberOfPages") == ["9"]
    assert values(batch, this, "schema:url") == ["<https://www.iso.org/standard/80876.html>"]
    assert values(batch, this, "prov:wasDerivedFrom") == [
        "<record/iso-deliverables-metadata/80876>"
    ]
    assert values(batch, this, "std:editionOf") == ["<iso/32111>"]
    assert values(batch, "iso/32111", "skos:prefLabel") == ["ISO 32111"]
    assert values(batch, "iso/32111", "rdf:type") == []
    assert values(batch, "iso/project/80876", "rdf:type") == ["std:Project"]
    assert len(values(batch, this, "dcterms:title")) == 2


@pytest.mark.parametrize(
    ("date", "datatype"), [("2015-09-23", "date"), ("2015-09", "gYearMonth"), ("2015", "gYear")]
)
def test_dates_are_as_precise_as_the_source(date: str, datatype: str) -> None:
    wanted = ox.Literal(date, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype))
    batch = of(ROW | {"publicationDate": date})
    assert wanted in {triple.object for triple in batch.triples}


def test_every_row_is_in_the_graph(batch: Batch) -> None:
    assert len(instances(batch, "std:Standard")) == batch.records


def test_abstracts_are_kept_on_request(batch: Batch) -> None:
    assert values(batch, "iso/32111-2023", "dcterms:abstract") == []
    assert values(fixture(convert, CSV, abstracts=True), "iso/32111-2023", "dcterms:abstract") == [
        "This document specifies the principles and framework for e-commerce transaction assurance."
        "\nIt does not describe specific requirements.@en"
    ]


def test_a_joint_document_has_two_publishers(batch: Batch) -> None:
    assert values(batch, "iso-iec/27001-2022", "std:publisher") == ["<iec>", "<iso>"]
    assert values(batch, "iso-iec/27001-2022", "std:committee") == ["<iso-iec/jtc/1/sc/27>"]


def test_replacement_may_be_stated_by_either_row(batch: Batch) -> None:
    assert values(batch, "iso-iec/27001-2022", "std:replaces") == [
        "<iso-iec/27001-2013/cor/1-2014>",
        "<iso-iec/27001-2013>",
    ]
    assert values(batch, "iso-iec/27001-2013", "std:replaces") == ["<iso-iec/27001-2005>"]
    one = of(ROW | {"replacedBy": "[2]"}, ROW | {"id": 2, "reference": "ISO 9001:2026"})
    assert values(one, "iso/9001-2026", "std:replaces") == ["<iso/9001-2015>"]


def test_a_draft_is_only_meant_to_replace(batch: Batch) -> None:
    assert values(batch, "iso/cd/8601-1", "std:toReplace") == ["<iso/8601-1-2019>"]
    assert values(batch, "iso/cd/8601-1", "std:replaces") == []
    assert values(batch, "iso/cd/8601-1", "std:stage") == ["stage:development"]
    assert values(batch, "iso/cd/8601-1", "std:stageCode") == ["30.20"]
    assert values(batch, "iso/cd/8601-1", "std:publishedOn") == []
    assert values(batch, "iso/8601-1-2019", "std:stage") == ["stage:published"]


def test_an_abandoned_draft_is_only_related() -> None:
    draft = ROW | {"id": 2, "reference": "ISO/CD 9001", "currentStage": 3098}
    batch = of(ROW | {"replaces": "[2]"}, draft)
    assert values(batch, "iso/9001-2015", "std:replaces") == []
    assert values(batch, "iso/9001-2015", "std:relatedTo") == ["<iso/cd/9001>"]
    assert values(batch, "iso/cd/9001", "std:stage") == ["stage:cancelled"]


def test_withdrawn_and_superseded_differ(batch: Batch) -> None:
    assert values(batch, "iso/8601-2004", "std:stage") == ["stage:superseded"]
    gone = ROW | {"currentStage": 9599}
    assert values(of(gone), "iso/9001-2015", "std:stage") == ["stage:withdrawn"]
    draft = ROW | {"id": 2, "reference": "ISO/DIS 9001", "currentStage": 4020}
    assert values(of(gone | {"replacedBy": "[2]"}, draft), "iso/9001-2015", "std:stage") == [
        "stage:withdrawn"
    ]


def test_a_stage_code_keeps_its_zeros(batch: Batch) -> None:
    assert values(batch, "iso/pwi/32124", "std:stageCode") == ["00.98"]
    assert values(batch, "iso/pwi/32124", "std:stage") == ["stage:cancelled"]


def test_a_project_without_a_row_is_counted(batch: Batch) -> None:
    assert batch.unknown == {"replaces: a number without a row": 1}


def test_supplements_are_related_to_their_document(batch: Batch) -> None:
    amendment, corrigendum = "iso-iec/27001-2022/amd/1-2024", "iso-iec/27001-2013/cor/1-2014"
    assert values(batch, amendment, "std:amends") == ["<iso-iec/27001-2022>"]
    assert values(batch, amendment, "std:deliverable") == ["deliverable:amendment"]
    assert values(batch, amendment, "std:editionOf") == []
    assert values(batch, corrigendum, "std:corrects") == ["<iso-iec/27001-2013>"]
    assert values(batch, corrigendum, "std:deliverable") == ["deliverable:technical-corrigendum"]


def test_a_draft_supplement_is_only_related() -> None:
    draft = {"reference": "ISO 9001:2015/CD Amd 2", "supplementType": "Amd", "currentStage": 3020}
    batch = of(ROW | draft)
    (iri,) = instances(batch, "std:Standard")
    assert values(batch, iri, "std:amends") == []
    assert values(batch, iri, "std:relatedTo") == ["<iso/9001-2015>"]


def test_a_part_is_in_its_series(batch: Batch) -> None:
    assert values(batch, "iso/8601-1-2019", "std:inSeries") == ["<iso/8601>"]
    assert values(batch, "iso/8601-1-2019", "std:editionOf") == ["<iso/8601-1>"]
    assert values(batch, "iso/8601-2004", "std:inSeries") == []


def test_the_type_of_a_report(batch: Batch) -> None:
    assert values(batch, "iso/tr/32123-2024", "std:deliverable") == ["deliverable:technical-report"]


@pytest.mark.parametrize(
    ("owner", "iri", "name"),
    [
        ("ISO/TMBG", "iso/tmb", "ISO/TMB"),
        ("ISO/CASCO", "iso/casco", "ISO/CASCO"),
        ("IULTCS", "iultcs", "IULTCS"),
        ("ISO/WS ESG", "iso/group/ws_esg", "ISO/WS ESG"),
    ],
)
def test_all_kinds_of_owners_are_read(owner: str, iri: str, name: str) -> None:
    batch = of(ROW | {"ownerCommittee": owner})
    assert values(batch, "iso/9001-2015", "std:committee") == [f"<{iri}>"]
    assert values(batch, iri, "skos:prefLabel") == [name]


def test_unknown_types_are_reported() -> None:
    batch = of(ROW | {"deliverableType": "XX"}, ROW | {"id": 2, "supplementType": "Yy"})
    assert batch.unknown == {"deliverableType=XX": 1, "supplementType=Yy": 1}


def test_an_unparsed_reference_is_kept() -> None:
    batch = of(ROW | {"reference": "ISO Handbook of Screws, two"})
    assert values(batch, "iso/id/iso_handbook_of_screws%2C_two", "skos:prefLabel") == [
        "ISO Handbook of Screws, two"
    ]
    assert batch.unknown == {"reference that no grammar reads": 1}


def test_another_spelling_is_an_alternative_label() -> None:
    batch = of(ROW | {"reference": "ISO 9001 : 2015"})
    assert values(batch, "iso/9001-2015", "skos:prefLabel") == ["ISO 9001:2015"]
    assert values(batch, "iso/9001-2015", "skos:altLabel") == ["ISO 9001 : 2015"]


@pytest.mark.parametrize(
    ("change", "reason", "says"),
    [
        ({"id": 1}, "duplicate id", "line 2"),
        ({"reference": ""}, "no identifier", "reference"),
        ({"currentStage": "sixty"}, "unreadable value", "'sixty' is not a stage code"),
        ({"currentStage": "60600"}, "unreadable value", "'60600' is not a stage code"),
        ({"publicationDate": "2023-02-30"}, "unreadable value", "'2023-02-30' is not a date"),
        ({"replaces": "[ISO 1]"}, "unreadable value", "replaces is 'ISO 1'"),
        ({"pages.en": "many"}, "unreadable value", "pages.en is 'many'"),
        ({"icsCode": "[35.24]"}, "unreadable value", "'35.24' is not a code of the ICS"),
    ],
)
def test_an_invalid_row_is_rejected_with_its_line(
    change: dict[str, Any], reason: str, says: str
) -> None:
    batch = of(ROW, ROW | {"id": 2, "reference": "ISO 9002:1994"} | change, ROW | {"id": 3})
    assert reasons(batch) == [("t.csv:3", reason)]
    assert says in batch.rejects[0].detail
    assert batch.records == 3
    assert values(batch, "iso/9002-1994", "rdf:type") == []


@pytest.mark.parametrize("field", ["replaces", "replacedBy"])
def test_a_relation_to_itself_is_left_out_and_counted(field: str) -> None:
    batch = of({**ROW, field: 1})
    assert batch.repairs == {"relation-to-itself": 1}
    assert values(batch, "iso/9001-2015", "std:mended") == ["mending:relation-to-itself"]
    assert not values(batch, "iso/9001-2015", "std:replaces")
    assert not of(ROW).repairs
