"""Large networks are folded into groups: nothing is lost, and every number is a plain count."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.common.namespaces import BASE
from kg.network.model import Network, edges_of, nodes_of

ISO = BASE + "iso"


def statements(whole: Network) -> Counter[tuple[str, str, bool]]:
    """The number of joined pairs by relation; an edge of a pair may come from several nodes."""
    distinct = {
        (edge.source, edge.target, edge.relation, edge.role, edge.planned)
        for edge in edges_of(whole)
        if edge.source != edge.target
    }
    return Counter((relation, role, planned) for _, _, relation, role, planned in distinct)


@pytest.mark.parametrize("around", ["", ISO])
def test_groups_stand_for_all_entities_and_edges(world: KnowledgeGraph, around: str) -> None:
    whole = world.view(around=around).network
    folded = world.view(around=around, at_most=len(whole) - 1).network
    assert world.view(around=around, at_most=len(whole)).network.nodes == whole.nodes
    assert len(folded) < len(whole) / 2
    assert sum(node.count for node in nodes_of(folded)) == len(whole)
    assert not around or around in folded
    groups = [node for node in nodes_of(folded) if node.count > 1]
    kinds = Counter(about["kind"] for _, about in whole.nodes(data=True))
    for group in groups:
        assert ox.NamedNode(group.iri).value.startswith("group:")
        assert 2 <= group.count <= kinds[group.kind]
        assert group.label.en.startswith(f"{group.count:,} × ")
        assert group.label.zh.startswith(f"{group.count:,} 个")
        assert len(group.members) == min(group.count, 30)
    counts: Counter[tuple[str, str, bool]] = Counter()
    pairs = set()
    for edge in edges_of(folded):
        if edge.count == 1 and not edge.key.endswith("|"):
            pairs.add((edge.source, edge.target, edge.relation, edge.role, edge.planned))
        if edge.source.startswith("group:") or edge.target.startswith("group:"):
            counts[edge.relation, edge.role, edge.planned] += edge.count
            assert edge.evidence(folded.graph["proofs"])
    plain = {
        (edge.source, edge.target, edge.relation, edge.role, edge.planned)
        for edge in edges_of(folded)
        if not (edge.source + edge.target).count("group:") and edge.source != edge.target
    }
    counts.update((relation, role, planned) for _, _, relation, role, planned in plain)
    assert counts == statements(whole)
    title = folded.graph["description_en"]
    assert f"Of {len(whole):,} entities" in title
    assert f"in {len(groups)} groups with their number" in title


def test_only_as_much_is_folded_as_is_needed(world: KnowledgeGraph) -> None:
    whole = world.view("events").network
    assert all(node.count == 1 for node in nodes_of(whole))
    folded = world.view("events", at_most=5).network
    assert sum(node.count for node in nodes_of(folded)) == len(whole)
