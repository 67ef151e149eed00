"""Relations as they stood on a day: what was not there yet, no longer there, or not known."""

from __future__ import annotations

import numpy as np
import pytest

from kg import KnowledgeGraph
from kg.analysis.relations import Relations
from kg.common.errors import ArgumentError
from kg.common.namespaces import BASE
from kg.entities.as_of import parse_day
from kg.network.adjacency.arrays import Adjacency
from kg.network.adjacency.restriction import restrict
from kg.network.past import past_network
from tests.entities.test_document_status import store_of


def neighbors(index: Adjacency, path: str) -> set[str]:
    number = index.number_of(BASE + path)
    assert number is not None
    return {index.iri(each).removeprefix(BASE) for each in index.neighbors_of(number).tolist()}


def test_all_rows_give_the_same_index(graph: KnowledgeGraph) -> None:
    index = graph.relations
    whole = restrict(index, np.ones(len(index.statements), np.bool_))
    for name in ("offsets", "neighbors", "curated", "bits"):
        assert np.array_equal(getattr(whole, name), getattr(index, name)), name
    of_pair = [index.relation_sets[each] for each in index.relation_set_ids.tolist()]
    assert [whole.relation_sets[each] for each in whole.relation_set_ids.tolist()] == of_pair


def test_documents_that_were_not_published_are_not_there(world: KnowledgeGraph) -> None:
    index = world.relations
    before, after = (past_network(world.store, index, parse_day(day)) for day in DAYS)
    assert neighbors(after.index, "iso/9001-2008") - neighbors(before.index, "iso/9001-2008") == {
        "iso/9001-2015"
    }
    assert before.other_days > after.other_days
    assert not neighbors(before.index, "iso/9001-2015")


def test_the_year_in_a_number_tells_what_was_not_published() -> None:
    store = store_of("""
    <graph/one> a std:Catalogue ; dcterms:source <source/one> .
    <source/one> std:snapshotOn "2024-06-15"^^xsd:date .
    GRAPH <graph/one> {
        <iso/1-2020> a std:Standard ; skos:prefLabel "ISO 1:2020" ; std:stage stage:published ;
            prov:wasDerivedFrom <record/one/1> ; std:replaces <iso/1-2010> .
        <iso/1-2010> a std:Standard ; skos:prefLabel "ISO 1:2010" ; std:stage stage:withdrawn ;
            prov:wasDerivedFrom <record/one/2> .
    }
    <iso/1-2020> std:documentStatus documentStatus:current .
    <iso/1-2010> std:documentStatus documentStatus:replaced .
    """)
    index = Relations(store).index
    assert neighbors(index, "iso/1-2020") == {"iso/1-2010"}
    for day, others in (("2015-01-01", set()), ("2021-01-01", {"iso/1-2010"})):
        past = past_network(store, index, parse_day(day))
        assert neighbors(past.index, "iso/1-2020") == others


DAYS = ("2015-08-31", "2015-10-01")


def test_undated_memberships_are_unknown_before_the_day_of_their_source(
    world: KnowledgeGraph,
) -> None:
    index = world.relations
    early = past_network(world.store, index, parse_day("2020-01-01"))
    late = past_network(world.store, index, parse_day("2099-01-01"))
    assert early.unknown > 0
    assert late.unknown == late.other_days == 0
    assert len(late.index.statements) == len(index.statements)
    [_, note] = early.notes
    assert f"{early.unknown:,} memberships" in note.en
    assert "截至2020-01-01" in note.zh


def test_events_of_later_days_are_left_out(graph: KnowledgeGraph) -> None:
    index = graph.relations
    ballot = "iso/tc/321/ballot/2"
    assert neighbors(index, ballot)
    assert not neighbors(past_network(graph.store, index, parse_day("2018-01-01")).index, ballot)
    assert neighbors(past_network(graph.store, index, parse_day("2019-01-01")).index, ballot)


def test_views_profiles_and_paths_are_as_of_a_day(world: KnowledgeGraph) -> None:
    day = DAYS[0]
    network = world.view("everything", around="ISO 9001:2008", as_of=day).network
    assert BASE + "iso/9001-2015" not in network
    assert BASE + "iso/9001-2015" in world.view("everything", around="ISO 9001:2008").network
    profile = world.profile("ISO 9001:2008", as_of=day)
    assert (profile.status.key, profile.status.reason) == ("current", "withdrawn-later")
    assert profile.status_proofs
    assert profile.notes
    assert not any(fact.property == "std:stage" for fact in profile.facts)
    pair = "ISO 9001:2008", "ISO 9001:2015"
    assert world.relate(*pair, hops=1)
    assert not world.relate(*pair, hops=1, as_of=day)
    assert world.left_out(day)
    assert world.left_out("") == []
    assert world.count_relations("ISO 9001:2015", as_of=day) == []
    assert [m.status.key for m in world.match(["ISO 9001:2015"], as_of=day)] == ["unpublished"]


def test_a_chart_says_that_it_has_no_state_of_a_day(graph: KnowledgeGraph) -> None:
    with pytest.raises(ArgumentError, match="has no state as of a day"):
        graph.view("figures", as_of="2018-01-01")
    early = graph.view("timeline", as_of="2018-01-01").csv()["rows"]
    assert len(early) < len(graph.view("timeline").csv()["rows"])
