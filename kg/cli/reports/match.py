"""Output of ``kg match``: columns added to a list of references, and totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import pyoxigraph as ox

from kg.cli.reports.document_status import describe_status, named_documents, summarize_status
from kg.common.bilingual import Text
from kg.common.namespaces import compact, iri
from kg.entities.labels import labels
from kg.entities.match import Match, Reason
from kg.evidence.proofs import cite, proofs_of_pairs
from kg.store import Store

COLUMNS: Final = (
    *("iri", "name", "score", "status", "replaced_by", "later_edition", "later_by"),
    *("evidence", "others", "why"),
)
"""Names of the added columns, the same in every language because programs rely on them."""

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
_SUMMARY: Final = {
    "several": Text("means several things alike", "可指多个实体"),
    "other-title": Text("the number is known, but not with that title", "编号已知，但题名不同"),
    "other-edition": Text(
        "that edition is not known, but others are", "所引版次未见收录，但有其他版次"
    ),
    "more": Text("says more than the number", "除编号外另有内容"),
    "no-such-number": Text("the number is not known", "编号未见收录"),
}
"""Reasons without their value, to count by; the other ones have none."""
_WITHOUT_VALUE: Final = {
    "other-title": Text("the number is known, but not with that title", "编号已知，但题名不同"),
    "no-title": Text("there is no title to compare", "无题名可比对"),
}
"""Reasons whose value may be empty."""
_TOTALS: Final = Text(
    "{all} references: {matched} matched, {unmatched} not",
    "共{all}条：匹配{matched}条，未匹配{unmatched}条",
)
_SEPARATOR: Final = Text("; ", "；")
_REPLACES: Final = iri("std:replaces")
_QUOTES: Final = " \"'“”‘’「」『』,;:，；："
_BRACKETS: Final = ("()", "（）", "[]", "【】", "《》", "〈〉", "〔〕", "“”", "‘’")


def rows(store: Store, matches: Sequence[Match], lang: str) -> Iterator[tuple[str | float, ...]]:
    """Yield the cells of :data:`COLUMNS` for each reference.

    IRIs in one cell are separated by spaces; ``later_by`` has a word for each of ``later_edition``,
    and ``evidence`` the records that say by what a document was replaced.
    """
    iris = {
        iri
        for match in matches
        for iri in (match.iri, *match.others, *named_documents(match.status))
        if iri
    }
    nodes = map(ox.NamedNode, iris)
    names = {node.value: name for node, name in labels(store, nodes, lang).items()}
    pairs = [pair for match in matches for pair in match.status.statements]
    proofs = proofs_of_pairs(store, _REPLACES, pairs)
    for match in matches:
        status = match.status
        yield (
            match.iri,
            names.get(match.iri, ""),
            match.score,
            describe_status(status, names, lang),
            " ".join(status.successors),
            " ".join(edition.iri for edition in status.later),
            " ".join(edition.by for edition in status.later),
            cite(chain.from_iterable(proofs[pair] for pair in status.statements), lang),
            " | ".join(f"{names[iri]} {compact(iri)}" for iri in match.others),
            _SEPARATOR.of(lang).join(explain(reason, lang) for reason in match.reasons),
        )


def totals(matches: Sequence[Match], lang: str) -> str:
    """Return how many references matched, by status, and why the others did not."""
    matched = [match for match in matches if match.iri]
    unmatched = [match for match in matches if not match.iri]
    statuses = Counter(summarize_status(match.status, lang) for match in matched)
    reasons = Counter(_summary(match.reasons[0], lang) for match in unmatched)
    lines = [
        _TOTALS.of(lang).format(all=len(matches), matched=len(matched), unmatched=len(unmatched))
    ]
    lines += [f"  {count:6}  {status}" for status, count in statuses.most_common() if status]
    lines += [f"  {count:6}  {reason}" for reason, count in reasons.most_common()]
    return "\n".join(lines) + "\n"


def explain(reason: Reason, lang: str) -> str:
    """Return a reason in words."""
    value = _quotable(reason.value)
    template = WHY[reason.key] if value else _WITHOUT_VALUE.get(reason.key, WHY[reason.key])
    return template.of(lang).replace("{value}", value)


def _summary(reason: Reason, lang: str) -> str:
    return _SUMMARY.get(reason.key, WHY[reason.key]).of(lang)


def _quotable(text: str) -> str:
    """Return a text without quotation marks around it, and without half of a pair of brackets."""
    text = text.strip(_QUOTES)
    for opening, closing in _BRACKETS:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, " ").replace(closing, " ")
    return " ".join(text.split()).strip(_QUOTES)
