"""What the cells of a row say of other documents: what it adopts, replaces, is replaced by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from kg.sources.documents.adoptions import add_adoption, add_own_adoption
from kg.sources.documents.publishers import publishers_of
from kg.sources.documents.references import DocumentReference
from kg.sources.documents.statements import DocumentStatements
from kg.sources.lists import contents
from kg.sources.lists.columns import ListColumn
from kg.sources.lists.header import Header
from kg.sources.lists.row_cells import RowCells
from kg.sources.lists.tables import ListRow
from kg.sources.rdf_terms import term
from kg.store import ntriples


@dataclass(frozen=True)
class Replacements:
    """How the columns of replacements of a table are read.

    ``directions`` gives for a column, by its index, whether its documents are replaced by those of
    the row (``replaces``) or replace them. ``upcoming`` are the documents (IRIs) of which the table
    says that they are drafts, given up or not yet in force: they have replaced nothing.
    """

    directions: Mapping[int, str] = field(default_factory=dict)
    upcoming: Set[str] = frozenset()


def add_adoptions(
    statements: DocumentStatements, cells: RowCells, original: DocumentReference | None, degree: str
) -> None:
    """Add what a document adopts; ``original`` is one that stands beside its number."""
    adopted: dict[str, tuple[DocumentReference, str]] = {}
    if original is not None:
        adopted[original.iri] = original, degree
    for column, text in cells.of("adopts"):
        found = contents.documents_of(text, column.separator)
        degrees = _degrees(cells, len(found.documents))
        for place, each in enumerate(found.documents):
            stated = each.degree or (degrees[place] if degrees else "")
            adopted[each.reference.iri] = each.reference, stated
        for part in found.unread:
            if contents.degree_of(part) is None:
                cells.unknown(column, part)
    for other, stated in adopted.values():
        add_adoption(statements, statements.this, other, degree=stated)
        if not other.is_dated:
            statements.add_class(other, "std:Work")
        if other.designation is not None:
            for publisher in publishers_of(other.designation):
                statements.lines.append(
                    ntriples.encode_triple(other.node, term("dcterms:publisher"), publisher[0])
                )
                statements.lines += cells.introduce(publisher)
    if not adopted:
        add_own_adoption(statements, cells.first("number"))


def _degrees(cells: RowCells, count: int) -> tuple[str, ...] | None:
    for column, text in cells.of("degree"):
        if contents.says_nothing(text) or not count:
            continue
        degrees = contents.degrees_of(text, count)
        if degrees is None:
            cells.unknown(column, text)
        return degrees
    return None


def add_replacements(statements: DocumentStatements, cells: RowCells, how: Replacements) -> None:
    """Add what a document replaces and what replaced it."""
    for _, text in cells.of("status"):
        for each in contents.documents_of(text).documents:
            if each.by == "replaced-by":
                _relate(statements, each.reference, each.by, how.upcoming, partly=each.partly)
    for role in ("replaces", "replaced-by", "replacement"):
        for column, text in cells.of(role):
            found = contents.documents_of(text, column.separator)
            for each in found.documents:
                by = each.by or how.directions.get(column.index, role)
                partly = each.partly or "部分" in column.heading
                _relate(statements, each.reference, by, how.upcoming, partly=partly)
            for part in found.unread:
                cells.unknown(column, part, fault=True)


def _relate(
    statements: DocumentStatements,
    other: DocumentReference,
    by: str,
    upcoming: Set[str],
    *,
    partly: bool,
) -> None:
    this = statements.this
    if by == "replacement":
        by = later_of(this, other)
    if not by:
        statements.relate(this, "std:relatedTo", other)
        return
    later, earlier = (this, other) if by == "replaces" else (other, this)
    if partly:
        property_ = "std:updates"
    else:
        property_ = "std:toReplace" if later.iri in upcoming else "std:replaces"
    statements.relate(later, property_, earlier)


def later_of(this: DocumentReference, other: DocumentReference) -> str:
    """Return whether a document replaces another or is replaced by it, by their years; or nothing.

    Only documents of one number can be told apart so.
    """
    if not (this.year and other.year) or this.year == other.year:
        return ""
    return "replaces" if this.year > other.year else "replaced-by"


def find_directions(
    header: Header, rows: Sequence[ListRow]
) -> tuple[dict[int, str], dict[int, str]]:
    """Return the directions of columns of replacements, and those that their years turned round.

    被代替标准 means the standard that is replaced, and the one by which: where all years of a
    column tell the opposite of its heading, they decide.
    """
    numbers = header.of_role("number")
    found: dict[int, str] = {}
    turned: dict[int, str] = {}
    for role in ("replaces", "replaced-by"):
        for column in header.of_role(role):
            seen: set[str] = set()
            for row in rows:
                if column.index >= len(row.cells) or not row.cells[column.index]:
                    continue
                own = _first_document(row, numbers)
                if own is None:
                    continue
                others = contents.documents_of(row.cells[column.index], column.separator).documents
                seen.update(later_of(own, each.reference) for each in others if not each.by)
                if role in seen:
                    break
            seen.discard("")
            found[column.index] = seen.pop() if len(seen) == 1 else role
            if found[column.index] != role:
                turned[column.index] = found[column.index]
    return found, turned


def _first_document(row: ListRow, numbers: Sequence[ListColumn]) -> DocumentReference | None:
    for column in numbers:
        if column.index < len(row.cells) and row.cells[column.index]:
            documents = contents.documents_of(row.cells[column.index], column.separator).documents
            return documents[0].reference if documents else None
    return None
