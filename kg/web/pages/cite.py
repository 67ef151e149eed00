"""The bibliographic record of a document, for the programs in which people keep references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.export.citations import cite
from kg.export.citations.document import cited_documents
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


@dataclass(frozen=True)
class Format:
    """A format of records: its title, the suffix of its files, and its media type."""

    title: str
    suffix: str
    media_type: str


FORMATS: Final[Mapping[str, Format]] = {
    "bibtex": Format("BibTeX", "bib", "application/x-bibtex; charset=utf-8"),
    "ris": Format("RIS", "ris", "application/x-research-info-systems; charset=utf-8"),
    "csl-json": Format("CSL JSON", "json", "application/vnd.citationstyles.csl+json"),
    "marcxml": Format("MARCXML", "xml", "application/marcxml+xml"),
}
"""Formats of :data:`kg.export.citations.FORMATS` that are texts, by name."""


def record(graph: KnowledgeGraph, reader: Reader, document: str, style: str) -> str:
    """Return the record of a document, given by name or IRI, in one of FORMATS."""
    found = cited_documents(graph.store, [graph.resolve(document)], reader.lang)
    return cite(found, style).decode()
