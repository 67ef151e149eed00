"""What the graph holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.cli.reports.columns import for_people
from kg.common.bilingual import Text
from kg.common.namespaces import PREFIXES
from kg.store import Store, Table, Term
from kg.tables import decorate, render

if TYPE_CHECKING:
    from kg.evidence.selectors import Status
    from kg.graph import KnowledgeGraph
    from kg.pipeline.build import Account
    from kg.validation.shape_coverage import ShapeCoverage

_NAMES: Final = {
    "graphs": Text("graphs", "命名图"),
    "quads": Text("quads", "四元组"),
    "triples": Text("triples", "三元组"),
    "entities": Text("entities", "实体"),
    "claims": Text("claims", "断言"),
    "sources": Text("sources", "来源"),
    "derived triples": Text("derived triples", "派生三元组"),
    "catalogues": Text("catalogues", "目录"),
    "listed things": Text("listed things", "目录所述事物"),
}
_NOTES: Final = {
    "quads": Text("what stands in two graphs counts twice", "见于两图者计两次"),
    "triples": Text("without catalogues, each once", "不含目录，各计一次"),
}
_OWN: Final = Text("of which the project itself brings {}", "其中{}个由本项目提供")
_EVIDENCE: Final = Text(
    "phrases verified, {} not verified, {} that name their source only",
    "条引文已核对，{}条未核对，{}条仅注明来源",
)
_SHAPES: Final = Text("{} found something, {} at fault", "其中{}个有适用对象，{}个有误")
_TITLES: Final = {
    "classes": Text("Things by class", "各类事物"),
    "properties": Text("Statements by property, without catalogues", "各属性的陈述（不含目录）"),
    "sources": Text("Claims by source", "各来源的断言"),
    "catalogues": Text("Catalogues", "目录"),
    "rejects": Text("Records rejected, by reason", "被拒记录（按原因）"),
    "mendings": Text("Faults of the sources mended", "已修正的来源错误"),
    "unknown": Text("Fields not known", "未识别的字段"),
    "identifiers": Text("Identifiers parsed, by body", "各机构编号的解析"),
    "committees": Text(
        "Committees that documents name, by catalogue", "文件所标委员会的解析（按目录）"
    ),
}
_MENDING: Final = PREFIXES.get("mending", "")

Rows = Iterable[tuple[Term | None, ...]]


def statistics(graph: KnowledgeGraph, lang: str) -> str:
    """What the graph holds: totals, classes, properties, sources, and what came of catalogues."""
    counted = graph.statistics()
    accounts = graph.catalogues
    lines = []
    for name, number in counted.totals:
        note = _note(name, counted.totals, lang)
        if name == "catalogues" and 0 < len(accounts) < number:
            note = _OWN.of(lang).format(number - len(accounts))
        lines.append(_line(_NAMES[name].of(lang), number, note))
    lines += [_evidence(counted.evidence, lang), _shapes(graph.shape_coverage(listed=False), lang)]
    tables = [
        *_tables(accounts),
        ("committees", counted.committees),
        ("classes", counted.classes),
        ("sources", counted.sources),
        ("properties", counted.properties),
    ]
    text = "".join(f"{line}\n" for line in lines)
    for name, table in tables:
        if table.rows:
            text += f"\n{_TITLES[name].of(lang)}\n\n{_table(graph.store, table, lang)}"
    return text


def _table(store: Store, table: Table, lang: str) -> str:
    return render(for_people(decorate(store, table, lang), lang), "table", lang)


def _line(name: str, number: int, note: str = "") -> str:
    from rich.cells import cell_len

    return f"{name}{' ' * (16 - cell_len(name))} {number:>9}   {note}".rstrip()


def _note(name: str, totals: Sequence[tuple[str, int]], lang: str) -> str:
    listed = "catalogues" in dict(totals)
    return _NOTES[name].of(lang) if listed and name in _NOTES else ""


def _evidence(found: Iterable[Status], lang: str) -> str:
    found = list(found)
    note = _EVIDENCE.of(lang).format(
        sum(s.unverified for s in found), sum(s.without_phrase for s in found)
    )
    name = Text("evidence", "证据").of(lang)
    return _line(name, sum(s.verified for s in found), note)


def _shapes(rows: Sequence[ShapeCoverage], lang: str) -> str:
    reached = sum(bool(row.found) for row in rows)
    note = _SHAPES.of(lang).format(reached, sum(row.fault for row in rows))
    return _line(Text("shapes", "形状").of(lang), len(rows), note)


def _tables(accounts: Sequence[Account]) -> Iterator[tuple[str, Table]]:
    """What became of the records of catalogues."""
    # Each row fits a hundred columns, even those of sources with long names.
    columns = "source records inGraph rejected triples snapshot readOn"
    yield "catalogues", _made(columns, map(_account, accounts))
    yield "rejects", _counted(accounts, "reason", lambda account: account.rejected)
    mended = _counted(accounts, "mending", lambda account: account.counts.get("mendings", {}))
    yield "mendings", Table(mended.columns, tuple((a, _mending(b), n) for a, b, n in mended.rows))
    yield "unknown", _counted(accounts, "field", lambda account: account.counts.get("unknown", {}))
    yield "identifiers", _made("body parsed unparsed share", _identifiers(accounts))


def _account(one: Account) -> tuple[Term | None, ...]:
    return (
        ox.Literal(one.slug),
        ox.Literal(one.records),
        ox.Literal(one.kept),
        ox.Literal(one.records - one.kept),
        ox.Literal(one.triples),
        ox.Literal(one.snapshot),
        ox.Literal(one.read_on[:10]) if one.read_on else None,
    )


def _counted(
    accounts: Sequence[Account], what: str, of: Callable[[Account], Mapping[str, int]]
) -> Table:
    rows = (
        (ox.Literal(one.slug), ox.Literal(name), ox.Literal(number))
        for one in accounts
        for name, number in sorted(of(one).items(), key=lambda pair: (-pair[1], pair[0]))
    )
    return _made(f"source {what} count", rows)


def _mending(code: Term | None) -> Term | None:
    if code is None or not _MENDING:
        return code
    return ox.NamedNode(_MENDING + code.value)


def _identifiers(accounts: Sequence[Account]) -> Rows:
    parsed: Counter[str] = Counter()
    unparsed: Counter[str] = Counter()
    for one in accounts:
        parsed.update(one.counts.get("parsed", {}))
        unparsed.update(one.counts.get("unparsed", {}))
    for body in sorted({*parsed, *unparsed}, key=lambda body: (-parsed[body], body)):
        share = parsed[body] / (parsed[body] + unparsed[body])
        # Rounded down, so that what is not quite all is never told as all.
        told = f"{int(share * 10000) / 100:.2f} %"
        yield (
            ox.Literal(body),
            ox.Literal(parsed[body]),
            ox.Literal(unparsed[body]),
            ox.Literal(told),
        )


def _made(columns: str, rows: Rows) -> Table:
    return Table(tuple(columns.split()), tuple(rows))
