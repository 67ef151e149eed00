"""Every canned question has an expected answer, which is never empty.

Answers are compared without labels and in any order. To renew one after an intended change:
``kg query NAME --format csv > tests/answers/NAME.csv``, and check the difference.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES, STD, compact
from kg.queries import questions
from kg.queries.model import Question
from kg.store.embedded import EmbeddedStore
from kg.tables import add_labels, render_table
from tests.support import ROOT

ANSWERS = ROOT / "tests" / "answers"
QUESTIONS = {
    name: question
    for name, question in questions.load_questions(resources.queries()).items()
    if question.needs is None
}
IRI, SCHEME, ONTOLOGY = BASE, BASE + "scheme/", STD
ONE_ONLY = {
    # All practices are Zhejiang's, all ballots and support are about one committee, all outcomes
    # of one year, and only one text has been covered completely.
    "ballot",
    "support",
    "winners",
    "practices",
    "uncovered",
}


def identified(rows: list[dict[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    """Return rows without labels, sorted."""
    return sorted(
        tuple(sorted((k, v) for k, v in row.items() if not k.endswith("_label"))) for row in rows
    )


def test_questions_and_answers_correspond() -> None:
    assert {file.stem for file in ANSWERS.glob("*.csv")} == set(QUESTIONS)
    assert len(QUESTIONS) >= 40


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_as_expected(graph: KnowledgeGraph, name: str) -> None:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert expected, "an expected answer is never empty"
    question = QUESTIONS[name]
    table = questions.run_question(graph.store, question, {})
    text = render_table(add_labels(graph.store, table, "en"), "csv", "en")
    assert identified(list(csv.DictReader(text.splitlines()))) == identified(expected)
    keys = [table.columns.index(column) for column in question.key]
    rows = [tuple(row[k] for k in keys) for row in table.rows]
    assert len(set(rows)) == len(rows), "the key tells the rows apart"


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_iri_of_an_answer_has_a_label_in_both_languages(
    graph: KnowledgeGraph, name: str
) -> None:
    table = questions.run_question(graph.store, QUESTIONS[name], {})
    for lang in ("en", "zh"):
        shown = add_labels(graph.store, table, lang)
        for iri, label in shown.labels.items():
            if iri.value.startswith(BASE):
                assert label != compact(iri.value), iri


GIVEN: list[tuple[str, dict[str, str], dict[str, str]]] = [
    # By name in Chinese and English, other name, abbreviation, identifier and IRI.
    ("ballot", {"committee": "ISO/TC 321"}, {"value": "2"}),
    ("ballot", {"committee": "iso/tc321"}, {"value": "2"}),
    ("ballot", {"committee": "电子商务交易保障国际标准化技术委员会"}, {"value": "2"}),
    ("ballot", {"committee": "<iso/tc/321>"}, {"value": "2"}),
    ("ballot", {"year": "2018年"}, {"value": "2018-07-14"}),
    ("roles", {"agent": "SAC"}, {"heldRole": SCHEME + "role/supporter"}),
    ("roles", {"agent": "国家标准委"}, {"heldRole": SCHEME + "role/supporter"}),
    ("roles", {"agent": "浙江省政府"}, {"heldRole": SCHEME + "role/selector", "when": "2018"}),
    ("roles", {"thing": "审批服务便民化工作指南"}, {"agent": IRI + "cn/zj/amr", "rank": "1"}),
    ("roles", {"thing": "浙江制造"}, {"when": "2018"}),
    ("roles", {"role": "asked for support"}, {"agent": IRI + "place/jp"}),
    ("roles", {"role": "批准者"}, {"when": "2016-12"}),
    ("roles", {"role": "proposer"}, {"heldRole": SCHEME + "role/lead-proposer", "when": "2018"}),
    ("roles", {"kind": "event", "agent": "GS1 China"}, {"when": "2018-05-14"}),
    ("roles", {"kind": "标准"}, {"agent": IRI + "place/cn/zj", "when": "2018"}),
    ("roles", {"year": "2018"}, {"agent": IRI + "place/cn/zj/wenzhou"}),
    ("roles", {"year": "2017"}, {"thing": IRI + "event/conference-base-authorization"}),
    ("roles", {"place": "余杭区"}, {"thing": IRI + "event/iso-tc-321-secretariat-signing"}),
    ("roles", {"place": "义乌"}, {"thing": IRI + "cn/zj/yiwu/commodities-fair/24"}),
    ("roles", {"level": "市级"}, {"agent": IRI + "cn/zj/hangzhou/amr"}),
    (
        "figures",
        {"thing": "国际标准化会议基地（杭州）"},
        {"value": "80", "comparator": "https://w3id.org/stdkg/scheme/comparator/more-than"},
    ),
    ("figures", {"indicator": "awards"}, {"value": "12"}),
    ("figures", {"place": "Hangzhou"}, {"value": "2145"}),
    ("figures", {"year": "2017"}, {"value": "36"}),
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
    ("secretariats", {"agent": "SAC"}, {"value": IRI + "cn/sac"}),
    ("evidence", {"thing": "<cn/zj/amr>"}, {"start": "316", "end": "331"}),
    (
        "evidence",
        {"thing": "claim:cfsn-2019-04-11/secretariat-china"},
        {"phrase": "秘书处由中国承担", "value": "https://w3id.org/stdkg/place/cn"},
    ),
    (
        "added",
        {"source": "cqn.com.cn report of 2019-04-13"},
        {"relation": SCHEME + "role/supporter"},
    ),
    ("affiliations", {"agent": "浙江省省长"}, {"other": IRI + "cn/zj/gov"}),
    ("affiliations", {"other": "ISO"}, {"agent": IRI + "iso/tmb"}),
    (
        "assessments",
        {"thing": "ISO/TC 321"},
        {"verdict": "更为广泛", "verdictInEnglish": "broader"},
    ),
    ("committee-history", {"committee": "ISO/TC 154"}, {"what": IRI + "iso"}),
    ("committees", {"body": "ISO"}, {"committee": IRI + "iso/tc/321", "start": "2018-08-17"}),
    ("committee-history", {"committee": "ISO/TC 321"}, {"thingDate": "2018", "date": ""}),
    ("cooperation-strands", {"cooperation": "省部合作"}, {"item": IRI + "cn/zj/matchmaking"}),
    ("documents", {"kind": "docKind:memorandum"}, {"value": "2015-12-18"}),
    (
        "edge-evidence",
        {"from": "ISO/TC 321", "to": "中国"},
        {"phrase": "秘书处由中国承担", "relation": SCHEME + "role/secretariat"},
    ),
    (
        "edge-evidence",
        {"from": "中国", "to": "浙江省"},
        {"phrase": "关键指标连续3年位列全国第一", "relation": ONTOLOGY + "rankedItem"},
    ),
    ("events", {"series": "Yiwu Fair"}, {"edition": "24", "start": "2018-10-21"}),
    ("events", {"year": "2019"}, {"start": "2019-06-19"}),
    ("events", {"place": "浙江省"}, {"where": IRI + "place/cn/zj/yiwu"}),
    ("events", {"year": "2018", "place": "杭州"}, {"start": "2018-04-10", "end": ""}),
    ("events", {"venue": "conference base"}, {"start": "2018-05-14", "end": "2018-05-17"}),
    ("initiatives", {"kind": "initiativeKind:campaign"}, {"level": SCHEME + "level/national"}),
    ("initiatives", {"kind": "改革"}, {"initiative": IRI + "cn/zj/reform/one-visit"}),
    ("initiatives", {"kind": "action plan"}, {"initiative": IRI + "cn/zj/plan/belt-and-road"}),
    ("initiatives", {"place": "China"}, {"initiative": IRI + "cn/zj/pilot/standardization-reform"}),
    ("initiatives", {"field": "statistics"}, {"initiative": IRI + "cn/zj/statistics-system"}),
    ("mentioned-once", {"kind": "std:Person"}, {"thing": IRI + "person/li-wen"}),
    ("partners", {"agent": "GS1"}, {"partner": IRI + "gs1/cn"}),
    ("phases-and-tasks", {"initiative": "国家标准化综合改革试点"}, {"ordinal": "2"}),
    ("profile", {"thing": "义乌"}, {"date": "2018-10-21"}),
    ("profile", {"thing": "浙江省"}, {"subject": IRI + "place/cn/zj/taizhou"}),
    ("profile", {"thing": "SAC/TC 563"}, {"date": "2016-04"}),
    ("profile", {"thing": "百千万"}, {"subject": IRI + "place/cn/zj/taizhou"}),
    ("practices", {"area": "浙江省"}, {"practice": IRI + "cn/zj/practice/standard-land"}),
    ("profile", {"thing": "杭州市质监局"}, {"object": IRI + "event/gs1-general-assembly-2018"}),
    ("reform-history", {"reform": "标准化战略"}, {"relation": SCHEME + "role/implementer"}),
    ("standard-adopts", {"standard": "审批服务便民化工作指南"}, {"openList": "true"}),
    ("standards", {"year": "2019"}, {"effectiveOn": "2019-04-01"}),
    ("standards", {"mandate": "mandate:mandatory"}, {"publishedOn": "2018"}),
    (
        "standards",
        {"field": "topic:government-services"},
        {"standard": IRI + "cn/standard/approval-services-guide"},
    ),
    ("support", {"thing": "ISO/TC 321"}, {"soughtBy": IRI + "cn/sac"}),
    ("winners", {"agent": "Hangzhou"}, {"won": IRI + "iso/tc/321"}),
    ("winners", {"year": "2018"}, {"outcome": "12"}),
    ("timeline", {"year": "2016"}, {"date": "2016-12"}),
    ("uncovered", {"source": "<source/cfsn-2019-04-11>"}, {"start": "373", "length": "2"}),
    (
        "unquoted-claims",
        {"source": "gs1id.org 报道（80）"},
        {"subject": IRI + "gs1/hangzhou-statement"},
    ),
]


@pytest.mark.parametrize(("name", "params", "row"), GIVEN)
def test_parameters_reach_the_answer(
    graph: KnowledgeGraph, name: str, params: dict[str, str], row: dict[str, str]
) -> None:
    rows = [{k: v.value for k, v in one.items()} for one in graph.ask(name, None, **params)]
    assert any(all(one.get(k, "") == v for k, v in row.items()) for one in rows), rows


def test_every_parameter_is_tried_and_optional_ones_narrow(graph: KnowledgeGraph) -> None:
    tried = {(name, param) for name, params, _ in GIVEN for param in params}
    # Parameters of questions about catalogues too are tried on the graph that has some.
    alone = {name for name, question in QUESTIONS.items() if "evidence" not in question.columns}
    given = {(q.name, param.name) for q in QUESTIONS.values() for param in q.params}
    assert {each for each in given if each[0] in alone} <= tried <= given
    for name, params, _ in GIVEN:
        free = {param.name for param in QUESTIONS[name].params if param.optional}
        if free & params.keys() and name not in ONE_ONLY:
            rest = {k: v for k, v in params.items() if k not in free}
            assert len(graph.ask(name, None, **params)) < len(graph.ask(name, None, **rest)), (
                name,
                params,
            )


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("secretariats", {"committee": "ISO/TC 154"}),
        ("standards", {"scope": "scope:sector"}),
        ("standards", {"field": "topic:artificial-intelligence"}),
        ("figures", {"thing": "GS1"}),
        ("ballot", {"committee": "SAC/TC 563"}),
        ("standards", {"scope": "scope:local", "year": "2019"}),
        ("standards", {"mandate": "mandate:recommended"}),
        ("roles", {"level": "level:county"}),
        ("roles", {"agent": "France", "year": "2018"}),
        ("timeline", {"year": "2020"}),
        ("events", {"year": "2018", "place": "温州"}),
        ("events", {"year": "2020"}),
        ("roles", {"year": "2015"}),
        ("winners", {"year": "2017"}),
        ("partners", {"agent": "France"}),
        ("edge-evidence", {"from": "France", "to": "ISO/TC 321"}),
        ("phases-and-tasks", {"initiative": "最多跑一次"}),
        ("practices", {"area": "杭州"}),
        ("uncovered", {"source": "gs1id.org news item 80"}),
        ("unquoted-claims", {"source": "<source/cfsn-2019-04-11>"}),
    ],
)
def test_an_argument_without_matches_gives_no_rows(
    graph: KnowledgeGraph, name: str, params: dict[str, str]
) -> None:
    assert graph.ask(name, None, **params) == []


BESIDE_THE_CLAIM = {
    # The date of the entity itself, which has its own row and claim, orders the rows.
    "committee-history": {"thingDate", "timePart"},
    "reform-history": {"date"},
    # The date of the meeting or act; the question timeline gives its claim.
    "approvals": {"date"},
    # What the description says of the state, and of the place of a figure.
    "events": {"state"},
    "roles": {"state"},
    "figures": {"area"},
    "initiatives": {"kind"},
    "winners": {"won"},
    # Of all sources together, as the description says.
    "standards": {"status", "publishedOn"},
    # Columns about the evidence itself.
    "evidence": {"phrase", "proves", "start", "end", "source"},
    "edge-evidence": {"phrase", "start", "end", "document"},
    "corroborated": {"samePublisher"},
    "support": {"openList"},
    "standard-adopts": {"openList"},
}
WITHOUT_A_CLAIM = {
    # About the graph itself: counts and gaps.
    "sources",
    "uncovered",
    "undated",
    "label-coverage",
    # Metrics: the edges have claims, but the numbers have none.
    *(name for name, question in QUESTIONS.items() if question.metric),
}


def stated_in(graph: KnowledgeGraph, claim: ox.NamedNode | ox.Literal) -> set[object]:
    """Return all terms of a claim."""
    return {
        term
        for quad in graph.store.quads(ox.NamedNode(claim.value))
        for term in (quad.subject, quad.predicate, quad.object)
    }


def claim_columns(question: Question) -> list[str]:
    """Return the columns of claims; together they state the row."""
    names = ("claim", "other", "evidence")
    return [c for c in question.columns if c in names or c.endswith("Claim")]


def test_only_questions_about_the_graph_have_no_claims() -> None:
    bare = {name for name, question in QUESTIONS.items() if not claim_columns(question)}
    assert bare == WITHOUT_A_CLAIM


@pytest.mark.parametrize("name", sorted(QUESTIONS.keys() - WITHOUT_A_CLAIM))
def test_a_row_states_only_what_its_claims_state(graph: KnowledgeGraph, name: str) -> None:
    claims = claim_columns(QUESTIONS[name])
    beside = {param.name for param in QUESTIONS[name].params} | BESIDE_THE_CLAIM.get(name, set())
    for row in graph.ask(name):
        stated = {
            term for column in claims if column in row for term in stated_in(graph, row[column])
        }
        for column, term in row.items():
            if column not in beside and column not in claims:
                assert term in stated, (column, term)


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("corroborated", ("subject", "property", "value"), ("subject", "property", "value")),
        ("planned", ("thing", "state"), ("thing", "laterState")),
        ("partners", ("partner", "partnerRole", "thing"), ("agent", "ownRole", "thing")),
    ],
)
def test_two_claims_of_a_row_each_state_a_part(
    graph: KnowledgeGraph, name: str, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    claims = claim_columns(QUESTIONS[name])
    assert len(claims) == 2
    for row in graph.ask(name):
        for claim, columns in zip(claims, (first, second), strict=True):
            if claim in row:
                assert {row[column] for column in columns} <= stated_in(graph, row[claim])


def test_a_ballot_has_its_votes_and_counts() -> None:
    # No source gives any so far.
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    data = """
    <claim/x/1> a std:Claim .
    <claim/x/1> {
        <b> a std:Ballot ; std:onProposal <p> . <p> std:requests <tc> .
        <v> a std:Vote ; std:castIn <b> ; std:voter <place/cn> ; std:option vote:approve .
        <n> a std:VoteCount ; std:castIn <b> ; std:count 15 ; std:option vote:approve .
    }
    """
    store = EmbeddedStore.in_memory(ox.parse(prefixes + data, ox.RdfFormat.TRIG, base_iri=BASE))
    rows = store.select(QUESTIONS["ballot"].sparql).rows
    told = {
        value.value
        for _, what, value, *_ in rows
        if what == ox.NamedNode(SCHEME + "vote/approve") and value
    }
    assert told == {"15", IRI + "place/cn"}


def test_statements_without_a_source_are_absent(graph: KnowledgeGraph) -> None:
    # Support sought is not support given.
    assert graph.query("ASK { <place/us> std:supported ?proposal }") is False
    assert graph.query("ASK { <place/us> std:participatedIn <iso/tc/321/proposal> }") is False
    # No source dates the memorandum or numbers the guide.
    assert graph.query("ASK { <cn/sac-zj/memorandum> std:date ?date }") is False
    number = "ASK { <cn/standard/approval-services-guide> dcterms:identifier ?number }"
    assert graph.query(number) is False
    # The article announces the meeting; another source reports that it was held.
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
        ("roles", {"agent": "统计局"}, "no std:Agent is called"),
    ],
)
def test_an_unknown_name_gives_a_helpful_line(
    graph: KnowledgeGraph, name: str, params: dict[str, str], message: str
) -> None:
    with pytest.raises(KgError, match=message) as error:
        graph.ask(name, None, **params)
    assert "\n" not in str(error.value)


def test_an_ambiguous_name_gives_the_choices(graph: KnowledgeGraph) -> None:
    with pytest.raises(KgError, match="can mean") as error:
        graph.resolve("action plan")
    assert "docKind:action-plan" in str(error.value)
    assert "initiativeKind:action-plan" in str(error.value)


def test_each_query_file_is_plain_sparql() -> None:
    empty = EmbeddedStore.in_memory()
    for question in QUESTIONS.values():
        # Without parameters, as any endpoint would run it.
        table = empty.select(question.sparql)
        assert question.metric or table.columns == question.columns
    suffixes = {path.suffix for path in Path(resources.queries()).rglob("*")}
    assert suffixes <= {".rq", ".yaml", ""}
