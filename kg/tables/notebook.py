"""Renderer of tables for a notebook: self-contained HTML without scripts."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.control_characters import visible
from kg.tables.term_text import readable

if TYPE_CHECKING:
    from kg.store import Term
    from kg.tables.labeled_table import LabeledTable

ROW_LIMIT: Final = 200
"""Number of rows shown; the others are only counted."""

_NO_ROWS: Final = Text("no rows", "没有结果")
_MORE: Final = Text("… and {} more rows", "…… 另有 {} 行")
_LANGUAGE: Final = Text("en", "zh-Hans")
_WEB: Final = ("http://", "https://")


def html_table(table: LabeledTable) -> str:
    """Return a table as an HTML ``table`` element.

    An IRI is shown as its label, with the IRI as tooltip, and as a link if it is http(s).
    """
    right = [' style="text-align: right"' * table.is_numeric(n) for n in range(len(table.columns))]
    names = zip(map(table.heading, table.columns), right, strict=True)
    head = "".join(f'<th scope="col"{style}>{_escape(name)}</th>' for name, style in names)
    lines = [f'<table lang="{_LANGUAGE.of(table.lang)}">', f"<thead><tr>{head}</tr></thead>"]
    lines.append("<tbody>")
    for row in table.rows[:ROW_LIMIT]:
        cells = "".join(_cell(table, *cell) for cell in zip(row, right, strict=True))
        lines.append(f"<tr>{cells}</tr>")
    lines.append("</tbody>")
    rest = len(table.rows) - ROW_LIMIT
    if rest > 0 or not table.rows:
        note = (_MORE if table.rows else _NO_ROWS).of(table.lang).format(rest)
        width = max(len(table.columns), 1)
        lines.append(f'<tfoot><tr><td colspan="{width}">{note}</td></tr></tfoot>')
    return "\n".join([*lines, "</table>"])


def _cell(table: LabeledTable, term: Term | None, style: str) -> str:
    if term is None:
        return "<td></td>"
    if isinstance(term, ox.NamedNode):
        iri, label = _escape(term.value), _escape(table.label(term) or term.value)
        if term.value.casefold().startswith(_WEB):
            return f'<td><a href="{iri}" title="{iri}" rel="noopener noreferrer">{label}</a></td>'
        return f'<td title="{iri}">{label}</td>'
    language = term.language if isinstance(term, ox.Literal) else None
    attribute = f' lang="{_escape(language)}"' if language else ""
    return f"<td{attribute}{style}>{_escape(readable(term, table.lang))}</td>"


def _escape(text: str) -> str:
    return html.escape(visible(text)).replace("\n", "<br/>")
