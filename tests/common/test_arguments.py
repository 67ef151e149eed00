"""Wrong types of arguments get an error that says what to give."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg import ArgumentError, KnowledgeGraph


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda graph: graph.open(3), "open: folder is of type int: give a path or None"),
        (lambda graph: graph.of_files("x.ttl"), "of_files: files is of type str: give a list of"),
        (lambda graph: graph.of_files(["x.ttl"]), "an item of files is of type str"),
        (lambda graph: graph.ask(None), "ask: question is None: give a string"),
        (lambda graph: graph.ask("ballot", committee=3), "ask: committee is of type int"),
        (lambda graph: graph.query(Path("x.rq")), "query: sparql is of type PosixPath"),
        (lambda graph: graph.resolve(None), "resolve: name is None: give a string"),
        (lambda graph: graph.label(3), "label: iri is of type int"),
        (lambda graph: graph.evidence(b"SAC"), "evidence: entity is of type bytes"),
        (lambda graph: graph.view("committees", since=2019), "view: since is of type int"),
        (lambda graph: graph.view("committees", kinds="event"), "kinds is of type str"),
        (lambda graph: graph.view("committees", hops="2"), "hops is of type str"),
        (lambda graph: graph.search("ISO", limit=None), "limit is None: give a whole number"),
        (lambda graph: graph.match("ISO"), "match: texts is of type str: give a list of strings"),
        (lambda graph: graph.match(["ISO", None]), "match: an item of texts is None"),
        (lambda graph: graph.profile("SAC", "3"), "profile: limit is of type str"),
        (lambda graph: graph.relate("SAC", None), "relate: end is None: give a string"),
        (lambda graph: graph.table("ballot", lang=3), "table: lang is of type int"),
        (lambda graph: graph.validate(3), "unknown engine 3"),
        (lambda graph: graph.export("turtle", "x.ttl"), "give a file opened with 'wb'"),
        (lambda graph: graph.export("turtle", io.StringIO()), "give a file opened with 'wb'"),
    ],
)  # fmt: skip
def test_arguments_of_a_wrong_type_are_refused(
    graph: KnowledgeGraph, call: Callable[[KnowledgeGraph], Any], message: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        call(graph)
    assert message in str(caught.value)


def test_iterables_and_empty_filters_are_taken(graph: KnowledgeGraph) -> None:
    assert [match.text for match in graph.match(name for name in ("ISO", "SAC"))] == ["ISO", "SAC"]
    no_place: Any = None
    drawing = graph.view("committees", kinds={"body"}, place=no_place)
    assert len(drawing.network) == len(graph.view("committees", kinds=["body"]).network)
