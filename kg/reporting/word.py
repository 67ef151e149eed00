"""A report as a Word document (ISO/IEC 29500)."""

from __future__ import annotations

import io
from typing import Any, Final

from kg.common.bilingual import Text
from kg.common.errors import MissingPackageError
from kg.reporting.model import Report, Section
from kg.scanning.marks import COLORS

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COLON: Final = Text(": ", "：")
_WIDTH: Final = 26.0
"""Centimeters between the margins."""
_FONT: Final = "Noto Sans CJK SC"


def missing() -> MissingPackageError:
    """Return the error for a format whose packages are missing."""
    return MissingPackageError(
        "reports in this format need packages that are not installed: pip install 'stdkg[reports]'"
    )


def word_report(report: Report) -> bytes:
    """Return the report as a DOCX; MissingPackageError without the extra ``reports``."""
    try:
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm, Pt
    except ImportError as error:
        raise missing() from error
    document = docx.Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(1.8)
    style = document.styles["Normal"]
    style.font.size = Pt(9.5)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(f"{_W}eastAsia", _FONT)
    document.core_properties.title = report.title
    document.core_properties.author = "stdkg"
    document.add_heading(report.title, 0)
    for label, value in report.facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(label + _COLON.of(report.lang)).bold = True
        paragraph.add_run(value)
    document.add_heading(report.summary_heading, 1)
    table = document.add_table(rows=0, cols=2)
    for words, count, mark in report.summary:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(count), words
        cells[0].width, cells[1].width = Cm(2), Cm(20)
        _shade(cells[1], mark)
    for section in report.sections:
        _add(document, section)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add(document: Any, section: Section) -> None:
    document.add_heading(f"{section.heading} ({section.note})", 1)
    if not section.rows:
        return
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(section.columns), style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, section.columns, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    # The heading is repeated on each page.
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(f"{_W}tblHeader", {}))
    for row in section.rows:
        added = table.add_row()
        kept = added._tr.get_or_add_trPr()
        kept.append(kept.makeelement(f"{_W}cantSplit", {}))
        cells = added.cells
        for cell, text in zip(cells, row.cells, strict=True):
            cell.text = text
        _shade(cells[0], row.mark)
    for column, width in zip(table.columns, section.widths, strict=True):
        for cell in column.cells:
            cell.width = Cm(_WIDTH * width / sum(section.widths))


def _shade(cell: Any, mark: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    fill = COLORS[mark][0].lstrip("#")
    properties.append(properties.makeelement(f"{_W}shd", {f"{_W}val": "clear", f"{_W}fill": fill}))
