"""Citations of documents: bibliographic records, and references in the styles of journals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kg.export.citations.document import CitedDocument

STYLES: Final = ("gb7714", "iso690", "ieee", "chicago")
"""Styles of references in texts; the name of any other CSL style also does."""
FORMATS: Final = ("csl-json", "bibtex", "biblatex", "ris", "marcxml", "marc21")
"""Formats of bibliographic records."""


def cite(documents: Sequence[CitedDocument], style: str) -> bytes:
    """Return documents in one of :data:`FORMATS`, or as references in a style, one on each line.

    Raises ExportError for an unknown style, and MissingPackageError without the extra
    ``citations``.
    """
    writers: dict[str, Callable[[Sequence[CitedDocument]], bytes]] = {}
    if style in FORMATS:
        from kg.export.citations import records

        writers = {
            "csl-json": records.csl_json,
            "bibtex": records.bibtex,
            "biblatex": records.biblatex,
            "ris": records.ris,
            "marcxml": records.marcxml,
            "marc21": records.marc21,
        }
        return writers[style](documents)
    from kg.export.citations.styled import references

    return references(documents, style)
