"""A figure is the same in every question that gives it, and in a plain count over the files."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from benchmarks.question_counts import figures
from kg import KnowledgeGraph
from kg.common.namespaces import BASE, iri
from kg.store import Term
from tests.support import WORLD

BODIES = ("ISO", "IEC", "JISC", "W3C", "IEEE", "ITU-T", "OIML", "ETSI", "OGC")
COMMITTEES = ("ISO/TC 321", "ISO/TC 154", "IEC/TC 100", "ISO/IEC JTC 1/SC 27", "IEC/TC 57")
DRAFT, CURRENT = iri("documentStatus:draft"), iri("documentStatus:current")


def documents(graph: KnowledgeGraph, **given: str) -> set[str]:
    """Return the documents of catalogues that the question standards lists."""
    rows = graph.ask("standards", None, **given)
    return {row["standard"].value for row in rows if "/record/" in row["evidence"].value}


def number(row: Mapping[str, Term], column: str) -> int:
    return int(row[column].value)


def test_figures_are_those_of_the_files(world: KnowledgeGraph) -> None:
    found = list(figures(world, WORLD))
    assert len(found) > 60
    assert [figure for figure in found if not figure.agrees] == []


@pytest.mark.parametrize("body", BODIES)
def test_the_figures_of_a_body_agree(world: KnowledgeGraph, body: str) -> None:
    listed = documents(world, body=body)
    iri_of_body = world.resolve(body)
    statuses = [r for r in world.ask("statuses-by-body") if r["body"].value == iri_of_body]
    assert sum(number(row, "documents") for row in statuses) == len(listed) > 0
    by_status = {row["status"].value: number(row, "documents") for row in statuses}
    for status in (DRAFT, CURRENT):
        name = f"<{status.removeprefix(BASE)}>"
        assert len(documents(world, body=body, status=name)) == by_status.get(status, 0)
    years = world.ask("published-by-year", body=body)
    [quality] = [r for r in world.ask("quality-by-body") if r["body"].value == iri_of_body]
    assert sum(number(row, "documents") for row in years) == number(quality, "withDate")
    for row in years:
        of_the_year = documents(world, body=body, year=row["year"].value)
        assert len(of_the_year) == number(row, "documents")
    overview = world.store.select(world.views["overview"].sparql).as_dicts()
    drawn = {
        row["part"].value: number(row, "number")
        for row in overview
        if row["panel"].value == "years" and "part" in row and row["thing"].value == iri_of_body
    }
    assert drawn == {row["year"].value: number(row, "documents") for row in years}


@pytest.mark.parametrize("committee", COMMITTEES)
def test_the_drafts_of_a_committee_agree(world: KnowledgeGraph, committee: str) -> None:
    program = {r["document"].value for r in world.ask("committee-program", committee=committee)}
    name = f"<{DRAFT.removeprefix(BASE)}>"
    assert documents(world, committee=committee, status=name) == program
    ranks = {r["committee"].value: r for r in world.ask("committee-ranks")}
    # Only committees with current documents are ranked.
    row = ranks.get(world.resolve(committee))
    assert row is None or (number(row, "drafts") if "drafts" in row else 0) == len(program)
    today = [
        number(each, "number")
        for each in world.ask("committee-today", committee=committee)
        if each["what"].value == DRAFT
    ]
    assert sum(today) == len(program)


@pytest.mark.parametrize("country", ["China", "Germany", "USA", "Japan"])
def test_the_secretariats_of_a_country_agree(world: KnowledgeGraph, country: str) -> None:
    listed = {r["committee"].value for r in world.ask("country-secretariats", country=country)}
    asked = {
        row["committee"].value
        for row in world.ask("secretariats", agent=country)
        if "/record/" in row["evidence"].value
    }
    assert asked == listed
    [ranked] = [
        row
        for row in world.ask("member-ranks")
        if row.get("country") and row["country"].value == world.resolve(country)
    ]
    assert number(ranked, "secretariats") == len(listed)
    role = iri("role:secretariat")
    ranks = [r for r in world.ask("country-rank", country=country) if r["role"].value == role]
    assert sum(number(row, "committees") for row in ranks) == len(listed)
