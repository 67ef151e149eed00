"""Questions about catalogues that the small graph of test catalogues can't test."""

from __future__ import annotations

import pyoxigraph as ox

from kg.common import resources
from kg.common.namespaces import BASE
from kg.queries import questions
from tests.support import store_of_catalogues


def asked(name: str, trig: str, **given: str) -> list[dict[str, str]]:
    """Answer a question over a few statements; arguments are relative IRIs."""
    store = store_of_catalogues(trig)
    question = questions.find_question(resources.queries(), name)
    table = questions.answer_question(
        store, question, {key: ox.NamedNode(BASE + value) for key, value in given.items()}
    )
    return [{k: v.value.removeprefix(BASE) for k, v in row.items()} for row in table.as_dicts()]


def test_only_the_latest_draft_of_a_project_is_listed() -> None:
    rows = asked(
        "committee-program",
        """
        <graph/one> {
            <iso/cd/1> std:project <p/1> ; std:stageCode "30.60" .
            <iso/cd/1> std:publisher <iso> . <iso/dis/1> std:publisher <iso> .
            <iso/fdis/2> std:publisher <iso> . <iso/wd/3> std:publisher <iso> .
            <iso/dis/3> std:publisher <iso> . <iso/cd/4> std:publisher <iso> .
            <iso/dis/1> std:project <p/1> ; std:stageCode "40.60" .
            <iso/fdis/2> std:project <p/2> ; std:stageCode "50.00" , "50.20" .
            <iso/wd/3> std:project <p/3> .
            <iso/dis/3> std:project <p/3> .
            <iso/cd/4> std:project <p/4> ; std:stageCode "30.60" .
        }
        <graph/two> {
            <iso/4> std:committee <iso/tc/2> ; std:project <p/4> ; std:stageCode "60.60" .
        }
        <graph/one> {
            <iso/cd/1> std:committee <iso/tc/1> ; std:stage stage:development ;
                prov:wasDerivedFrom <record/1> .
            <iso/dis/1> std:committee <iso/tc/1> ; std:stage stage:development ;
                prov:wasDerivedFrom <record/2> .
            <iso/fdis/2> std:committee <iso/tc/1> ; std:stage stage:development ;
                prov:wasDerivedFrom <record/3> .
            <iso/wd/3> std:committee <iso/tc/1> ; std:stage stage:development ;
                prov:wasDerivedFrom <record/4> .
            <iso/dis/3> std:committee <iso/tc/1> ; std:stage stage:development ;
                prov:wasDerivedFrom <record/5> .
            <iso/cd/4> std:committee <iso/tc/1> ; std:stage stage:development ;
                prov:wasDerivedFrom <record/6> .
        }
        """,
        committee="iso/tc/1",
    )
    # A draft without a stage is not behind others; documents of other committees count too.
    assert {row["document"] for row in rows} == {"iso/dis/1", "iso/fdis/2", "iso/wd/3", "iso/dis/3"}


def test_a_document_of_two_catalogues_counts_once_in_the_first_hundred() -> None:
    listed = "".join(
        f"<graph/{graph}> {{ <iso/{n}> std:publisher <iso> ; std:stage stage:published ;"
        f' std:publishedOn "19{n}"^^xsd:gYear ; prov:wasDerivedFrom <record/{graph}/{n}> }}\n'
        for n in range(10, 70)
        for graph in ("one", "two")
    )
    for name in ("oldest-in-force", "newest"):
        rows = asked(name, listed, body="iso")
        assert len({row["document"] for row in rows}) == 60, name


def test_the_years_of_joint_publishers_come_from_dated_documents() -> None:
    (undated, dated) = asked(
        "joint-bodies",
        """
        <graph/one> {
            <graph/one> a std:Catalogue .
            <iso-iec/1> std:publisher <iso> , <iec> .
            <iso-iec/2> std:publisher <iso> , <iec> .
            <iso-ieee/3> std:publisher <iso> , <ieee> ; std:publishedOn "1999-05"^^xsd:gYearMonth .
            <iso-ieee/4> std:publisher <iso> , <ieee> .
        }
        """,
    )
    assert (undated["body"], undated["other"], undated["documents"]) == ("iec", "iso", "2")
    assert not {"first", "last"} & undated.keys()
    assert (dated["first"], dated["last"]) == ("1999", "1999")


def test_the_most_amended_are_limited_to_twenty_even_among_ties() -> None:
    amended = "".join(
        f"<graph/one> {{ <iso/{n}/amd/{k}> std:amends <iso/{n}> }}\n"
        for n in range(10, 40)
        for k in range(3 if n == 39 else 1)
    )
    rows = asked("most-amended", f"<graph/one> {{ <graph/one> a std:Catalogue }}\n{amended}")
    assert [row["document"] for row in rows] == ["iso/39", *(f"iso/{n}" for n in range(10, 29))]
    assert rows[0] == {
        "document": "iso/39", "amendments": "3", "corrigenda": "0", "changes": "3",
        "catalogues": "one",
    }  # fmt: skip


def test_bridging_committees_count_each_document_once() -> None:
    rows = asked(
        "bridging-committees",
        """
        <ics> { <ics/35> a skos:Concept . <ics/03> a skos:Concept .
                <ics/35.030> skos:broader <ics/35> . }
        <graph/one> {
            <graph/one> a std:Catalogue .
            <d/1> std:publisher <iso> . <d/2> std:publisher <iso> .
            <d/3> std:publisher <iso> . <d/4> std:publisher <iso> .
            <d/1> std:committee <tc/1> ; std:stage stage:published ;
                std:topic <ics/35> , <ics/35.030> , <ics/03> .
            <d/2> std:committee <tc/1> ; std:stage stage:published ; std:topic <ics/35.030> .
            <d/3> std:committee <tc/1> ; std:stage stage:withdrawn ; std:topic <ics/03> .
            <d/4> std:committee <tc/2> ; std:stage stage:published ; std:topic <ics/03> .
        }
        <graph/two> {
            <d/1> std:committee <tc/1> ; std:stage stage:published ; std:topic <ics/03> .
        }
        """,
        field="ics/35",
        other="ics/03",
    )
    assert [(r["committee"], r["inField"], r["inOther"], r["both"]) for r in rows] == [
        ("tc/1", "2", "1", "1")
    ]


def test_joint_committees_have_two_parent_bodies_or_are_up_to_two_levels_below() -> None:
    rows = asked(
        "joint-committees",
        """
        <graph/one> {
            <tc/joint> a std:TechnicalCommittee ; std:partOf <iso> , <iec> .
            <tc/joint/sc> a std:TechnicalCommittee ; std:partOf <tc/joint> .
            <tc/joint/sc/wg> std:partOf <tc/joint/sc> .
            <tc/joint/sc/wg/tg> std:partOf <tc/joint/sc/wg> .
            <tc/plain> a std:TechnicalCommittee ; std:partOf <iso> .
            <tc/below> a std:TechnicalCommittee ; std:partOf <iso> , <tc/plain> .
            <tc/between> a std:TechnicalCommittee ; std:partOf <tc/plain> , <tc/below> .
            <firm> std:partOf <iso> , <iec> .
            <d/1> std:committee <tc/joint/sc> ; std:stage stage:published ; std:publisher <iso> .
            <d/2> std:committee <tc/joint/sc> ; std:stage stage:development ; std:publisher <iso> .
        }
        <graph/two> {
            <tc/plain> std:partOf <iso> .
            <d/1> std:committee <tc/joint/sc> ; std:stage stage:published .
        }
        """,
    )
    assert rows == [
        {"committee": "tc/joint"},
        {"committee": "tc/joint/sc", "current": "1", "drafts": "1"},
        {"committee": "tc/joint/sc/wg"},
    ]


def test_joint_documents_are_listed_as_in_the_catalogues_of_the_first_body() -> None:
    rows = asked(
        "joint-documents",
        """
        <graph/one> {
            <d/1> std:publisher <iso> ; dcterms:title "One"@en , "Un"@fr ;
                std:publishedOn "2001"^^xsd:gYear ; prov:wasDerivedFrom <record/one/1> .
            <d/2> std:publisher <iso> , <iec> ; std:stage stage:published ;
                std:publishedOn "2001-02"^^xsd:gYearMonth ; prov:wasDerivedFrom <record/one/2> .
            <d/3> std:publisher <iso> , <iec> ; std:stage stage:withdrawn ;
                prov:wasDerivedFrom <record/one/3> .
            <d/4> std:publisher <iso> ; std:stage stage:published ;
                prov:wasDerivedFrom <record/one/4> .
        }
        <graph/two> {
            <d/1> std:publisher <iec> ; dcterms:title "Two"@en ; std:stage stage:published ;
                prov:wasDerivedFrom <record/two/1> .
            <d/2> std:publisher <iso> , <iec> ; std:stage stage:published ;
                std:committee <tc/1> ; prov:wasDerivedFrom <record/two/2> .
        }
        """,
        body="iso",
        other="iec",
    )
    both = {"body": "iso", "other": "iec"}
    assert rows == [
        {**both, "document": "d/2", "publishedOn": "2001-02", "record": "record/one/2"},
        {
            **both,
            "document": "d/1",
            "title": "One",
            "publishedOn": "2001",
            "record": "record/one/1",
        },
        {**both, "document": "d/2", "committee": "tc/1", "record": "record/two/2"},
    ]


def test_a_document_counts_once_in_each_of_its_fields() -> None:
    rows = asked(
        "published-by-field",
        """
        <graph/one> {
            <graph/one> a std:Catalogue .
            <d/1> std:publisher <iso> ; std:stage stage:published ;
                std:topic <ics/35> , <ics/35.030> , <ics/03.120> , <field/other> .
            <d/2> std:publisher <iso> ; std:stage stage:development ; std:topic <ics/35.030> .
            <d/3> std:publisher <iso> ; std:stage stage:published ; std:topic <field/other> .
            <d/4> std:publisher <iec> ; std:stage stage:published ; std:topic <ics/35> .
        }
        <graph/two> {
            <d/1> std:publisher <iso> ; std:stage stage:published ; std:topic <ics/35.040> .
        }
        """,
        body="iso",
    )
    assert [(row["field"], row["documents"], row["current"], row["drafts"]) for row in rows] == [
        ("ics/35", "2", "1", "1"),
        ("ics/03", "1", "1", "0"),
    ]
