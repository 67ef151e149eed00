"""References in any format: a table, data, or the text with its references marked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.entities.match.words import count_matches
from kg.scanning import MatchedReference, Scan
from kg.scanning.rows import COLUMNS, HEADINGS, readable, rows
from kg.store import Store
from kg.tables import LabeledTable, table_bytes

_TOTAL: Final = Text(
    "{files}: {all} references to {documents} documents: {matched} matched, {unmatched} not",
    "{files}：共{all}处引用，涉及{documents}个文件：匹配{matched}处，未匹配{unmatched}处",
)
_SHOWN: Final = Text(
    "{shown} of {all} rows shown: use --all or --limit",
    "仅显示{all}行中的{shown}行：用--all或--limit",
)
_FILES: Final = Text("{count} files", "{count}个文件")
_GRAPH: Final = Text("graph: {graph}", "图谱：{graph}")


def references_of(scans: Sequence[Scan]) -> list[tuple[Scan, MatchedReference]]:
    """Return the references of all documents, each with its scan."""
    return [(scan, item) for scan in scans for item in scan.references]


def render(
    store: Store,
    scans: Sequence[Scan],
    format: str,
    lang: str,
    *,
    graph: str,
    limit: int | None = None,
) -> bytes:
    """Return the references as ``table``, ``md``, ``csv``, ``json`` or ``html``.

    ``graph`` describes the graph that was asked, and ``limit`` is the greatest number of rows.
    """
    cited = references_of(scans)[:limit]
    found = list(rows(store, cited, lang))
    if format == "json":
        return _json(scans, cited, found, graph)
    if format == "html":
        from kg.scanning.page import html_page

        return html_page(scans, cited, found, lang, graph).encode("utf-8")
    if format == "csv":
        cells = (tuple(_literal(row[column]) for column in COLUMNS) for row in found)
        return table_bytes(LabeledTable(COLUMNS, tuple(cells), {}, lang), format, lang)
    several = len(scans) > 1
    short = (
        readable(item, row, lang, file=several) for (_, item), row in zip(cited, found, strict=True)
    )
    headings = {column: heading.of(lang) for column, heading in HEADINGS.items()}
    table = LabeledTable(tuple(HEADINGS), tuple(short), {}, lang, headings=headings)
    return table_bytes(table, format, lang)


def _literal(cell: str | int | float) -> ox.Literal | None:
    return None if cell == "" else ox.Literal(str(cell))


def _json(
    scans: Sequence[Scan],
    cited: Sequence[tuple[Scan, MatchedReference]],
    found: Sequence[dict[str, str | int | float]],
    graph: str,
) -> bytes:
    listed: dict[int, list[dict[str, Any]]] = {id(scan): [] for scan in scans}
    for (scan, item), row in zip(cited, found, strict=True):
        listed[id(scan)].append(_entry(item, row))
    files = [{"file": scan.document.name, "references": listed[id(scan)]} for scan in scans]
    data = {"graph": graph, "files": files}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _entry(item: MatchedReference, row: dict[str, str | int | float]) -> dict[str, Any]:
    reference, match = item.reference, item.match
    passage = reference.passage
    return {
        "text": reference.text,
        "number": reference.number,
        "form": reference.form,
        "dated": reference.is_dated,
        "all_parts": reference.all_parts,
        "other_document": reference.other_document or None,
        "span": {
            "page": passage.page or None,
            "paragraph": passage.paragraph,
            "line": reference.line or None,
            "part": passage.part or None,
            "start": reference.start,
            "end": reference.end,
            "offset": passage.offset + reference.start,
        },
        "clauses": [
            {"name": clause.name, "start": clause.start, "end": clause.end}
            for clause in reference.clauses
        ],
        "dual": reference.dual or None,
        "iri": match.iri or None,
        "name": row["name"] or None,
        "score": match.score,
        "status": match.status.key or None,
        "status_words": row["status"] or None,
        "replaced_by": list(match.status.successors),
        "later_editions": [edition.iri for edition in match.status.later],
        "evidence": row["evidence"] or None,
        "others": list(match.others),
        "reasons": [reason.key for reason in match.reasons],
        "why": row["why"],
    }


def totals(scans: Sequence[Scan], lang: str, *, graph: str, limit: int | None = None) -> str:
    """Return how many references there are, by status, why others didn't match, and the graph."""
    references = [item for _, item in references_of(scans)]
    matches = [each.match for each in references]
    matched = sum(bool(match.iri) for match in matches)
    names = [scan.document.name for scan in scans]
    lines = [
        _TOTAL.of(lang).format(
            files=names[0] if len(names) == 1 else _FILES.of(lang).format(count=len(names)),
            all=len(references),
            documents=len({each.reference.wanted for each in references}),
            matched=matched,
            unmatched=len(matches) - matched,
        )
    ]
    lines += [f"  {count:6}  {words}" for words, count in count_matches(matches, lang)]
    if limit is not None and limit < len(references):
        lines.append(_SHOWN.of(lang).format(shown=limit, all=len(references)))
    lines.append(_GRAPH.of(lang).format(graph=graph))
    return "\n".join(lines) + "\n"
