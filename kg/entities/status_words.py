"""Words for what became of a document, the same in every report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kg.common.bilingual import Text
from kg.entities.document_status import DocumentStatus

STATUSES: Final = {
    "current": Text("current", "现行"),
    "draft": Text("draft", "草案"),
    "superseded": Text("superseded, successor not named", "被代替，未注明代替文件"),
    "withdrawn": Text("withdrawn", "废止"),
    "cancelled": Text("cancelled", "终止"),
    "untold": Text("not told by its catalogue", "目录未注明状态"),
    "series": Text("all editions or parts", "各版次或各部分的总称"),
    "mentioned": Text("only mentioned", "仅被提及"),
    "unpublished": Text("not published by that day", "该日尚未发布"),
    "upcoming": Text("published, not yet in force", "已发布，尚未实施"),
    "unknown": Text("unknown on that day", "该日状态不明"),
    "": Text("", ""),
}
"""Words by status key, for a document of which no source names a successor."""

REASONS: Final = {
    "published-later": Text("published {date}", "{date}发布"),
    "in-force-later": Text("in force from {date}", "{date}起实施"),
    "in-force-since": Text("in force since {date}", "{date}起实施"),
    "withdrawn-later": Text("withdrawn {date}", "{date}废止"),
    "replaced-later": Text("replaced {date}", "{date}被代替"),
    "confirmed-later": Text("confirmed {date}", "{date}复审确认"),
    "publication-undated": Text("no source dates the publication", "无来源注明发布日期"),
    "publication-imprecise": Text(
        "published in {date}, no source gives the day", "{date}发布，无来源注明具体日期"
    ),
    "effect-imprecise": Text(
        "in force from {date}, no source gives the day", "{date}起实施，无来源注明具体日期"
    ),
    "withdrawal-undated": Text("no source dates the withdrawal", "无来源注明废止日期"),
    "withdrawal-imprecise": Text(
        "withdrawn {date}, no source gives the day", "{date}废止，无来源注明具体日期"
    ),
    "replacement-undated": Text("no source dates the replacement", "无来源注明被代替日期"),
    "replacement-imprecise": Text(
        "replaced {date}, no source gives the day", "{date}被代替，无来源注明具体日期"
    ),
    "ended-later": Text("it ended between the states of {date}", "在{date}两次状态之间终止"),
    "ended-between": Text("it ended between the states of {date}", "在{date}两次状态之间终止"),
    "cancellation-undated": Text("no source dates the cancellation", "无来源注明终止日期"),
}
"""Why a document had a status on an earlier day, or why that is unknown."""

_BECAUSE: Final = Text("{status} ({reason})", "{status}（{reason}）")
_UNKNOWN: Final = Text("{status}: {reason}", "{status}：{reason}")

LATER_BY: Final = {
    "date": Text("by date", "按日期"),
    "version": Text("by version", "按版本号"),
}

_REPLACED: Final = Text("replaced by {by}", "被{by}代替")
_LISTED_OTHERWISE: Final = {
    "current": Text("{status}, but listed as current", "{status}，但目录仍列为现行"),
    "draft": Text("{status}, but listed as a draft", "{status}，但目录列为草案"),
}
"""Where a source names a successor though the document's own stage is another."""
_LATER: Final = Text(
    "{status}; a later edition is listed: {later}", "{status}；另列有较新版本：{later}"
)
_SEVERAL_LATER: Final = Text(
    "{status}; later editions are listed: {later}", "{status}；另列有较新版本：{later}"
)
_EDITION: Final = Text("{name} ({by})", "{name}（{by}）")
_LIST: Final = Text(", ", "、")
_A_DOCUMENT: Final = Text("another document", "其他文件")
_A_LATER_EDITION: Final = Text("{status}; a later edition is listed", "{status}；另列有较新版本")


def describe_status(status: DocumentStatus, names: Mapping[str, str], lang: str) -> str:
    """Return a status in words; ``names`` maps the IRIs of its ``named`` to names."""
    if status.successors:
        return _replaced(status, [names[iri] for iri in status.successors], lang)
    words = _with_reason(status, lang)
    if not status.later:
        return words
    editions = [
        _EDITION.of(lang).format(name=names[edition.iri], by=LATER_BY[edition.by].of(lang))
        for edition in status.later
    ]
    template = _LATER if len(editions) == 1 else _SEVERAL_LATER
    return template.of(lang).format(status=words, later=_LIST.of(lang).join(editions))


def summarize_status(status: DocumentStatus, lang: str) -> str:
    """Return a status in words without the names of other documents, to count by."""
    if status.successors:
        return _replaced(status, [_A_DOCUMENT.of(lang)], lang)
    words = STATUSES[status.key].of(lang)
    return _A_LATER_EDITION.of(lang).format(status=words) if status.later else words


def explain_past(status: DocumentStatus, lang: str) -> str:
    """Return why a document had its status on a day, or that it is unknown; empty if told."""
    if status.key in ("unknown", "upcoming"):
        return _with_reason(status, lang)
    return REASONS[status.reason].of(lang).format(date=status.date) if status.reason else ""


def _with_reason(status: DocumentStatus, lang: str) -> str:
    words = STATUSES[status.key].of(lang)
    if not status.reason:
        return words
    reason = REASONS[status.reason].of(lang).format(date=status.date)
    template = _UNKNOWN if status.key == "unknown" else _BECAUSE
    return template.of(lang).format(status=words, reason=reason)


def _replaced(status: DocumentStatus, names: Iterable[str], lang: str) -> str:
    words = _REPLACED.of(lang).format(by=_LIST.of(lang).join(names))
    otherwise = _LISTED_OTHERWISE.get(status.key)
    return otherwise.of(lang).format(status=words) if otherwise else words
