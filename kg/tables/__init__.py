"""Tables of answers with a label for each IRI, for terminals, notebooks, programs and files."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import pyoxigraph as ox

from kg.common.errors import ExportError
from kg.entities.labels import labels
from kg.store import Store, Table
from kg.tables import plain, terminal
from kg.tables.labeled_table import LabeledTable

FORMATS: Final = ("table", *plain.WRITERS)
"""The formats of :func:`render_table`."""
BINARY_FORMATS: Final = ("xlsx", "parquet")
"""The formats that :func:`table_bytes` writes besides those."""

__all__ = [
    "BINARY_FORMATS",
    "FORMATS",
    "LabeledTable",
    "add_labels",
    "render_table",
    "table_bytes",
]


def add_labels(store: Store, table: Table, lang: str) -> LabeledTable:
    """Return the table with the best label of every IRI in a language."""
    iris = (term for row in table.rows for term in row if isinstance(term, ox.NamedNode))
    return LabeledTable(table.columns, table.rows, labels(store, iris, lang), lang)


def render_table(
    table: LabeledTable,
    format: str,
    lang: str,
    *,
    width: int | None = None,
    color: bool | None = None,
) -> str:
    """Render a table as text that ends with a line break; ``format`` is one of ``FORMATS``.

    ``table``: for a terminal of ``width`` columns, in color or not (default: in color if standard
    output is a terminal and NO_COLOR is not set). Cells wrap, nothing is cut off. IRIs follow their
    labels if every row then fits on one line; otherwise only those whose label is ambiguous.
    ``csv``: RFC 4180, values as text; a column ``x`` of IRIs is followed by ``x_label``. A cell
    that a spreadsheet could run as a formula is preceded by an apostrophe.
    ``tsv``, ``json``: SPARQL 1.1 Query Results TSV and JSON; in JSON the label of an IRI in ``x``
    is in ``xLabel``. ``md``: GitHub Flavored Markdown, IRIs as links.
    No column of labels is added if the table already has a column of that name.

    Raises ExportError for an unknown format.
    """
    if format == "table":
        return terminal.render_terminal(table, lang, width, color)
    if format not in plain.WRITERS:
        raise ExportError(f"unknown format {format!r}; the formats are {', '.join(FORMATS)}")
    return plain.WRITERS[format](table)


def table_bytes(table: LabeledTable, format: str, lang: str, *, color: bool | None = None) -> bytes:
    """Return a table in any format as the bytes of a file, in UTF-8 if it is text.

    ``xlsx`` and ``parquet`` have typed columns (:mod:`kg.tables.columns`) and, as CSV has, a column
    ``x_label`` beside a column ``x`` of IRIs. The others are those of :func:`render_table`.

    Raises ExportError for an unknown format and for a table that is too large for it, and
    MissingPackageError for a format whose extra is not installed.
    """
    if format not in BINARY_FORMATS:
        return render_table(table, format, lang, color=color).encode("utf-8")
    stream = BytesIO()
    if format == "xlsx":
        from kg.tables import workbook

        workbook.write_columns(table.typed_columns(), stream)
    else:
        from kg.tables import parquet

        parquet.write_columns(table.typed_columns(), stream)
    return stream.getvalue()
