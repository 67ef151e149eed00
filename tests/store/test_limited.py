"""Limits of the public methods that run queries: time is up, memory is full, answers are equal."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kg import KnowledgeGraph
from kg.common.errors import QueryError, QueryLimitError
from kg.common.limits import Limits
from kg.store.limited import LimitedStore
from kg.store.sandbox import Sandbox

pytestmark = pytest.mark.slow

Method = Callable[[KnowledgeGraph, float | None], object]

METHODS: dict[str, Method] = {
    "ask": lambda g, t: g.ask("ballot", committee="ISO/TC 321", timeout=t),
    "table": lambda g, t: g.table("ballot", committee="ISO/TC 321", timeout=t),
    "query": lambda g, t: g.query("ASK { ?s ?p ?o }", timeout=t),
    "select": lambda g, t: g.select("SELECT ?s { ?s a std:Ballot }", timeout=t),
    "view": lambda g, t: g.view("committees", timeout=t).csv(),
    "view of a chart": lambda g, t: g.view("timeline", timeout=t).csv(),
    "relate": lambda g, t: g.relate("ISO", "杭州市", paths=1, timeout=t),
    "profile": lambda g, t: g.profile("ISO/TC 321", timeout=t),
    "evidence": lambda g, t: g.evidence("ISO/TC 321", timeout=t),
    "statistics": lambda g, t: g.statistics(timeout=t),
}


@pytest.mark.parametrize("name", METHODS)
def test_answers_within_limits_are_the_same(graph: KnowledgeGraph, name: str) -> None:
    method = METHODS[name]
    assert method(graph, 60) == method(graph, None)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_ends_when_its_time_is_up(graph: KnowledgeGraph, name: str) -> None:
    with pytest.raises(QueryLimitError, match="longer than 1e-06 s"):
        METHODS[name](graph, 1e-6)
    with pytest.raises(QueryError, match="above 0 seconds"):
        METHODS[name](graph, 0)


def test_all_queries_of_a_call_share_its_time(graph: KnowledgeGraph) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    sandbox = Sandbox(graph.store)
    store = LimitedStore(graph.store, sandbox, Limits(1.0))
    begin = time.monotonic()
    assert store.ask("ASK { ?s ?p ?o }")
    for _ in range(3):
        with pytest.raises(QueryLimitError, match="longer than 1 s"):
            store.select(endless)
    with pytest.raises(QueryLimitError, match="longer than 1 s"):
        next(store.quads())
    assert time.monotonic() - begin < 3
    full = LimitedStore(graph.store, sandbox, Limits(None, 100 << 20))
    with pytest.raises(QueryLimitError, match=r"more than 0\.1 GB"):
        list(full.rows("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"))
    sandbox.close()
