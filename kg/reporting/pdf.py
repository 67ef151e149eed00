"""A report as a PDF, set by Typst."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from kg.common.bilingual import Text
from kg.reporting.model import Report
from kg.reporting.word import missing
from kg.scanning.marks import COLORS

_COLON: Final = Text(": ", "：")
_TEMPLATE: Final = r"""
#let report = json(bytes(sys.inputs.report))
#set document(title: report.title, author: "stdkg")
#set page(paper: "a4", flipped: true, margin: 1.6cm, numbering: "1 / 1")
#set text(font: ("Noto Sans SC",), size: 9pt, lang: report.lang)
#set par(justify: false)
#show heading: set block(above: 1.4em, below: .7em)
#show link: underline
#let marked(mark, body) = box(
  fill: rgb(report.colors.at(mark).at(0)), inset: (x: 2pt), outset: (y: 2pt), radius: 2pt,
  text(fill: rgb(report.colors.at(mark).at(1)), body))
// Long paths and addresses break at their signs.
#let cell(body) = body.replace(regex("[/_.:]"), m => m.text + sym.zws)
#text(size: 17pt, weight: "bold", report.title)
#v(.3em)
#for (label, value) in report.facts [#strong(label + report.colon)#cell(value) \ ]
= #report.summary_heading
#grid(columns: (auto, 1fr), column-gutter: 1em, row-gutter: .7em,
  ..report.summary.map(((words, count, mark)) => (align(right)[#count], marked(mark, words))
  ).flatten())
#for section in report.sections [
  == #section.heading #text(weight: "regular", size: 9pt)[(#section.note)]
  #if section.rows.len() > 0 {
    table(columns: section.widths.map(width => width * 1fr), stroke: (x: none, y: .4pt + luma(80%)),
      inset: (x: 3pt, y: 4pt), align: left,
      table.header(..section.columns.map(column => text(fill: luma(35%), column))),
      ..section.rows.map(row => {
        let (first, ..rest) = row.cells
        let shown = cell(first)
        let linked = if row.iri == "" { shown } else { link(row.iri, shown) }
        (marked(row.mark, linked), ..rest.map(cell))
      }).flatten())
  }
]
"""


def pdf_report(report: Report) -> bytes:
    """Return the report as a PDF; MissingPackageError without the extra ``reports``."""
    try:
        import typst
    except ImportError as error:
        raise missing() from error
    found = find_spec("pylopdf_fonts_zh_cn")
    if found is None or found.origin is None:
        raise missing()
    # The types of typst.compile fit no call.
    compile_source: Any = typst.compile
    content = compile_source(
        _TEMPLATE.encode("utf-8"),
        font_paths=[str(Path(found.origin).parent)],
        ignore_system_fonts=True,
        sys_inputs={"report": _data(report)},
    )
    return bytes(content)


def _data(report: Report) -> str:
    data = {
        "title": report.title,
        "lang": report.lang,
        "colon": _COLON.of(report.lang),
        "colors": COLORS,
        "facts": report.facts,
        "summary_heading": report.summary_heading,
        "summary": report.summary,
        "sections": [
            {
                "heading": section.heading,
                "note": section.note,
                "columns": section.columns,
                "widths": section.widths,
                "rows": [
                    {"cells": row.cells, "iri": row.iri, "mark": row.mark} for row in section.rows
                ],
            }
            for section in report.sections
        ],
    }
    return json.dumps(data, ensure_ascii=False)
