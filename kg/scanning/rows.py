"""References as rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from kg.analysis import match_rows
from kg.common.bilingual import Text
from kg.scanning import MatchedReference, Scan
from kg.scanning.references import Reference
from kg.store import Store

COLUMNS: Final = (
    *("file", "page", "paragraph", "line", "part", "start", "end", "text", "number", "form"),
    *("dated", "clauses", "dual", *match_rows.COLUMNS),
)
"""The columns of CSV, the same in every language because programs rely on them."""
HEADINGS: Final = {
    "place": Text("place", "位置"),
    "text": Text("reference", "引用"),
    "name": Text("means", "所指"),
    "clauses": Text("clauses", "条款"),
    "status": Text("status", "状态"),
    "evidence": Text("evidence", "证据"),
    "why": Text("why", "理由"),
}
"""The columns for people, and their headings."""

_PAGE: Final = Text("page {page}, line {line}", "第{page}页第{line}行")
_LINE: Final = Text("line {line}", "第{line}行")
_PARAGRAPH: Final = Text("paragraph {paragraph}", "第{paragraph}段")
_CELL: Final = re.compile(r"table (?P<table>\d+)(?:, row (?P<row>\d+))?, column (?P<column>\d+)")
_PARTS: Final = {"header": "页眉", "footer": "页脚", "footnote": "脚注", "endnote": "尾注"}
_WITHIN: Final = Text("{place}, {part}", "{place}，{part}")
_MEANS: Final = Text("{text} ({number})", "{text}（{number}）")


def rows(
    store: Store, references: Sequence[tuple[Scan, MatchedReference]], lang: str
) -> Iterator[dict[str, str | int | float]]:
    """Yield the cells of :data:`COLUMNS` for each reference; those that don't apply are empty."""
    matches = [item.match for _, item in references]
    matched = match_rows.match_rows(store, matches, lang)
    for (scan, item), cells in zip(references, matched, strict=True):
        reference = item.reference
        passage = reference.passage
        own: tuple[str | int | float, ...] = (
            scan.document.name,
            passage.page or "",
            passage.paragraph,
            reference.line or "",
            passage.part,
            reference.start,
            reference.end,
            reference.text,
            reference.number,
            reference.form,
            "true" if reference.is_dated else "false",
            "; ".join(clause.name for clause in reference.clauses),
            reference.dual,
        )
        yield dict(zip(COLUMNS, (*own, *cells), strict=True))


def readable(
    item: MatchedReference, row: dict[str, str | int | float], lang: str, *, file: bool
) -> tuple[ox.Literal | None, ...]:
    """Return the cells of :data:`HEADINGS`, with a reason only where nothing is meant.

    ``file`` puts the name of the document before the place.
    """
    reference = item.reference
    place = describe_place(reference, lang)
    cells = (
        f"{row['file']}: {place}" if file else place,
        written(reference, lang),
        row["name"],
        row["clauses"],
        row["status"],
        row["evidence"],
        "" if row["name"] else row["why"],
    )
    return tuple(ox.Literal(str(cell)) if cell else None for cell in cells)


def describe_place(reference: Reference, lang: str) -> str:
    """Return where a reference stands, in words."""
    passage = reference.passage
    if "!" in passage.part:
        return passage.part
    words = _PAGE if passage.page else _LINE if passage.line else _PARAGRAPH
    place = words.of(lang).format(
        page=passage.page, line=reference.line, paragraph=passage.paragraph
    )
    return (
        _WITHIN.of(lang).format(place=place, part=describe_part(passage.part, lang))
        if passage.part
        else place
    )


def describe_part(part: str, lang: str) -> str:
    """Return the part of a document that holds a passage, in words."""
    if lang != "zh" or "!" in part:
        return part
    cell = _CELL.fullmatch(part)
    if cell:
        row = f"第{cell['row']}行" if cell["row"] else ""
        return f"表{cell['table']}{row}第{cell['column']}列"
    return _PARTS[part]


def written(reference: Reference, lang: str) -> str:
    """Return a reference as it is written, with its number if that doesn't say it in full."""
    text = " ".join(reference.text.split())
    if reference.form == "full":
        return text
    return _MEANS.of(lang).format(text=text, number=reference.number)
