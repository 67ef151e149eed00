"""Labeled tables: terms with the label of every IRI, for notebooks and as data frames."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.common.errors import MissingPackageError
from kg.store import Term
from kg.tables.columns import Column, Value, is_number, typed_column
from kg.tables.notebook import html_table

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


@dataclass(frozen=True, repr=False)
class LabeledTable:
    """A table of terms, with the label of every IRI in a language; shown as HTML in a notebook.

    Each row has a term, or None, for each of the ``columns``. ``labels`` are in the language
    ``lang`` (``en`` or ``zh``), and so are ``headings``, the words for columns in tables that
    people read; a column without one is its own heading.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    labels: Mapping[ox.NamedNode, str]
    lang: str = "en"
    headings: Mapping[str, str] = field(default_factory=dict)

    def heading(self, column: str) -> str:
        """Return the heading of a column for people."""
        return self.headings.get(column, column)

    def label(self, term: Term | None) -> str | None:
        """Return the label of an IRI; None for anything else."""
        return self.labels.get(term) if isinstance(term, ox.NamedNode) else None

    def label_columns(self, suffix: str) -> list[tuple[str, str | None]]:
        """Return each column's name with the name of its label column (name and suffix), or None.

        A column has a label column if it holds an IRI and no other column has that name.
        """
        with_iris = {
            name
            for row in self.rows
            for name, term in zip(self.columns, row, strict=True)
            if isinstance(term, ox.NamedNode) and name + suffix not in self.columns
        }
        return [(name, name + suffix if name in with_iris else None) for name in self.columns]

    def is_numeric(self, index: int) -> bool:
        """Return whether the column at an index holds numbers only, and at least one."""
        terms = [row[index] for row in self.rows if row[index] is not None]
        return bool(terms) and all(is_number(term) for term in terms if term is not None)

    def typed_columns(self) -> list[Column]:
        """Return the columns as Python values, with label columns (``x_label``) beside IRIs.

        See :func:`kg.tables.columns.typed_column` for the types.
        """
        columns: list[Column] = []
        for index, (name, label_name) in enumerate(self.label_columns("_label")):
            terms = [row[index] for row in self.rows]
            columns.append(typed_column(name, terms))
            if label_name:
                columns.append(Column(label_name, str, [self.label(term) for term in terms]))
        return columns

    def records(self) -> list[dict[str, Value]]:
        """Return each row as a dict from column to Python value, None where it is empty.

        The columns are those of :meth:`typed_columns`: numbers, booleans and full dates are those
        of Python, IRIs and everything else is text.
        """
        columns = self.typed_columns()
        names = [column.name for column in columns]
        cells = (column.cells for column in columns)
        return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas DataFrame; MissingPackageError when pandas is not installed.

        Its columns are those of :meth:`typed_columns`: integers and years are Int64, other numbers
        Float64, booleans boolean, full dates datetime64, and everything else string, so dates keep
        their precision. Empty cells are NA.
        """
        pandas = _import("pandas")
        dtypes = {
            int: "Int64",
            float: "Float64",
            bool: "boolean",
            date: "datetime64[s]",
            str: "string",
        }
        frame: pd.DataFrame = pandas.DataFrame(
            {
                column.name: pandas.array(column.cells, dtype=dtypes[column.type])
                for column in self.typed_columns()
            }
        )
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Return a polars DataFrame with the columns of :meth:`to_pandas`.

        The types are Int64, Float64, Boolean, Date and String. MissingPackageError when polars is
        not installed.
        """
        polars = _import("polars")
        types = {
            int: polars.Int64,
            float: polars.Float64,
            bool: polars.Boolean,
            date: polars.Date,
            str: polars.String,
        }
        frame: pl.DataFrame = polars.DataFrame(
            [
                polars.Series(column.name, column.cells, dtype=types[column.type])
                for column in self.typed_columns()
            ]
        )
        return frame

    def __repr__(self) -> str:
        return f"<LabeledTable of {len(self.rows)} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        return html_table(self)


def _import(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingPackageError(f"{name} is not installed: run 'pip install {name}'") from error
