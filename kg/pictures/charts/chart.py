"""Charts: views drawn in both languages, each with the same content as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.common.bilingual import Text
from kg.common.spreadsheet_cells import escape_formula
from kg.evidence.proofs import Proof, cite

EVIDENCE: Final = Text("evidence", "证据")
"""Name of the last column, with phrases and sources."""


@dataclass(frozen=True)
class TableCell:
    """A cell of a chart's table; ``iri`` is that of the entity it names, or empty."""

    text: Text
    iri: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row of a chart's table, with its evidence; ``command`` lists what it counts, if any."""

    cells: tuple[TableCell, ...]
    proofs: tuple[Proof, ...]
    command: str = ""


@dataclass(frozen=True, repr=False)
class Chart:
    """A drawn view: its SVG by language (``en``, ``zh``), and its content as a table.

    ``columns`` are the headers of the ``rows``. ``narrow`` has the SVG for narrow windows, if it
    differs; ``empty_message`` replaces a table without rows.
    """

    title: Text
    description: Text
    svg: Mapping[str, str]
    columns: tuple[Text, ...]
    rows: tuple[TableRow, ...]
    narrow: Mapping[str, str] = field(default_factory=dict)
    empty_message: Text | None = None

    def __repr__(self) -> str:
        """Return a short form: the SVG would fill the screen."""
        return f"<Chart {self.title.en!r}: {counted(len(self.rows), 'row')}>"

    def csv(self, lang: str) -> str:
        """Return the table as CSV (RFC 4180) in a language, with the evidence of each row."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.of(lang) for column in (*self.columns, EVIDENCE)])
        for row in self.rows:
            cells = [cell.text.of(lang) for cell in row.cells]
            writer.writerow([escape_formula(cell) for cell in (*cells, cite(row.proofs, lang))])
        return out.getvalue()


def counted(number: int, noun: str) -> str:
    """Return a number with a noun in the singular or plural.

    >>> counted(1, "row"), counted(1200, "row")
    ('1 row', '1,200 rows')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
