"""Write copies of documents in which the references are marked and explained."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.common import files
from kg.common.bilingual import Text
from kg.common.errors import ArgumentError
from kg.scanning import MatchedReference, Scan
from kg.scanning.annotation import pdf, word
from kg.store import Store

_KINDS: Final = {".docx": word.annotated, ".pdf": pdf.annotated}
_NOTE: Final = Text("{number}: {status}", "{number}：{status}")


def annotate(store: Store, scan: Scan, source: Path, output: Path, lang: str) -> int:
    """Write an annotated copy of a DOCX or PDF; return how many references could not be marked.

    Each reference is highlighted in the color of its status, with the document that it means, its
    status and its IRI in a comment. Raises ArgumentError for another kind of file, or if ``output``
    is the document itself.
    """
    kind = source.suffix.casefold()
    if kind not in _KINDS:
        raise ArgumentError(f"{source}: only .docx and .pdf can be annotated: use --format html")
    check_output(source, output)
    marked = [
        (each, note) for each, note in notes(store, scan, lang) if each.reference.form != "range"
    ]
    content, unmarked = _KINDS[kind](str(source), source.read_bytes(), marked)
    with files.open_output(output) as stream:
        stream.write(content)
    return unmarked


def check_output(source: Path, output: Path) -> None:
    """Raise ArgumentError if an annotated copy has another extension, or is the document itself."""
    if output.suffix.casefold() != source.suffix.casefold():
        raise ArgumentError(f"{output}: a copy of {source} ends in {source.suffix}")
    if output.resolve() == source.resolve():
        raise ArgumentError(f"{output}: is the document itself: name a copy")
    files.check_folder(output)


def notes(store: Store, scan: Scan, lang: str) -> list[tuple[MatchedReference, str]]:
    """Return a comment for each reference: what it means, its status or why it has none."""
    from kg.scanning.rows import rows

    found = rows(store, [(scan, each) for each in scan.references], lang)
    noted = []
    for item, row in zip(scan.references, found, strict=True):
        name = str(row["name"] or row["number"])
        lines = [_NOTE.of(lang).format(number=name, status=row["status"] or row["why"])]
        lines += [str(row[key]) for key in ("evidence", "iri") if row[key]]
        noted.append((item, "\n".join(lines)))
    return noted
