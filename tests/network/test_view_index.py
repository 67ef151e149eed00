"""Views take from catalogues what their descriptions promise."""

from __future__ import annotations

from collections import Counter

import pytest

from kg import KnowledgeGraph
from kg.evidence.proofs import is_catalogue_claim
from kg.network.model import edges_of

LISTED = """
SELECT ?relation (COUNT(DISTINCT ?other) AS ?others) WHERE {
    ?claim a std:Catalogue .
    GRAPH ?claim {
        { ?via std:agent ?other ; std:in $entity ; std:role ?role }
        UNION { $entity std:liaison ?other BIND(std:liaison AS ?relation) }
        UNION { ?other std:committee $entity BIND(std:committee AS ?relation) }
    }
    OPTIONAL { ?role std:roleProperty ?relation }
} GROUP BY ?relation"""
COMMITTEES = """
SELECT DISTINCT ?committee WHERE {
    ?claim a std:Catalogue .
    GRAPH ?claim { ?via std:in ?committee ; std:role role:p-member }
}"""


def test_committees_have_the_members_liaisons_and_standards_of_catalogues(
    world: KnowledgeGraph,
) -> None:
    committees = [term.value for (term,) in world.store.select(COMMITTEES).rows if term]
    assert len(committees) > 2
    totals: Counter[str] = Counter()
    for committee in committees:
        rows = world.store.select(LISTED.replace("$entity", f"<{committee}>")).rows
        listed = {
            relation.value: int(count.value) for relation, count in rows if relation and count
        }
        graph = world.view("committees", around=committee).network
        listed_edges = {
            (edge.source, edge.target, edge.relation)
            for edge in edges_of(graph)
            if committee in (edge.source, edge.target) and any(map(is_catalogue_claim, edge.claims))
        }
        found = Counter(relation for *_, relation in listed_edges)
        for relation, count in listed.items():
            name = "std:" + relation.rpartition("#")[2]
            if name != "std:liaison":
                assert found[name] == count, (committee, name)
            totals[name] += count
    assert totals["std:participatingMemberOf"] > 5
    assert totals["std:committee"] > 1


def test_standards_have_the_relations_of_catalogues(world: KnowledgeGraph) -> None:
    graph = world.view("standards", around="ISO 9001:2015").network
    relations = {edge.relation for edge in edges_of(graph)}
    assert relations >= {"std:publisher", "std:committee", "std:editionOf"}
    assert all(edge.evidence(graph.graph["proofs"]) for edge in edges_of(graph))


@pytest.mark.parametrize("name", ["cooperation", "reforms", "events"])
def test_views_of_claims_have_claims_alone(name: str, world: KnowledgeGraph) -> None:
    graph = world.view(name).network
    assert not [
        edge for edge in edges_of(graph) if any("/record/" in claim for claim in edge.claims)
    ]
