"""Read the text layer of PDF documents (ISO 32000)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kg.common.errors import SourceError
from kg.scanning.documents.packages import missing
from kg.scanning.documents.plain import page_passages
from kg.scanning.passages import Passage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_HYPHENS: Final = {0xFFFE: "-", 0x02: "-", 0xAD: "-"}
"""How PDFium writes a hyphen at the end of a line."""


@contextmanager
def open_pdf(name: str, data: bytes) -> Iterator[PdfDocument]:
    """Open a PDF; SourceError if it is encrypted or can't be read."""
    try:
        import pypdfium2
    except ImportError as error:
        raise missing("PDF") from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(f"{name}: encrypted: save a copy without a password") from error
        raise SourceError(f"{name}: not a readable PDF: save it again") from error
    try:
        yield document
    finally:
        document.close()


def read(name: str, data: bytes) -> list[Passage]:
    """Return the paragraphs of a PDF; SourceError if it has no text layer."""
    found: list[Passage] = []
    offset = 0
    with open_pdf(name, data) as document:
        for number in range(len(document)):
            text = page_text(document, number)
            found += page_passages(text, number + 1, offset)
            offset += len(text) + 1
        pages = len(document)
    if not found:
        raise SourceError(
            f"{name}: has no text layer on its {pages} pages: make them searchable with OCR first"
        )
    return found


def page_text(document: PdfDocument, number: int) -> str:
    """Return the text of a page, a code point for each of its characters."""
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            return _text(textpage)
        finally:
            textpage.close()
    finally:
        page.close()


def _text(textpage: PdfTextPage) -> str:
    from pypdfium2 import raw

    count = textpage.count_chars()
    if count <= 0:
        return ""
    # Not get_text_range, which leaves out characters, so that places would no longer fit.
    get = raw.FPDFText_GetUnicode
    codes = [get(textpage, index) for index in range(count)]
    return "".join(map(_character, codes))


def _character(code: int) -> str:
    if code in _HYPHENS:
        return _HYPHENS[code]
    valid = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000  # noqa: PLR2004
    return chr(code) if valid else " "
