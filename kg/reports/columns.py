"""Columns of tables for people: named in the reader's language, and none that nothing fills.

For programs the English names are identifiers and stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.headers import Text
from kg.pictures.model import EVIDENCE
from kg.tables import Presentable

_HEADERS: Final[Mapping[str, Text]] = {
    "alike": Text("alike", "可换作"),
    "claim": Text("claim", "断言"),
    "cost": Text("cost", "代价"),
    "date": Text("date", "日期"),
    "evidence": EVIDENCE,
    "from": Text("from", "起点"),
    "kind": Text("kind", "类别"),
    "match": Text("match", "匹配"),
    "name": Text("name", "名称"),
    "phrase": Text("phrase", "引文"),
    "property": Text("property", "属性"),
    "record": Text("record", "记录"),
    "relation": Text("relation", "关系"),
    "sentence": Text("sentence", "陈述"),
    "snapshot": Text("snapshot", "快照"),
    "source": Text("source", "来源"),
    "statement": Text("statement", "陈述"),
    "station": Text("station", "途经"),
    "step": Text("step", "步"),
    "thing": Text("thing", "事物"),
    "to": Text("to", "终点"),
    "url": Text("url", "网址"),
    "value": Text("value", "值"),
    "valueDate": Text("other end's date", "关联事物日期"),
    "way": Text("way", "路径"),
}


def for_people(table: Presentable, lang: str) -> Presentable:
    """The table without its empty columns, the others named in a language."""
    kept = [
        index
        for index in range(len(table.columns))
        if not table.rows or any(row[index] is not None for row in table.rows)
    ]
    return Presentable(
        tuple(_HEADERS[table.columns[index]].of(lang) for index in kept),
        tuple(tuple(row[index] for index in kept) for row in table.rows),
        table.labels,
        lang,
    )
