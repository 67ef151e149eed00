"""Answer tables for people and programs: labels beside IRIs, one module for a kind of format."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.entities.labels import labels
from kg.store import Store, Table
from kg.tables import plain, terminal
from kg.tables.labeled_table import Presentable

FORMATS: Final = ("table", *plain.WRITERS)
"""What :func:`render` can write."""

__all__ = ["FORMATS", "Presentable", "decorate", "render"]


def decorate(store: Store, table: Table, lang: str) -> Presentable:
    """Give every IRI of a table its best label in a language."""
    iris = (term for row in table.rows for term in row if isinstance(term, ox.NamedNode))
    return Presentable(table.columns, table.rows, labels(store, iris, lang), lang)


def render(
    table: Presentable,
    format: str,
    lang: str,
    *,
    width: int | None = None,
    color: bool | None = None,
) -> str:
    """Write a table as text that ends with a line end; ``format`` is one of ``FORMATS``.

    ``table``: for a terminal of ``width`` columns, in color or not; what is not told is taken from
    the standard output. Nothing is cut off: cells wrap. Where the rows stay on one line, IRIs stand
    behind their labels; else only labels that several IRIs of the table share keep their IRI.
    ``csv``: RFC 4180, values as text; a column ``x`` of IRIs is followed by ``x_label``. A cell
    that a spreadsheet could run as a formula gets an apostrophe in front.
    ``tsv``, ``json``: SPARQL 1.1 Query Results TSV and JSON; in JSON an IRI in ``x`` has its label
    in ``xLabel``. ``md``: GitHub Flavored Markdown, IRIs as links.
    Where the question has a column of such a name itself, it is left as it is and none is added.

    Raises KgError for an unknown format.
    """
    if format == "table":
        return terminal.draw(table, lang, width, color)
    if format not in plain.WRITERS:
        raise KgError(f"unknown format {format!r}; the formats are {', '.join(FORMATS)}")
    return plain.WRITERS[format](table)
