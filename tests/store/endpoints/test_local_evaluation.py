"""Queries that are answered here need no statement but those that their patterns match."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.errors import QueryLimitError
from kg.pipeline.build import Summary
from kg.pipeline.endpoints import load_generation
from kg.queries.questions import answer_question, bind_parameters, find_question
from kg.store.generations import open_generation
from kg.store.remote import Endpoint, RemoteStore, local_evaluation
from kg.store.remote.connection import Connection
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
    with engines.oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        load_generation(joined.folder, running)
        yield replace(running, joins="local")
    # Others share the folder.
    shutil.rmtree(joined.folder / "endpoints")


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


def test_the_indexes_are_used_while_the_endpoint_has_their_build(
    endpoint: Endpoint, joined: Summary, tmp_path: Path
) -> None:
    assert RemoteStore(endpoint, joined.folder).files == open_generation(joined.folder)
    assert RemoteStore(endpoint, tmp_path).files is None, "nothing was loaded from there"
    connection = Connection(endpoint)
    for verb, files in (("INSERT", None), ("DELETE", open_generation(joined.folder))):
        graph = min(map(str, RemoteStore(endpoint).graphs()[1:]), key=len)
        connection.write(f"{verb} DATA {{ GRAPH {graph} {{ <urn:s> <urn:p> 1 }} }}".encode())
        assert RemoteStore(endpoint, joined.folder).files == files
    connection.close()


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
