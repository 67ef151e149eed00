"""What a list of references came to: columns beside the list, and the sums."""

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
"""The names of the columns, the same in all languages: programs rely on them."""

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
_SUMS: Final = Text(
    "{all} references: {found} matched, {left} not", "共{all}条：匹配{found}条，未匹配{left}条"
)
_JOINT: Final = Text("; ", "；")


def columns(store: Store, found: Sequence[Match], lang: str) -> Iterator[tuple[str | float, ...]]:
    """The cells of :data:`COLUMNS` for each reference."""
    iris = {iri for one in found for iri in (one.iri, *one.others, *one.standing.successors) if iri}
    names = {n.value: name for n, name in labels(store, map(ox.NamedNode, iris), lang).items()}
    for one in found:
        yield (
            one.iri,
            names.get(one.iri, ""),
            one.score,
            _status(one, names, lang),
            " ".join(one.standing.successors),
            " | ".join(f"{names[iri]} {compact(iri)}" for iri in one.others),
            _JOINT.of(lang).join(_why(reason, lang) for reason in one.reasons),
        )


def sums(found: Sequence[Match], lang: str) -> str:
    """How many references were matched, in what state, and why the others were not."""
    matched = [one for one in found if one.iri]
    told = {"all": len(found), "found": len(matched), "left": len(found) - len(matched)}
    states = Counter(STATUSES[one.standing.key].of(lang) for one in matched)
    refused = Counter(
        WHY[one.reasons[0].key].of(lang).replace("{value}", "…") for one in found if not one.iri
    )
    lines = [_SUMS.of(lang).format(**told)]
    lines += [f"  {count:6}  {state}" for state, count in states.most_common() if state]
    lines += [f"  {count:6}  {reason}" for reason, count in refused.most_common()]
    return "\n".join(lines) + "\n"


def _status(one: Match, names: dict[str, str], lang: str) -> str:
    if one.standing.successors:
        by = _JOINT.of(lang).join(names[iri] for iri in one.standing.successors)
        return _REPLACED.of(lang).format(by=by)
    return STATUSES[one.standing.key].of(lang)


def _why(reason: Reason, lang: str) -> str:
    return WHY[reason.key].of(lang).replace("{value}", reason.value)
