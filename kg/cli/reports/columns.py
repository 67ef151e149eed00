"""Tables for people: without empty columns, and with headings in their language."""

from __future__ import annotations

from dataclasses import replace

from kg.queries.columns import column_headings
from kg.tables import LabeledTable


def for_people(table: LabeledTable, lang: str, question: str = "") -> LabeledTable:
    """Return a table without its empty columns, and with headings in a language.

    ``question`` is the name of the canned question that the table answers, if it answers one.
    """
    kept = [
        index
        for index in range(len(table.columns))
        if not table.rows or any(row[index] is not None for row in table.rows)
    ]
    columns = tuple(table.columns[index] for index in kept)
    return replace(
        table,
        columns=columns,
        rows=tuple(tuple(row[index] for index in kept) for row in table.rows),
        headings=column_headings(columns, lang, question),
    )
