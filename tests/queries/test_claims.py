"""Questions over claims, counted against the article's TriG and tried on data of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.namespaces import BASE, CLAIM, PREFIXES, RDF_TYPE, STD, node
from kg.queries.questions import find_question, load_questions, run_question
from kg.store.embedded import EmbeddedStore
from tests.queries.test_answers import GIVEN, QUESTIONS
from tests.support import ROOT

PREFIX_LINES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
Row = dict[str, ox.NamedNode | ox.Literal]


@pytest.fixture(scope="module")
def written() -> list[ox.Quad]:
    """The quads of the article's files, as curators wrote them."""
    files = sorted((ROOT / "articles").rglob("*.trig"))
    assert len(files) > 8
    return [quad for file in files for quad in ox.parse(path=str(file), format=ox.RdfFormat.TRIG)]


@pytest.fixture(scope="module")
def stated(written: list[ox.Quad]) -> list[ox.Quad]:
    """The quads of claims."""
    return [quad for quad in written if str(quad.graph_name).startswith(f"<{CLAIM}")]


def std(name: str) -> ox.NamedNode:
    return ox.NamedNode(STD + name)


def nodes(quads: list[ox.Quad], *names: str) -> Iterator[tuple[object, ...]]:
    """Yield the values of each node that has all properties in one claim, and the claim."""
    by_node: dict[tuple[object, object], dict[str, object]] = {}
    for quad in quads:
        name = quad.predicate.value.removeprefix(STD)
        if name in names:
            by_node.setdefault((quad.graph_name, quad.subject), {})[name] = quad.object
    for (claim, _), values in by_node.items():
        if len(values) == len(names):
            yield (*(values[name] for name in names), claim)


def instances(quads: list[ox.Quad], *classes: str) -> set[object]:
    wanted = {std(name) for name in classes}
    return {quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object in wanted}


def rows(table: list[Row], *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row.get(column) for column in columns) for row in table]


def test_roles_are_those_of_the_files(graph: KnowledgeGraph, stated: list[ox.Quad]) -> None:
    found = rows(graph.ask("roles"), "agent", "heldRole", "thing", "evidence")
    assert len(found) > 80
    assert sorted(map(str, found)) == sorted(map(str, nodes(stated, "agent", "role", "in")))


def test_figures_are_those_of_the_files(graph: KnowledgeGraph, stated: list[ox.Quad]) -> None:
    found = rows(graph.ask("figures"), "thing", "indicator", "value", "claim")
    expected = list(nodes(stated, "observed", "indicator", "value"))
    assert len(found) > 20
    assert sorted(map(str, found)) == sorted(map(str, expected))


def test_judgments_are_those_of_the_files(graph: KnowledgeGraph, stated: list[ox.Quad]) -> None:
    about = {(quad.subject, quad.object) for quad in stated if quad.predicate == std("about")}
    expected = {
        (thing, quad.object, quad.graph_name)
        for quad in stated
        for judgment, thing in about
        if quad.predicate == std("aspect") and quad.subject == judgment
    }
    table = graph.ask("assessments")
    assert len(table) == len(expected) > 20
    assert set(rows(table, "thing", "aspect", "claim")) == expected
    assert all(row["verdict"].language == "zh" for row in table if "verdict" in row)  # type: ignore[union-attr]


def test_every_event_stands_once(
    graph: KnowledgeGraph, written: list[ox.Quad], stated: list[ox.Quad]
) -> None:
    events = instances(written, "Event", "Ballot")
    told = {quad.subject for quad in stated if quad.subject in events}
    found = [row["event"] for row in graph.ask("events")]
    assert len(found) == len(set(found)) > 15
    assert set(found) == told
    base = ox.NamedNode(BASE + "cn/zj/hangzhou/conference-base")
    at_base = {q.subject for q in stated if q.predicate == std("venue") and q.object == base}
    found = [row["event"] for row in graph.ask("events", venue="国际标准化会议基地（杭州）")]
    assert len(found) == len(set(found))
    assert set(found) == at_base & events


def test_every_initiative_is_listed(
    graph: KnowledgeGraph, written: list[ox.Quad], stated: list[ox.Quad]
) -> None:
    named = {term for quad in stated for term in (quad.subject, quad.object)}
    expected = instances(written, "Initiative", "Reform", "Pilot") & named
    assert {row["initiative"] for row in graph.ask("initiatives")} == expected
    assert any(
        row["kind"] == node("initiativeKind:reform")
        for row in graph.ask("initiatives", kind="reform")
    )


def test_every_date_is_in_the_timeline(graph: KnowledgeGraph, stated: list[ox.Quad]) -> None:
    dating = {std(name) for name in ("date", "start", "end", "publishedOn", "effectiveOn")}
    expected = {
        (q.object, q.subject, q.predicate, q.graph_name) for q in stated if q.predicate in dating
    }
    assert set(rows(graph.ask("timeline"), "date", "thing", "property", "claim")) == expected


def test_every_ballot_is_listed(graph: KnowledgeGraph, written: list[ox.Quad]) -> None:
    assert {row["ballot"] for row in graph.ask("ballot")} == instances(written, "Ballot")


@pytest.mark.parametrize(("name", "params", "_"), GIVEN)
def test_rows_have_keys_of_their_own_with_every_argument(
    graph: KnowledgeGraph, name: str, params: dict[str, str], _: object
) -> None:
    keys = rows(graph.ask(name, None, **params), *QUESTIONS[name].key)
    assert len(keys) == len(set(keys))


def answer(name: str, data: str, **params: str) -> list[Row]:
    """Ask a question of data in TriG; the ontology is there too."""
    ontology = [
        ox.Quad(quad.subject, quad.predicate, quad.object, node("graph:ontology"))
        for file in ("standardization.ttl", "schemes.ttl")
        for quad in ox.parse(path=str(resources.ontology() / file), format=ox.RdfFormat.TURTLE)
    ]
    quads = list(ox.parse(PREFIX_LINES + data, ox.RdfFormat.TRIG, base_iri=BASE))
    store = EmbeddedStore.in_memory([*ontology, *quads])
    question = find_question(resources.queries(), name)
    return run_question(store, question, params).as_dicts()


SOURCES = """
GRAPH graph:evidence {
    <claim/a/1> a std:Claim ; std:evidence [ oa:hasSource <source/a> ] .
    <claim/b/1> a std:Claim ; std:evidence [ oa:hasSource <source/b> ] .
    <claim/a/2> a std:Claim ; std:evidence [ oa:hasSource <source/a> ] .
}
"""


def conflict(one: str, two: str, beside: str = "") -> bool:
    data = f"{SOURCES} {beside} <claim/a/1> {{ {one} }} <claim/b/1> {{ {two} }}"
    found = answer("conflicts", data)
    assert len(found) in (0, 2)
    return bool(found)


@pytest.mark.parametrize(
    ("one", "two", "differ"),
    [
        # Numbers, of which one can begin with the other.
        ("<b> std:round 1", "<b> std:round 12", True),
        ("<b> std:round 1", '<b> std:round "1.0"^^xsd:decimal', False),
        ("<v> std:count 15", "<v> std:count 150", True),
        # Places, of which one IRI can begin with the other.
        ("<e> std:place <place/cn>", "<e> std:place <place/cn/zj>", True),
        ("<e> std:place <place/cn/zj>", "<e> std:place <place/cn/js>", True),
        ("<e> std:place <place/cn/zj>", "<e> std:place <place/cn/zj>", False),
        ("<s> std:seat <place/cn/zj>", "<s> std:seat <place/cn/zj/hangzhou>", True),
        ("<e> std:venue <base/1>", "<e> std:venue <base/12>", True),
        # Only a date can be less precise than another.
        ('<e> std:date "2018"^^xsd:gYear', '<e> std:date "2018-07"^^xsd:gYearMonth', False),
        ('<e> std:date "2018-07"^^xsd:gYearMonth', '<e> std:date "2018-08-01"^^xsd:date', True),
        ('<x> dcterms:identifier "ISO 9"', '<x> dcterms:identifier "ISO 90"', True),
        # Several values of one property that may have several are no conflict.
        ("<e> std:topic <t/1>", "<e> std:topic <t/2>", False),
        (
            "<p> std:in <tc> ; std:role role:chair ; std:agent <a>",
            "<q> std:in <tc> ; std:role role:chair ; std:agent <b>",
            True,
        ),
        (
            "<p> std:in <tc> ; std:role role:member ; std:agent <a>",
            "<q> std:in <tc> ; std:role role:member ; std:agent <b>",
            False,
        ),
    ],
)
def test_sources_conflict_where_one_value_is_possible(one: str, two: str, differ: bool) -> None:
    assert conflict(one, two) is differ


FIGURE = "<{name}> std:observed <x> ; std:indicator <i> ; std:value {value} ; std:unit <u> "


@pytest.mark.parametrize(
    ("one", "two", "differ"),
    [
        ("", "", True),
        ('; std:period "2018"^^xsd:gYear', '; std:period "2018"^^xsd:gYear', True),
        ('; std:period "2018"^^xsd:gYear', '; std:period "2017"^^xsd:gYear', False),
        ("; std:place <place/cn>", "; std:place <place/fr>", False),
        ("; std:comparator comparator:more-than", "", False),
    ],
)
def test_figures_conflict_by_the_same_measure_and_time(one: str, two: str, differ: bool) -> None:
    figures = (
        FIGURE.format(name="f", value=35888) + one,
        FIGURE.format(name="g", value=358880) + two,
    )
    assert conflict(*figures) is differ
    same = FIGURE.format(name="f", value=35888), FIGURE.format(name="g", value=35888)
    assert not conflict(*same)


def test_one_source_does_not_conflict_with_itself() -> None:
    data = SOURCES + "<claim/a/1> { <b> std:round 1 } <claim/a/2> { <b> std:round 2 }"
    assert answer("conflicts", data) == []


PROPOSAL = (
    SOURCES
    + """
<claim/a/1> {
    <tc> a std:TechnicalCommittee . <p> a std:Proposal ; std:requests <tc> .
    <p> std:date "2018"^^xsd:gYear ; std:timePart timePart:early .
    <n> std:agent <x> ; std:in <p> ; std:role role:supporter .
    <m> std:agent <y> ; std:in <p> ; std:role role:proposer .
}
<claim/b/1> {
    <n2> std:agent <z> ; std:in <tc> ; std:role role:secretariat ;
        std:date "2019-01"^^xsd:gYearMonth .
}
"""
)


def test_a_role_has_no_date_of_its_proposal() -> None:
    history = answer("committee-history", PROPOSAL, committee="<tc>")
    by_step = {row["step"]: row for row in history}
    supporter = by_step[node("role:supporter")]
    assert "date" not in supporter
    assert (supporter["thingDate"].value, supporter["timePart"]) == ("2018", node("timePart:early"))
    assert by_step[node("role:secretariat")]["date"].value == "2019-01"
    when = {row["heldRole"]: row.get("when") for row in answer("roles", PROPOSAL)}
    assert when[node("role:supporter")] is None
    assert when[node("role:proposer")] == ox.Literal("2018", datatype=node("xsd:gYear"))


def test_support_and_ballots_are_not_of_committees_alone() -> None:
    data = (
        SOURCES
        + """
    <claim/a/1> {
        <event> a std:Event . <standard> a std:Standard . <b> a std:Ballot ; std:onProposal <p> ;
            std:result result:rejected ; std:date "2020-05-01"^^xsd:date .
        <p> std:requests <standard> .
        <n> std:agent <x> ; std:in <event> ; std:role role:supporter .
    }"""
    )
    assert [row["in"] for row in answer("support", data)] == [ox.NamedNode(BASE + "event")]
    assert len(answer("support", data, thing="<event>")) == 1
    assert answer("support", data, thing="<standard>") == []
    assert {row["what"].value.removeprefix(STD) for row in answer("ballot", data, year="2020")} == {
        "date",
        "onProposal",
        "result",
    }
    assert answer("ballot", data, year="2021") == []


def test_aims_and_plans_are_no_results() -> None:
    data = (
        SOURCES
        + """
    <claim/a/1> {
        <r> a std:Initiative ; std:aim <aim> ; std:includes <planned>, <running>, <open> ;
            std:mainLine <line> .
        <planned> std:state state:planned . <running> std:state state:running .
        <task> std:partOf <r> . <done> std:partOf <r> . <deed> std:undertakenAs <done> .
        <standard> std:basedOn <r> . <draft> std:basedOn <r> ; std:state state:planned .
    }"""
    )
    found = {
        row["thing"].value.removeprefix(BASE)
        for row in answer("reform-results", data, reform="<r>")
    }
    assert found == {"running", "done", "standard"}


def test_the_most_detailed_claim_tells_of_an_event() -> None:
    data = (
        SOURCES
        + """
    <claim/a/1> {
        <e> a std:Event ; std:eventKind eventKind:forum ; std:state state:planned ;
            std:between <place/cn>, <place/de> ; std:topic <t/1>, <t/2> .
    }
    <claim/b/1> {
        <e> std:start "2018-05-01"^^xsd:date ; std:end "2018-05-02"^^xsd:date ;
            std:place <place/x> .
    }
    <claim/a/2> { <e> std:date "2018"^^xsd:gYear ; std:state state:held }
    """
    )
    [event] = answer("events", data)
    text = {
        key: value.value.removeprefix(BASE).removeprefix("scheme/") for key, value in event.items()
    }
    assert text == {
        "event": "e",
        "kind": "eventKind/forum",
        "start": "2018-05-01",
        "end": "2018-05-02",
        "where": "place/x",
        "state": "state/held",
        "partner": "place/cn",
        "otherPartner": "place/de",
        "claim": "claim/a/1",
        "dateClaim": "claim/b/1",
        "placeClaim": "claim/b/1",
    }


SAYING_SO = ("article", "claim", "source")


def test_questions_of_claims_alone_say_so() -> None:
    for question in load_questions(resources.queries()).values():
        if question.needs is None and "claim" in question.columns:
            text = question.title.en + question.description.en
            assert any(word in text for word in SAYING_SO), question.name
            text = question.title.zh + question.description.zh
            assert any(word in text for word in ("文章", "断言", "来源", "出处")), question.name
