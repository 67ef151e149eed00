"""Read documents as passages: text, Markdown, HTML, Word, PDF with a text layer, workbooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kg.common.errors import ArgumentError, SourceError
from kg.scanning.documents import html, pdf, plain, word, workbook
from kg.scanning.passages import Document, Passage

__all__ = ["EXTENSIONS", "read_document", "read_text"]

_Reader = Callable[[str, bytes], list[Passage]]
_BINARY: Final[dict[str, _Reader]] = {
    ".docx": word.read,
    ".pdf": pdf.read,
    ".xlsx": workbook.read,
}
_TEXTS: Final = {
    ".txt": plain.passages,
    ".md": plain.passages,
    ".html": html.passages,
    ".htm": html.passages,
}
_OLDER: Final = {
    ".doc": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".xls": ".xlsx",
    ".ods": ".xlsx",
    ".csv": ".xlsx",
}
EXTENSIONS: Final = (*_TEXTS, *_BINARY)
"""File extensions of documents."""


def read_document(file: Path, encoding: str | None = None) -> Document:
    """Read a document by the extension of its file.

    ``encoding`` is that of a text or HTML file (default: UTF-8, or what its byte order mark or its
    ``meta`` element says). Raises SourceError for a file that can't be read, is encrypted, or has
    no text, ArgumentError for another kind of file or an encoding for a kind without one, and
    MissingPackageError without the packages of the extra ``documents``.
    """
    extension = file.suffix.casefold()
    if extension in _OLDER:
        raise ArgumentError(f"{file}: can't be scanned: save it as {_OLDER[extension]}")
    if extension not in EXTENSIONS:
        endings = ", ".join(EXTENSIONS)
        raise ArgumentError(f"{file}: can't be scanned: name a file that ends in {endings}")
    if encoding is not None and extension in _BINARY:
        raise ArgumentError(f"{file}: has no encoding of its own: leave out --encoding")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror}: name a document") from error
    if not data:
        raise SourceError(f"{file}: is empty: there is nothing to scan")
    if extension in _BINARY:
        passages = _BINARY[extension](str(file), data)
    else:
        declared = html.declared_encoding(data) if extension in (".html", ".htm") else None
        text = plain.decode(str(file), data, encoding or declared)
        passages = _TEXTS[extension](text)
    if not any(passage.text.strip() for passage in passages):
        raise SourceError(f"{file}: has no text: there is nothing to scan")
    return Document(str(file), tuple(passages))


def read_text(text: str, name: str = "text") -> Document:
    """Return the passages of a text, as of a text file."""
    return Document(name, tuple(plain.passages(text)))
