"""Convert a row of a list to statements about the document, or documents, that it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.sources.documents.implied_relations import add_implied_relations
from kg.sources.documents.publishers import publishers_of
from kg.sources.documents.references import DocumentReference
from kg.sources.documents.statements import DocumentStatements
from kg.sources.lists import contents, status_words
from kg.sources.lists.columns import ListColumn
from kg.sources.lists.header import Header
from kg.sources.lists.participants import add_participants
from kg.sources.lists.relations import Replacements, add_adoptions, add_replacements
from kg.sources.lists.row_cells import RowCells, shortened
from kg.sources.lists.tables import ListRow
from kg.sources.lists.values import (
    add_classes,
    add_dates,
    add_form,
    add_kind,
    add_status,
    add_titles,
)
from kg.sources.rdf_terms import term
from kg.sources.record_batch import Batch, RecordError
from kg.store.ntriples import EncodedTerm

_PARSED = "list"
"""The kind of record under which identifiers are counted."""
_UPCOMING: Final = frozenset(("stage:development", "stage:cancelled", "stage:upcoming"))
"""Stages at which a document has replaced nothing, as in the rule for statuses of documents."""


@dataclass(frozen=True)
class RowDocument:
    """A document that a row describes, and what its cell says besides: a title, an original."""

    reference: DocumentReference
    title: str = ""
    original: DocumentReference | None = None
    degree: str = ""


@dataclass
class RowReader:
    """Reads the rows of a table; ``batch`` receives counts, ``epoch_1904`` is that of the table."""

    header: Header
    batch: Batch
    replacements: Replacements = field(default_factory=Replacements)
    epoch_1904: bool = False
    _columns: dict[str, tuple[ListColumn, ...]] = field(default_factory=dict)
    _introduced: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for column in self.header.columns:
            if column.role:
                of_role = self._columns.get(column.role, ())
                self._columns[column.role] = (*of_role, column)

    def documents(self, row: ListRow) -> list[RowDocument]:
        """Return the documents that a row describes.

        Raises RecordError for a row that can't be read, or names none.
        """
        if row.broken:
            raise RecordError("unreadable row", row.broken)
        cells = self._cells(row)
        for column, text in cells.of("number"):
            found = contents.documents_of(text, column.separator)
            documents = [
                RowDocument(each.reference, each.rest, each.original, each.degree)
                for each in found.documents
            ]
            for part in found.unread:
                unparsed = contents.unparsed_document(part)
                if unparsed is None:
                    raise RecordError(
                        "no document number",
                        f"{shortened(text)!r} is no number of a document: correct it",
                    )
                documents.append(RowDocument(unparsed))
            if documents:
                for other, further in cells.of("number"):
                    if other.index > column.index and further != text:
                        cells.unknown(other, further, fault=True)
                return list({each.reference.iri: each for each in documents}.values())
        heading = self._columns["number"][0].heading or "number"
        raise RecordError("no document number", f"nothing under {heading}: give the number")

    def describe(self, row: ListRow, record: EncodedTerm) -> list[str]:
        """Return the statements of a row; for the errors see :meth:`documents`."""
        documents = self.documents(row)
        cells = self._cells(row)
        lines: list[str] = []
        for each in documents:
            statements = DocumentStatements(each.reference, self.batch)
            statements.add("rdf:type", term("std:Standard"))
            statements.add("prov:wasDerivedFrom", record)
            statements.introduce(each.reference)
            self._add_identity(statements, cells, alone=len(documents) == 1)
            add_titles(statements, cells, each.title)
            add_status(statements, cells)
            add_kind(statements, cells)
            add_dates(statements, cells, epoch_1904=self.epoch_1904)
            add_participants(statements, cells, record, self.batch.committees)
            add_classes(statements, cells)
            add_form(statements, cells)
            add_implied_relations(statements)
            add_adoptions(statements, cells, each.original, each.degree)
            add_replacements(statements, cells, self.replacements)
            lines += statements.lines
        return lines

    def is_upcoming(self, row: ListRow) -> bool:
        """Return whether a row says that its documents are not yet in force, or never were."""
        stages = {status_words.stage_of(text) for _, text in self._cells(row).of("status")} - {""}
        return bool(stages) and stages <= _UPCOMING

    def _cells(self, row: ListRow) -> RowCells:
        return RowCells(row, self._columns, self.batch.unknown, self._introduced)

    def _add_identity(
        self, statements: DocumentStatements, cells: RowCells, *, alone: bool
    ) -> None:
        this, batch = statements.this, self.batch
        if this.designation is None:
            batch.unparsed[_PARSED] += 1
            batch.unread[this.name] += 1
            return
        batch.parsed[_PARSED] += 1
        written = cells.first("number")
        if alone and written not in ("", this.name) and shortened(written) == written:
            statements.add_text("skos:altLabel", written)
        for publisher in publishers_of(this.designation):
            statements.add("std:publisher", publisher[0])
            statements.lines += cells.introduce(publisher)
