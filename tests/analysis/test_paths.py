"""Paths between entities: cheapest first, hubs last, each step with evidence."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import KnowledgeGraph
from kg.analysis.path_search import SearchGraph, cheapest_paths
from kg.common.errors import KgError
from kg.common.namespaces import BASE
from kg.network.adjacency.arrays import branching_bits


def cost(steps: dict[str, dict[str, float]], path: tuple[str, ...]) -> float:
    passing = sum(math.log2(len(steps[node])) for node in path[1:-1])
    return passing + sum(steps[one][other] for one, other in itertools.pairwise(path))


def search(
    steps: dict[str, dict[str, float]], start: str, end: str, hops: int, shut: bool
) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Yield the paths of a network whose steps are given with their costs, 1 or 6."""
    names = sorted(steps)
    rows = [sorted((names.index(n), price) for n, price in steps[name].items()) for name in names]
    offsets = np.cumsum([0, *map(len, rows)], dtype=np.int64)
    neighbors = np.array([near for row in rows for near, _ in row], dtype=np.int32)
    curated = np.array([price > 1 for row in rows for _, price in row], dtype=np.bool_)
    stations = np.ones(len(names), dtype=np.bool_)
    # A closed start changes the number of open neighbors of the other nodes.
    stations[names.index(start)] = not shut
    array = SearchGraph(
        offsets, neighbors, curated, stations, branching_bits(offsets, neighbors, stations)
    )
    for paid, path in cheapest_paths(array, names.index(start), names.index(end), hops):
        yield paid, tuple(names[station] for station in path)


@settings(deadline=None)
@given(
    edges=st.dictionaries(
        st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")),
        st.sampled_from([1.0, 6.0]),
        max_size=18,
    ),
    hops=st.integers(1, 50),
    shut=st.booleans(),
)
def test_all_simple_paths_come_in_the_order_of_their_costs(
    edges: dict[tuple[str, str], float], hops: int, shut: bool
) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from("ab")
    for (one, other), price in edges.items():
        if one != other:
            graph.add_edge(one, other, price=price)
    steps = {node: {n: graph[node][n]["price"] for n in graph[node]} for node in graph}
    found = list(search(steps, "a", "b", hops, shut))
    assert [path for _, path in found] == list(dict.fromkeys(path for _, path in found))
    assert {path for _, path in found} == {
        tuple(path) for path in nx.all_simple_paths(graph, "a", "b", cutoff=hops)
    }
    for paid, path in found:
        assert paid == pytest.approx(cost(steps, path), abs=1e-5)
    assert all(one[0] <= other[0] + 1e-5 for one, other in itertools.pairwise(found))


def test_the_search_ends_for_any_number_of_hops(graph: KnowledgeGraph) -> None:
    assert graph.relate("SAC", "杭州市", paths=2, hops=10**9)


def test_iso_and_hangzhou(graph: KnowledgeGraph) -> None:
    paths = graph.relate("国际标准化组织", "杭州市")
    middles = [set(path.stations[1:-1]) for path in paths]
    assert {BASE + "iso/tc/321/proposal"} in middles
    assert {BASE + "cn/zj/hangzhou/conference-base"} in middles
    assert [path.cost for path in paths] == sorted(path.cost for path in paths)
    said = {s.sentence.zh for path in paths for step in path.steps for s in step}
    assert "设立电子商务交易保障国际标准化技术委员会的提案由杭州市提出（主要提出者）" in said
    phrases = {
        proof.phrase for path in paths for step in path.steps for s in step for proof in s.proofs
    }
    assert "杭州市为主向国际标准化组织(ISO)提出" in phrases


@pytest.mark.parametrize(
    ("one", "other"), [("美国", "ISO/TC 321"), ("省长", "SAC"), ("GS1", "Zhejiang AMR")]
)
def test_every_step_has_evidence_and_joins_its_stations(
    graph: KnowledgeGraph, one: str, other: str
) -> None:
    paths = graph.relate(one, other, paths=4)
    assert paths
    for path in paths:
        assert (path.stations[0], path.stations[-1]) == (graph.resolve(one), graph.resolve(other))
        assert len(path.steps) == len(path.stations) - 1 <= 4
        for pair, step in zip(itertools.pairwise(path.stations), path.steps, strict=True):
            assert step
            for statement in step:
                assert {statement.source, statement.target} == set(pair)
                assert statement.proofs


def test_a_request_for_support_is_not_support(graph: KnowledgeGraph) -> None:
    best = graph.relate("美国", "ISO/TC 321", paths=1)[0]
    said = {statement.sentence.en for step in best.steps for statement in step}
    assert any(s.startswith("United States was asked to support") for s in said)
    assert not any("supported" in s for s in said)


def test_an_announcement_and_its_fulfilment_are_two_sentences(
    graph: KnowledgeGraph,
) -> None:
    [path] = graph.relate("SAC", "2019年标准化工作联席会议", paths=1)
    said = {
        statement.sentence.en: {proof.source.rsplit("/", 1)[-1] for proof in statement.proofs}
        for statement in path.steps[0]
    }
    sac, meeting = (
        "Standardization Administration of China",
        "joint meeting on standardization 2019",
    )
    assert said[f"{sac} organized {meeting}"] == {"cqn-2019-04-13"}
    assert said[f"{sac} is to organize {meeting}"] == {"cfsn-2019-04-11"}


@pytest.mark.parametrize(
    ("one", "other", "hub"),
    [
        ("SAC", "浙江省", "place/cn"),
        ("德国", "加拿大", "place/world"),
        ("英国", "法国", "place/world"),
        ("浙江企业", "国家市场监管总局", "place/cn"),
        ("金砖国家标准化研究中心", "SAC", "place/cn"),
        ("美国", "国家标准委", "place/world"),
    ],
)
def test_a_country_is_not_the_first_answer(
    graph: KnowledgeGraph, one: str, other: str, hub: str
) -> None:
    [best] = graph.relate(one, other, paths=1)
    assert BASE + hub not in best.stations


def test_steps_of_general_knowledge_cost_more(graph: KnowledgeGraph) -> None:
    # No text states that Zhejiang lies in China.
    [path] = graph.relate("浙江省", "中国", paths=1, hops=1)
    assert path.cost == 6
    assert {proof.source for proof in path.steps[0][0].proofs} == {BASE + "source/curation"}
    [said] = graph.relate("SAC", "ISO/TC 321", paths=1, hops=1)
    assert said.cost == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("美国", "ISO/TC 321"), ("浙江省标准化战略", "2019年标准化工作联席会议"), ("浙江省", "中国")],
)
def test_paths_do_not_pass_through_sources_and_figures(
    graph: KnowledgeGraph, one: str, other: str
) -> None:
    nodes = graph.view().network.nodes
    for path in graph.relate(one, other, paths=8):
        for station in path.stations[1:-1]:
            assert nodes[station]["group"] != "figure"
            assert nodes[station]["kind"] != "std:Source"


def test_alternatives_are_listed_once_and_completely(graph: KnowledgeGraph) -> None:
    network = graph.view().network
    # The practices of Zhejiang in the guide that belong to no named reform.
    paths = graph.relate("审批服务便民化工作指南", "浙江省", paths=3)
    listed = [
        {station, *others}
        for path in paths
        for station, others in path.alike.items()
        if "/practice/" in station
    ]
    practices = {
        target for _, target, edge in network.edges(data=True) if edge["relation"] == "std:adopts"
    }
    loose = {
        p
        for p in practices
        if not any(e["relation"] == "std:practiceOf" for _, _, e in network.out_edges(p, data=True))
    }
    assert len(loose) == 3
    assert loose in listed or practices in listed
    for one, other in (("审批服务便民化工作指南", "浙江省"), ("ISO", "杭州市"), ("美国", "SAC")):
        few, many = (graph.relate(one, other, paths=paths) for paths in (3, 8))
        assert [path.alike for path in few] == [path.alike for path in many[: len(few)]]
        shown = {path.stations for path in many}
        for path in many:
            for station, others in path.alike.items():
                for twin, proofs in others.items():
                    assert proofs
                    replaced = tuple(twin if s == station else s for s in path.stations)
                    assert replaced not in shown


def test_a_direct_relation_does_not_hide_other_paths(graph: KnowledgeGraph) -> None:
    paths = graph.relate("SAC", "ISO/TC 321")
    assert len(paths[0].stations) == 2
    assert len(paths) == 3


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
def test_invalid_requests_are_refused(
    graph: KnowledgeGraph, ends: tuple[str, str], options: dict[str, int], message: str
) -> None:
    with pytest.raises(KgError, match=message):
        graph.relate(*ends, **options)  # type: ignore[arg-type]


def test_entities_beyond_the_hops_are_not_related(graph: KnowledgeGraph) -> None:
    assert graph.relate("美国", "ISO/TC 321", hops=1) == []


def test_the_repr_of_a_path_is_its_cost_and_stations(graph: KnowledgeGraph) -> None:
    [path] = graph.relate("SAC", "ISO/TC 321", paths=1, hops=1)
    assert repr(path) == "<Way [1.00] <cn/sac> – <iso/tc/321>>"
