"""Output of ``kg stats``: totals, and the records of each catalogue kept, rejected and repaired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.cli.language import translate
from kg.cli.reports.columns import for_people
from kg.common.bilingual import Text
from kg.common.namespaces import node
from kg.store import Store, Table, Term
from kg.tables import add_labels, render_table

if TYPE_CHECKING:
    from kg.evidence.selectors import EvidenceCounts
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
_BUILT_IN: Final = Text("of which the project itself brings {}", "其中{}个由本项目提供")
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
    "same": Text("Further records of a thing that has one", "同一事物的其他记录"),
    "mendings": Text("Faults of the sources mended", "已修正的来源错误"),
    "unknown": Text("Fields not known", "未识别的字段"),
    "duplicates": Text(
        "Statements of RDF files, repeated and kept once", "RDF文件中重复的陈述（只留一条）"
    ),
    "rewritten": Text("Literals of RDF files kept in another form", "RDF文件中改写后保存的字面量"),
    "graphs": Text(
        "Statements of named graphs, whose names are not kept", "命名图中的陈述（图名不保留）"
    ),
    "identifiers": Text("Identifiers parsed, by body", "各机构编号的解析"),
    "committees": Text(
        "Committees that documents name, by catalogue", "文件所标委员会的解析（按目录）"
    ),
}

_Rows = Iterable[tuple[Term | None, ...]]


def statistics(graph: KnowledgeGraph, lang: str) -> str:
    """Return totals, and tables of catalogues, classes, sources and properties."""
    counts = graph.statistics()
    accounts = graph.catalogues
    lines = []
    for name, count in counts.totals:
        note = _note(name, counts.totals, lang)
        if name == "catalogues" and 0 < len(accounts) < count:
            note = _BUILT_IN.of(lang).format(count - len(accounts))
        lines.append(_line(_NAMES[name].of(lang), count, note))
    lines += [_evidence(counts.evidence, lang), _shapes(graph.shape_coverage(listed=False), lang)]
    tables = [
        *_tables(accounts),
        ("committees", counts.committees),
        ("classes", counts.classes),
        ("sources", counts.sources),
        ("properties", counts.properties),
    ]
    text = "".join(f"{line}\n" for line in lines)
    for name, table in tables:
        if table.rows:
            text += f"\n{_TITLES[name].of(lang)}\n\n{_table(graph.store, table, lang)}"
    return text


def _table(store: Store, table: Table, lang: str) -> str:
    return render_table(for_people(add_labels(store, table, lang), lang), "table", lang)


def _line(name: str, count: int, note: str = "") -> str:
    from rich.cells import cell_len

    return f"{name}{' ' * (16 - cell_len(name))} {count:>9}   {note}".rstrip()


def _note(name: str, totals: Sequence[tuple[str, int]], lang: str) -> str:
    has_catalogues = "catalogues" in dict(totals)
    return _NOTES[name].of(lang) if has_catalogues and name in _NOTES else ""


def _evidence(counts: Sequence[EvidenceCounts], lang: str) -> str:
    note = _EVIDENCE.of(lang).format(
        sum(count.unverified for count in counts),
        sum(count.without_phrase for count in counts),
    )
    name = Text("evidence", "证据").of(lang)
    return _line(name, sum(count.verified for count in counts), note)


def _shapes(rows: Sequence[ShapeCoverage], lang: str) -> str:
    applied = sum(bool(row.count) for row in rows)
    note = _SHAPES.of(lang).format(applied, sum(row.fault for row in rows))
    return _line(Text("shapes", "形状").of(lang), len(rows), note)


def _tables(accounts: Sequence[Account]) -> Iterator[tuple[str, Table]]:
    """Yield tables of the records of catalogues, by name."""
    # Rows must fit a hundred columns, even those of sources with long names.
    columns = "source records inGraph rejected triples snapshot readOn"
    yield "catalogues", _table_of(columns, map(_account_row, accounts))
    yield "rejects", _tally(accounts, "reason", lambda account: account.rejected)
    yield "same", _tally(accounts, "reason", partial(_counts_of, name="same"))
    repairs = _tally(accounts, "mending", partial(_counts_of, name="mendings"))
    yield (
        "mendings",
        Table(repairs.columns, tuple((s, _repair_code(r), n) for s, r, n in repairs.rows)),
    )
    yield "unknown", _tally(accounts, "field", partial(_counts_of, name="unknown"))
    for name in ("duplicates", "rewritten", "graphs"):
        yield name, _tally(accounts, "kind", partial(_counts_of, name=name))
    yield "identifiers", _table_of("body parsed unparsed share", _identifiers(accounts))


def _account_row(account: Account) -> tuple[Term | None, ...]:
    return (
        ox.Literal(account.slug),
        ox.Literal(account.records),
        ox.Literal(account.kept),
        ox.Literal(account.rejects),
        ox.Literal(account.triples),
        ox.Literal(account.snapshot),
        ox.Literal(account.read_on[:10]) if account.read_on else None,
    )


def _tally(
    accounts: Sequence[Account], column: str, counts: Callable[[Account], Mapping[str, int]]
) -> Table:
    rows = (
        (ox.Literal(account.slug), ox.Literal(translate(name)), ox.Literal(count))
        for account in accounts
        for name, count in sorted(counts(account).items(), key=lambda pair: (-pair[1], pair[0]))
    )
    return _table_of(f"source {column} count", rows)


def _counts_of(account: Account, name: str) -> Mapping[str, int]:
    return account.counts.get(name, {})


def _repair_code(code: Term | None) -> Term | None:
    return None if code is None else node(f"mending:{code.value}")


def _identifiers(accounts: Sequence[Account]) -> _Rows:
    parsed: Counter[str] = Counter()
    unparsed: Counter[str] = Counter()
    for account in accounts:
        parsed.update(account.counts.get("parsed", {}))
        unparsed.update(account.counts.get("unparsed", {}))
    for body in sorted({*parsed, *unparsed}, key=lambda body: (-parsed[body], body)):
        share = parsed[body] / (parsed[body] + unparsed[body])
        # Rounded down, so that 100 % always means all of them.
        percentage = f"{int(share * 10000) / 100:.2f} %"
        yield (
            ox.Literal(body),
            ox.Literal(parsed[body]),
            ox.Literal(unparsed[body]),
            ox.Literal(percentage),
        )


def _table_of(columns: str, rows: _Rows) -> Table:
    return Table(tuple(columns.split()), tuple(rows))
