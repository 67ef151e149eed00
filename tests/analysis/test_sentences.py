"""Every edge has a sentence that claims no more than the edge."""

from __future__ import annotations

from typing import Any

import pytest

from kg import KnowledgeGraph
from kg.analysis.sentences import Phrasings
from kg.common.bilingual import Text
from kg.common.namespaces import BASE
from kg.network.model import Edge, Node, edges_of, nodes_of

A, B = BASE + "a", BASE + "b"


@pytest.fixture(scope="module")
def phrasings(graph: KnowledgeGraph) -> Phrasings:
    return Phrasings.read(graph.store)


def pair(one: str, other: str) -> dict[str, Node]:
    return {iri: Node(iri, Text(name, name)) for iri, name in ((A, one), (B, other))}


def edge(relation: str, **more: Any) -> Edge:
    return Edge.from_attributes(A, B, "", {"relation": relation, **more})


@pytest.mark.parametrize(
    ("about", "english", "chinese"),
    [
        (edge("std:issued"), "X issued Y", "X发布Y"),
        (edge("std:issued", date="2018-05"), "X issued Y (2018-05)", "X发布Y（2018-05）"),
        (
            edge("std:chairs", date="2021", date_kind="asOf"),
            "X chairs Y (as of 2021)",
            "X担任Y主席（截至2021）",
        ),
        (
            edge("std:proposed", role="role:lead-proposer", role_en="lead", role_zh="主要"),
            "X put forward Y (lead)",
            "X提出Y（主要）",
        ),
        (edge("std:proposed", role="role:proposer", role_en="p"), "X put forward Y", "X提出Y"),
        (
            edge("std:hosted", role="role:host", role_en="host", role_zh="承办者", planned=True),
            "X is to be host of Y",
            "X拟以承办者身份参与Y",
        ),
        (
            edge(
                "std:venue",
                via=A + "/v",
                via_en="X: signatory – Z",
                via_zh="X: 签署方 – Z",
                relation_en="venue",
                relation_zh="场合",
            ),
            "X: signatory – Z (venue: Y)",
            "X: 签署方 – Z（场合：Y）",
        ),
        (
            edge("std:tookPartWith", via=A + "/v", via_en="Z", via_zh="Z"),
            "X and Y both took part in Z",
            "X与Y均参与了Z",
        ),
        (
            edge("other:relation", relation_en="knows", relation_zh="认识"),
            "X – knows – Y",
            "X—认识—Y",
        ),
    ],
)
def test_the_sentence_of_an_edge(
    phrasings: Phrasings, about: Edge, english: str, chinese: str
) -> None:
    sentence = phrasings.sentence(pair("X", "Y"), about)
    assert sentence.en == english
    assert sentence.zh == chinese


@pytest.mark.parametrize("name", ["{target}", "{", "}", "{}", "{source} {0} %s $x", "{{a}}"])
def test_names_are_not_read_as_templates(phrasings: Phrasings, name: str) -> None:
    sentence = phrasings.sentence(pair(name, name), edge("std:issued"))
    assert sentence.en == f"{name} issued {name}"


def test_every_edge_of_the_graph_has_a_sentence(
    graph: KnowledgeGraph, phrasings: Phrasings
) -> None:
    for name in ("everything", "cooperation"):
        network = graph.view(name).network
        nodes = {node.iri: node for node in nodes_of(network)}
        for about in edges_of(network):
            for lang in ("en", "zh"):
                sentence = phrasings.sentence(nodes, about).of(lang)
                assert about.via or (about.relation, lang) in phrasings.of_relation
                assert nodes[about.target].label.of(lang)[1:] in sentence
                assert "{" not in sentence
