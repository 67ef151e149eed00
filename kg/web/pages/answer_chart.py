"""The rows of an answer as bars: what is counted in each, in the order of the answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.queries.columns import column_headings
from kg.tables.columns import is_number
from kg.web.pages.cells import BESIDE, Cell, Reading

if TYPE_CHECKING:
    from kg.queries.model import Question
    from kg.store import Store, Table, Term

_MOST: Final = 40
"""Bars that one can still compare."""
_FEWEST: Final = 3
_NAMES: Final = 2
"""Cells that name a bar."""
_NO_AMOUNTS: Final = frozenset(("rank", "of", "year", "edition", "round", "notation", "number"))
"""Columns whose numbers are places in an order or names, and no amounts."""


@dataclass(frozen=True)
class Bar:
    """A row: its name in cells, its number, and its share of the largest."""

    names: tuple[Cell, ...]
    value: Cell
    share: float


@dataclass(frozen=True)
class BarChart:
    """Bars with the heading of their numbers; ``total`` is the number of all rows."""

    heading: str
    bars: tuple[Bar, ...]
    total: int


def answer_chart(
    store: Store, question: Question, table: Table, lang: str, asked: Collection[str] = ()
) -> BarChart | None:
    """Return the first amount of each row as a bar; None if the rows have no amounts or no names.

    ``asked`` are the columns of parameters, whose values are not repeated.
    """
    columns, rows = table.columns, table.rows
    amount = amount_column(table)
    naming = [
        at
        for at, name in enumerate(columns)
        if name not in (*BESIDE, *asked)
        and any((term := row[at]) is not None and not is_number(term) for row in rows)
    ]
    if amount is None or not naming or len(rows) < _FEWEST:
        return None
    largest = max(_number(row[amount]) for row in rows)
    listed = rows[:_MOST]
    reading = Reading.of(store, columns, listed, lang)
    bars = []
    for row in listed:
        names = [reading.cell(row[at]) for at in naming if row[at] is not None]
        share = _number(row[amount]) / largest if largest else 0.0
        bars.append(Bar(tuple(names[:_NAMES]), reading.cell(row[amount]), round(share, 4)))
    heading = column_headings(columns, lang, question.name)[columns[amount]]
    return BarChart(heading, tuple(bars), len(rows))


def amount_column(table: Table) -> int | None:
    """Return the place of the first column of amounts; None if there is none."""
    return next(
        (
            at
            for at, name in enumerate(table.columns)
            if name not in _NO_AMOUNTS
            and table.rows
            and all(_is_amount(row[at]) for row in table.rows)
        ),
        None,
    )


def _is_amount(term: Term | None) -> bool:
    return term is not None and is_number(term) and not term.value.startswith("-")


def _number(term: Term | None) -> float:
    return float(term.value) if term is not None else 0.0
