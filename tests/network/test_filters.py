"""Filters of a network by kind, date, place and distance from a node."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.errors import KgError
from kg.common.namespaces import BASE
from kg.network.filters import Filter, filter_network
from kg.network.model import Network
from kg.network.networkx_graph import network
from kg.queries.views import load_views


@pytest.fixture(scope="module")
def whole(graph: KnowledgeGraph) -> Network:
    return network(graph.store, load_views(resources.queries() / "views")["everything"])


def test_an_empty_filter_keeps_everything(whole: Network) -> None:
    assert nx.utils.graphs_equal(filter_network(whole, Filter()), whole)


def test_a_filter_by_class_and_group(whole: Network) -> None:
    events = filter_network(whole, Filter(kinds=("event", "std:AdministrativeArea")))
    kinds = {about["kind"] for _, about in events.nodes(data=True)}
    assert "std:AdministrativeArea" in kinds
    assert kinds <= {"std:AdministrativeArea", "std:Event", "std:EventSeries"}
    assert 0 < len(events) < len(whole)


def test_a_class_includes_its_subclasses(whole: Network) -> None:
    found = filter_network(whole, Filter(kinds=("std:Organization",)))
    kinds = {about["kind"] for _, about in found.nodes(data=True)}
    assert {"std:StandardsBody", "std:TechnicalCommittee", "std:GovernmentBody"} <= kinds
    assert all("std:Agent" in about["kinds"] for _, about in found.nodes(data=True))
    assert BASE + "cn/sac" in found


def test_a_filter_by_date_keeps_undated_nodes(whole: Network) -> None:
    found = filter_network(whole, Filter(since="2019", until="2019"))
    dated = [about for _, about in found.nodes(data=True) if about["date_start"]]
    dated += [about for _, _, about in found.edges(data=True) if about["date_start"]]
    assert dated
    for about in dated:
        # What has begun and has no known end still goes on.
        assert about["date_start"][:4] <= "2019" <= (about["date_end"] or "9999")[:4]
    assert BASE + "iso" in found
    assert BASE + "iso/tc/321/ballot/2" not in found


@pytest.mark.parametrize(
    ("since", "until", "inside"),
    [
        ("2018", "2018", True),
        ("2018-10", "2018-10", True),
        ("2018-10-12", "", True),
        ("2018-10-13", "", False),
        ("", "2018-10-08", True),
        ("", "2018-10-07", False),
        ("", "2018-09", False),
        ("2019", "", False),
    ],
)
def test_an_interval_is_kept_if_it_overlaps_the_period(
    whole: Network, since: str, until: str, inside: bool
) -> None:
    # The meeting lasted from 8 to 12 October 2018.
    meeting = BASE + "iso/tc/154/plenary/37"
    assert (meeting in filter_network(whole, Filter(since=since, until=until))) is inside


def test_a_year_overlaps_each_of_its_days(whole: Network) -> None:
    # Of the date of the proposal only the year is known.
    assert BASE + "iso/tc/321/proposal" in filter_network(whole, Filter(since="2018-07-01"))


def test_a_place_includes_the_places_within_it(whole: Network) -> None:
    zhejiang, hangzhou = BASE + "place/cn/zj", BASE + "place/cn/zj/hangzhou"
    province, city = (filter_network(whole, Filter(place=place)) for place in (zhejiang, hangzhou))
    assert set(city) <= set(province)
    assert BASE + "cn/zj/hangzhou/conference-base" in city
    assert BASE + "cn/zj/yiwu/commodities-fair/24" in province
    assert BASE + "cn/zj/yiwu/commodities-fair/24" not in city


def test_a_filter_around_a_node(whole: Network) -> None:
    committee = BASE + "iso/tc/321"
    alone = filter_network(whole, Filter(around=committee, hops=0))
    assert list(alone) == [committee]
    near = filter_network(whole, Filter(around=committee, hops=1))
    assert set(near) == {committee, *whole.successors(committee), *whole.predecessors(committee)}
    far = filter_network(whole, Filter(around=committee, hops=2))
    lengths = nx.single_source_shortest_path_length(whole.to_undirected(), committee, cutoff=2)
    assert set(far) == set(lengths)


def test_only_the_evidence_of_kept_edges_is_kept(whole: Network) -> None:
    near = filter_network(whole, Filter(around=BASE + "gs1"))
    claims = {claim for _, _, edge in near.edges(data=True) for claim in edge["claims"]}
    assert set(near.graph["proofs"]) == claims
    assert len(whole.graph["proofs"]) > len(claims)


@given(
    kinds=st.sets(st.sampled_from(["event", "body", "place", "std:Standard"])),
    since=st.sampled_from(["", "2017", "2018-07", "2019-04-01"]),
    place=st.sampled_from(["", BASE + "place/cn/zj/hangzhou"]),
)
def test_filters_only_remove(whole: Network, kinds: set[str], since: str, place: str) -> None:
    wanted = Filter(kinds=tuple(kinds), since=since, place=place)
    found = filter_network(whole, wanted)
    assert set(found) <= set(whole)
    assert set(found.edges(keys=True)) <= set(whole.edges(keys=True))
    assert all(degree for _, degree in found.degree())
    assert nx.utils.graphs_equal(filter_network(found, wanted), found)
    assert set(filter_network(whole, replace(wanted, place=""))) >= set(found)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"since": "soon"}, "'soon' is not a date"),
        ({"until": "2018-13"}, "'2018-13' is not a date"),
        ({"until": "2018-02-31"}, "'2018-02-31' is not a date"),
        ({"since": "2019-02-29"}, "'2019-02-29' is not a date"),
        ({"since": "0000"}, "'0000' is not a date"),
        ({"since": "２０１８"}, "'２０１８' is not a date"),
        ({"since": "2019", "until": "2018"}, "2018 is before 2019"),
        ({"hops": -1}, "0 or more"),
    ],
)
def test_a_wrong_filter_is_rejected(wrong: dict[str, str], message: str) -> None:
    with pytest.raises(KgError, match=message):
        Filter(**wrong)  # type: ignore[arg-type]


def test_leap_years_have_a_29th_of_february() -> None:
    assert Filter(since="2016-02-29", until="2020-02-29").since == "2016-02-29"


def test_a_place_is_an_area_even_if_another_entity_has_its_name(graph: KnowledgeGraph) -> None:
    # "Zhejiang" is also a name of its government.
    found = graph.view("events", place="Zhejiang").network
    assert nx.utils.graphs_equal(found, graph.view("events", place="<place/cn/zj>").network)
    with pytest.raises(KgError, match="no std:Place is called 'ISO': that means International"):
        graph.view("events", place="ISO")


def test_hops_need_a_node_and_end_with_the_network(graph: KnowledgeGraph) -> None:
    far = graph.view("committees", around="ISO", hops=10**30).network
    assert BASE + "iso/tc/321" in far
    for view in ("committees", "timeline", "figures"):
        with pytest.raises(KgError, match="give --around too"):
            graph.view(view, hops=2)


def test_a_node_outside_the_view_is_reported(graph: KnowledgeGraph) -> None:
    with pytest.raises(KgError, match="<place/us> is not in the view 'cooperation'"):
        graph.view("cooperation", around="USA")
