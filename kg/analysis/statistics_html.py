"""Statistics as a small HTML table for a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.common.bilingual import Text

if TYPE_CHECKING:
    from kg.analysis.statistics import Statistics

_NAMES: Final = {
    "claims": Text("claims", "断言"),
    "sources": Text("sources", "来源"),
    "entities": Text("entities", "实体"),
    "listed things": Text("things in catalogues", "目录所述事物"),
    "phrases": Text("phrases verified", "已核对的引文"),
    "questions": Text("questions", "预设问题"),
    "views": Text("views", "视图"),
}


def html_overview(statistics: Statistics, questions: int, views: int) -> str:
    """Return an HTML ``table`` of counts, labeled in both languages, without scripts.

    ``questions`` and ``views`` are the numbers of canned questions and of views.
    """
    totals = dict(statistics.totals)
    numbers = {
        **{name: totals[name] for name in ("claims", "sources", "entities")},
        **{name: totals[name] for name in ("listed things",) if name in totals},
        "phrases": sum(counts.verified for counts in statistics.evidence),
        "questions": questions,
        "views": views,
    }
    rows = (
        f'<tr><th scope="row" style="text-align: left">{_NAMES[name].en}</th>'
        f'<td lang="zh-Hans" style="text-align: left">{_NAMES[name].zh}</td>'
        f'<td style="text-align: right">{number}</td></tr>'
        for name, number in numbers.items()
    )
    caption = '<caption>stdkg · <span lang="zh-Hans">标准化知识图谱</span></caption>'
    return "\n".join((f"<table>{caption}", "<tbody>", *rows, "</tbody></table>"))
