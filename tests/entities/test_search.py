"""Search finds entities by any part of any name, in any script and width."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from kg import KnowledgeGraph
from kg.common.errors import KgError
from kg.common.namespaces import BASE
from kg.entities.search import MATCHES


def found(graph: KnowledgeGraph, text: str) -> list[str]:
    return [hit.iri.removeprefix(BASE) for hit in graph.search(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("国家标准委", "cn/sac"),
        ("國家標準委", "cn/sac"),
        ("Standardization Administration", "cn/sac"),
        ("sac", "cn/sac"),
        ("ＳＡＣ", "cn/sac"),
        ("ISO／TC 321", "iso/tc/321"),
        ("iso tc 321", "iso/tc/321"),
        ("iso 32110", "iso/32110-2023"),
        ("杭", "place/cn/zj/hangzhou"),
        ("最多跑一次", "cn/zj/reform/one-visit"),
        ("國際標準化組織", "iso"),
        ("浙江 市场监管", "cn/zj/amr"),
        ("market regulation zhejiang", "cn/zj/amr"),
        ("Hangzou", "place/cn/zj/hangzhou"),
        ("〔2018〕699", "cn/samr/circular/2018-699"),
    ],
)
def test_the_best_hit_comes_first(graph: KnowledgeGraph, text: str, first: str) -> None:
    assert found(graph, text)[0] == first


def test_hits_have_kind_name_and_match(graph: KnowledgeGraph) -> None:
    [hit, *_] = graph.search("UN/CEFACT")
    assert hit.name == "UN/CEFACT"
    assert hit.match == "same"
    assert hit.kind == BASE + "ontology#Organization"
    assert {hit.match for hit in graph.search("secretariat")} <= set(MATCHES)


def test_hits_are_frozen_and_have_a_short_repr(graph: KnowledgeGraph) -> None:
    [hit, *_] = graph.search("國家標準委")
    assert repr(hit) == "Hit(<cn/sac>, '国家标准委', match='same')"
    with pytest.raises(FrozenInstanceError):
        hit.name = "SAC"  # type: ignore[misc]


def test_entities_are_given_once_and_up_to_the_limit(graph: KnowledgeGraph) -> None:
    hits = found(graph, "标准")
    assert len(hits) == len(set(hits)) == 20
    assert [hit.iri for hit in graph.search("标准", limit=3)] == [BASE + iri for iri in hits[:3]]


def test_a_class_limits_the_search(graph: KnowledgeGraph) -> None:
    hits = graph.search("温州", within="std:Event")
    assert hits == []
    assert graph.search("温州")
    assert {hit.kind for hit in graph.search("GS1", within="std:Event")} == {
        BASE + "ontology#Event"
    }


def test_a_group_or_a_general_class_limits_the_search(graph: KnowledgeGraph) -> None:
    assert "cn/sac" in {hit.iri.removeprefix(BASE) for hit in graph.search("SAC", within="Agent")}
    hits = graph.search("标准", within="标准化机构与委员会", limit=100)
    assert {hit.kind.rpartition("#")[2] for hit in hits} == {
        "StandardsBody",
        "TechnicalCommittee",
    }


def test_claims_are_found_by_their_phrases(graph: KnowledgeGraph) -> None:
    assert "claim/cfsn-2019-04-11/ballot-result" in found(graph, "全票通过")


def test_unknown_texts_find_nothing(graph: KnowledgeGraph) -> None:
    assert graph.search("量子引力") == []


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("", {}, "no letter or digit"),
        ("——", {}, "no letter or digit"),
        ("ISO", {"limit": 0}, "1 or more"),
        ("ISO", {"within": "Evnt"}, "no kind is called 'Evnt'; nearest: event, std:Event"),
    ],
)
def test_invalid_searches_are_rejected(
    graph: KnowledgeGraph, text: str, options: dict[str, str], message: str
) -> None:
    with pytest.raises(KgError, match=message):
        graph.search(text, **options)  # type: ignore[arg-type]
