"""What is printed of things: in the language asked for, and of the evidence everything by name."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from kg import KnowledgeGraph
from kg.analysis.paths import Statement, Way
from kg.cli.reports import paths as path_report
from kg.cli.reports import profile, search, views
from kg.common.bilingual import Text
from kg.common.namespaces import BASE
from kg.evidence.proofs import Proof

ISO, HANGZHOU = BASE + "iso", BASE + "place/cn/zj/hangzhou"
PROPOSAL, COMMITTEE = BASE + "iso/tc/321/proposal", BASE + "iso/tc/321"


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def shown(graph: KnowledgeGraph, name: str, form: str, lang: str) -> str:
    return profile.profile(graph.profile(name), form, lang)


def related(graph: KnowledgeGraph, form: str, lang: str, paths: int = 3) -> str:
    ways = graph.relate("ISO", "杭州市", paths=paths)
    return path_report.ways(graph.store, ways, ("ISO", "杭州市", 4), form, lang)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def bindings(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["results"]["bindings"]
    return found


def column(text: str, header: str) -> list[str]:
    """The cells under a header in all tables of a text in Markdown."""
    cells: list[str] = []
    at = None
    for line in text.splitlines():
        row = [cell.strip() for cell in line.split(" | ")]
        row[0], row[-1] = row[0].removeprefix("| "), row[-1].removesuffix(" |")
        if not line.startswith("|"):
            at = None
        elif header in row:
            at = row.index(header)
        elif at is not None and "---" not in row:
            cells.append(row[at])
    return cells


def test_programs_get_the_names_and_sentences_in_the_language_asked_for(
    graph: KnowledgeGraph,
) -> None:
    [row] = [r for r in rows(shown(graph, "SAC", "csv", "zh")) if r["property"] == "std:hosted"]
    assert row["thing_label"] == "国家标准化管理委员会"
    assert (row["name"], row["value_label"]) == ("承办", "ISO/TC 154第37次全体会议")
    assert row["sentence"] == "国家标准化管理委员会承办ISO/TC 154第37次全体会议"
    [english] = [r for r in rows(shown(graph, "SAC", "csv", "en")) if r["value"] == row["value"]]
    assert (english["name"], english["value_label"]) == ("hosted", "37th plenary of ISO/TC 154")
    assert '承办"@zh' in shown(graph, "SAC", "tsv", "zh")
    said = [r["sentence"] for r in bindings(shown(graph, "SAC", "json", "zh")) if "sentence" in r]
    assert {cell["xml:lang"] for cell in said} == {"zh"}


def test_the_date_of_the_other_end_is_not_that_of_the_relation(graph: KnowledgeGraph) -> None:
    table = rows(shown(graph, "SAC", "csv", "en"))
    [row] = [row for row in table if row["property"] == "std:hosted"]
    assert (row["valueDate"], row["date"]) == ("2018-10-08/2018-10-12", "")
    for lang, header in (("en", "other end's date"), ("zh", "关联事物日期")):
        text = shown(graph, "SAC", "md", lang)
        assert "2018-10-08/2018-10-12" in column(text, header)
        assert header in shown(graph, "SAC", "table", lang)


@pytest.mark.parametrize("name", ["show", "relate"])
def test_sources_and_claims_have_their_labels(graph: KnowledgeGraph, name: str) -> None:
    def written(form: str) -> str:
        return shown(graph, "SAC", form, "zh") if name == "show" else related(graph, form, "zh")

    proven = [row for row in rows(written("csv")) if row["claim"]]
    assert proven
    assert all(row["source_label"] and row["claim_label"] for row in proven)
    assert "中国食品安全网 2019-04-11" in {row["source_label"] for row in proven}
    as_json = [row for row in bindings(written("json")) if "claim" in row]
    assert {row["claimLabel"]["value"] for row in as_json} == {r["claim_label"] for r in proven}


def test_links_in_markdown_are_labels(graph: KnowledgeGraph) -> None:
    text = related(graph, "md", "zh")
    assert "[中国食品安全网 2019-04-11](<https://w3id.org/stdkg/source/cfsn-2019-04-11>)" in text
    assert "[http" not in text


def test_headers_for_people_are_in_their_language(graph: KnowledgeGraph) -> None:
    found = graph.search("杭州")
    network = graph.view("committees")
    texts = {
        "属性 值 证据": shown(graph, "SAC", "md", "zh"),
        "陈述 关联事物日期 证据": shown(graph, "SAC", "table", "zh"),
        "事物 类别 名称 匹配": search.hits(graph.store, found, "table", "zh"),
        "起点 关系 终点 日期 证据": views.drawing(network, "zh"),
        "路径 代价 步 起点 关系 终点": related(graph, "md", "zh"),
    }
    for headers, text in texts.items():
        line = next(line for line in text.splitlines() if headers.split()[0] in line)
        assert " ".join(line.replace("|", " ").split()).startswith(headers)
    for text in (shown(graph, "SAC", "csv", "zh"), search.hits(graph.store, found, "tsv", "zh")):
        assert text.splitlines()[0].isascii()
    assert related(graph, "json", "zh").isascii() is False
    names = json.loads(related(graph, "json", "zh"))["head"]["vars"]
    assert all(name.isascii() for name in names)


def test_a_relation_reads_the_right_way_round(graph: KnowledgeGraph) -> None:
    english, chinese = (shown(graph, "ISO/TC 321", "md", lang) for lang in ("en", "zh"))
    assert (
        "8th plenary of ISO/TC 321 is an event of ISO/TC 321 Transaction assurance in e-commerce"
        in column(english, "statement")
    )
    assert "ISO/TC 321第8次全体会议是ISO电子商务交易保障技术委员会的活动" in column(chinese, "陈述")
    assert "event of" not in column(english, "relation")


def test_people_read_a_text_in_their_language_where_there_is_one(graph: KnowledgeGraph) -> None:
    english, chinese = (shown(graph, "std:Ballot", "md", lang) for lang in ("en", "zh"))
    assert column(english, "value") == ["One round of voting on a proposal."]
    assert column(chinese, "值") == ["就提案进行的一轮投票。"]
    # This title is in English alone.
    assert "Transaction assurance in E-commerce" in shown(graph, "ISO/TC 321", "table", "zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_programs_get_a_text_in_all_its_languages(graph: KnowledgeGraph, lang: str) -> None:
    values = [row["value"] for row in bindings(shown(graph, "std:Ballot", "json", lang))]
    assert {value["xml:lang"] for value in values} == {"en", "zh"}


def test_claims_that_are_found_are_told_apart(graph: KnowledgeGraph) -> None:
    found = graph.search("gs1id")
    text = search.hits(graph.store, found, "table", "zh")
    assert "claim:gs1id-80/general-assembly" in text
    assert "claim:gs1id-80/hangzhou-statement" in text
    cells = column(search.hits(graph.store, found, "md", "zh"), "事物")
    assert len(set(cells)) == len(cells)
    labels = {row["thing_label"] for row in rows(search.hits(graph.store, found, "csv", "zh"))}
    assert "gs1id.org 报道（80）" in labels


def test_facts_come_in_the_order_of_the_language_shown(graph: KnowledgeGraph) -> None:
    found = graph.profile("ISO/TC 321")
    values = {
        lang: column(profile.profile(found, "md", lang), header)
        for lang, header in (("en", "property"), ("zh", "属性"))
    }
    assert values["en"] == ["identifier", "start", "title"]
    # By their readings: biānhào, biāotí, kāishǐ.
    assert values["zh"] == ["编号", "标题", "开始"]


def test_no_two_empty_lines_where_no_source_has_an_address(graph: KnowledgeGraph) -> None:
    said = Statement(ISO, "std:partOf", HANGZHOU, "", "", Text("a", "甲"), ())
    way = Way(1.0, (ISO, HANGZHOU), ((said,),), {})
    text = path_report.ways(graph.store, [way], ("ISO", "杭州市", 4), "table", "en")
    assert "\n\n\n" not in text
    assert "\n\n\n" not in related(graph, "table", "en")


def test_what_could_stand_in_the_place_of_a_station_is_told_in_every_format(
    graph: KnowledgeGraph,
) -> None:
    said = (
        Statement(ISO, "std:approved", PROPOSAL, "", "", Text("a", "甲"), ()),
        Statement(HANGZHOU, "std:proposed", PROPOSAL, "", "", Text("b", "乙"), ()),
    )
    proof = Proof(BASE + "claim/x", "丙", 0, 1, BASE + "source/x", None, "S", "源")
    alike = {PROPOSAL: {COMMITTEE: (), BASE + "gs1": (proof,)}}
    way = Way(4.0, (ISO, PROPOSAL, HANGZHOU), ((said[0],), (said[1],)), alike)

    def written(form: str, ways: list[Way]) -> str:
        return path_report.ways(graph.store, ways, ("ISO", "杭州市", 4), form, "zh")

    told = [row for row in rows(written("csv", [way])) if row["alike"]]
    assert [(r["way"], r["step"], r["station"], r["alike"]) for r in told] == [
        ("1", "1", PROPOSAL, COMMITTEE),
        ("1", "1", PROPOSAL, BASE + "gs1"),
    ]
    assert told[1]["alike_label"] == "国际物品编码组织"
    assert told[1]["phrase"] == "丙"
    assert "国际物品编码组织：“丙” – 源\n" in written("table", [way])
    assert not any(row["sentence"] for row in told)
    for form in ("table", "md", "tsv", "json"):
        text = written(form, [way])
        assert "国际物品编码组织" in text or BASE + "gs1" in text
    assert "可换作" not in written("md", [Way(way.cost, way.stations, way.steps, {})])
