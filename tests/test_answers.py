"""Every canned question has an expected answer, and it is never empty.

An answer is compared by identifier and in any order. To renew one after a change that is meant:
``kg query NAME --format csv > tests/answers/NAME.csv``, and read the difference.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph, queries, resources
from kg.errors import KgError
from kg.namespaces import BASE, compact
from kg.tables import decorate, render
from tests.support import ROOT

ANSWERS = ROOT / "tests" / "answers"
QUESTIONS = queries.load(resources.queries())


def identified(rows: list[dict[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    """Rows without their labels, in an order of their own."""
    return sorted(
        tuple(sorted((k, v) for k, v in row.items() if not k.endswith("_label"))) for row in rows
    )


def test_each_question_has_an_answer_and_each_answer_its_question() -> None:
    assert {file.stem for file in ANSWERS.glob("*.csv")} == set(QUESTIONS)
    assert len(QUESTIONS) >= 12


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_the_expected_one(graph: KnowledgeGraph, name: str) -> None:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert expected, "an expected answer is never empty"
    question = QUESTIONS[name]
    table = queries.run(graph.store, question, {})
    text = render(decorate(graph.store, table, "en"), "csv", "en")
    assert identified(list(csv.DictReader(text.splitlines()))) == identified(expected)
    keys = [table.columns.index(column) for column in question.key]
    rows = [tuple(row[k] for k in keys) for row in table.rows]
    assert len(set(rows)) == len(rows), "the key tells the rows apart"


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_iri_of_an_answer_has_a_label_in_both_languages(
    graph: KnowledgeGraph, name: str
) -> None:
    table = queries.run(graph.store, QUESTIONS[name], {})
    for lang in ("en", "zh"):
        shown = decorate(graph.store, table, lang)
        for iri, label in shown.labels.items():
            if iri.value.startswith(BASE):
                assert label != compact(iri.value), iri


@pytest.mark.parametrize(
    ("name", "params", "row"),
    [
        # By name in Chinese and English, other name, abbreviation, identifier and IRI.
        ("ballot", {"committee": "ISO/TC 321"}, {"value": "2"}),
        ("ballot", {"committee": "iso/tc321"}, {"value": "2"}),
        ("ballot", {"committee": "电子商务交易保障国际标准化技术委员会"}, {"value": "2"}),
        ("ballot", {"committee": "<iso/tc/321>"}, {"value": "2"}),
        ("doings", {"agent": "SAC"}, {"role": "https://w3id.org/stdkg/scheme/role/supporter"}),
        (
            "doings",
            {"agent": "国家标准委"},
            {"role": "https://w3id.org/stdkg/scheme/role/supporter"},
        ),
        (
            "doings",
            {"agent": "浙江省政府"},
            {"role": "https://w3id.org/stdkg/scheme/role/selector"},
        ),
        (
            "participants",
            {"thing": "审批服务便民化工作指南"},
            {"agent": "https://w3id.org/stdkg/cn/zj/amr", "rank": "1"},
        ),
        (
            "figures",
            {"thing": "国际标准化会议基地（杭州）"},
            {"value": "80", "comparator": "https://w3id.org/stdkg/scheme/comparator/more-than"},
        ),
        (
            "standards",
            {"scope": "scope:local"},
            {"mandate": "https://w3id.org/stdkg/scheme/mandate/mandatory"},
        ),
        (
            "reform-results",
            {"reform": "国家标准化综合改革试点"},
            {"further": "https://w3id.org/stdkg/iso/tc/321/proposal"},
        ),
        (
            "secretariats",
            {"committee": "SAC/TC 563"},
            {"value": "https://w3id.org/stdkg/place/cn/zj/hangzhou"},
        ),
        ("evidence", {"thing": "<cn/zj/amr>"}, {"start": "316", "end": "331"}),
        (
            "evidence",
            {"thing": "claim:cfsn-2019-04-11/secretariat-china"},
            {"phrase": "秘书处由中国承担", "value": "https://w3id.org/stdkg/place/cn"},
        ),
    ],
)
def test_parameters_reach_the_answer(
    graph: KnowledgeGraph, name: str, params: dict[str, str], row: dict[str, str]
) -> None:
    rows = [{k: v.value for k, v in one.items()} for one in graph.ask(name, **params)]
    assert any(row.items() <= one.items() for one in rows), rows


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("secretariats", {"committee": "ISO/TC 154"}),
        ("standards", {"scope": "scope:sector"}),
        ("standards-in-field", {"field": "topic:artificial-intelligence"}),
        ("figures", {"thing": "GS1"}),
        ("ballot", {"committee": "SAC/TC 563"}),
    ],
)
def test_a_parameter_that_nothing_fits_gives_no_rows(
    graph: KnowledgeGraph, name: str, params: dict[str, str]
) -> None:
    assert graph.ask(name, **params) == []


BESIDE_THE_CLAIM = {
    # The thing's own date, which has a row and a claim of its own, puts the rows in order.
    "committee-history": {"date"},
    # An overview: the claim carries the scope, as the description says.
    "standards": {"identifier", "mandate", "stage", "field", "publishedOn", "effectiveOn"},
    # What took the result over, one step on.
    "reform-results": {"further"},
    # Columns about the evidence itself.
    "evidence": {"phrase", "start", "end", "source"},
    "corroborated": {"samePublisher"},
    # Each with a claim of its own beside it.
    "cooperation-strands": {"aim"},
    "events-at-venue": {"date"},
    "support": {"openList"},
    "standard-adopts": {"openList"},
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_row_says_no_more_than_its_claim(graph: KnowledgeGraph, name: str) -> None:
    for row in graph.ask(name):
        stated = {
            term
            for quad in graph.store.quads(ox.NamedNode(row["claim"].value))
            for term in (quad.subject, quad.predicate, quad.object)
        }
        params = {param.name for param in QUESTIONS[name].params}
        beside = BESIDE_THE_CLAIM.get(name, set()) | params
        for column, term in row.items():
            if column in beside or column.lower().endswith("claim") or column == "other":
                continue
            assert term in stated, (column, term, row["claim"])


def test_what_is_not_said_is_not_answered(graph: KnowledgeGraph) -> None:
    # Support that was sought is not support that was given.
    assert graph.query("ASK { <place/us> std:supported ?proposal }") is False
    assert graph.query("ASK { <place/us> std:participatedIn <iso/tc/321/proposal> }") is False
    # Nobody dates the signing of the memorandum, nor numbers the guide.
    assert graph.query("ASK { <cn/sac-zj/memorandum> std:date ?date }") is False
    number = "ASK { <cn/standard/approval-services-guide> dcterms:identifier ?number }"
    assert graph.query(number) is False
    # What the article announces is planned there; that it was held another source says.
    planned = (
        "ASK { GRAPH <claim/cfsn-2019-04-11/meeting-place> { ?meeting std:state state:planned } }"
    )
    assert graph.query(planned) is True


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("balot", {}, "nearest: ballot"),
        ("ballot", {"comittee": "ISO/TC 321"}, "its parameters: committee"),
        ("ballot", {"committee": "ISO/TC 32l"}, "nearest"),
        ("ballot", {"committee": "杭州市"}, "no std:TechnicalCommittee is called"),
        ("doings", {"agent": "统计局"}, "no std:Agent is called"),
    ],
)
def test_an_unknown_name_gets_a_helpful_line(
    graph: KnowledgeGraph, name: str, params: dict[str, str], message: str
) -> None:
    with pytest.raises(KgError, match=message) as error:
        graph.ask(name, **params)
    assert "\n" not in str(error.value)


def test_an_ambiguous_name_gets_the_choices(graph: KnowledgeGraph) -> None:
    with pytest.raises(KgError, match="can mean") as error:
        graph.resolve("conference base")
    assert "<cn/zj/hangzhou/conference-base>" in str(error.value)
    assert "role:conference-base" in str(error.value)


def test_each_query_file_is_plain_sparql(graph: KnowledgeGraph) -> None:
    for question in QUESTIONS.values():
        # Unbound, as any endpoint would run it.
        assert graph.store.select(question.sparql).columns == question.columns
    assert [
        path for path in Path(resources.queries()).rglob("*") if path.suffix not in (".rq", "")
    ] == []
