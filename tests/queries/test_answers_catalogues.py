"""Every question about catalogues has an expected answer on a small graph, which is never empty.

To renew one after an intended change, build the small graph (``kg build`` with the catalogues
of tests/fixtures/catalogues), run ``kg query NAME --format csv`` into its file, and check the
difference.
"""

from __future__ import annotations

import csv
import io

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.cli.reports.questions import explanation
from kg.common import resources
from kg.common.errors import KgError
from kg.common.namespaces import BASE
from kg.queries import questions
from kg.store.embedded import EmbeddedStore
from kg.tables import add_labels, render_table
from tests.queries.test_answers import ANSWERS as ARTICLE
from tests.queries.test_answers import BESIDE_THE_CLAIM, identified, stated_in
from tests.queries.test_answers import QUESTIONS as ASKED_OF_THE_ARTICLE
from tests.support import ROOT, store_of_catalogues

ANSWERS = ROOT / "tests" / "answers" / "catalogues"
OF_BOTH = {
    name: question
    for name, question in ASKED_OF_THE_ARTICLE.items()
    if "evidence" in question.columns
}
"""Questions of claims and catalogues alike; a claim or a record is the evidence of each row."""
OVER_TIME = ("development-times", "handovers", "reviews")
"""Answers that depend on the days of snapshots; see test_questions_over_time.py."""
HISTORY = ("country-history", "holdings-over-time", "publications-over-time", "stages-over-time")
"""Answers that need kept states; see tests/changes/test_history.py."""

NEEDING = {
    name: question
    for name, question in questions.load_questions(resources.queries()).items()
    if question.needs is not None and name not in (*OVER_TIME, *HISTORY)
}
QUESTIONS = {**NEEDING, **OF_BOTH}
GROWING = {
    *OF_BOTH,
    # This also covers catalogues, as the description says.
    "sources",
    # A catalogue may give a date that no claim gives.
    "undated",
}


def settled(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows without the modification date of the test files, their catalogues sorted."""
    return [
        {
            k: ", ".join(sorted(v.split(", "))) if k == "catalogues" else v
            for k, v in row.items()
            if k != "snapshotOn"
        }
        for row in rows
    ]


def test_questions_and_answers_correspond() -> None:
    assert {file.stem for file in ANSWERS.glob("*.csv")} == set(QUESTIONS)
    assert len(QUESTIONS) >= 40


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_as_expected(world: KnowledgeGraph, name: str) -> None:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert expected, "an expected answer is never empty"
    question = QUESTIONS[name]
    table = questions.run_question(world.store, question, {})
    text = render_table(add_labels(world.store, table, "en"), "csv", "en")
    found = settled(list(csv.DictReader(io.StringIO(text, newline=""))))
    assert identified(found) == identified(settled(expected))
    keys = [table.columns.index(column) for column in question.key]
    rows = [tuple(row[k] for k in keys) for row in table.rows]
    assert len(set(rows)) == len(rows), "the key tells the rows apart"


@pytest.mark.parametrize("name", QUESTIONS)
def test_facts_have_records_and_numbers_have_catalogues(world: KnowledgeGraph, name: str) -> None:
    columns = set(QUESTIONS[name].columns)
    assert columns & {"record", "evidence", "catalogue", "catalogues", "body"}, columns
    for row in world.ask(name):
        for column in ("record", "otherRecord"):
            if column in row:
                assert row[column].value.startswith(BASE + "record/")


def test_an_explanation_announces_a_full_scan(world: KnowledgeGraph) -> None:
    text = explanation(world.store, "deliverables", {}, "en")
    assert "\n  reads all documents: takes seconds for millions of triples\n" in text
    assert "reads all" not in explanation(world.store, "newest", {}, "en")


@pytest.mark.parametrize("name", sorted(OF_BOTH))
def test_rows_of_claims_and_of_records_state_what_their_evidence_states(
    world: KnowledgeGraph, name: str
) -> None:
    with (ARTICLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        of_the_article = identified(list(csv.DictReader(file)))
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        of_the_world = identified(list(csv.DictReader(file)))
    assert set(of_the_article) < set(of_the_world)
    beside = {param.name for param in QUESTIONS[name].params} | BESIDE_THE_CLAIM.get(name, set())
    kinds = set()
    for row in world.ask(name):
        evidence = row["evidence"]
        graphs = {evidence, *(row[column] for column in ("dateClaim",) if column in row)}
        if evidence.value.startswith(BASE + "record/"):
            slug = evidence.value.removeprefix(BASE + "record/").partition("/")[0]
            graphs = {ox.NamedNode(f"{BASE}graph/{slug}")}
            kinds.add("record")
        else:
            kinds.add(evidence.value.removeprefix(BASE).partition("/")[0])
        stated = {term for graph in graphs for term in stated_in(world, graph)}
        for column, term in row.items():
            if column not in ("evidence", "dateClaim") and column not in beside:
                assert term in stated, (column, term, evidence)
    assert kinds >= {"claim", "record"}


@pytest.mark.parametrize("name", NEEDING)
def test_without_catalogues_the_error_names_data_to_add(graph: KnowledgeGraph, name: str) -> None:
    with pytest.raises(KgError, match=r"needs .*add it") as error:
        graph.ask(name)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", sorted(ASKED_OF_THE_ARTICLE.keys() - GROWING))
def test_questions_about_the_article_have_the_same_answer(world: KnowledgeGraph, name: str) -> None:
    question = ASKED_OF_THE_ARTICLE[name]
    table = questions.run_question(world.store, question, {})
    text = render_table(add_labels(world.store, table, "en"), "csv", "en")
    with (ARTICLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert identified(list(csv.DictReader(io.StringIO(text, newline="")))) == identified(expected)


@pytest.mark.parametrize(
    ("name", "params", "row"),
    [
        ("lineage", {"document": "ISO/IEC 27001:2013"}, {"other": "iso-iec/27001-2022"}),
        ("editions", {"document": "<w3c/xml>"}, {"edition": "w3c/rec-xml-20081126"}),
        ("drafts-under-way", {"body": "国际标准化组织"}, {"committee": "iso/tc/176/sc/2"}),
        ("still-referred-to", {"body": "ISO"}, {"relation": "ontology#corrects"}),
        ("country-secretariats", {"country": "中国"}, {"committee": "iso/tc/321"}),
        ("committee-members", {"committee": "ISO/TC 321"}, {"member": "cn/sac"}),
        ("field-profile", {"field": "<ics/03>"}, {"body": "iso"}),
        ("newest", {"body": "IEC"}, {"document": "iso-iec/27001-2022"}),
    ],
)
def test_parameters_reach_the_answer(
    world: KnowledgeGraph, name: str, params: dict[str, str], row: dict[str, str]
) -> None:
    rows = [
        {k: v.value.removeprefix(BASE) for k, v in one.items()}
        for one in world.ask(name, None, **params)
    ]
    assert any(all(one.get(k, "") == v for k, v in row.items()) for one in rows), rows


OTHER: dict[str, dict[str, str]] = {
    "adopted-by": {
        "standard": "ISO 9001",
        "body": "IEC",
        "country": "China",
        "degree": "IDT",
        "field": "<ics/03>",
    },
    "adoption-table": {"body": "IEC", "country": "China", "degree": "IDT", "field": "<ics/03>"},
    "adoptions": {"body": "IEC"},
    "bridging-committees": {"field": "<ics/01>", "other": "<ics/01>"},
    "committee-family": {"committee": "ISO/TC 8"},
    "committee-fields": {"committee": "ISO/TC 154"},
    "committee-liaisons": {"committee": "ISO/TC 154"},
    "committee-members": {"committee": "ISO/TC 154"},
    "committee-program": {"committee": "ISO/TC 154"},
    "committee-today": {"committee": "ISO/TC 154"},
    "committee-years": {"committee": "ISO/TC 154"},
    "committees": {"body": "IEC", "state": "state:disbanded"},
    "country-absences": {"country": "Kenya"},
    "country-fields": {"country": "Germany"},
    "country-memberships": {"country": "Japan", "role": "role:o-member"},
    "country-rank": {"country": "Japan"},
    "country-secretariats": {"country": "Germany"},
    "drafts-under-way": {"body": "IEC"},
    "editions": {"document": "<w3c/xml>"},
    "field-leaders": {"field": "<ics/47>"},
    "field-profile": {"field": "<ics/03>"},
    "field-years": {"field": "<ics/03>"},
    "joint-documents": {"body": "IEC", "other": "ISO"},
    "lineage": {"document": "ISO/IEC 27001:2013"},
    "newest": {"body": "IEC"},
    "oldest-in-force": {"body": "IEC"},
    "published-by-field": {"body": "IEC"},
    "published-by-year": {"body": "IEC"},
    "relations-of-document": {"document": "ISO/IEC 27001:2013"},
    "roles": {
        "agent": "SAC",
        "role": "secretariat",
        "thing": "ISO/TC 154",
        "kind": "technical committee",
        "year": "2017",
        "place": "Germany",
        "level": "municipal",
    },
    "secretariats": {"committee": "ISO/TC 154", "agent": "China"},
    "sit-together": {"country": "Japan"},
    "standards": {
        "body": "IEC",
        "committee": "ISO/TC 154",
        "field": "<ics/35>",
        "mandate": "mandate:mandatory",
        "scope": "scope:international",
        "status": "documentStatus:draft",
        "type": "deliverable:technical-report",
        "year": "2015",
    },
    "still-referred-to": {"body": "IEC"},
}
"""For each parameter another argument than the default, with which the answer is another."""


def test_every_parameter_has_another_argument() -> None:
    given = {name: {param.name for param in q.params} for name, q in QUESTIONS.items() if q.params}
    assert given == {name: set(arguments) for name, arguments in OTHER.items()}


@pytest.mark.parametrize(
    ("name", "param"), [(name, param) for name, params in OTHER.items() for param in params]
)
def test_each_parameter_changes_the_answer(world: KnowledgeGraph, name: str, param: str) -> None:
    parameters = {each.name for each in QUESTIONS[name].params}

    def answer(**given: str) -> set[frozenset[tuple[str, object]]]:
        rows = world.ask(name, None, **given)
        return {frozenset((k, v) for k, v in row.items() if k not in parameters) for row in rows}

    beside = BESIDES.get((name, param), {})
    plain, changed = answer(**beside), answer(**beside, **{param: OTHER[name][param]})
    assert changed != plain
    assert plain
    assert changed or (name, param) in EMPTY_ELSEWHERE


BESIDES = {("country-memberships", "role"): {"country": "Japan"}}
"""Arguments with which a parameter has an effect in the small catalogues."""

EMPTY_ELSEWHERE = {
    ("adoptions", "body"),
    # All adoptions are those of Japan, by the convention of their numbers, which tells no degree.
    *(("adopted-by", param) for param in ("country", "degree")),
    *(("adoption-table", param) for param in ("body", "country", "degree")),
    # Of no other body do the small catalogues list a draft, or what is still referred to.
    ("drafts-under-way", "body"),
    ("still-referred-to", "body"),
}


PROJECTS = """
graph:c a std:Catalogue .
graph:entities { <iso/tc/1> a std:TechnicalCommittee }
graph:c {
  <iso/1-2024> a std:Standard ; std:stage stage:published ; std:project <project/1> .
  <iso/fdis/1> a std:Standard ; std:stage stage:development ; std:project <project/1> .
  <iso/dis/2> a std:Standard ; std:stage stage:development ; std:project <project/2> .
  <iso/wd/3> a std:Standard ; std:stage stage:development .
  <iso/1-2024> std:publisher <iso> ; std:committee <iso/tc/1> .
  <iso/fdis/1> std:publisher <iso> ; std:committee <iso/tc/1> .
  <iso/dis/2> std:publisher <iso> ; std:committee <iso/tc/1> .
  <iso/wd/3> std:publisher <iso> ; std:committee <iso/tc/1> .
}
"""


@pytest.fixture(scope="module")
def projects() -> EmbeddedStore:
    return store_of_catalogues(PROJECTS)


def test_drafts_of_published_documents_are_not_under_way(projects: EmbeddedStore) -> None:
    came = questions.answer_question(projects, QUESTIONS["what-came-of-it"], {})
    counts = {str(row[1]).rsplit("/", 1)[-1].rstrip(">"): row[2] for row in came.rows}
    assert {name: term.value for name, term in counts.items() if term} == {
        "current": "1",
        "draft": "2",
        "earlier-draft": "1",
    }
    body = {"body": ox.NamedNode(BASE + "iso")}
    [row] = questions.answer_question(projects, QUESTIONS["drafts-under-way"], body).rows
    assert [term.value for term in row[2:3] if term] == ["2"]


ADOPTED = """
graph:c a std:Catalogue .
graph:c {
  <iso/1-2000> a std:Standard ; std:publisher <iso> ; std:editionOf <iso/1> .
  <iso/1-2010> a std:Standard ; std:publisher <iso> ; std:editionOf <iso/1> .
  <iec/2-2000> a std:Standard ; std:publisher <iec> .
  <cn/gb-t/1-2001> std:publisher <cn/sac> ; prov:wasDerivedFrom <record/c/1> .
  <unknown/id/x> a std:Standard ; std:stage stage:withdrawn ; prov:wasDerivedFrom <record/c/2> .
  <a/1> std:adopting <cn/gb-t/1-2001> ; std:adopted <iso/1-2000> .
  <a/2> std:adopting <unknown/id/x> ; std:adopted <iso/1-2000> .
}
graph:entities {
  <cn/sac> std:jurisdiction <place/cn> .
  <jisc> std:jurisdiction <place/jp> .
}
"""


def test_a_document_without_a_publisher_has_a_status() -> None:
    table = questions.answer_question(store_of_catalogues(ADOPTED), QUESTIONS["adoption-table"], {})
    statuses = {
        str(row["document"]).strip("<>").removeprefix(BASE): str(row["status"])
        for row in table.as_dicts()
    }
    assert statuses["unknown/id/x"].endswith("/documentStatus/withdrawn>")


@pytest.mark.parametrize(
    ("standard", "count"), [("iso/1", 2), ("iso/1-2000", 2), ("iso/1-2010", 2), ("iec/2-2000", 0)]
)
def test_adoptions_are_of_a_standard_in_any_edition(standard: str, count: int) -> None:
    bindings = {"standard": ox.NamedNode(BASE + standard)}
    store = store_of_catalogues(ADOPTED)
    table = questions.answer_question(store, QUESTIONS["adopted-by"], bindings)
    assert len(table.rows) == count


@pytest.mark.parametrize("name", ["adopted-by", "adoption-table"])
def test_an_adopter_that_is_not_told_is_nobody(name: str) -> None:
    store = store_of_catalogues(ADOPTED)

    def adopters(country: str = "") -> dict[str, str]:
        bindings = {"country": ox.NamedNode(BASE + country)} if country else {}
        if name == "adopted-by":
            bindings["body"] = ox.NamedNode(BASE + "iso")
        table = questions.answer_question(store, QUESTIONS[name], bindings)
        rows = [
            {column: str(term).strip("<>") for column, term in row.items()}
            for row in table.as_dicts()
        ]
        assert len({row["document"] for row in rows}) == len(rows)
        return {
            row["document"].removeprefix(BASE): row.get("adopter", "").removeprefix(BASE)
            for row in rows
        }

    assert adopters() == {"cn/gb-t/1-2001": "cn/sac", "unknown/id/x": ""}
    assert adopters("place/cn") == {"cn/gb-t/1-2001": "cn/sac"}
    assert adopters("place/jp") == {}
