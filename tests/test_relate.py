"""How two things are related: ways in the order of their costs, hubs last, each step proven."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import KnowledgeGraph
from kg.errors import KgError
from kg.namespaces import BASE
from kg.relate import cheapest
from tests.support import announced


def cost(neighbors: dict[str, frozenset[str]], way: tuple[str, ...]) -> float:
    return len(way) - 1 + sum(math.log2(len(neighbors[node])) for node in way[1:-1])


@settings(deadline=None)
@given(
    edges=st.sets(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=18),
    hops=st.integers(1, 5),
)
def test_all_ways_without_loops_come_in_the_order_of_their_costs(
    edges: set[tuple[str, str]], hops: int
) -> None:
    graph = nx.Graph((one, other) for one, other in edges if one != other)
    graph.add_nodes_from("ab")
    neighbors = {node: frozenset(graph[node]) for node in graph}
    found = list(cheapest(neighbors, "a", "b", hops))
    assert [way for _, way in found] == list(dict.fromkeys(way for _, way in found))
    assert {way for _, way in found} == {
        tuple(way) for way in nx.all_simple_paths(graph, "a", "b", cutoff=hops)
    }
    for paid, way in found:
        assert paid == pytest.approx(cost(neighbors, way), abs=1e-5)
    assert all(one[0] <= other[0] + 1e-5 for one, other in itertools.pairwise(found))


def names(graph: KnowledgeGraph, stations: tuple[str, ...]) -> list[str]:
    return [graph.label(iri, "en") for iri in stations]


def test_iso_and_hangzhou(graph: KnowledgeGraph) -> None:
    ways = graph.relate("国际标准化组织", "杭州市")
    middles = [set(way.stations[1:-1]) for way in ways]
    assert {BASE + "iso/tc/321/proposal"} in middles
    assert {BASE + "cn/zj/hangzhou/conference-base"} in middles
    assert [way.cost for way in ways] == sorted(way.cost for way in ways)
    said = {s.sentence.zh for way in ways for step in way.steps for s in step}
    assert "杭州市提出设立电子商务交易保障国际标准化技术委员会的提案（主要提出者）" in said
    phrases = {
        proof.phrase for way in ways for step in way.steps for s in step for proof in s.proofs
    }
    assert "杭州市为主向国际标准化组织(ISO)提出" in phrases


@pytest.mark.parametrize(
    ("one", "other"), [("美国", "ISO/TC 321"), ("省长", "SAC"), ("GS1", "Zhejiang AMR")]
)
def test_every_step_is_proven_and_leads_on(graph: KnowledgeGraph, one: str, other: str) -> None:
    ways = graph.relate(one, other, paths=4)
    assert ways
    for way in ways:
        assert (way.stations[0], way.stations[-1]) == (graph.resolve(one), graph.resolve(other))
        assert len(way.steps) == len(way.stations) - 1 <= 4
        for pair, step in zip(itertools.pairwise(way.stations), way.steps, strict=True):
            assert step
            for statement in step:
                assert {statement.source, statement.target} == set(pair)
                assert statement.proofs


def test_asking_is_not_given_as_support(graph: KnowledgeGraph) -> None:
    best = graph.relate("美国", "ISO/TC 321", paths=1)[0]
    said = {statement.sentence.en for step in best.steps for statement in step}
    assert any(s.startswith("United States was asked to support") for s in said)
    assert not any("supported" in s for s in said)


def test_what_is_planned_is_said_to_be(graph: KnowledgeGraph) -> None:
    before = KnowledgeGraph(announced(graph))
    [way] = before.relate("浙江省", "第24届中国义乌国际小商品(标准)博览会", paths=1)
    [statement] = way.steps[0]
    assert statement.sentence.en.startswith("Zhejiang is to be organizer of 24th China Yiwu")
    assert statement.sentence.zh.startswith("浙江省拟任第24届")


def test_hubs_come_last(graph: KnowledgeGraph) -> None:
    ways = graph.relate("美国", "ISO/TC 321", paths=8)
    through = [set(way.stations[1:-1]) for way in ways]
    china = BASE + "place/cn"
    first = next(number for number, way in enumerate(through) if china in way)
    assert first > 1
    # No way leads through the article, or through a figure that counts two things together.
    groups = graph.view().network.nodes(data="group")
    assert not any(
        "/source/" in node or groups[node] == "figure" for way in through for node in way
    )


def test_alike_ways_are_told_once(graph: KnowledgeGraph) -> None:
    ways = graph.relate("最多跑一次", "浙江省", paths=6)
    alike = {station: others for way in ways for station, others in way.alike.items()}
    assert any(len(others) > 1 for others in alike.values())
    shown = [way.stations for way in ways]
    for way in ways:
        for station, others in way.alike.items():
            for other in others:
                replaced = tuple(other if s == station else s for s in way.stations)
                assert replaced not in shown


def test_a_direct_relation_hides_no_other(graph: KnowledgeGraph) -> None:
    ways = graph.relate("SAC", "ISO/TC 321")
    assert len(ways[0].stations) == 2
    assert len(ways) == 3


@pytest.mark.parametrize(
    ("ends", "options", "message"),
    [
        (("ISO", "<iso>"), {}, "given twice"),
        (("ISO", "杭州市"), {"hops": 0}, "1 or more"),
        (("ISO", "杭州市"), {"paths": 0}, "1 or more"),
        (("ISO", "std:Ballot"), {}, "no claim relates std:Ballot"),
        (("ISO", "杭州寺"), {}, "nearest"),
    ],
)
def test_what_can_not_be_asked(
    graph: KnowledgeGraph, ends: tuple[str, str], options: dict[str, int], message: str
) -> None:
    with pytest.raises(KgError, match=message):
        graph.relate(*ends, **options)  # type: ignore[arg-type]


def test_what_is_too_far_is_not_related(graph: KnowledgeGraph) -> None:
    assert graph.relate("美国", "ISO/TC 321", hops=1) == []
