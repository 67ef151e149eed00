"""Relations with their modality, and links to the graph."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kg import ArgumentError, KnowledgeGraph, cli
from kg.common.namespaces import expand
from kg.drafting import Relation, draft

RELATIONS = [
    ("杭州市标准化院牵头起草《某物技术规范》。", "drafts", "杭州市标准化院", "某物技术规范"),
    ("《某物技术规范》由中国标准化研究院起草。", "drafts", "中国标准化研究院", "某物技术规范"),
    ("国家标准委批准成立全国某物标委会。", "approves", "国家标准委", "全国某物标委会"),
    ("浙江省市场监管局印发《某某办法》。", "publishes", "浙江省市场监管局", "某某办法"),
    ("全国某物标委会秘书处设在浙江大学。", "secretariat", "浙江大学", "全国某物标委会"),
    ("由清华大学提出的《某物测试方法》国际标准。", "proposed", "清华大学", "某物测试方法"),
    ("杭州市人民政府主办第三届国际标准化论坛。", "hosts", "杭州市人民政府", "第三届国际标准化论坛"),
    ("《某某办法》被国务院办公厅采纳。", "takes over", "国务院办公厅", "某某办法"),
]  # fmt: skip


def _only(text: str) -> Relation:
    [relation] = [r for r in draft(text).relations if r.claim != "counts"]
    return relation


@pytest.mark.parametrize(("text", "claim", "subject", "object_"), RELATIONS)
def test_relations_of_the_ontology(text: str, claim: str, subject: str, object_: str) -> None:
    relation = _only(text)
    assert (relation.claim, relation.subject, relation.object) == (claim, subject, object_)
    for span in relation.spans:
        assert text[span.start : span.end] == span.quote


def test_what_is_planned_asked_or_reported_says_so() -> None:
    planned = _only("国家标准委将印发《某某办法》。")
    assert planned.quoted("planned") == "将"
    assert _only("国家标准委印发《某某办法》。").quoted("planned") == ""
    reported = _only("局长梁国栋透露，国家标准委印发《某某办法》。")
    assert reported.quoted("reportedBy") == "梁国栋"
    assert _only("浙江大学希望起草《某物技术规范》。").quoted("asked") == "希望"


def test_to_whom_is_no_subject() -> None:
    relation = _only("清华大学向国际标准化组织提出《某物测试方法》国际标准提案。")
    assert relation.subject == "清华大学"


def test_figures_say_what_they_count_and_when() -> None:
    [count] = draft("截至2018年底，全省发布地方标准12项。").relations
    assert (count.claim, count.subject, count.object) == ("counts", "全省发布地方标准", "12")
    assert (count.quoted("asOf"), count.quoted("unit")) == ("2018年底", "项")


def test_names_of_the_graph_are_linked(graph: KnowledgeGraph) -> None:
    drafted = graph.draft(
        "浙江：省市场监管局和国家标准委向ISO/TC 321提交《审批服务便民化工作指南》。"
    )
    linked = {m.quote: m.iri for m in drafted.mentions}
    iris = {
        "浙江": "place/cn/zj",
        "省市场监管局": "cn/zj/amr",
        "国家标准委": "cn/sac",
        "ISO/TC 321": "iso/tc/321",
        "《审批服务便民化工作指南》": "cn/standard/approval-services-guide",
    }
    expected = {quote: expand(f"<{iri}>") for quote, iri in iris.items()}
    assert linked == {quote: node.value for quote, node in expected.items() if node}
    assert {m.iri for m in graph.draft("月球标准化研究院成立。").mentions} == {"new"}


def test_a_wrong_date_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(ArgumentError, match="'yesterday' is no date"):
        graph.draft("正文", date="yesterday")


def test_the_command_prints_one_object_per_line(
    built: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = tmp_path_factory.mktemp("draft") / "text.txt"
    text.write_text("去年，浙江省市场监管局印发《某某办法》12份。", encoding="utf-8")
    arguments = [
        "draft",
        str(text),
        "--store",
        str(built),
        "--format",
        "jsonl",
        "--date",
        "2019-04-11",
    ]
    result = CliRunner().invoke(cli.cli, arguments, obj={})
    assert result.exit_code == 0, result.output
    objects = [json.loads(line) for line in result.stdout.splitlines()]
    spans = [o for o in objects if "type" in o]
    assert list(spans[0]) == ["type", "start", "end", "quote", "value", "rule", "confidence", "iri"]
    assert [o["value"] for o in spans] == ["2018", "浙江省市场监管局", "某某办法", "12"]
    relations = [o for o in objects if "claim" in o]
    assert {frozenset(o) for o in relations} == {frozenset(("claim", "subject", "object", "spans"))}
    assert [o["claim"] for o in relations] == ["publishes", "counts"]
