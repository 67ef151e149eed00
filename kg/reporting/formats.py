"""Reports in any format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kg.reporting.html import html_report
from kg.reporting.model import Report
from kg.reporting.pdf import pdf_report
from kg.reporting.word import word_report

_WRITERS: Final[Mapping[str, Callable[[Report], bytes]]] = {
    "html": html_report,
    "docx": word_report,
    "pdf": pdf_report,
}
FORMATS: Final = tuple(_WRITERS)
"""The formats of :func:`report_bytes`."""


def report_bytes(report: Report, format: str) -> bytes:
    """Return a report in one of :data:`FORMATS`.

    Raises MissingPackageError for DOCX and PDF without the extra ``reports``.
    """
    return _WRITERS[format](report)
