"""What a panel is made of: rows of named things, with bars or columns of years beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.common.bilingual import Text
from kg.evidence.proofs import Proof


@dataclass(frozen=True)
class Look:
    """How a part of a bar is drawn: its color, that of what is written on it, and of its edge."""

    name: Text
    fill: str
    ink: str
    edge: str = "none"


@dataclass(frozen=True)
class Stack:
    """A bar of parts, one after another: how many of each, by the key of its look."""

    parts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(self.parts.values())


@dataclass(frozen=True)
class Years:
    """How many there were in each year."""

    counts: Mapping[int, int]


@dataclass(frozen=True)
class Line:
    """A row: a thing with a short name and a further one, and a cell for each column."""

    iri: str
    name: Text
    more: Text
    cells: tuple[Stack | Years, ...]
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True)
class Column:
    """What the cells of a column count. ``share``: parts are told in percent, else as numbers.

    ``span`` is the first and last year of a column of years.
    """

    unit: Text
    looks: Mapping[str, Look]
    share: bool = False
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Panel:
    """A panel: what it shows, how much there is in all, and what stands where there is nothing."""

    title: Text
    lede: Text
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    empty: Text
    label: float = 0.3
    notes: tuple[Text, ...] = field(default=())
