"""The first rows of a long listing are those of the whole answer."""

from __future__ import annotations

import random

import pytest

from kg import KnowledgeGraph
from kg.cli.reports.questions import answer
from kg.common.natural_order import first_in_natural_order, natural_key
from kg.queries.first_rows import first_rows
from kg.queries.questions import answer_question, bind_parameters
from kg.store import Table

ARGUMENTS: tuple[dict[str, str], ...] = (
    {},
    {"body": "ISO"},
    {"body": "ISO", "year": "2015"},
    {"committee": "ISO/TC 154"},
    {"field": "35.030"},
    {"type": "deliverable:technical-report"},
    {"scope": "scope:national"},
    {"mandate": "mandate:mandatory"},
    {"status": "documentStatus:current"},
)


@pytest.mark.parametrize("given", ARGUMENTS, ids=" ".join)
def test_they_are_those_of_the_whole_answer(world: KnowledgeGraph, given: dict[str, str]) -> None:
    question = world.questions["standards"]
    bound = bind_parameters(world.store, question, given)
    whole = answer_question(world.store, question, bound)
    entries = len({row[0] for row in whole.rows})
    assert entries > 0
    for limit in (1, 2, 7, entries, entries + 1):
        found = first_rows(question, bound, world.store.select, limit)
        assert found.table.columns == whole.columns
        assert found.table.rows[:limit] == whole.rows[:limit]
        assert found.keys == (entries if limit < entries else None)
        assert found.keys is not None or found.table.rows == whole.rows


def test_no_row_is_read_that_is_not_shown(world: KnowledgeGraph) -> None:
    question = world.questions["standards"]
    tables: list[Table] = []

    def select(*query: object) -> Table:
        tables.append(world.store.select(*query))  # type: ignore[arg-type]
        return tables[-1]

    found = first_rows(question, {}, select, 2)
    keys, rows = tables
    assert keys.columns == ("standard",)
    assert len(keys.rows) >= (found.keys or 0) > 20
    assert len({row[0] for row in rows.rows}) == 2


def test_a_limited_listing_says_how_much_there_is(world: KnowledgeGraph) -> None:
    for lang, line in (("en", "the first 2 rows of a listing of "), ("zh", "显示前2行")):
        text, _ = answer(world.store, "standards", {}, "table", lang, 2)
        assert line in text.decode()
    short, _ = answer(world.store, "standards", {"mandate": "mandate:mandatory"}, "table", "en", 1)
    assert "of a listing of 3:" in short.decode()
    whole, _ = answer(world.store, "standards", {"mandate": "mandate:mandatory"}, "table", "en", 99)
    assert "listing" not in whole.decode()


def test_first_texts_are_in_natural_order() -> None:
    draw = random.Random(1)
    for _ in range(500):
        texts = {"".join(draw.choices("a/-0019Zé", k=draw.randint(0, 5))) for _ in range(12)}
        found = first_in_natural_order(texts, 4)
        assert [*map(natural_key, found)] == sorted(map(natural_key, texts))[:4]
