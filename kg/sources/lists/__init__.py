"""Convert lists of documents as people keep them: CSV, or workbooks; each row is a record."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from kg.common.errors import SourceError
from kg.common.garbage import garbage_collection_off
from kg.identifiers import iris, parse
from kg.sources.lists.columns import Layout
from kg.sources.lists.header import Header, find_headers
from kg.sources.lists.headings import UNUSED
from kg.sources.lists.relations import Replacements, find_directions
from kg.sources.lists.rows import RowReader
from kg.sources.lists.tables import ListTable, read_tables
from kg.sources.record_batch import Batch, Options, RecordError, Reject
from kg.store import ntriples

__all__ = ["convert"]


def convert(path: str, data: bytes, options: Options) -> Batch:
    """Convert the rows of a list; ``path`` ends in .csv, .tsv or .xlsx.

    What the columns hold is known by their headings, or by ``options.layout``. Rows without a
    number of a document are rejected. Raises SourceError for a file that can't be read as a whole,
    and for one without a column of numbers.
    """
    with garbage_collection_off():
        return _convert(path, data, options)


def _convert(path: str, data: bytes, options: Options) -> Batch:
    batch = Batch()
    layout = Layout.from_json(options.layout)
    found = False
    first: tuple[str, ...] = ()
    for table in read_tables(path, data, layout.dialect(path)):
        headers = find_headers(path, table, layout)
        if not headers:
            filled = next((row.cells for row in table.rows if any(row.cells)), ())
            first = first or tuple(filter(None, filled))
            if filled:
                batch.unknown[f"sheet {table.sheet!r}: no column of document numbers"] += 1
            continue
        found = True
        _reject_above(path, table, headers[0], batch)
        for header in headers:
            _convert_part(path, table, header, options, batch)
    if not found:
        raise SourceError(
            f"{path}: no column of document numbers is known by its heading or its cells: name it"
            f" with --columns number=HEADING; the first row has"
            f" {', '.join(map(repr, first[:10])) or 'nothing'}"
        )
    return batch


def _reject_above(path: str, table: ListTable, header: Header, batch: Batch) -> None:
    """Reject rows above the first headings that name a document; others are titles."""
    place = _place(path, table)
    for row in table.rows[: max(header.row - 1, 0)]:
        name = next((cell for cell in row.cells if parse(cell) is not None), "")
        if name:
            where = f"{place}:{row.number}"
            detail = f"{where}: above the headings (row {header.row}): move it below"
            batch.rejects.append(Reject(name, where, "above the headings", detail))
            batch.records += 1


def _place(path: str, table: ListTable) -> str:
    return f"{path}, sheet {table.sheet}" if table.sheet else path


def _convert_part(
    path: str, table: ListTable, header: Header, options: Options, batch: Batch
) -> None:
    _count_columns(path, table, header, batch)
    directions, turned = find_directions(header, header.rows)
    headings = {column.index: column.heading for column in header.columns}
    for index, role in turned.items():
        batch.columns[f"{role}: {headings[index]} (the years say so)"] += 1
    reader = RowReader(header, batch, epoch_1904=table.epoch_1904)
    reader.replacements = Replacements(directions, _upcoming(reader, header))
    place = f"{path}/sheet/{table.sheet}" if table.sheet else path
    shown = _place(path, table)
    for row in header.rows:
        batch.records += 1
        record = iris.record(options.slug, f"{place}/row/{row.number}")
        try:
            batch.add_record(record, reader.describe(row, ntriples.encode_iri(record)))
        except RecordError as error:
            name = next((cell for cell in row.cells if cell), "")[:60]
            where = f"{shown}:{row.number}"
            batch.rejects.append(Reject(name, where, error.reason, f"{where}: {error}"))


def _upcoming(reader: RowReader, header: Header) -> frozenset[str]:
    """Return the documents that the table says are not yet in force, or never were."""
    found: set[str] = set()
    if not header.of_role("status"):
        return frozenset()
    for row in header.rows:
        if not row.broken and reader.is_upcoming(row):
            try:
                found.update(each.reference.iri for each in reader.documents(row))
            except RecordError:
                # It is rejected when it is read.
                continue
    return frozenset(found)


def _count_columns(path: str, table: ListTable, header: Header, batch: Batch) -> None:
    """Count the filled cells of the columns that are known, and of those that are not."""
    filled: Counter[int] = Counter()
    for row in header.rows:
        filled.update(index for index, cell in enumerate(row.cells) if cell)
    for column in header.columns:
        shown = column.heading or f"number {column.index + 1}"
        count = filled[column.index]
        if column.role and column.role not in UNUSED:
            by = " (known by its cells)" if header.guessed and column.role == "number" else ""
            batch.columns[f"{column.role}: {shown}{by}"] += count
        elif column.role:
            batch.columns[f"left out: {shown}"] += count
        elif column.heading or count:
            batch.unknown[f"column {shown}"] += count
    known = {column.index for column in header.columns}
    for index, count in sorted(filled.items()):
        if index not in known:
            batch.unknown[f"column number {index + 1}, without a heading"] += count
    if table.encoding not in ("", "UTF-8"):
        batch.columns[f"encoding of {PurePosixPath(path).name}: {table.encoding}"] += 1
    if table.errors:
        batch.unknown["errors of formulas, and formulas without a value"] += table.errors
