"""Read Word documents (DOCX, ISO/IEC 29500): body, tables, notes, headers and footers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.common.errors import SourceError
from kg.scanning.documents.packages import missing
from kg.scanning.passages import Passage

if TYPE_CHECKING:
    from docx.document import Document

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_MAX_BYTES: Final = 1_000_000_000
_NOTES: Final = ("footnotes", "endnotes")
_TEXTS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Piece(NamedTuple):
    """A run of a paragraph (its element) and its text."""

    run: Any
    text: str


def open_word(name: str, data: bytes) -> Document:
    """Open a Word document; SourceError if it can't be opened."""
    try:
        import docx
    except ImportError as error:
        raise missing("DOCX") from error
    if data.startswith(_OLE):
        raise SourceError(f"{name}: encrypted, or an old .doc: save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MAX_BYTES:
                raise SourceError(f"{name}: holds more than 1 GB: split it")
        return docx.Document(io.BytesIO(data))
    # A part can be missing, cut off or no XML, for each of which python-docx has another error.
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, OSError, RuntimeError) as error:
        raise SourceError(
            f"{name}: not a readable Word document: save it again as .docx"
        ) from error


def read(name: str, data: bytes) -> list[Passage]:
    """Return the paragraphs of a Word document, those of its notes last."""
    document = open_word(name, data)
    found: list[Passage] = []
    offset = 0
    for paragraph, part, column in paragraphs(document):
        text = "".join(piece.text for piece in pieces(paragraph))
        if text.strip():
            found.append(Passage(text, len(found) + 1, 0, offset, part, column))
            offset += len(text) + 1
    return found


def paragraphs(document: Document) -> Iterator[tuple[Any, str, str]]:
    """Yield the paragraphs (elements), where each stands if not in the body, and its column."""
    yield from _in_body(document.element.body)
    seen = set()
    for section in document.sections:
        for where, holder in (("header", section.header), ("footer", section.footer)):
            if not holder.is_linked_to_previous and id(holder.part) not in seen:
                seen.add(id(holder.part))
                for paragraph in holder._element.iter(f"{_W}p"):
                    yield paragraph, where, ""
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in _NOTES and not relation.is_external:
            from lxml import etree

            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            for paragraph in etree.fromstring(relation.target_part.blob, parser).iter(f"{_W}p"):
                yield paragraph, kind.removesuffix("s"), ""


def _in_body(body: Any) -> Iterator[tuple[Any, str, str]]:
    tables: dict[Any, int] = {}
    for paragraph in body.iter(f"{_W}p"):
        part, is_copy = "", False
        for above in paragraph.iterancestors():
            # Text boxes are there twice, for new and for old programs.
            is_copy = is_copy or above.tag == _FALLBACK
            if above.tag == f"{_W}tc" and not part:
                part = _cell(above, tables)
        if not is_copy:
            yield (
                paragraph,
                part,
                part.partition(", row")[0] + part[part.find(", column") :] if part else "",
            )


def _cell(cell: Any, tables: dict[Any, int]) -> str:
    row = cell.getparent()
    if row is None or row.tag != f"{_W}tr":
        return ""
    table = row.getparent()
    number = tables.setdefault(table, len(tables) + 1)
    rows = [each for each in table if each.tag == f"{_W}tr"]
    cells = [each for each in row if each.tag == f"{_W}tc"]
    return f"table {number}, row {rows.index(row) + 1}, column {cells.index(cell) + 1}"


def pieces(paragraph: Any) -> list[Piece]:
    """Return the runs of a paragraph with their texts, without deleted text and text boxes."""
    found = []
    for run in paragraph.iter(f"{_W}r"):
        above = next((each for each in run.iterancestors(f"{_W}p")), None)
        if above is paragraph:
            text = "".join(map(_text, run))
            found.append(Piece(run, text))
    return found


def _text(element: Any) -> str:
    kind = str(element.tag).removeprefix(_W)
    return (element.text or "") if kind == "t" else _TEXTS.get(kind, "")
