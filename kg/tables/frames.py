"""Tables as data frames of pandas and polars."""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import PREFIXES
from kg.tables.term_text import lexical

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from kg.store import Term
    from kg.tables.labeled_table import Presentable

_XSD: Final = PREFIXES["xsd"]
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,25}")
# XML Schema, part 2, 3.2.3 and 3.2.5: what Python's float() reads in the same way.
_FLOAT: Final = re.compile(r"[+-]?(([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|INF)|NaN")
_TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}
_INT64: Final = range(-(2**63), 2**63)

_Column: TypeAlias = tuple[type, list[Any]]


def to_pandas(table: Presentable) -> pd.DataFrame:
    """See :meth:`kg.tables.Presentable.to_pandas`."""
    pandas = _module("pandas")
    dtypes = {int: "Int64", float: "Float64", bool: "boolean", str: "string"}
    frame: pd.DataFrame = pandas.DataFrame(
        {name: pandas.array(cells, dtype=dtypes[kind]) for name, (kind, cells) in _of(table)}
    )
    return frame


def to_polars(table: Presentable) -> pl.DataFrame:
    """See :meth:`kg.tables.Presentable.to_polars`."""
    polars = _module("polars")
    types = {int: polars.Int64, float: polars.Float64, bool: polars.Boolean, str: polars.String}
    frame: pl.DataFrame = polars.DataFrame(
        [polars.Series(name, cells, dtype=types[kind]) for name, (kind, cells) in _of(table)]
    )
    return frame


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise KgError(f"{name} is not installed: run 'pip install {name}'") from error


def _of(table: Presentable) -> list[tuple[str, _Column]]:
    columns: list[tuple[str, _Column]] = []
    for index, (name, label) in enumerate(table.labeled("_label")):
        terms = [row[index] for row in table.rows]
        columns.append((name, _typed(terms)))
        if label:
            columns.append((label, (str, [table.label(term) for term in terms])))
    return columns


def _typed(terms: list[Term | None]) -> _Column:
    """The cells of a column, in the narrowest type that holds every one as it is written."""
    kinds = {_kind(term) for term in terms if term is not None}
    if kinds == {bool}:
        return bool, [None if term is None else _TRUTH[term.value] for term in terms]
    if kinds == {int}:
        return int, [None if term is None else int(term.value) for term in terms]
    if kinds and kinds <= {int, float}:
        return float, [None if term is None else float(term.value) for term in terms]
    return str, [None if term is None else lexical(term) for term in terms]


def _kind(term: Term) -> type:
    if isinstance(term, ox.Literal):
        name = term.datatype.value.removeprefix(_XSD)
        if name == "boolean" and term.value in _TRUTH:
            return bool
        if name == "integer" and _INTEGER.fullmatch(term.value) and int(term.value) in _INT64:
            return int
        if name in ("decimal", "double", "float") and _FLOAT.fullmatch(term.value):
            return float
    return str
