"""Labeled tables: terms with the label of every IRI, for notebooks and as data frames."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph as ox

from kg.common.errors import MissingPackageError
from kg.common.namespaces import iri
from kg.store import Term
from kg.tables.notebook import html_table
from kg.tables.term_text import lexical

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_BOOLEAN: Final = iri("xsd:boolean")
_INTEGER: Final = iri("xsd:integer")
_FLOATS: Final = frozenset(map(iri, ("xsd:decimal", "xsd:double", "xsd:float")))
_NUMERIC: Final = _FLOATS | {_INTEGER}
_INTEGER_FORM: Final = re.compile(r"[+-]?[0-9]{1,25}")
# XML Schema part 2, 3.2.3 and 3.2.5, limited to what Python's float() reads the same way.
_FLOAT_FORM: Final = re.compile(r"[+-]?(([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|INF)|NaN")
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
_INT64: Final = range(-(2**63), 2**63)

_Column: TypeAlias = tuple[type, list[Any]]


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
        return bool(terms) and all(
            isinstance(t, ox.Literal) and t.datatype.value in _NUMERIC for t in terms
        )

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas DataFrame; MissingPackageError when pandas is not installed.

        Columns of integers, decimals, doubles or booleans have the dtype Int64, Float64 or
        boolean, with NA for empty cells. Everything else is text: dates keep their precision,
        and a column ``x`` of full IRIs is followed by a column ``x_label`` with their labels.
        """
        pandas = _import("pandas")
        dtypes = {int: "Int64", float: "Float64", bool: "boolean", str: "string"}
        frame: pd.DataFrame = pandas.DataFrame(
            {
                name: pandas.array(cells, dtype=dtypes[type_])
                for name, (type_, cells) in _typed_columns(self)
            }
        )
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Return a polars DataFrame with the columns of :meth:`to_pandas`.

        The types are Int64, Float64, Boolean and String. MissingPackageError when polars is not
        installed.
        """
        polars = _import("polars")
        types = {int: polars.Int64, float: polars.Float64, bool: polars.Boolean, str: polars.String}
        frame: pl.DataFrame = polars.DataFrame(
            [
                polars.Series(name, cells, dtype=types[type_])
                for name, (type_, cells) in _typed_columns(self)
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


def _typed_columns(table: LabeledTable) -> list[tuple[str, _Column]]:
    columns: list[tuple[str, _Column]] = []
    for index, (name, label_name) in enumerate(table.label_columns("_label")):
        terms = [row[index] for row in table.rows]
        columns.append((name, _typed_cells(terms)))
        if label_name:
            columns.append((label_name, (str, [table.label(term) for term in terms])))
    return columns


def _typed_cells(terms: list[Term | None]) -> _Column:
    """Convert the cells of a column to the narrowest type that holds all of them unchanged."""
    types = {_type(term) for term in terms if term is not None}
    if types == {bool}:
        return bool, [None if term is None else _BOOLEANS[term.value] for term in terms]
    if types == {int}:
        return int, [None if term is None else int(term.value) for term in terms]
    if types and types <= {int, float}:
        return float, [None if term is None else float(term.value) for term in terms]
    return str, [None if term is None else lexical(term) for term in terms]


def _type(term: Term) -> type:
    if isinstance(term, ox.Literal):
        datatype, text = term.datatype.value, term.value
        if datatype == _BOOLEAN and text in _BOOLEANS:
            return bool
        if datatype == _INTEGER and _INTEGER_FORM.fullmatch(text) and int(text) in _INT64:
            return int
        if datatype in _FLOATS and _FLOAT_FORM.fullmatch(text):
            return float
    return str
