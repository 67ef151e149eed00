"""Canned questions as of a day: which have such an answer, and what it says row by row."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg import KnowledgeGraph
from kg.cli import cli
from kg.common.errors import QueryError
from kg.common.namespaces import BASE, iri
from kg.entities.as_of import parse_day
from kg.pipeline.build import Summary
from kg.queries.past_rows import rows_on
from kg.store import Table
from tests.entities.test_as_of import STORE as DATED
from tests.entities.test_document_status import store_of

DAY = "2015-08-31"


def test_questions_that_list_documents_have_an_answer(graph: KnowledgeGraph) -> None:
    past = {name for name, question in graph.questions.items() if question.past}
    assert past == {"standards", "editions", "lineage", "joint-documents"}


def test_editions_have_the_stage_of_the_day(world: KnowledgeGraph) -> None:
    rows = world.ask("editions", document="ISO 9001", as_of=DAY)
    stages = {world.label(row["edition"].value): row.get("stage") for row in rows}
    assert "ISO 9001:2015" not in stages
    published = stages["ISO 9001:2008"]
    assert published is not None
    assert published.value == iri("stage:published")
    notes = {row["note"].value for row in rows if "note" in row}
    assert any(note.startswith("withdrawn 20") for note in notes)


def test_a_status_that_is_asked_for_is_that_of_the_day(world: KnowledgeGraph) -> None:
    past, now = (
        {
            row["standard"].value
            for row in world.ask(
                "standards", as_of=day, status="documentStatus:current", body="ISO"
            )
        }
        for day in (DAY, "")
    )
    old, new = world.resolve("ISO 9001:2008"), world.resolve("ISO 9001:2015")
    assert old in past - now
    assert new in now - past


@pytest.mark.parametrize(
    ("day", "stated", "status", "stage"),
    [
        ("2024-12-31", "upcoming", "upcoming", "upcoming"),
        ("2024-02-01", "upcoming", "upcoming", "upcoming"),
        ("2025-01-01", "upcoming", "current", "published"),
        ("2025-01-01", "in-force", "current", "in-force"),
    ],
)
def test_what_is_not_yet_in_force_has_a_status_of_its_own(
    graph: KnowledgeGraph, day: str, stated: str, status: str, stage: str
) -> None:
    listed = (BASE + "iso/12-2024", iri("documentStatus:upcoming"), iri(f"stage:{stated}"))
    answer = Table(("standard", "status", "stage"), (tuple(map(ox.NamedNode, listed)),))
    question = graph.questions["standards"]
    [row] = rows_on(DATED, question, {}, answer, parse_day(day), "en").rows
    assert row[1:3] == (
        ox.NamedNode(iri(f"documentStatus:{status}")),
        ox.NamedNode(iri(f"stage:{stage}")),
    )


@pytest.mark.parametrize(
    ("day", "told"), [("2023-01-01", "draft"), ("2024-06-15", "earlier-draft")]
)
def test_on_the_day_of_the_newest_state_earlier_drafts_are_told_apart(
    graph: KnowledgeGraph, day: str, told: str
) -> None:
    stated = ox.NamedNode(iri("documentStatus:earlier-draft"))
    store = store_of(f"""
    <graph/one> a std:Catalogue ; dcterms:source <source/one> .
    <source/one> std:snapshotOn "2024-06-15"^^xsd:date .
    GRAPH <graph/one> {{
        <gb/3> a std:Standard ; skos:prefLabel "GB 3-2024" ; std:stage stage:development ;
            prov:wasDerivedFrom <record/one/3> ; std:createdOn "2020-01-01"^^xsd:date .
    }}
    <gb/3> std:documentStatus {stated} .
    """)
    listed = (ox.NamedNode(BASE + "gb/3"), None, None)
    answer = Table(("standard", "status", "stage"), (listed,))
    question = graph.questions["standards"]
    for wanted in ("draft", "earlier-draft"):
        asked = {"status": ox.NamedNode(iri(f"documentStatus:{wanted}"))}
        rows = rows_on(store, question, asked, answer, parse_day(day), "en").rows
        assert len(rows) == (wanted == told)


def test_a_question_that_counts_is_refused_at_once(world: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="has no answer as of a day"):
        world.ask("statuses-by-body", as_of=DAY)


def test_the_commands_answer_as_of_a_day(joined: Summary) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(
            cli, [*arguments, "--store", str(joined.folder), "--lang", "en"], obj={}
        )
        return result.exit_code, result.output

    code, table = run("query", "editions", "document=ISO 9001", "--as-of", DAY, "--format", "csv")
    assert code == 0
    assert "ISO 9001:2015,2015" not in table
    assert run("query", "--sparql", "ASK {}", "--as-of", DAY)[0] == 2
    assert "not published by that day" in run("match", "ISO 9001:2015", "--as-of", DAY)[1]
    assert "left out" in run("show", "ISO 9001:2008", "--as-of", DAY)[1]
    code, text = run("relate", "ISO 9001:2008", "ISO 9001:2015", "--hops", "1", "--as-of", DAY)
    assert code == 1
    assert f"as of {DAY}" in text
    assert run("view", "--around", "ISO 9001:2008", "--as-of", DAY)[0] == 0
    assert run("view", "--as-of", "")[0] == 2
