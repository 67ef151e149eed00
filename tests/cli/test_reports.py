"""What commands print: in the language asked for, with labels for all evidence."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import KnowledgeGraph
from kg.analysis.path_statements import Alike, Statement, Way
from kg.cli.reports import build as build_report
from kg.cli.reports import paths as path_report
from kg.cli.reports import profile, search, views
from kg.common.bilingual import Text
from kg.common.namespaces import BASE
from kg.evidence.proofs import Proof
from kg.pipeline.accounts import Account, sorted_tallies
from kg.pipeline.summary import Summary
from kg.sources.rdf.reader import convert
from kg.sources.record_batch import Options
from kg.store.embedded import EmbeddedStore

ISO, HANGZHOU = BASE + "iso", BASE + "place/cn/zj/hangzhou"
PROPOSAL, COMMITTEE = BASE + "iso/tc/321/proposal", BASE + "iso/tc/321"


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def show(graph: KnowledgeGraph, name: str, format: str, lang: str) -> str:
    return profile.profile(graph.profile(name), format, lang)


def relate(graph: KnowledgeGraph, format: str, lang: str, paths: int = 3) -> str:
    found = graph.relate("ISO", "杭州市", paths=paths)
    return path_report.paths(graph.store, found, format, lang)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def bindings(text: str) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = json.loads(text)["results"]["bindings"]
    return results


def column(text: str, header: str) -> list[str]:
    """Return the cells under a header in all tables of a Markdown text."""
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


def test_machine_formats_have_names_and_sentences_in_the_chosen_language(
    graph: KnowledgeGraph,
) -> None:
    [row] = [r for r in rows(show(graph, "SAC", "csv", "zh")) if r["property"] == "std:hosted"]
    assert row["thing_label"] == "国家标准化管理委员会"
    assert (row["name"], row["value_label"]) == ("承办", "ISO/TC 154第37次全体会议")
    assert row["sentence"] == "国家标准化管理委员会承办ISO/TC 154第37次全体会议"
    [english] = [r for r in rows(show(graph, "SAC", "csv", "en")) if r["value"] == row["value"]]
    assert (english["name"], english["value_label"]) == ("hosted", "37th plenary of ISO/TC 154")
    assert '承办"@zh' in show(graph, "SAC", "tsv", "zh")
    json_rows = bindings(show(graph, "SAC", "json", "zh"))
    sentences = [row["sentence"] for row in json_rows if "sentence" in row]
    assert {cell["xml:lang"] for cell in sentences} == {"zh"}


def test_the_date_of_the_other_end_has_its_own_column(graph: KnowledgeGraph) -> None:
    table = rows(show(graph, "SAC", "csv", "en"))
    [row] = [row for row in table if row["property"] == "std:hosted"]
    assert (row["valueDate"], row["date"]) == ("2018-10-08/2018-10-12", "")
    dates = {"en": "October 8, 2018 to October 12, 2018", "zh": "2018年10月8日至12日"}
    for lang, header in (("en", "date of the other end"), ("zh", "关联事物日期")):
        text = show(graph, "SAC", "md", lang)
        assert dates[lang] in column(text, header)
        assert header.split()[-1] in show(graph, "SAC", "table", lang)


@pytest.mark.parametrize("name", ["show", "relate"])
def test_sources_and_claims_have_labels(graph: KnowledgeGraph, name: str) -> None:
    def report(format: str) -> str:
        return show(graph, "SAC", format, "zh") if name == "show" else relate(graph, format, "zh")

    with_claim = [row for row in rows(report("csv")) if row["claim"]]
    assert with_claim
    assert all(row["source_label"] and row["claim_label"] for row in with_claim)
    assert "中国食品安全网 2019-04-11" in {row["source_label"] for row in with_claim}
    as_json = [row for row in bindings(report("json")) if "claim" in row]
    labels = {row["claim_label"] for row in with_claim}
    assert {row["claimLabel"]["value"] for row in as_json} == labels


def test_markdown_links_have_labels_as_text(graph: KnowledgeGraph) -> None:
    text = relate(graph, "md", "zh")
    assert "[中国食品安全网 2019-04-11](<https://w3id.org/stdkg/source/cfsn-2019-04-11>)" in text
    assert "[http" not in text


def test_headers_are_translated_for_people_only(graph: KnowledgeGraph) -> None:
    hits = graph.search("杭州")
    drawing = graph.view("committees")
    texts = {
        "属性 值 证据": show(graph, "SAC", "md", "zh"),
        "陈述 关联事物日期 证据": show(graph, "SAC", "table", "zh"),
        "事物 类别 匹配名称 匹配方式": search.hits(graph.store, hits, "table", "zh"),
        "起点 关系 终点 日期 证据": views.view_table(drawing, "zh"),
        "路径 代价 数量 步骤 起点 关系 终点": relate(graph, "md", "zh"),
    }
    for headers, text in texts.items():
        line = next(line for line in text.splitlines() if headers.split()[0] in line)
        assert " ".join(line.replace("|", " ").split()).startswith(headers)
    for text in (show(graph, "SAC", "csv", "zh"), search.hits(graph.store, hits, "tsv", "zh")):
        assert text.splitlines()[0].isascii()
    assert relate(graph, "json", "zh").isascii() is False
    names = json.loads(relate(graph, "json", "zh"))["head"]["vars"]
    assert all(name.isascii() for name in names)


def test_sentences_read_in_the_direction_of_the_relation(graph: KnowledgeGraph) -> None:
    english, chinese = (show(graph, "ISO/TC 321", "md", lang) for lang in ("en", "zh"))
    assert "has 8th plenary of ISO/TC 321 among its events" in column(english, "statement")
    assert "活动有ISO/TC 321第8次全体会议" in column(chinese, "陈述")
    assert "event of" not in column(english, "relation")


def test_formats_for_people_have_values_in_the_chosen_language(graph: KnowledgeGraph) -> None:
    english, chinese = (show(graph, "std:Ballot", "md", lang) for lang in ("en", "zh"))
    assert column(english, "value") == ["One round of voting on a proposal."]
    assert column(chinese, "值") == ["就提案进行的一轮投票。"]
    # This title exists in English only.
    assert "Transaction assurance in E-commerce" in show(graph, "ISO/TC 321", "table", "zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_formats_for_programs_have_values_in_all_languages(
    graph: KnowledgeGraph, lang: str
) -> None:
    values = [row["value"] for row in bindings(show(graph, "std:Ballot", "json", lang))]
    assert {value["xml:lang"] for value in values} == {"en", "zh"}


def test_claims_with_the_same_label_can_be_distinguished(graph: KnowledgeGraph) -> None:
    hits = graph.search("gs1id")
    text = search.hits(graph.store, hits, "table", "zh")
    assert "claim:gs1id-80/general-assembly" in text
    assert "claim:gs1id-80/hangzhou-statement" in text
    cells = column(search.hits(graph.store, hits, "md", "zh"), "事物")
    assert len(set(cells)) == len(cells)
    labels = {row["thing_label"] for row in rows(search.hits(graph.store, hits, "csv", "zh"))}
    assert "gs1id.org 报道（80）" in labels


def test_facts_are_sorted_by_the_rules_of_the_language(graph: KnowledgeGraph) -> None:
    result = graph.profile("ISO/TC 321")
    values = {
        lang: column(profile.profile(result, "md", lang), header)
        for lang, header in (("en", "property"), ("zh", "属性"))
    }
    assert values["en"] == ["identifier", "start", "title"]
    # Sorted by pinyin: biānhào, biāotí, kāishǐ.
    assert values["zh"] == ["编号", "标题", "开始"]


def test_no_double_blank_line_without_source_addresses(graph: KnowledgeGraph) -> None:
    statement = Statement(ISO, "std:partOf", HANGZHOU, "", "", Text("a", "甲"), ())
    path = Way(1.0, (ISO, HANGZHOU), ((statement,),), 1, (), ())
    text = path_report.paths(graph.store, [path], "table", "en")
    assert "\n\n\n" not in text
    assert "\n\n\n" not in relate(graph, "table", "en")


def test_alternatives_to_a_station_are_in_every_format(
    graph: KnowledgeGraph,
) -> None:
    steps = (
        Statement(ISO, "std:approved", PROPOSAL, "", "", Text("a", "甲"), ()),
        Statement(HANGZHOU, "std:proposed", PROPOSAL, "", "", Text("b", "乙"), ()),
    )
    proof = Proof(BASE + "claim/x", "丙", 0, 1, BASE + "source/x", None, "S", "源")
    alike = (
        Alike((ISO, COMMITTEE, HANGZHOU), ()),
        Alike((ISO, BASE + "gs1", HANGZHOU), (proof,)),
    )
    varieties = ((Text("one", "其一"), 1200), (Text("other", "其二"), 34))
    one = Way(4.0, (ISO, PROPOSAL, HANGZHOU), ((steps[0],), (steps[1],)), 1, (), ())
    path = replace(one, count=1234, alike=alike, varieties=varieties)

    def report(format: str, paths: list[Way]) -> str:
        return path_report.paths(graph.store, paths, format, "zh")

    alternatives = [row for row in rows(report("csv", [path])) if row["alike"]]
    assert [
        (r["way"], r["count"], r["alternative"], r["step"], r["station"], r["alike"])
        for r in alternatives
    ] == [
        ("1", "1234", "1", "1", PROPOSAL, COMMITTEE),
        ("1", "1234", "2", "1", PROPOSAL, BASE + "gs1"),
    ]
    assert alternatives[1]["alike_label"] == "国际物品编码组织"
    assert alternatives[1]["phrase"] == "丙"
    table = report("table", [path])
    assert "国际物品编码组织：“丙” – 源\n" in table
    assert "提案（1,234个之一）" in table
    assert "   同类联系共1,234条：\n      1,200  其一\n         34  其二\n" in table
    assert "另有1,231条\n" in table
    assert not any(row["sentence"] for row in alternatives)
    for format in ("table", "md", "tsv", "json"):
        text = report(format, [path])
        assert "国际物品编码组织" in text or BASE + "gs1" in text
    assert "可换作" not in report("md", [one])
    assert "条：" not in report("table", [one])


def test_weak_ways_are_marked(graph: KnowledgeGraph) -> None:
    statement = Statement(ISO, "std:partOf", HANGZHOU, "", "", Text("a", "甲"), ())
    for cost, note in ((13.0, "[13.00]"), (13.01, "[13.01，弱联系]")):
        path = Way(cost, (ISO, HANGZHOU), ((statement,),), 1, (), ())
        assert note in path_report.paths(graph.store, [path], "table", "zh")


def test_a_build_says_what_rdf_files_lost(tmp_path: Path) -> None:
    batch = convert(
        "x.trig",
        b"PREFIX e: <http://e/> e:g { e:a e:p 042 , 1 } e:h { e:a e:p 42 , 1 }",
        Options("x"),
    )
    account = Account(
        slug="x",
        kind="rdf",
        why="it ends in .trig",
        path="x.trig",
        digest="",
        stem="x",
        snapshot="",
        abstracts=False,
        records=batch.records,
        triples=len(batch.lines),
        rejected={},
        counts=sorted_tallies(batch.tallies()),
    )
    assert (account.records, account.kept, account.rejects) == (4, 2, 0)
    built = Summary(
        folder=tmp_path,
        graphs=1,
        quads=1,
        claims=0,
        entities=0,
        evidence=(),
        engine="pyshacl",
        warnings=0,
        catalogues=(account,),
        rejects=None,
        seconds=0.0,
        peak=0,
        size=0,
    )
    text = build_report.summary(built, EmbeddedStore.in_memory([]))
    assert re.search(r"\n  x +4 +2 +0 +2  rdf", text)
    assert re.search(r"\n  all +4 +2 +0\n", text)
    for line in (
        "1  the same statement in another graph",
        "1  the same value in another form",
        "1  xsd:integer",
        "2  http://e/g",
        "2  http://e/h",
    ):
        assert f"\n           {line}\n" in text
