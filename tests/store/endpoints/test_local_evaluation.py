"""Queries that are answered here need no statement but those that their patterns match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.errors import QueryLimitError
from kg.pipeline.build import Summary
from kg.queries.questions import answer_question, bind_parameters, find_question
from kg.store.generations import open_generation
from kg.store.remote import Endpoint, RemoteStore, local_evaluation
from kg.store.remote.journal import Journal
from kg.store.remote.loading import load
from kg.store.remote.needed_statements import needed_statements
from kg.store.remote.statements import EVERYTHING, Pattern
from tests.store.endpoints import engines

QUESTIONS: Final = (
    *("affiliations", "bridges", "central", "close-members", "committee-family", "conflicts"),
    *("committee-history", "country-rank", "groups", "member-ranks", "reform-history", "roles"),
    *("relations-of-document", "sit-together", "undated", "ballot", "lineage", "newest"),
)
"""Those with EXISTS, MINUS, subqueries, paths, and conditions on properties."""


@pytest.fixture(scope="module")
def endpoint(joined: Summary, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    folder = tmp_path_factory.mktemp("oxigraph")
    store = KnowledgeGraph.open(joined.folder).store
    with engines.oxigraph(folder) as running:
        name = open_generation(joined.folder).name
        load(store, name, running, Journal.read(folder, running.url))
        yield replace(running, joins="local")


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_statements_of_its_patterns_answer_a_question(
    world: KnowledgeGraph, endpoint: Endpoint, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_evaluation, "_SMALL", 0)
    question = find_question(resources.queries(), name)
    bound = bind_parameters(world.store, question, {})
    answer = answer_question(RemoteStore(endpoint), question, bound)
    assert answer == answer_question(world.store, question, bound)
    assert answer.rows


def test_too_many_statements_are_an_error(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_evaluation, "_SMALL", 0)
    monkeypatch.setattr(local_evaluation, "_LIMIT", 1000)
    store = RemoteStore(endpoint)
    with pytest.raises(QueryLimitError, match="statements too many to answer it here"):
        store.select("SELECT ?s WHERE { ?s ?p ?o }")
    assert store.ask("ASK { <cn/sac> a std:Organization }")


def test_a_time_limit_ends_what_is_evaluated_here(endpoint: Endpoint) -> None:
    long = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(STR(?b) < STR(?d)) }"
    with pytest.raises(QueryLimitError, match=r"took longer than 1 s"):
        KnowledgeGraph(RemoteStore(endpoint)).query(long, timeout=1)


def test_what_can_not_be_told_is_everything() -> None:
    for query in ("SELECT * { ?s ?p ?o }", "DESCRIBE <urn:a>", "SELECT * { ?s !<urn:p> ?o }"):
        assert needed_statements(query, {}) == {EVERYTHING}
    narrow = needed_statements("SELECT * { ?s ?p ?o FILTER(?p IN (<urn:p>)) }", {})
    assert len(narrow) == 1
    assert Pattern() not in narrow
