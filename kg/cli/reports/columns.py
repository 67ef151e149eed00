"""Column headers in the reader's language, for tables that people read.

In formats for programs, column names are identifiers, the same in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.common.bilingual import Text
from kg.pictures.charts.chart import EVIDENCE
from kg.tables import LabeledTable

FORMATS_FOR_PEOPLE: Final = ("table", "md")

_HEADERS: Final[Mapping[str, Text]] = {
    "alike": Text("alike", "可换作"),
    "body": Text("body", "机构"),
    "claim": Text("claim", "断言"),
    "claims": Text("claims", "断言数"),
    "class": Text("class", "类"),
    "committees": Text("committees", "委员会数"),
    "cost": Text("cost", "代价"),
    "count": Text("count", "数量"),
    "date": Text("date", "日期"),
    "described": Text("described", "已有描述"),
    "edition": Text("edition", "版本"),
    "evidence": EVIDENCE,
    "field": Text("field", "字段"),
    "from": Text("from", "起点"),
    "inGraph": Text("in graph", "入图"),
    "kind": Text("kind", "类别"),
    "links": Text("links", "链接数"),
    "match": Text("match", "匹配"),
    "mending": Text("mending", "修正"),
    "name": Text("name", "名称"),
    "parsed": Text("parsed", "已解析"),
    "phrase": Text("phrase", "引文"),
    "property": Text("property", "属性"),
    "publishedOn": Text("published", "发布"),
    "readOn": Text("read on", "读取日期"),
    "reason": Text("reason", "原因"),
    "record": Text("record", "记录"),
    "records": Text("records", "记录数"),
    "rejected": Text("rejected", "被拒"),
    "relation": Text("relation", "关系"),
    "resolved": Text("resolved", "已解析链接"),
    "sentence": Text("sentence", "陈述"),
    "share": Text("share", "比例"),
    "snapshot": Text("snapshot", "快照"),
    "source": Text("source", "来源"),
    "standing": Text("standing", "性质"),
    "statement": Text("statement", "陈述"),
    "statements": Text("statements", "陈述数"),
    "station": Text("station", "途经"),
    "status": Text("status", "状态"),
    "step": Text("step", "步"),
    "thing": Text("thing", "事物"),
    "things": Text("things", "事物数"),
    "title": Text("title", "标题"),
    "to": Text("to", "终点"),
    "triples": Text("triples", "三元组"),
    "unparsed": Text("unparsed", "未解析"),
    "url": Text("url", "网址"),
    "value": Text("value", "值"),
    "valueDate": Text("other end's date", "关联事物日期"),
    "way": Text("way", "路径"),
}


def for_people(table: LabeledTable, lang: str) -> LabeledTable:
    """Return a table without its empty columns, and with headers in a language."""
    kept = [
        index
        for index in range(len(table.columns))
        if not table.rows or any(row[index] is not None for row in table.rows)
    ]
    return LabeledTable(
        tuple(_HEADERS[table.columns[index]].of(lang) for index in kept),
        tuple(tuple(row[index] for index in kept) for row in table.rows),
        table.labels,
        lang,
    )
