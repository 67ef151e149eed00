"""Mark the references of a PDF with highlight annotations (ISO 32000-1, 12.5.6.10)."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from kg.scanning import MatchedReference
from kg.scanning.documents import pdf
from kg.scanning.marks import mark_of

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_COLORS: Final = {
    "current": (120, 220, 140),
    "draft": (140, 180, 255),
    "replaced": (255, 130, 110),
    "other": (255, 225, 90),
    "none": (200, 200, 205),
}
_AUTHOR: Final = "stdkg"
_OPAQUE: Final = 255
_PRINTED: Final = 4


def annotated(
    name: str, data: bytes, references: Sequence[tuple[MatchedReference, str]]
) -> tuple[bytes, int]:
    """Return a copy with the references highlighted, and how many could not be."""
    unmarked = 0
    pages = groupby(references, key=lambda each: each[0].reference.passage.page)
    own = {number: list(group) for number, group in pages}
    with pdf.open_pdf(name, data) as document:
        offset = 0
        for number in range(len(document)):
            if number + 1 in own:
                page = document[number]
                textpage = page.get_textpage()
                for item, note in own[number + 1]:
                    unmarked += not _mark(page, textpage, item, note, offset)
                textpage.close()
                page.close()
            offset += len(pdf.page_text(document, number)) + 1
        stream = io.BytesIO()
        document.save(stream)
    return stream.getvalue(), unmarked


def _mark(
    page: PdfPage, textpage: PdfTextPage, item: MatchedReference, note: str, offset: int
) -> bool:
    """Highlight a reference; return whether its text has a place on the page."""
    from pypdfium2 import raw

    reference = item.reference
    start = reference.passage.offset + reference.start - offset
    count = textpage.count_rects(start, reference.end - reference.start)
    boxes = [textpage.get_rect(index) for index in range(count)]
    boxes = [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
    if not boxes:
        return False
    annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_HIGHLIGHT)
    for left, bottom, right, top in boxes:
        quad = raw.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
        raw.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
    around = raw.FS_RECTF(
        min(box[0] for box in boxes),
        max(box[3] for box in boxes),
        max(box[2] for box in boxes),
        min(box[1] for box in boxes),
    )
    raw.FPDFAnnot_SetRect(annotation, around)
    color = _COLORS[mark_of(item.match)]
    raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *color, _OPAQUE)
    raw.FPDFAnnot_SetFlags(annotation, _PRINTED)
    _set(annotation, b"Contents", note)
    _set(annotation, b"T", _AUTHOR)
    raw.FPDFPage_CloseAnnot(annotation)
    return True


def _set(annotation: Any, key: bytes, text: str) -> None:
    from pypdfium2 import raw

    data = (text + "\0").encode("utf-16-le")
    buffer = ctypes.cast(ctypes.c_char_p(data), raw.FPDF_WIDESTRING)
    raw.FPDFAnnot_SetStringValue(annotation, key, buffer)
