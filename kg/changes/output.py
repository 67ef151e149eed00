"""Events as tables and as JSON, and their totals."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Final

import pyoxigraph as ox

from kg.changes.model import CHURN, KINDS, Changes, Event
from kg.changes.wording import describe_event, join_values, when
from kg.common.bilingual import Text
from kg.common.namespaces import BASE
from kg.tables import LabeledTable

COLUMNS: Final = (
    *("kind", "thing", "name", "title", "old", "new", "date", "before", "after"),
    *("old_record", "new_record", "catalogue", "id", "what"),
)
"""The columns of CSV, the same in every language because programs rely on them."""

HEADINGS: Final = {
    "when": Text("when", "时间"),
    "what": Text("what happened", "事件"),
    "title": Text("title", "题名"),
    "records": Text("records", "记录"),
}
"""Headings of the columns for people."""

_TITLE: Final = Text("Changes in {catalogues}", "{catalogues}的变更")
_STATES: Final = Text("{name}: {before} to {after}", "{name}：{before}至{after}")
_NO_STATES: Final = Text("No earlier state to compare", "没有可比较的更早状态")
_NO_EVENTS: Final = Text("no events", "无事件")
_EVENTS: Final = Text("{count} events", "共{count}个事件")
_CHURN: Final = Text(
    "{records} records changed only in their form: {details}",
    "{records}条记录仅形式有变：{details}",
)
_ONLY_OLD: Final = Text("only in the old state: {names}", "仅旧状态有：{names}")
_ONLY_NEW: Final = Text("only in the new state: {names}", "仅新状态有：{names}")
_RECORD: Final = f"{BASE}record/"
_SEPARATOR: Final = Text(", ", "，")
_FORMAT: Final = {"en": "{count} {name}", "zh": "{name}{count}"}


def title_of(changes: Changes, lang: str) -> str:
    """Return the heading of a report."""
    if not changes.compared:
        return _NO_STATES.of(lang)
    names = _SEPARATOR.of(lang).join(name for name, _, _ in changes.compared)
    return _TITLE.of(lang).format(catalogues=names)


def totals(changes: Changes, events: Sequence[Event], lang: str) -> str:
    """Return the states, the number of events by kind, and the churn, as lines."""
    lines = [
        _STATES.of(lang).format(name=name, before=before, after=after)
        for name, before, after in changes.compared
    ]
    for text, names in ((_ONLY_OLD, changes.only_old), (_ONLY_NEW, changes.only_new)):
        if names:
            lines.append(text.of(lang).format(names=_SEPARATOR.of(lang).join(names)))
    count = _EVENTS.of(lang).format(count=len(events)) if events else _NO_EVENTS.of(lang)
    lines.append(count)
    lines += [f"  {number:6}  {KINDS[kind].of(lang)}" for kind, number in count_kinds(events)]
    if churn := churn_line(changes, lang):
        lines.append(churn)
    return "\n".join(lines) + "\n"


def count_kinds(events: Sequence[Event]) -> list[tuple[str, int]]:
    """Return the number of events by kind, in the order of the kinds."""
    counts = Counter(event.kind for event in events)
    return [(kind, counts[kind]) for kind in KINDS if counts[kind]]


def churn_line(changes: Changes, lang: str) -> str:
    """Return what changed without anything having happened; empty if nothing did."""
    details = [
        _FORMAT[lang].format(name=CHURN[key].of(lang), count=count)
        for key, count in Counter(changes.churn).most_common()
        if count
    ]
    if not details:
        return ""
    joined = _SEPARATOR.of(lang).join(details)
    return _CHURN.of(lang).format(records=changes.records, details=joined)


def short_table(events: Sequence[Event], lang: str) -> LabeledTable:
    """Return events for people: when, what happened, to what, and the records that prove it."""
    rows = (
        (when(event, lang), describe_event(event, lang), event.title, record_paths(event))
        for event in events
    )
    return _table(("when", "what", "title", "records"), rows, lang)


def record_paths(event: Event) -> str:
    """Return the records that prove an event, without the namespace that all share."""
    records = dict.fromkeys((event.old_record, event.new_record))
    return " ".join(record.removeprefix(_RECORD) for record in records if record)


def full_table(events: Sequence[Event], lang: str) -> LabeledTable:
    """Return events for programs, with :data:`COLUMNS`."""
    rows = (
        (
            *(event.kind, event.thing, event.name, event.title),
            *(join_values(event.old, lang), join_values(event.new, lang)),
            *(event.date, event.before, event.after, event.old_record, event.new_record),
            *(event.catalogue, event.id, describe_event(event, lang)),
        )
        for event in events
    )
    return _table(COLUMNS, rows, lang)


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], lang: str) -> LabeledTable:
    cells = tuple(tuple(ox.Literal(cell) if cell else None for cell in row) for row in rows)
    return LabeledTable(
        columns, cells, {}, lang, {key: text.of(lang) for key, text in HEADINGS.items()}
    )


def json_bytes(changes: Changes, events: Sequence[Event]) -> bytes:
    """Return events as JSON, with the states, the counts by kind, and the churn."""
    content = {
        "compared": [
            {"catalogue": name, "before": before, "after": after}
            for name, before, after in changes.compared
        ],
        "only_old": changes.only_old,
        "only_new": changes.only_new,
        "counts": dict(count_kinds(events)),
        "churn": {"records": changes.records, **changes.churn},
        "events": [
            {"id": event.id, **asdict(event), "what": describe_event(event, "en")}
            for event in events
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
