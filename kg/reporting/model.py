"""The contents of a report, the same in every format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells, the IRI that its document has, and what its status means.

    ``mark`` is a key of :data:`kg.scanning.marks.COLORS`. The first cell is the reference.
    """

    cells: tuple[str, ...]
    iri: str
    mark: str


@dataclass(frozen=True)
class Section:
    """The table of one file: its heading, a note, the headings of its columns, its rows.

    ``widths`` are those of the columns, in proportion.
    """

    heading: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Report:
    """A report.

    ``facts`` are lines below the title, as pairs of a label and a value: the day, the graph, its
    sources with their days. ``summary`` has a count and a mark by status or reason.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    summary_heading: str
    summary: tuple[tuple[str, int, str], ...]
    sections: tuple[Section, ...]
    lang: str
