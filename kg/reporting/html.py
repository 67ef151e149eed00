"""A report as an HTML page without scripts, which also prints."""

from __future__ import annotations

import html
from typing import Final

from kg.common.html_documents import html_document
from kg.reporting.model import Report, Row, Section
from kg.scanning.marks import style_of_marks

_STYLE: Final = """
body { font: 15px/1.55 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 70rem;
  margin: 2rem auto; padding: 0 1rem; color: #1c2330; background: #fff }
h1 { font-size: 1.6rem; margin: 0 0 1rem } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 }
dt, .note, th { color: #5a6472; font-weight: normal } dd { margin: 0; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
.summary { width: auto } .summary td:first-child { text-align: end;
  font-variant-numeric: tabular-nums }
th, td { text-align: start; vertical-align: top; padding: .35rem .75rem .35rem 0;
  border-bottom: 1px solid #d8dce2; overflow-wrap: anywhere }
th { white-space: nowrap } .mark { padding: .05em .3em; border-radius: .2em }
@media print { body { margin: 0; max-width: none; font-size: 10pt } thead { display:
  table-header-group } tr { break-inside: avoid } .mark { print-color-adjust: exact } }
"""


def html_report(report: Report) -> bytes:
    """Return the report as a page."""
    parts = [
        f"<h1>{html.escape(report.title)}</h1>",
        "<dl>",
        *(f"<dt>{html.escape(label)}</dt><dd>{html.escape(v)}</dd>" for label, v in report.facts),
        "</dl>",
        f"<h2>{html.escape(report.summary_heading)}</h2>",
        '<table class="summary"><tbody>',
        *(
            f"<tr><td>{count}</td><td>{_marked(mark, html.escape(words))}</td></tr>"
            for words, count, mark in report.summary
        ),
        "</tbody></table>",
        *(_section(section) for section in report.sections),
    ]
    style = _STYLE + style_of_marks("")
    return html_document(report.title, style, parts, report.lang).encode("utf-8")


def _section(section: Section) -> str:
    headings = "".join(f"<th>{html.escape(column)}</th>" for column in section.columns)
    body = "\n".join(map(_row, section.rows))
    heading = (
        f'{html.escape(section.heading)} <span class="note">{html.escape(section.note)}</span>'
    )
    table = f"<table><thead><tr>{headings}</tr></thead><tbody>\n{body}\n</tbody></table>"
    return f"<h2>{heading}</h2>\n" + (table if section.rows else "")


def _marked(mark: str, content: str) -> str:
    return f'<span class="mark {mark}">{content}</span>'


def _row(row: Row) -> str:
    first, *rest = map(html.escape, row.cells)
    linked = f'<a href="{html.escape(row.iri)}">{first}</a>' if row.iri else first
    cells = [_marked(row.mark, linked), *rest]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
