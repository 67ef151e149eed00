"""Output of ``kg match``: columns added to a list of references, and totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.entities.labels import labels
from kg.entities.match import Match, Reason
from kg.store import Store

COLUMNS: Final = ("iri", "name", "score", "status", "replaced_by", "others", "why")
"""Names of the added columns, the same in every language because programs rely on them."""

STATUSES: Final = {
    "current": Text("current", "现行"),
    "draft": Text("draft", "草案"),
    "superseded": Text("superseded", "被代替"),
    "withdrawn": Text("withdrawn", "废止"),
    "cancelled": Text("cancelled", "终止"),
    "series": Text("all editions or parts", "各版次或各部分的总称"),
    "mentioned": Text("only mentioned", "仅被提及"),
    "untold": Text("not told by its catalogue", "目录未载明"),
    "": Text("", ""),
}
_REPLACED: Final = Text("replaced by {by}", "被{by}代替")
WHY: Final = {
    "iri": Text("the IRI is known", "IRI已知"),
    "same": Text("the name is the same", "名称相同"),
    "designated": Text("the designation is the same", "编号相符"),
    "title": Text("the title is the same", "题名相同"),
    "undated": Text(
        "no edition is named: the one that holds, or the last", "未注日期，取现行或最新版次"
    ),
    "same-title": Text("the title agrees", "题名相符"),
    "no-title": Text(
        "there is no title to hold “{value}” against", "无同文种题名可与“{value}”比对"
    ),
    "written": Text("read as {value}", "按{value}识别"),
    "alike": Text("signs that look alike, read as {value}", "形近字符，按{value}识别"),
    "mended": Text("one error in spelling, read as {value}", "一处拼写错误，按{value}识别"),
    "empty": Text("nothing to look for", "无可查内容"),
    "several": Text("means {value} things alike", "可指{value}个实体"),
    "other-title": Text(
        "the number is known, its title is “{value}”", "编号已知，但其题名为“{value}”"
    ),
    "other-edition": Text(
        "{value} is not known, but other editions are", "{value}未见收录，但有其他版次"
    ),
    "more": Text("says more than the number {value}", "除编号{value}外另有内容"),
    "no-such-number": Text("{value} is not known", "{value}未见收录"),
    "part": Text("only a part of names", "仅为名称的一部分"),
    "similar": Text("only similar names are known", "仅有相近名称"),
    "unknown": Text("nothing like it is known", "无相近名称"),
}
_TOTALS: Final = Text(
    "{all} references: {matched} matched, {unmatched} not",
    "共{all}条：匹配{matched}条，未匹配{unmatched}条",
)
_SEPARATOR: Final = Text("; ", "；")


def rows(store: Store, matches: Sequence[Match], lang: str) -> Iterator[tuple[str | float, ...]]:
    """Yield the cells of :data:`COLUMNS` for each reference."""
    iris = {
        iri
        for match in matches
        for iri in (match.iri, *match.others, *match.status.successors)
        if iri
    }
    nodes = map(ox.NamedNode, iris)
    names = {node.value: name for node, name in labels(store, nodes, lang).items()}
    for match in matches:
        yield (
            match.iri,
            names.get(match.iri, ""),
            match.score,
            _status(match, names, lang),
            " ".join(match.status.successors),
            " | ".join(f"{names[iri]} {compact(iri)}" for iri in match.others),
            _SEPARATOR.of(lang).join(_why(reason, lang) for reason in match.reasons),
        )


def totals(matches: Sequence[Match], lang: str) -> str:
    """Return how many references matched, by status, and why the others did not."""
    matched = [match for match in matches if match.iri]
    unmatched = [match for match in matches if not match.iri]
    statuses = Counter(STATUSES[match.status.key].of(lang) for match in matched)
    reasons = Counter(
        WHY[match.reasons[0].key].of(lang).replace("{value}", "…") for match in unmatched
    )
    lines = [
        _TOTALS.of(lang).format(all=len(matches), matched=len(matched), unmatched=len(unmatched))
    ]
    lines += [f"  {count:6}  {status}" for status, count in statuses.most_common() if status]
    lines += [f"  {count:6}  {reason}" for reason, count in reasons.most_common()]
    return "\n".join(lines) + "\n"


def _status(match: Match, names: dict[str, str], lang: str) -> str:
    if match.status.successors:
        by = _SEPARATOR.of(lang).join(names[iri] for iri in match.status.successors)
        return _REPLACED.of(lang).format(by=by)
    return STATUSES[match.status.key].of(lang)


def _why(reason: Reason, lang: str) -> str:
    return WHY[reason.key].of(lang).replace("{value}", reason.value)
