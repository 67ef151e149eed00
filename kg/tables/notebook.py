"""Tables for a notebook: HTML that stands on its own."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.tables.term_text import lexical, visible

if TYPE_CHECKING:
    from kg.store import Term
    from kg.tables.labeled_table import Presentable

SHOWN: Final = 200
"""How many rows are shown at most; the others are counted."""

_NO_ROWS: Final = Text("no rows", "没有结果")
_MORE: Final = Text("… and {} more rows", "…… 另有 {} 行")
_LANGUAGE: Final = Text("en", "zh-Hans")
_WEB: Final = ("http://", "https://")


def html_table(table: Presentable) -> str:
    """The table as an HTML ``table`` element, without scripts.

    A thing is shown by its label, as a link where its IRI is one of the web (http, https), and its
    IRI is the tooltip. A claim's label is its phrase and its source.
    """
    right = [' style="text-align: right"' * table.numeric(n) for n in range(len(table.columns))]
    names = zip(table.columns, right, strict=True)
    head = "".join(f'<th scope="col"{style}>{_text(name)}</th>' for name, style in names)
    lines = [f'<table lang="{_LANGUAGE.of(table.lang)}">', f"<thead><tr>{head}</tr></thead>"]
    lines.append("<tbody>")
    for row in table.rows[:SHOWN]:
        cells = "".join(_cell(table, *cell) for cell in zip(row, right, strict=True))
        lines.append(f"<tr>{cells}</tr>")
    lines.append("</tbody>")
    rest = len(table.rows) - SHOWN
    if rest > 0 or not table.rows:
        note = (_MORE if table.rows else _NO_ROWS).of(table.lang).format(rest)
        width = max(len(table.columns), 1)
        lines.append(f'<tfoot><tr><td colspan="{width}">{note}</td></tr></tfoot>')
    return "\n".join([*lines, "</table>"])


def _cell(table: Presentable, term: Term | None, style: str) -> str:
    if term is None:
        return "<td></td>"
    if isinstance(term, ox.NamedNode):
        iri, label = _text(term.value), _text(table.label(term) or term.value)
        if term.value.casefold().startswith(_WEB):
            return f'<td><a href="{iri}" title="{iri}" rel="noopener noreferrer">{label}</a></td>'
        return f'<td title="{iri}">{label}</td>'
    language = term.language if isinstance(term, ox.Literal) else None
    spoken = f' lang="{_text(language)}"' if language else ""
    return f"<td{spoken}{style}>{_text(lexical(term))}</td>"


def _text(text: str) -> str:
    return html.escape(visible(text)).replace("\n", "<br/>")
