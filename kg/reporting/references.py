"""Make reports of lists of references, and of the references in documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Final

from kg.analysis.match_rows import COLUMNS as MATCH_COLUMNS
from kg.analysis.match_rows import match_rows
from kg.common.bilingual import Text
from kg.common.line_breaks import cell_width
from kg.entities.match import Match
from kg.entities.match.words import summarize_match
from kg.evidence.proofs import Proof, cite, proofs_of_claims
from kg.evidence.records import records_of_entities
from kg.reporting.model import Report, Row, Section
from kg.scanning import Scan
from kg.scanning.graph_words import describe_graph
from kg.scanning.marks import mark_of
from kg.scanning.rows import describe_place, rows, written
from kg.store import Store

_TITLE: Final = Text("Status of the standards referred to", "所引标准现状报告")
_HEADINGS: Final = {
    "place": Text("Place", "位置"),
    "reference": Text("Reference", "引用"),
    "name": Text("Document", "所指文件"),
    "clauses": Text("Clauses", "条款"),
    "status": Text("Status", "状态"),
    "evidence": Text("Evidence", "证据"),
    "note": Text("Note", "说明"),
}
_LIST: Final = ("reference", "name", "status", "evidence", "note")
_SCAN: Final = ("reference", "place", "name", "clauses", "status", "evidence", "note")
_FACTS: Final = {
    "date": Text("Date", "日期"),
    "as-of": Text("Status as of", "状态截至"),
    "files": Text("Files", "文件"),
    "graph": Text("Graph and sources", "图谱与来源"),
}
_LATEST: Final = Text("the latest that the sources tell", "来源所载最新状态")
_SUMMARY: Final = Text("Summary", "概要")
_COUNT: Final = Text("{count} references", "{count}处引用")
_SEPARATOR: Final = Text(", ", "、")

_NARROWEST: Final = 8
_WIDEST: Final = 40
"""Limits of the widths of columns, in characters."""

References = tuple[str, Sequence[str], Sequence[Match]]
"""A list: its name, its references as given, and their matches."""


def report_references(
    store: Store,
    inputs: Iterable[References | Scan],
    lang: str,
    *,
    title: str = "",
    as_of: str = "",
) -> Report:
    """Return the report of lists and scanned documents, in the order given.

    ``title`` is a heading other than the usual one, ``as_of`` the day of the statuses (empty: the
    latest known).
    """
    given = list(inputs)
    names = [each.document.name if isinstance(each, Scan) else each[0] for each in given]
    matches = [match for each in given for match in _matches(each)]
    facts = (
        (_FACTS["date"].of(lang), date.today().isoformat()),
        (_FACTS["as-of"].of(lang), as_of or _LATEST.of(lang)),
        (_FACTS["files"].of(lang), _SEPARATOR.of(lang).join(names)),
        (_FACTS["graph"].of(lang), describe_graph(store, lang)),
    )
    return Report(
        title or _TITLE.of(lang),
        facts,
        _SUMMARY.of(lang),
        tuple(_summary(matches, lang)),
        tuple(
            _of_document(store, each, lang)
            if isinstance(each, Scan)
            else _of_list(store, each, lang)
            for each in given
        ),
        lang,
    )


def totals(report: Report) -> str:
    """Return the summary as lines of text."""
    return "".join(f"  {count:6}  {words}\n" for words, count, _ in report.summary)


def _matches(given: References | Scan) -> list[Match]:
    if isinstance(given, Scan):
        return [each.match for each in given.references]
    return list(given[2])


def _summary(matches: Sequence[Match], lang: str) -> Iterable[tuple[str, int, str]]:
    counts = Counter((summarize_match(match, lang), mark_of(match)) for match in matches)
    for (words, mark), count in counts.most_common():
        yield words or "–", count, mark


def _of_list(store: Store, given: References, lang: str) -> Section:
    name, texts, matches = given
    found = (
        dict(zip(MATCH_COLUMNS, cells, strict=True)) for cells in match_rows(store, matches, lang)
    )
    records = _records(store, (match.iri for match in matches), lang)
    made = [
        Row(
            (
                text,
                str(row["name"]),
                str(row["status"]),
                str(row["evidence"]) or records.get(match.iri, ""),
                "" if match.iri else str(row["why"]),
            ),
            match.iri,
            mark_of(match),
        )
        for text, match, row in zip(texts, matches, found, strict=True)
    ]
    return _section(name, _LIST, made, lang)


def _of_document(store: Store, scan: Scan, lang: str) -> Section:
    found = rows(store, [(scan, item) for item in scan.references], lang)
    records = _records(store, (item.match.iri for item in scan.references), lang)
    made = [
        Row(
            (
                written(item.reference, lang),
                describe_place(item.reference, lang),
                str(row["name"]),
                str(row["clauses"]),
                str(row["status"]),
                str(row["evidence"]) or records.get(item.match.iri, ""),
                "" if item.match.iri else str(row["why"]),
            ),
            item.match.iri,
            mark_of(item.match),
        )
        for item, row in zip(scan.references, found, strict=True)
    ]
    return _section(scan.document.name, _SCAN, made, lang)


def _records(store: Store, entities: Iterable[str], lang: str) -> dict[str, str]:
    """Return the records that describe documents, as citations, by document."""
    described = records_of_entities(store, filter(None, entities))
    proofs = proofs_of_claims(store, chain.from_iterable(described.values()))
    found: dict[str, list[Proof]] = {}
    for (_, entity), records in sorted(described.items()):
        own = chain.from_iterable(proofs[record] for record in records)
        found.setdefault(entity, []).extend(own)
    return {entity: cite(own, lang) for entity, own in found.items()}


def _widths(columns: Sequence[str], made: Sequence[Row]) -> tuple[int, ...]:
    """Return widths for columns in proportion to their longest cells, within limits."""
    cells = zip(*(row.cells for row in made), strict=True)
    longest = (
        max(map(cell_width, (heading, *column)))
        for heading, column in zip(columns, cells, strict=True)
    )
    return tuple(min(_WIDEST, max(_NARROWEST, width)) for width in longest)


def _section(name: str, keys: Sequence[str], made: Sequence[Row], lang: str) -> Section:
    """Return a section without columns that are empty in all rows."""
    kept = [at for at, _ in enumerate(keys) if any(row.cells[at] for row in made)]
    columns = tuple(_HEADINGS[keys[at]].of(lang) for at in kept)
    shown = tuple(Row(tuple(row.cells[at] for at in kept), row.iri, row.mark) for row in made)
    note = _COUNT.of(lang).format(count=len(made))
    return Section(name, note, columns, shown, _widths(columns, shown))
