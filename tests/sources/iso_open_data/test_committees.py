from __future__ import annotations

import json
from typing import Any

import pytest

from kg.sources.iso_open_data.committees import convert
from kg.sources.record_batch import Batch, Options
from tests.sources.iso_open_data.support import fixture, instances, reasons, subject, table, values

CSV, JSONL = "iso_technical_committees.csv", "iso_technical_committees.jsonl"


@pytest.fixture(scope="module", params=[CSV, JSONL])
def batch(request: pytest.FixtureRequest) -> Batch:
    return fixture(convert, request.param)


@pytest.fixture(scope="module")
def newer() -> Batch:
    return fixture(convert, CSV)


def of(*rows: dict[str, Any]) -> Batch:
    return convert("t.csv", table(*rows), Options("t"))


ROW = {"id": 1, "reference": "ISO/TC 1", "title.en": "Screw threads"}


def test_a_row_becomes_a_committee(batch: Batch) -> None:
    assert values(batch, "iso/tc/321", "rdf:type") == ["std:TechnicalCommittee"]
    assert values(batch, "iso/tc/321", "skos:prefLabel") == ["ISO/TC 321"]
    assert values(batch, "iso/tc/321", "dcterms:identifier") == ["ISO/TC 321"]
    assert "Transaction assurance in E-commerce@en" in values(batch, "iso/tc/321", "dcterms:title")
    assert values(batch, "iso/tc/321", "std:start") == ["2018-08-17"]
    assert values(batch, "iso/tc/321", "std:state") == ["state:running"]
    assert values(batch, "iso/tc/321", "schema:url") == [
        "<https://www.iso.org/committee/7145156.html>"
    ]
    assert values(batch, "iso/tc/321", "prov:wasDerivedFrom") == [
        "<record/iso-technical-committees/7145156>"
    ]


def test_every_row_is_in_the_graph(batch: Batch) -> None:
    assert batch.records == len(instances(batch, "std:TechnicalCommittee")) > 7
    assert batch.rejects == []


def test_committees_are_part_of_committees_and_bodies(newer: Batch) -> None:
    assert values(newer, "iso/tc/8/sc/3", "std:partOf") == ["<iso/tc/8>"]
    assert values(newer, "iso-iec/jtc/1/sc/27", "std:partOf") == ["<iso-iec/jtc/1>"]
    assert values(newer, "iso/tc/8", "std:partOf") == ["<iso>"]
    assert values(newer, "iso-iec/jtc/1", "std:partOf") == ["<iec>", "<iso>"]
    assert values(newer, "iso/group/ws_esg", "std:partOf") == ["<iso>"]
    assert values(newer, "iec", "skos:prefLabel") == ["IEC"]


def test_owners_are_put_in_order_and_the_original_name_is_kept(
    newer: Batch,
) -> None:
    assert values(newer, "iso-iec/jtc/3", "skos:prefLabel") == ["ISO/IEC JTC 3"]
    assert values(newer, "iso-iec/jtc/3", "skos:altLabel") == ["IEC/ISO JTC 3"]


def test_status_becomes_a_state(newer: Batch) -> None:
    assert values(newer, "iso/tc/97", "std:state") == ["state:disbanded"]
    assert values(newer, "iso/tc/222", "std:state") == ["state:standby"]


def test_an_unknown_status_is_reported() -> None:
    batch = of(ROW | {"status": "Asleep"})
    assert values(batch, "iso/tc/1", "std:state") == []
    assert batch.unknown == {"status=Asleep": 1}


def test_a_secretariat_is_a_node_between_a_member_and_a_committee(batch: Batch) -> None:
    node = "iso/tc/321/secretariat/sac"
    assert values(batch, node, "rdf:type") == ["std:Secretariat"]
    assert values(batch, node, "std:agent") == ["<cn/sac>"]
    assert values(batch, node, "std:in") == ["<iso/tc/321>"]
    assert values(batch, node, "std:role") == ["role:secretariat"]
    assert values(batch, node, "prov:wasDerivedFrom") == [
        "<record/iso-technical-committees/7145156>"
    ]


def test_a_committee_without_secretariat_has_none(batch: Batch) -> None:
    assert not any(subject(triple).startswith("iso/tc/97/") for triple in batch.triples)


def test_members_participate_or_observe(newer: Batch) -> None:
    assert values(newer, "iso/tc/321/p-member/bsi", "std:role") == ["role:p-member"]
    assert values(newer, "iso/tc/321/p-member/bsi", "rdf:type") == ["std:Membership"]
    assert values(newer, "iso/tc/321/o-member/jisc", "std:role") == ["role:o-member"]
    assert values(newer, "iso/tc/321/p-member/jisc", "std:role") == []


def test_the_older_snapshot_has_the_roles_of_its_day() -> None:
    older = fixture(convert, JSONL)
    assert values(older, "iso/tc/321/p-member/jisc", "std:role") == ["role:p-member"]
    assert values(older, "iso/tc/321/o-member/jisc", "std:role") == []


def test_a_member_is_described_once(batch: Batch) -> None:
    assert values(batch, "cn/sac", "rdf:type") == ["std:StandardsBody"]
    assert values(batch, "cn/sac", "skos:prefLabel") == ["SAC"]
    assert values(batch, "cn/sac", "std:isoOrganizationId") == ["1635"]
    assert len(values(batch, "cn/sac", "prov:wasDerivedFrom")) == 1


def test_liaisons_with_organizations(batch: Batch) -> None:
    assert values(batch, "gs1", "rdf:type") == ["std:Organization"]
    assert values(batch, "gs1", "skos:prefLabel") == ["GS1"]
    assert {"<gs1>", "<iso/organization/8970810>"} <= {*values(batch, "iso/tc/321", "std:liaison")}


def test_a_liaison_without_a_row_is_named_and_has_no_type(batch: Batch) -> None:
    assert "<iso/tc/68>" in values(batch, "iso/tc/321", "std:liaison")
    assert values(batch, "iso/tc/68", "skos:prefLabel") == ["ISO/TC 68"]
    assert values(batch, "iso/tc/68", "rdf:type") == []


def test_a_liaison_with_a_number_only_is_kept_and_counted(batch: Batch) -> None:
    assert "<iso/committee/55238>" in values(batch, "iso/tc/8", "std:liaison")
    assert values(batch, "iso/committee/55238", "skos:prefLabel") == ["ISO committee 55238"]
    assert batch.unknown == {"committeeLiaisons.id without row or reference": 1}
    assert "<iso/casco>" in values(batch, "iso/tc/154", "std:liaison")
    assert batch.repairs["committee-from-number"] == 1


def test_a_name_with_a_comma_is_one_name_in_both_formats(batch: Batch) -> None:
    assert values(batch, "iso/organization/7944883", "skos:prefLabel") == ["IIF, Inc"]
    assert values(batch, "iso/organization/9442", "skos:prefLabel") == ["OMG"]


def test_a_joined_name_counts_as_a_repair(newer: Batch) -> None:
    assert values(newer, "iso-iec/jtc/1/sc/27", "std:mended") == ["mending:names-joined"]
    assert newer.repairs["names-joined"] == 1


def test_scopes_are_plain_text(batch: Batch) -> None:
    assert values(batch, "iso/tc/8", "dcterms:description")[-1] == (
        "Standardization used in shipbuilding — sea-going ships and inland navigation.\n"
        "Excluded:\n"
        '- electrical equipment (IEC / TC 18, "on board");\n'
        "- internal combustion engines (ISO / TC 70).@en"
    )


def test_all_fields_of_the_fixtures_are_known(batch: Batch) -> None:
    assert {*batch.unknown} == {"committeeLiaisons.id without row or reference"}


def test_an_unknown_field_is_reported() -> None:
    assert of(ROW | {"chair": "x"}, ROW | {"id": 2, "reference": "ISO/TC 2"}).unknown == {
        "chair": 2
    }


@pytest.mark.parametrize(
    ("rows", "place", "reason", "says"),
    [
        ([ROW, ROW | {"reference": "ISO/TC 2"}], "t.csv:3", "duplicate id", "line 2"),
        ([ROW, ROW | {"id": 2}], "t.csv:3", "duplicate reference", "'ISO/TC 1'"),
        ([ROW, {"id": 3, "reference": ""}], "t.csv:3", "no identifier", "reference"),
        ([ROW | {"id": "one"}], "t.csv:2", "unreadable value", "'one'"),
        ([ROW | {"creationDate": "2018-13-01"}], "t.csv:2", "unreadable value", "'2018-13-01'"),
        ([ROW | {"creationDate": "soon"}], "t.csv:2", "unreadable value", "'soon'"),
        ([ROW | {"pMembers.id": "[1, x]"}], "t.csv:2", "unreadable value", "pMembers.id is 'x'"),
        ([ROW | {"pMembers.acronym": "[A]"}], "t.csv:2", "unreadable value", "without ids"),
        ([ROW | {"scope.en": "<b>" * 20_000}], "t.csv:2", "unreadable value", "60000 characters"),
    ],
)
def test_an_invalid_row_is_rejected_with_its_line(
    rows: list[dict[str, Any]], place: str, reason: str, says: str
) -> None:
    batch = of(*rows)
    assert reasons(batch) == [(place, reason)]
    assert says in batch.rejects[0].detail
    assert batch.rejects[0].detail.startswith(f"{place}: ")
    assert "\n" not in batch.rejects[0].detail
    assert batch.records == len(rows)


def test_a_rejected_row_leaves_no_triples() -> None:
    batch = of(
        ROW | {"secretariat.id": "1619", "secretariat.acronym": "SCC", "scope.fr": "<b>" * 20_000}
    )
    assert (batch.records, batch.triples) == (1, [])


def test_names_in_a_rejected_row_are_added_by_the_next_row() -> None:
    bad = ROW | {"pMembers.id": "[1619]", "pMembers.acronym": "[SCC]", "creationDate": "never"}
    good = ROW | {"id": 2, "reference": "ISO/TC 2"} | {k: bad[k] for k in bad if "pMem" in k}
    batch = of(bad, good)
    assert values(batch, "iso/organization/1619", "skos:prefLabel") == ["SCC"]
    assert values(batch, "iso", "skos:prefLabel") == ["ISO"]


def test_a_parent_is_inferred_from_its_list_of_children() -> None:
    parent = {"id": 9, "reference": "ISO/TC 9", "childrenId": "[1, 77]"}
    batch = of(ROW, parent)
    assert values(batch, "iso/tc/1", "std:partOf") == ["<iso/tc/9>"]
    assert values(batch, "iso/tc/1", "std:mended") == ["mending:parent-from-children"]
    assert batch.repairs == {"parent-from-children": 1}
    assert values(batch, "iso/committee/77", "std:partOf") == ["<iso/tc/9>"]
    assert values(batch, "iso/committee/1", "std:partOf") == []


def test_the_row_of_the_child_decides_its_parent() -> None:
    rows = [{"id": n, "reference": f"ISO/TC {n}", "childrenId": "[1]"} for n in (8, 9)]
    batch = of(ROW | {"parentId": 8}, *rows)
    assert values(batch, "iso/tc/1", "std:partOf") == ["<iso/tc/8>"]
    assert batch.unknown == {"childrenId of another parent": 1}


def test_ambiguous_names_are_taken_from_other_rows_or_replaced_by_numbers() -> None:
    lost = {"organizationLiaisons.id": "[7, 8]", "organizationLiaisons.acronym": "[A, B, C]"}
    known = {"organizationLiaisons.id": "[8]", "organizationLiaisons.acronym": "[B and C]"}
    batch = of(ROW | lost, {"id": 2, "reference": "ISO/TC 2"} | known)
    assert values(batch, "iso/organization/8", "skos:prefLabel") == ["B and C"]
    assert values(batch, "iso/organization/7", "skos:prefLabel") == ["ISO organization 7"]
    assert values(batch, "iso/tc/1", "std:mended") == ["mending:names-left-out"]


def test_a_second_name_of_a_number_is_an_alternative_label() -> None:
    one = ROW | {"secretariat.id": "1759", "secretariat.acronym": "ELOT"}
    other = {"id": 2, "reference": "ISO/TC 2", "secretariat.id": 1759}
    batch = of(one, other | {"secretariat.acronym": "NQIS ELOT"})
    assert values(batch, "iso/organization/1759", "skos:prefLabel") == ["ELOT"]
    assert values(batch, "iso/organization/1759", "skos:altLabel") == ["NQIS ELOT"]


def test_json_of_unexpected_types_is_rejected() -> None:
    lines = [
        {"id": 1, "reference": "ISO/TC 1", "pMembers": [{"id": 1}, 2]},
        {"id": 2, "reference": "ISO/TC 2", "title": {"en": ["a"]}},
        {"id": 3, "reference": "ISO/TC 3", "title": {"en": True}},
        {"id": 5, "reference": "ISO/TC 5", "pMembers": [1485]},
        {"id": 4, "reference": "ISO/TC 4", "pMembers": [{"id": 1485, "acronym": None}]},
    ]
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    batch = convert("t.jsonl", data, Options("t"))
    assert [place for place, _ in reasons(batch)] == [f"t.jsonl:{n}" for n in (1, 2, 3, 4)]
    assert values(batch, "iso/organization/1485", "skos:prefLabel") == ["ISO organization 1485"]
