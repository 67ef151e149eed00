"""Mentions by rule: what is proposed for short texts, with values."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.drafting import FOLDER, read_marked
from kg.common.dates import PartialDate
from kg.common.errors import SourceError
from kg.drafting import Mention, draft

DAY = PartialDate(2021, 3, 18)
# Texts with the marks of the fixtures, one for each kind of writing.
MARKED = """
⟦DATE|去年|2020⟧，⟦PLACE|浙江⟧新增标准⟦QTY|12项|12⟧
到⟦DATE|2025年底|2025⟧，⟦DATE|今年以来|2021/2021-03-18⟧，⟦DATE|两年来|P2Y/2021-03-18⟧
⟦DATE|近日|../2021-03-18⟧，⟦DATE|4月10日至12日|2021-04-10/2021-04-12⟧将开展培训
⟦DATE|12月|2020-12⟧，⟦DATE|上月底|2021-02⟧，⟦DATE|前三季度|2021-01/2021-09⟧
⟦DATE|“十四五”期间|2021/2025⟧，⟦DATE|2019年至2020年|2019/2020⟧，⟦DATE|本周五|2021-03-19⟧
2019年⟦⟧
增长⟦QTY|12.5%|12.5⟧，⟦QTY|近三成|30⟧，⟦QTY|三分之一|0.333⟧，总量⟦QTY|翻一番|2⟧
投入⟦QTY|3.2亿元|320000000⟧，⟦QTY|1,286项|1286⟧，⟦QTY|一万两千余家|12000⟧，⟦QTY|30至40个|30-40⟧
千家万户，一个方案，第三条，一系列，百年
数量居⟦RANK|全国第二|2⟧，是⟦RANK|全球首个|1⟧，位列⟦RANK|前三|3⟧
以⟦VOTE|17票赞成|17 for⟧、⟦VOTE|零票反对|0 against⟧通过
⟦VOTE|20个国家投了赞成票|20 for⟧，⟦VOTE|3国反对|3 against⟧，⟦VOTE|2国弃权|2 abstain⟧
表决中，⟦QTY|二十九个|29⟧成员国里⟦VOTE|两国对该提案投了反对票|2 against⟧，⟦VOTE|一国弃权|1 abstain⟧
投票结果：⟦VOTE|赞成20|20 for⟧，⟦VOTE|反对的有3国|3 against⟧，⟦VOTE|弃权票2张|2 abstain⟧
⟦QTY|20个|20⟧国家同意参加，⟦QTY|3国|3⟧反对
第20个国家投了赞成票
⟦VOTE|第二轮投票|round 2⟧，⟦VOTE|全票通过|unanimous⟧
⟦ORG|国家标准委⟧、⟦ORG|省市场监管局⟧和⟦ORG|上海市质量和标准化研究院⟧
由⟦ORG|国际电工委员会⟧（⟦ORG|IEC⟧）发布⟦STDID|IEC 62999:2018⟧
⟦COMMITTEE|全国茶叶标准化技术委员会⟧（⟦COMMITTEE|SAC/TC 339⟧）在⟦PLACE|福州⟧成立
执行⟦STDID|GB/T 18745—2006|GB/T 18745-2006⟧⟦STANDARD|《地理标志产品 武夷岩茶》⟧国家标准
按照⟦DOCUMENT|《某某省标准化条例》⟧，实施⟦REFORM|“一床一码”改革试点⟧
⟦STANDARD|“浙江制造”标准⟧，像一张⟦QUOTED|“金名片”⟧
召开⟦EVENT|第三届国际标准化论坛⟧，举行⟦EVENT|新闻发布会⟧
局长⟦PERSON|梁国栋⟧表示：⟦QUOTED|“标准是通行证。”⟧记者⟦PERSON|欧阳晴⟧、⟦PERSON|赵一鸣⟧
其中国家标准⟦QTY|3项|3⟧，⟦PLACE|寿光市⟧市场活跃
""".replace("2019年⟦⟧\n", "")


@pytest.mark.parametrize("line", MARKED.strip().splitlines())
def test_a_line_has_exactly_its_marked_mentions(tmp_path: Path, line: str) -> None:
    file = tmp_path / "line.txt"
    file.write_text(f"date: {DAY}\n---\n{line}\n---\n", encoding="utf-8")
    marked = read_marked(file)
    drafted = draft(marked.text, date=DAY)
    gold = [(g.type, g.start, g.quote, g.value) for g in marked.gold]
    assert [(m.type, m.start, m.quote, m.value) for m in drafted.mentions] == gold


def test_every_mention_is_exactly_a_part_of_the_text() -> None:
    marked = read_marked(FOLDER / "shandong-vegetables.txt")
    text = "\ufeff" + marked.text.replace("\n", "\r\n").replace("260", "２６０") + "𠮷"
    mentions = draft(text).mentions
    assert len(mentions) > 40
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.quote
        assert 0 < mention.confidence < 1
    assert "260" in {m.value for m in mentions if "２" in m.quote}


def _first(text: str, type_: str) -> Mention:
    return next(m for m in draft(text).mentions if m.type == type_)


def test_figures_keep_unit_and_comparator() -> None:
    figure = _first("全省有超过80个县", "QTY")
    assert (figure.value, figure.unit, figure.comparator) == ("80", "个", "gt")
    assert _first("产值突破3亿元", "QTY").comparator == "gt"
    assert _first("约20人参加", "QTY").comparator == "about"
    assert _first("占35%以上", "QTY").comparator == "ge"
    assert _first("共有12项", "QTY").comparator == ""
    assert _first("20余个成员国投了赞成票", "VOTE").comparator == "gt"


def test_parts_of_a_year_are_named_and_not_made_to_days() -> None:
    date = _first("2018年初，标准发布", "DATE")
    assert (date.value, date.part, date.rule) == ("2018", "early", "date.full.early")


def test_relative_dates_have_no_value_without_a_date_of_publication() -> None:
    assert _first("去年发布标准", "DATE").value == ""
    assert _first("4月1日实施", "DATE").value == "--04-01"


def test_title_and_date_are_found_in_the_head() -> None:
    drafted = draft("某网\n\n某省标准化改革取得进展\n2021-03-18 09:30 来源：某网\n\n正文。")
    assert (drafted.title, drafted.date) == ("某省标准化改革取得进展", DAY)
    assert draft("正文。2020年1月2日，", date=DAY).date == DAY


def test_own_words_add_names(tmp_path: Path) -> None:
    words = tmp_path / "words.yaml"
    words.write_text("# ours\nORG: 青禾社 远山坊\nREFORM: [满园 计划]\n", encoding="utf-8")
    found = draft("青禾社加入满园 计划", words=words).mentions
    assert [(m.type, m.quote, m.rule) for m in found] == [
        ("ORG", "青禾社", "own.name"),
        ("REFORM", "满园 计划", "own.name"),
    ]
    words.write_text("ORG: 远山坊\n", encoding="utf-8")
    assert not draft("青禾社加入满园 计划", words=words).mentions


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("BODY: 某某\n", "words.yaml: 'BODY' is no type"),
        ("ORG: {a: b}\n", "words.yaml: ORG: give names"),
        ("ORG: [a\n", "words.yaml:2: "),
        ("just words\n", "words.yaml: give types and names"),
    ],
)
def test_a_wrong_list_is_refused_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    words = tmp_path / "words.yaml"
    words.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        draft("正文", words=words)
    assert message in str(caught.value)
