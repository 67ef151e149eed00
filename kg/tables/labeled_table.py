"""A table of terms with the label of every IRI in it, and what a notebook shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.namespaces import PREFIXES
from kg.store import Term
from kg.tables import frames, notebook

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

XSD: Final = PREFIXES["xsd"]
_NUMERIC: Final = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True)
class Presentable:
    """An answer table with the label of every IRI in it, in the language of ``lang``.

    A notebook shows it as a table in HTML.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    labels: Mapping[ox.NamedNode, str]
    lang: str = "en"

    def label(self, term: Term | None) -> str | None:
        """Give the label of an IRI; None for anything else."""
        return self.labels.get(term) if isinstance(term, ox.NamedNode) else None

    def labeled(self, suffix: str) -> list[tuple[str, str | None]]:
        """List the columns, each with the name of the column of labels that follows it, if any.

        A column has one if it holds an IRI and the question has no column of that name itself.
        """
        holding = {
            name
            for row in self.rows
            for name, term in zip(self.columns, row, strict=True)
            if isinstance(term, ox.NamedNode) and name + suffix not in self.columns
        }
        return [(name, name + suffix if name in holding else None) for name in self.columns]

    def numeric(self, index: int) -> bool:
        """Whether the column at an index holds numbers and nothing else."""
        terms = [row[index] for row in self.rows if row[index] is not None]
        return bool(terms) and all(
            isinstance(t, ox.Literal) and t.datatype.value in _NUMERIC for t in terms
        )

    def to_pandas(self) -> pd.DataFrame:
        """The table as a pandas DataFrame; KgError when pandas is not installed.

        A column of integers, decimals, doubles or booleans gets the dtype Int64, Float64 or
        boolean, and holds NA where a cell is empty. Everything else is text: IRIs in full, with
        their labels in a column ``x_label`` behind, and dates as precise as they are.
        """
        return frames.to_pandas(self)

    def to_polars(self) -> pl.DataFrame:
        """The table as a polars DataFrame, with the columns of :meth:`to_pandas`.

        The types are Int64, Float64, Boolean and String. KgError when polars is not installed.
        """
        return frames.to_polars(self)

    def _repr_html_(self) -> str:
        return notebook.html_table(self)
