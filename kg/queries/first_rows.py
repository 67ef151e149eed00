"""The first rows of a long listing, without reading the others.

The header of a listing names the column whose values are found first, ``first: standard``. Its
query marks what belongs to which step::

    #[ keys      what finds the values of the column, up to the line "#]"
    #[ rows      what looks up the rest of the rows, up to the line "#]"
    #@ PATTERN   a line of the second step only; "{first}" stands for the values found

All rows are found by keys and rows together. The first ones are found by the keys alone, then by
the rows for the first keys. So each key must have a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.common.natural_order import first_in_natural_order
from kg.queries.model import Question
from kg.queries.row_order import list_columns, sort_rows, without_order
from kg.store import Table, Term

Select: TypeAlias = Callable[[str, Mapping[str, Term]], Table]
"""Runs a SELECT query with bindings, as :meth:`kg.store.Store.select` does."""

_BLOCK: Final = re.compile(r"(?ms)^ *#\[ (?P<step>keys|rows)\n(?P<lines>.*?)^ *#\]\n")
_SECOND_STEP: Final = re.compile(r"(?m)^( *)#@ ")
_SELECT: Final = re.compile(r"\bSELECT\b.*?\bWHERE\b", re.DOTALL)
_DISTINCT: Final = re.compile(r"\bSELECT\s+DISTINCT\b")


@dataclass(frozen=True)
class FirstRows:
    """The first rows of a listing; ``keys`` counts its keys if there are further ones, else None.

    Without further keys the table is whole.
    """

    table: Table
    keys: int | None


def steps(sparql: str, column: str, params: Mapping[str, Term]) -> tuple[str, str]:
    """Return the queries of both steps; the second has ``{first}`` for the values of ``column``."""
    columns = " ".join(f"?{name}" for name in (column, *params))
    keys = _BLOCK.sub(lambda block: block["lines"] if block["step"] == "keys" else "", sparql)
    # Keys are a set here; the engine would take twice as long to find the different ones.
    keys = _DISTINCT.sub("SELECT", _SELECT.sub(f"SELECT {columns} WHERE", keys, count=1))
    rows = _BLOCK.sub(lambda block: block["lines"] if block["step"] == "rows" else "", sparql)
    return keys, _SECOND_STEP.sub(r"\1", rows)


def first_rows(
    question: Question, bindings: Mapping[str, Term], select: Select, limit: int
) -> FirstRows:
    """Return at least the first ``limit`` rows of a listing (a question with ``first``).

    ValueError for another question.
    """
    if question.first is None:
        raise ValueError(f"{question.name} is no listing")
    keys, rows = steps(without_order(question.query(bindings)), question.first, bindings)
    found = {row[0] for row in select(keys, bindings).rows}
    values = [term.value for term in found if isinstance(term, ox.NamedNode)]
    first = " ".join(f"<{value}>" for value in first_in_natural_order(values, limit))
    table = select(rows.replace("{first}", first), bindings)
    table = sort_rows(table, question.row_order, list_columns(rows))
    return FirstRows(table, len(values) if len(values) > limit else None)
