"""Make reports of what happened between two states of catalogues."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from kg.changes.model import KINDS, Changes, Event
from kg.changes.output import churn_line, count_kinds, record_paths, title_of
from kg.changes.wording import describe_event, when
from kg.common.bilingual import Text
from kg.common.errors import SourceError
from kg.reporting.model import Report, Row, Section

_HEADINGS: Final = (
    Text("When", "时间"),
    Text("What happened", "事件"),
    Text("Title", "题名"),
    Text("Evidence", "证据"),
)
_WIDTHS: Final = (12, 30, 30, 28)
_DATE: Final = Text("Date", "日期")
_STATES: Final = Text("States", "所比状态")
_STATE: Final = Text("{name} of {before} and {after}", "{name} {before}与{after}")
_FORM: Final = Text("Form alone", "仅形式")
_SUMMARY: Final = Text("Summary", "概要")
_COUNT: Final = Text("{count} events", "{count}个事件")
_SEPARATOR: Final = Text(", ", "、")
_MARKS: Final = {
    **dict.fromkeys(("published", "new-edition", "committee-founded", "confirmed"), "current"),
    **dict.fromkeys(("new-draft", "stage-reached"), "draft"),
    **dict.fromkeys(
        ("replaced", "withdrawn", "cancelled", "committee-disbanded", "record-gone"), "replaced"
    ),
}
"""Colors of kinds of events, as of the statuses that they lead to."""


def report_changes(
    changes: Changes, events: Sequence[Event], lang: str, *, title: str = ""
) -> Report:
    """Return the report of events, with a table for each kind.

    ``title`` is a heading other than the usual one.
    """
    states = [
        _STATE.of(lang).format(name=name, before=before, after=after)
        for name, before, after in changes.compared
    ]
    facts = [
        (_DATE.of(lang), date.today().isoformat()),
        (_STATES.of(lang), _SEPARATOR.of(lang).join(states)),
    ]
    if churn := churn_line(changes, lang):
        facts.append((_FORM.of(lang), churn))
    counts = count_kinds(events)
    return Report(
        title or title_of(changes, lang),
        tuple(facts),
        _SUMMARY.of(lang),
        tuple((KINDS[kind].of(lang), count, _mark(kind)) for kind, count in counts),
        tuple(_section(kind, events, lang) for kind, _ in counts),
        lang,
    )


def read_changes(path: Path) -> Changes | None:
    """Read what ``kg changes`` has written as JSON; None for another file.

    Raises SourceError for such a file that is damaged.
    """
    if path.suffix.casefold() != ".json":
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # It is no such file; the reader of lists says what is wrong with it.
        return None
    if not isinstance(content, dict) or not {"compared", "events", "churn"} <= content.keys():
        return None
    try:
        events = tuple(map(_event, content["events"]))
        compared = tuple((c["catalogue"], c["before"], c["after"]) for c in content["compared"])
        churn = {key: int(count) for key, count in content["churn"].items()}
        for event in events:
            # Raises KeyError for an unknown kind.
            KINDS[event.kind]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceError(
            f"{path}: not the JSON of kg changes: {error}: write it again with kg changes"
        ) from error
    return Changes(events, churn, churn.pop("records", 0), compared=compared)


def _event(content: dict[str, Any]) -> Event:
    values: dict[str, Any] = {}
    for each in fields(Event):
        value = content[each.name]
        values[each.name] = tuple(value) if isinstance(value, list) else value
    return Event(**values)


def _mark(kind: str) -> str:
    return _MARKS.get(kind, "other")


def _section(kind: str, events: Sequence[Event], lang: str) -> Section:
    rows = tuple(
        Row(
            (when(event, lang), describe_event(event, lang), event.title, record_paths(event)),
            event.thing,
            _mark(kind),
        )
        for event in events
        if event.kind == kind
    )
    headings = tuple(heading.of(lang) for heading in _HEADINGS)
    return Section(
        KINDS[kind].of(lang), _COUNT.of(lang).format(count=len(rows)), headings, rows, _WIDTHS
    )
