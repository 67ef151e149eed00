"""Answers of canned questions as tables for pages, and as bars where each row is about a year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.queries.columns import column_headings
from kg.tables.columns import is_number
from kg.web.pages.cells import Cell, Reading

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.queries.model import Question
    from kg.store import Table, Term

PAGE: Final = 50
"""Rows of an answer on one page."""
_YEARS: Final = ("year",)
_PART: Final = "current"
"""The column that counts a part of what the first number of a row counts."""
_FEWEST_BARS: Final = 3
_MOST_BARS: Final = 150


@dataclass(frozen=True)
class Bars:
    """Numbers by year; ``parts`` are those of what is current among them, or empty."""

    heading: str
    largest: int
    numbers: tuple[tuple[int, int], ...]
    part_heading: str = ""
    parts: Mapping[int, int] | None = None

    @property
    def first(self) -> int:
        """The first year."""
        return self.numbers[0][0]

    @property
    def last(self) -> int:
        """The last year."""
        return self.numbers[-1][0]


@dataclass(frozen=True)
class Answer:
    """A part of an answer: headings, rows of cells, which columns are numbers, and bars by year.

    ``columns`` are the names of the columns.
    """

    columns: tuple[str, ...]
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]
    start: int
    total: int
    size: int
    bars: Bars | None


def read_answer(
    graph: KnowledgeGraph,
    question: Question,
    table: Table,
    start: int,
    lang: str,
    size: int = PAGE,
    only: Collection[str] = (),
) -> Answer:
    """Return some rows of an answer as a page shows them; of the columns, ``only`` those named."""
    listed = table.rows[start : start + size]
    # A parameter has the same value in every row: it stands above.
    fixed = {param.name for param in question.params}
    places = [
        place
        for place, column in enumerate(table.columns)
        if (column in only if only else True)
        and any(row[place] is not None for row in table.rows)
        and not (column in fixed and len({row[place] for row in table.rows}) == 1 < len(table.rows))
    ]
    headings = column_headings(table.columns, lang, question.name)
    reading = Reading.of(graph.store, table.columns, listed, lang)
    numeric = tuple(
        all((term := row[place]) is None or is_number(term) for row in table.rows)
        for place in places
    )
    return Answer(
        tuple(table.columns[place] for place in places),
        tuple(headings[table.columns[place]] for place in places),
        numeric,
        tuple(tuple(reading.cell(row[place]) for place in places) for row in listed),
        start,
        len(table.rows),
        size,
        read_bars(table, headings),
    )


def read_bars(table: Table, headings: Mapping[str, str]) -> Bars | None:
    """Return the first number of each year, if each row is about another year."""
    year = next((place for place, column in enumerate(table.columns) if column in _YEARS), None)
    counts = [
        place
        for place in range(len(table.columns))
        if place != year and table.rows and all(_is_count(row[place]) for row in table.rows)
    ]
    if year is None or not counts or not _FEWEST_BARS <= len(table.rows) <= _MOST_BARS:
        return None
    part = next((place for place in counts[1:] if table.columns[place] == _PART), None)
    found: dict[int, int] = {}
    parts: dict[int, int] = {}
    for row in table.rows:
        first, count = row[year], row[counts[0]]
        text = first.value[:4] if first is not None else ""
        if count is None or not text.isdecimal() or int(text) in found:
            return None
        found[int(text)] = int(count.value)
        if part is not None and (own := row[part]) is not None:
            parts[int(text)] = int(own.value)
    return Bars(
        headings[table.columns[counts[0]]],
        max(found.values()),
        tuple(sorted(found.items())),
        headings[_PART] if parts else "",
        parts or None,
    )


def _is_count(term: Term | None) -> bool:
    return term is not None and is_number(term) and term.value.isdecimal()
