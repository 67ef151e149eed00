"""Kinds of entities: classes, code lists and groups, however they are written."""

from __future__ import annotations

import pytest

from kg import KnowledgeGraph
from kg.common.errors import KgError
from kg.common.namespaces import BASE, STD
from kg.entities.groups import GROUPS
from kg.entities.index import name_index
from kg.entities.kinds import all_kinds, kind_set_ids, resolve_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("std:Standard", "std:Standard"),
        ("STD:standard", "std:Standard"),
        ("<ontology#Standard>", "std:Standard"),
        (STD + "Standard", "std:Standard"),
        (f"<{STD}Standard>", "std:Standard"),
        ("Technical Committee", "std:TechnicalCommittee"),
        ("TechnicalCommittee", "std:TechnicalCommittee"),
        ("標準化技術委員會", "std:TechnicalCommittee"),
        ("Agent", "std:Agent"),
        (" EVENT ", "event"),
        ("Standard", "standard"),
        ("standards bodies and committees", "body"),
        ("活动", "event"),
        ("<scheme/topic>", "<scheme/topic>"),
        ("level of standardization", "<scheme/scope>"),
        ("vote", "std:Vote"),
        ("owl:Class", "owl:Class"),
    ],
)
def test_kinds_are_resolved_by_iri_name_and_label(
    graph: KnowledgeGraph, text: str, kind: str
) -> None:
    assert resolve_kind(graph.store, text) == kind


@pytest.mark.parametrize("group", GROUPS)
def test_groups_are_resolved_by_name_and_label(graph: KnowledgeGraph, group: str) -> None:
    label = GROUPS[group]
    assert {resolve_kind(graph.store, text) for text in (group, label.en, label.zh)} == {group}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("std:Standrad", "no kind is called 'std:Standrad'; nearest: std:Standard, "),
        (STD + "Balot", "nearest: std:Ballot"),
        ("committe", "nearest: std:TechnicalCommittee"),
        ("std:Foo", "groups are body, .*'kg stats' lists classes"),
        ("", "no kind is called ''; groups are body, "),
        ("<iso/tc/321>", "no kind is called '<iso/tc/321>'"),
        ("role", "'role' can mean <scheme/role>, org:Role: give the IRI"),
    ],
)
def test_unknown_and_ambiguous_kinds_are_rejected(
    graph: KnowledgeGraph, text: str, message: str
) -> None:
    with pytest.raises(KgError, match=message):
        resolve_kind(graph.store, text)


def test_all_kinds_include_general_classes_and_code_lists(graph: KnowledgeGraph) -> None:
    sac, land = BASE + "cn/sac", BASE + "scheme/level/national"
    found = all_kinds(graph.store, [sac, land])
    assert set(found[sac]) >= {"std:StandardsBody", "std:Organization", "std:Agent"}
    assert "<scheme/level>" in found[land]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("std:Organization", True, False),
        ("body", True, False),
        ("<scheme/level>", False, True),
        ("topic", False, True),
    ],
)
def test_kind_sets_of_a_kind(graph: KnowledgeGraph, kind: str, one: bool, other: bool) -> None:
    index = name_index(graph.store)
    sac, *_ = index.find_same("SAC")
    national = [n for n in index.find_same("national") if n.iri == BASE + "scheme/level/national"]
    inside = kind_set_ids(index.kind_sets, kind)
    assert (sac.kind in inside, national[0].kind in inside) == (one, other)
