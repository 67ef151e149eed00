"""Events between two states of a catalogue, and their kinds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.common.bilingual import Text
from kg.common.dates import PartialDate

KINDS: Final[Mapping[str, Text]] = {
    "published": Text("published", "发布"),
    "new-edition": Text("new edition", "新版次"),
    "replaced": Text("replaced", "被代替"),
    "withdrawn": Text("withdrawn", "废止"),
    "amended": Text("amended", "有修改单"),
    "corrected": Text("corrected", "有勘误"),
    "adopted": Text("adopted", "被采用"),
    "new-draft": Text("new draft", "新草案"),
    "stage-reached": Text("stage reached", "进入新阶段"),
    "cancelled": Text("cancelled", "取消"),
    "confirmed": Text("confirmed", "复审确认"),
    "title-changed": Text("title changed", "题名变更"),
    "date-changed": Text("date changed", "日期变更"),
    "committee-changed": Text("committee changed", "归口单位变更"),
    "renamed": Text("identifier renamed", "编号变更"),
    "committee-founded": Text("committee founded", "委员会成立"),
    "committee-disbanded": Text("committee disbanded", "委员会撤销"),
    "committee-state-changed": Text("state of committee changed", "委员会状态变更"),
    "secretariat-changed": Text("secretariat changed hands", "秘书处变更"),
    "membership-changed": Text("membership changed", "成员资格变更"),
    "liaison-changed": Text("liaison changed", "联络关系变更"),
    "catalogued": Text("record added", "新增记录"),
    "record-gone": Text("record gone", "记录消失"),
}
"""The kinds of events, the most telling first; the keys are the same in every language."""

CHURN: Final[Mapping[str, Text]] = {
    "address": Text("web address", "网址"),
    "names": Text("other names", "别名"),
    "classification": Text("classification", "分类"),
    "language": Text("languages", "语言"),
    "spelling": Text("spelling of identifiers", "编号写法"),
    "spacing": Text("spacing of titles", "题名空格"),
    "description": Text("description", "说明"),
    "relations": Text("other relations", "其他关系"),
    "records": Text("division into records", "记录划分"),
    "other": Text("other fields", "其他字段"),
}
"""What changes in records without anything having happened."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a thing between two states of a catalogue.

    ``kind`` is a key of :data:`KINDS`, ``thing`` an IRI, ``name`` its label and ``title`` its
    English title, or else another one. ``old`` and ``new`` are what it was and what it is (stages,
    titles, names of documents or bodies). ``date`` is the day, month or year of the event (ISO
    8601) where the new state gives it, or else empty: then it happened between ``before`` and
    ``after``, the days of the states. ``old_record`` and ``new_record`` are the IRIs of the records
    that prove it, empty where a state has none. ``related`` are the IRIs of the other things in it,
    and ``subjects`` those of the committees, fields and publishers of the thing. ``agent`` is the
    label of the member whose membership changed.
    """

    kind: str
    thing: str
    name: str
    title: str = ""
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    date: str = ""
    before: str = ""
    after: str = ""
    old_record: str = ""
    new_record: str = ""
    catalogue: str = ""
    related: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    agent: str = ""

    @property
    def id(self) -> str:
        """A name of the event, a tag URI (RFC 4151).

        Comparisons with the same later state give it again, and all do if the event is dated.
        """
        told = [self.kind, self.thing, self.agent, *self.old, "→", *self.new]
        told.append(self.date or self.after)
        digest = hashlib.sha256("\0".join(told).encode()).hexdigest()[:24]
        return f"tag:w3id.org,2026:stdkg/change/{digest}"

    def is_since(self, start: PartialDate) -> bool:
        """Return whether it may have happened on or after a date."""
        day = PartialDate.parse_lexical(self.date or self.after)
        return day is not None and day.last_day >= start.first_day


@dataclass(frozen=True)
class Changes:
    """All that changed between two states.

    ``churn`` counts records by key of :data:`CHURN`, ``records`` the records that only changed in
    such ways. ``only_old`` and ``only_new`` are the catalogues that one of the states lacks;
    ``compared`` are the names and days of those that both have.
    """

    events: tuple[Event, ...]
    churn: Mapping[str, int] = field(default_factory=dict)
    records: int = 0
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()
    compared: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class KeptState:
    """A state of a catalogue that was read: its name, its day (ISO 8601) and its conversion.

    ``after`` is the day of the state that it was compared with, empty without: for the first one,
    and for one that was added after the catalogue had been dropped.
    """

    slug: str
    day: str
    stem: str
    after: str = ""
