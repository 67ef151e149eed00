"""Every edge has a sentence that claims no more than the edge."""

from __future__ import annotations

from itertools import product
from runpy import run_path
from typing import Any

import pytest

from kg import KnowledgeGraph
from kg.analysis.sentence_kinds import kind_name
from kg.analysis.sentences import Phrasings
from kg.common.bilingual import Text
from kg.common.namespaces import BASE
from kg.network.model import Edge, Node
from kg.network.networkx_graph import NetworkData, network_data
from tests.analysis.repetitions import repeated, repetitions
from tests.support import ROOT

A, B = BASE + "a", BASE + "b"


@pytest.fixture(scope="module")
def phrasings(graph: KnowledgeGraph) -> Phrasings:
    return Phrasings.read(graph.store)


@pytest.fixture(scope="module")
def article(graph: KnowledgeGraph) -> NetworkData:
    return network_data(graph.store, graph.views["everything"], brief=True)


@pytest.fixture(scope="module", params=["article", "catalogues"])
def everything(request: pytest.FixtureRequest) -> tuple[NetworkData, Phrasings]:
    fixture = {"article": "graph", "catalogues": "world"}[request.param]
    graph: KnowledgeGraph = request.getfixturevalue(fixture)
    network = network_data(graph.store, graph.views["everything"], brief=True)
    return network, Phrasings.read(graph.store)


def pair(one: str, other: str) -> dict[str, Node]:
    return {iri: Node(iri, Text(name, name)) for iri, name in ((A, one), (B, other))}


def edge(relation: str, **more: Any) -> Edge:
    return Edge.from_attributes(A, B, "", {"relation": relation, **more})


@pytest.mark.parametrize(
    ("about", "english", "chinese"),
    [
        (edge("std:issued"), "X issued Y", "X发布Y"),
        (edge("std:issued", date="2018-05"), "X issued Y (May 2018)", "X发布Y（2018年5月）"),
        (
            edge("std:issued", date="2018-08-17/.."),
            "X issued Y (since August 17, 2018)",
            "X发布Y（2018年8月17日起）",
        ),
        (
            edge("std:chairs", date="2021", date_kind="asOf"),
            "X chairs Y (as of 2021)",
            "X担任Y主席（截至2021年）",
        ),
        (
            edge("std:proposed", role="role:lead-proposer", role_en="lead", role_zh="主要"),
            "X put forward Y (lead)",
            "X提出Y（主要）",
        ),
        (edge("std:proposed", role="role:proposer", role_en="p"), "X put forward Y", "X提出Y"),
        (
            edge("std:participatingMemberOf", role="role:p-member", role_en="p", role_zh="p"),
            "X is a participating member of Y",
            "X是Y的积极成员",
        ),
        (
            edge("std:hosted", role="role:host", planned=True),
            "X is to host Y",
            "X拟承办Y",
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


@pytest.mark.parametrize(
    ("about", "english", "chinese"),
    [
        (edge("std:secretariatOf"), "Y has its secretariat run by X", "Y秘书处由X承担"),
        (edge("std:hosted", planned=True), "Y is to be hosted by X", "Y拟由X承办"),
        (edge("other:relation", relation_en="knows"), "Y ← knows – X", "Y←—X"),
    ],
)
def test_a_sentence_can_begin_with_the_target(
    phrasings: Phrasings, about: Edge, english: str, chinese: str
) -> None:
    assert phrasings.sentence(pair("X", "Y"), about, start=B) == Text(english, chinese)


SAID = {
    ("iso/tc/321/first", "std:rankedItem"): Text(
        "ISO/TC 321 Transaction assurance in e-commerce is the first international technical"
        " committee in the field of electronic commerce",
        "ISO电子商务交易保障技术委员会是首个电子商务领域国际标准化技术委员会",
    ),
    ("iso/tc/321/assessment/breadth", "std:about"): Text(
        "On breadth, the verdict on ISO/TC 321 Transaction assurance in e-commerce is “broader”,"
        " compared with standardization committees of other, specific industries",
        "就涉及面而言，ISO电子商务交易保障技术委员会得到的评价为“更为广泛”，"
        "比较对象为其他具体产业标准化技术委员会",
    ),
    ("cn/zj/ranking/group-standards", "std:rankedItem"): Text(
        "Zhejiang ranks first in China by group standards made public, compared with areas of the"
        " level “province or autonomous region” (as of end of 2018)",
        "浙江省的团体标准公开数在中国省区中排名第1（截至2018年底）",
    ),
    ("cn/zj/reform/one-visit/national-standards/2018", "std:observed"): Text(
        "For At Most One Visit reform, national standards developed came to 2 in Zhejiang (2018)",
        "“最多跑一次”改革的研制国家标准数为2项标准，地点为浙江省（2018年）",
    ),
    ("place/fr", "std:soughtBy"): Text(
        "France was asked to support proposal to set up a committee on transaction assurance in"
        " e-commerce, by request of Standardization Administration of China",
        "法国被请求支持设立电子商务交易保障国际标准化技术委员会的提案，"
        "请求者为国家标准化管理委员会",
    ),
    ("iso/tc/321", "std:seat"): Text(
        "ISO/TC 321 Transaction assurance in e-commerce has its secretariat in Hangzhou Future"
        " Sci-Tech City",
        "ISO电子商务交易保障技术委员会秘书处设在杭州未来科技城",
    ),
}


@pytest.mark.parametrize(("source", "relation"), SAID)
def test_nodes_read_as_what_they_say(
    article: NetworkData, phrasings: Phrasings, source: str, relation: str
) -> None:
    about = next(e for e in article.edges if (e.source, e.relation) == (BASE + source, relation))
    assert phrasings.sentence(article.nodes, about) == SAID[source, relation]


@pytest.mark.parametrize("name", ["{target}", "{", "}", "{}", "{source} {0} %s $x", "{{a}}"])
def test_names_are_not_read_as_templates(phrasings: Phrasings, name: str) -> None:
    sentence = phrasings.sentence(pair(name, name), edge("std:issued"))
    assert sentence.en == f"{name} issued {name}"


def test_every_kind_of_sentence_is_phrased(
    everything: tuple[NetworkData, Phrasings],
) -> None:
    network, phrasings = everything
    names = {kind_name(about, phrasings) for about in network.edges}
    assert {"role:lead-proposer", "basis:value", "std:seat, of a participation"} <= names
    for about in network.edges:
        if phrasings.nodes.sentence(about.source, "en") or (about.via and not about.role):
            continue
        for lang, form in product(("en", "zh"), ("", "inverse")):
            assert (about.relation, form, lang) in phrasings.of_relation


def test_no_sentence_repeats_a_word_group(everything: tuple[NetworkData, Phrasings]) -> None:
    network, phrasings = everything
    faults = {
        (fault, text)
        for about in network.edges
        for start in (about.source, about.target)
        for text, fault in repetitions(phrasings, network.nodes, about, start)
    }
    assert not faults


@pytest.mark.parametrize(
    ("sentence", "names", "fault"),
    [
        ("X is a member of Y (a member of)", ("X", "Y"), "a member"),
        ("X: breadth is about X", ("X", "X"), "X"),
        ("北京是上海的积极成员（的积极成员）", ("北京", "上海"), "的积极"),
        ("委员会：涉及面涉及委员会", ("委员会：涉及面", "委员会"), "涉及"),
        ("某系列系列包括甲", ("某系列", "甲"), "系列"),
        ("Their standards standards Y", ("Their standards", "Y"), "standards"),
        ("a list of lists of lists has Y", ("a list of lists of lists", "Y"), ""),
    ],
)
def test_repetitions_are_found(sentence: str, names: tuple[str, ...], fault: str) -> None:
    assert repeated(sentence, names) == fault


def test_the_page_of_sentences_is_up_to_date(world: KnowledgeGraph) -> None:
    script = run_path(str(ROOT / "docs" / "make_sentences.py"))
    shown = (ROOT / "docs" / "sentences.md").read_text(encoding="utf-8")
    assert script["page"](world) == shown, "run python docs/make_sentences.py"
