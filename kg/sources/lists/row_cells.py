"""The cells of a row by what their columns hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.sources.lists.columns import ListColumn
from kg.sources.lists.organizations import Named
from kg.sources.lists.tables import ListRow

_SHOWN: Final = 60
"""Number of characters of a value in a count."""


@dataclass(frozen=True)
class RowCells:
    """A row, the columns of its table by role, and the counts of what can't be read.

    ``introduced`` are the terms of organizations and classes that earlier rows have introduced.
    """

    row: ListRow
    columns: Mapping[str, tuple[ListColumn, ...]]
    counts: Counter[str]
    introduced: set[str]

    def introduce(self, named: Named) -> tuple[str, ...]:
        """Return the lines that introduce a thing, once."""
        subject, lines = named
        if subject in self.introduced:
            return ()
        self.introduced.add(subject)
        return lines

    def of(self, role: str) -> Iterator[tuple[ListColumn, str]]:
        """Yield the columns of a role with their filled cells."""
        cells = self.row.cells
        for column in self.columns.get(role, ()):
            if column.index < len(cells) and cells[column.index]:
                yield column, cells[column.index]

    def first(self, role: str) -> str:
        """Return the first filled cell of a role; empty without one."""
        return next((text for _, text in self.of(role)), "")

    def unknown(self, column: ListColumn, value: str, *, fault: bool = False) -> None:
        """Count a value that can't be read, with its row if it is a fault of the row."""
        place = f" (row {self.row.number})" if fault else ""
        self.counts[f"{column.heading or column.role}={shortened(value)}{place}"] += 1


def shortened(text: str) -> str:
    """Return a value for a message or a count, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
