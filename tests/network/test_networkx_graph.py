"""Every view gives a network of labeled nodes and proven edges."""

from __future__ import annotations

import networkx as nx
import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.namespaces import BASE, PREFIXES, compact
from kg.entities.groups import GROUPS
from kg.network.adjacency.builder import load_adjacency
from kg.network.networkx_graph import network, network_data
from kg.queries.views import KINDS, load_views

VIEWS = load_views(resources.queries() / "views")
NETWORKS = [name for name, view in VIEWS.items() if view.kind == "network"]
STD = PREFIXES["std"]


def test_the_expected_views_exist() -> None:
    wanted = {"everything", "organizations", "cooperation", "committees", "standards", "events"}
    assert wanted | {"reforms", "ontology", "timeline", "figures", "overview"} == set(VIEWS)
    assert {view.kind for view in VIEWS.values()} == set(KINDS)


@pytest.mark.parametrize("name", NETWORKS)
def test_nodes_have_labels_kinds_and_groups(graph: KnowledgeGraph, name: str) -> None:
    found = network(graph.store, VIEWS[name])
    assert isinstance(found, nx.MultiDiGraph)
    assert found.number_of_nodes() > 5
    for iri, about in found.nodes(data=True):
        for key in ("label_en", "label_zh", "kind", "kind_en", "kind_zh"):
            assert about[key], (iri, key)
        assert about["label_zh"] != compact(iri), iri
        assert about["group"] in GROUPS


@pytest.mark.parametrize("name", NETWORKS)
def test_edges_agree_with_their_claims(graph: KnowledgeGraph, name: str) -> None:
    found = network(graph.store, VIEWS[name])
    proofs = found.graph["proofs"]
    for source, target, key, edge in found.edges(keys=True, data=True):
        assert edge["relation_en"], key
        assert edge["relation_zh"], key
        if name == "ontology":
            continue
        assert edge["claims"], (source, key, target)
        stated = {
            term
            for claim in edge["claims"]
            for quad in graph.store.quads(ox.NamedNode(claim))
            for term in (quad.subject, quad.object)
        }
        assert {ox.NamedNode(source), ox.NamedNode(target)} <= stated
        assert all(proofs[claim] for claim in edge["claims"])


@pytest.mark.parametrize("name", [name for name in NETWORKS if name != "ontology"])
def test_dates_of_edges_come_from_their_claims(graph: KnowledgeGraph, name: str) -> None:
    found = network(graph.store, VIEWS[name])
    dated = [edge for _, _, edge in found.edges(data=True) if edge["date"]]
    for edge in dated:
        stated = {
            quad.object.value
            for claim in edge["claims"]
            for quad in graph.store.quads(ox.NamedNode(claim))
            if isinstance(quad.object, ox.Literal)
        }
        assert {edge["date_start"], edge["date_end"]} - {""} <= stated, edge
    assert dated or name in ("cooperation", "standards", "reforms", "organizations")


def test_partners_equal_those_of_the_question(graph: KnowledgeGraph) -> None:
    found = nx.Graph(network(graph.store, VIEWS["cooperation"]))
    for agent in found:
        partners = {row["partner"].value for row in graph.ask("partners", agent=f"<{agent}>")}
        assert set(found[agent]) == partners, agent


def test_every_participation_is_an_edge_of_everything(graph: KnowledgeGraph) -> None:
    found = network(graph.store, VIEWS["everything"])
    folded = {(s, e["via"], t) for s, t, e in found.edges(data=True) if e["role"]}
    rows = graph.query(
        "SELECT ?agent ?node ?thing { ?node std:agent ?agent ; std:in ?thing ; std:role ?role }"
    )
    assert not isinstance(rows, (bool, list))
    assert folded == {tuple(term.value for term in row if term) for row in rows.rows}
    assert len(folded) > 80


def test_every_entity_of_the_article_is_a_node_of_everything(graph: KnowledgeGraph) -> None:
    found = network(graph.store, VIEWS["everything"])
    named = {
        quad.subject.value
        for quad in graph.store.quads(ox.NamedNode(BASE + "graph/entities"))
        if isinstance(quad.subject, ox.NamedNode)
    }
    assert named <= set(found)


def test_dates_and_plans(graph: KnowledgeGraph) -> None:
    found = network(graph.store, VIEWS["everything"])
    edges = [edge for _, _, edge in found.edges(data=True)]
    assert any(edge["date"] == "2021" for edge in edges)
    # The article announces what another source reports as done: two edges with their own claims.
    joint = BASE + "cn/sac-zj/joint-meeting/3"
    told = {edge["planned"]: edge["claims"] for edge in found[BASE + "cn/sac"][joint].values()}
    assert "cfsn-2019-04-11" in told[True][0]
    assert all("cqn-2019-04-13" in claim for claim in told[False])
    meeting = found.nodes[BASE + "iso/tc/154/plenary/37"]
    assert (meeting["date"], meeting["date_start"], meeting["date_end"]) == (
        "2018-10-08/2018-10-12",
        "2018-10-08",
        "2018-10-12",
    )
    # The announced day is not the actual date, which the article gives.
    assert found.nodes[BASE + "cn/zj/yiwu/commodities-fair/24"]["date"] == "2018"
    # It began and has not ended.
    committee = found.nodes[BASE + "iso/tc/321"]
    assert (committee["date"], committee["date_end"]) == ("2018-08-17/..", "")
    # "Early 2018" is not a day.
    assert found.nodes[BASE + "iso/tc/321/proposal"]["date"] == "2018"


def test_asking_for_support_is_not_cooperation(graph: KnowledgeGraph) -> None:
    found = network(graph.store, VIEWS["cooperation"])
    assert BASE + "place/us" not in found
    assert found.has_edge(BASE + "cn/sac", BASE + "cn/zj/gov")


def test_a_part_of_the_network_has_only_the_wanted_edges(graph: KnowledgeGraph) -> None:
    iso, view = BASE + "iso", VIEWS["everything"]
    whole = network(graph.store, view)
    edges = {(s, t, k): about for s, t, k, about in whole.edges(keys=True, data=True)}
    own = {edge: about for edge, about in edges.items() if iso in edge[:2]}
    index = load_adjacency(graph.store, view)
    at = {iri: number for number, iri in enumerate(index.nodes.to_list())}
    pairs = sorted({(at[source], at[target]) for source, target, _ in own})
    found = network_data(graph.store, view, index, pairs)
    assert {(edge.source, edge.target, edge.key): edge.attributes() for edge in found.edges} == own
    assert len(own) > 3
    assert all(found.nodes[iri].attributes() == whole.nodes[iri] for iri in found.nodes)
    lonely = network_data(graph.store, view, index, (), [STD + "Ballot"])
    assert (list(lonely.nodes), lonely.edges) == ([STD + "Ballot"], ())
