"""Panels: rows of named entities, each with bars or histograms of years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.common.bilingual import Text
from kg.evidence.proofs import Proof


@dataclass(frozen=True)
class Swatch:
    """A part of a bar in the legend: its name, and colors of its fill, its text and its edge."""

    name: Text
    fill: str
    ink: str
    edge: str = "none"


@dataclass(frozen=True)
class StackedBar:
    """A stacked bar: the count of each part, by the key of its swatch."""

    parts: Mapping[str, int]

    @property
    def total(self) -> int:
        """The sum of all parts."""
        return sum(self.parts.values())


@dataclass(frozen=True)
class YearHistogram:
    """Counts by year, drawn as a histogram."""

    counts: Mapping[int, int]


@dataclass(frozen=True)
class PanelRow:
    """An entity with a short and a full name, and a cell for each column of the panel.

    ``iri`` is empty for a row that adds up several entities, the ``members``. ``table_rows`` are
    the rows of the chart's table that it draws.
    """

    iri: str
    name: Text
    full_name: Text
    cells: tuple[StackedBar | YearHistogram, ...]
    proofs: tuple[Proof, ...] = ()
    members: tuple[str, ...] = ()
    table_rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class PanelColumn:
    """A column of a panel: what its cells count, and the swatches of their parts.

    ``percent`` labels parts with their share instead of their count. ``span`` is the first and
    last year of a column of histograms, (0, 0) otherwise.
    """

    unit: Text
    swatches: Mapping[str, Swatch]
    percent: bool = False
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Panel:
    """A titled table of bars with a summary and notes; ``empty_message`` replaces missing rows.

    ``name_share`` is the share (0 to 1) of the width for names.
    """

    title: Text
    summary: Text
    columns: tuple[PanelColumn, ...]
    rows: tuple[PanelRow, ...]
    empty_message: Text
    name_share: float = 0.3
    notes: tuple[Text, ...] = field(default=())
