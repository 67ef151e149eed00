"""Paths between entities: cheapest first, hubs last, each step with evidence."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import KnowledgeGraph
from kg.analysis.path_network import path_network
from kg.analysis.path_search import SearchGraph, cheapest_paths
from kg.common.errors import KgError
from kg.common.namespaces import BASE


@dataclass(frozen=True)
class Step:
    """A step of a network for tests: curated, to a field, or to what its source belongs to."""

    curated: bool = False
    field: bool = False
    belongs: bool = False

    @property
    def cost(self) -> float:
        return 1.0 + 5.0 * self.curated + 1.0 * self.field


Network = dict[tuple[str, str], Step]
"""Steps by their ends."""


def expected_cost(network: Network, blank: set[str], path: tuple[str, ...]) -> float:
    """Return the cost of a path, as the documentation defines it."""
    paid = 0.0
    for one, other in itertools.pairwise(path):
        paid += network.get((one, other), network.get((other, one), Step())).cost
    for before, node, after in zip(path, path[1:], path[2:], strict=False):
        bits = math.log2(sum(node in ends for ends in network))
        up, down = network.get((before, node), Step()), network.get((after, node), Step())
        if not (up.belongs and down.belongs):
            paid += bits
        else:
            paid += math.inf if node in blank else 2 * bits
    return paid


def network_graph(network: Network, names: list[str], blank: set[str]) -> SearchGraph:
    """Return a network as arrays; the relation set of a step is its position in the network."""
    numbers = {pair: number for number, pair in enumerate(network)}
    rows: dict[str, list[tuple[int, int, bool]]] = {name: [] for name in names}
    for (one, other), step in network.items():
        number = numbers[one, other]
        rows[one].append((names.index(other), 2 * number, step.curated))
        rows[other].append((names.index(one), 2 * number + 1, step.curated))
    cells = [cell for name in names for cell in sorted(rows[name])]
    steps = list(network.values())
    return SearchGraph(
        offsets=np.cumsum([0, *(len(rows[name]) for name in names)], dtype=np.int64),
        neighbors=np.array([near for near, _, _ in cells], dtype=np.int32),
        sets=np.array([set_ for _, set_, _ in cells], dtype=np.int32),
        curated=np.array([curated for *_, curated in cells], dtype=np.bool_),
        bits=np.array([math.log2(len(rows[name]) or 1) for name in names]),
        fields=np.array([step.field for step in steps for _ in range(2)], dtype=np.bool_),
        upward=np.array([b for step in steps for b in (step.belongs, False)], dtype=np.bool_),
        downward=np.array([b for step in steps for b in (False, step.belongs)], dtype=np.bool_),
        blank=np.array([name in blank for name in names], dtype=np.bool_),
    )


@settings(deadline=None)
@given(
    edges=st.dictionaries(
        st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(
            lambda pair: pair[0] < pair[1]
        ),
        st.builds(Step, st.booleans(), st.booleans(), st.booleans()),
        max_size=15,
    ),
    hops=st.integers(1, 50),
    starts=st.dictionaries(st.sampled_from("ab"), st.sampled_from([0.0, 2.5]), min_size=1),
    ends=st.dictionaries(st.sampled_from("cd"), st.sampled_from([0.0, 1.5]), min_size=1),
    blank=st.sets(st.sampled_from("efg")),
    closed=st.sets(st.sampled_from("fg")),
)
def test_all_simple_paths_come_in_the_order_of_their_costs(
    edges: Network,
    hops: int,
    starts: dict[str, float],
    ends: dict[str, float],
    blank: set[str],
    closed: set[str],
) -> None:
    names = sorted("abcdefg")
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from(edges)
    expected = {}
    for start, end in itertools.product(starts, ends):
        for nodes in nx.all_simple_paths(graph, start, end, cutoff=hops):
            path = tuple(nodes)
            if not {*starts, *ends, *closed} & {*path[1:-1]}:
                expected[path] = expected_cost(edges, blank, path) + starts[start] + ends[end]
    found = [
        (paid, tuple(names[node] for node in path))
        for paid, path in cheapest_paths(
            network_graph(edges, names, blank),
            {names.index(name): cost for name, cost in starts.items()},
            {names.index(name): cost for name, cost in ends.items()},
            np.array([name in closed for name in names], dtype=np.bool_),
            hops,
        )
    ]
    assert len({path for _, path in found}) == len(found)
    assert {path for _, path in found} == {p for p, cost in expected.items() if cost < math.inf}
    for paid, path in found:
        assert paid == pytest.approx(expected[path], abs=1e-5)
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
    index = graph.relations
    search = path_network(index).graph
    zhejiang, china = (index.number_of(BASE + place) for place in ("place/cn/zj", "place/cn"))
    assert zhejiang is not None
    row = slice(index.offsets[zhejiang], index.offsets[zhejiang + 1])
    costs = dict(zip(index.neighbors[row].tolist(), search.step_costs(row).tolist(), strict=True))
    assert costs[china] == 6
    [said] = graph.relate("SAC", "ISO/TC 321", paths=1, hops=1)
    assert said.cost == 1


def test_what_stands_for_an_entity_costs_a_step(graph: KnowledgeGraph) -> None:
    # The only part of China in the graph.
    [path] = graph.relate("浙江省", "中国", paths=1, hops=1)
    assert path.cost == 1
    # One of the four cities of Zhejiang.
    [path] = graph.relate("浙江省", "杭州市", paths=1, hops=1)
    assert path.cost == 1 + math.log2(4)
    assert {proof.source for proof in path.steps[0][0].proofs} == {BASE + "source/curation"}


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
        {
            *path.stations[1:-1],
            *(station for other in path.alike for station in other.stations[1:-1]),
        }
        for path in paths
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
    assert any(loose <= stations <= {*practices, *loose} for stations in listed)
    for one, other in (("审批服务便民化工作指南", "浙江省"), ("ISO", "杭州市"), ("美国", "SAC")):
        few, many = (graph.relate(one, other, paths=paths) for paths in (3, 8))
        assert [path.alike for path in few] == [path.alike for path in many[: len(few)]]
        shown: list[tuple[str, ...]] = [way.stations for way in many]
        for way in many:
            assert way.count >= 1 + len(way.alike)
            for alike in way.alike:
                assert alike.proofs
                assert len(alike.stations) == len(way.stations)
                shown.append(alike.stations)
        assert len(set(shown)) == len(shown)


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
