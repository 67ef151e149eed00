"""What a picture of dates or figures holds, and the table that stands beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.common.bilingual import Text
from kg.common.spreadsheet_cells import escape_formula
from kg.evidence.proofs import Proof, cited

EVIDENCE: Final = Text("evidence", "证据")
"""The name of the column of phrases and sources beside the columns of a picture."""


@dataclass(frozen=True)
class Cell:
    """A cell of the table in both languages; ``iri`` is set where it names a thing."""

    text: Text
    iri: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the table, and the evidence on which it stands."""

    cells: tuple[Cell, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Picture:
    """A drawn view: its SVG by language (``en``, ``zh``), and the same as a table.

    ``narrow`` is its SVG for narrow windows, where it has one of its own; ``nothing`` is said of a
    picture without rows.
    """

    title: Text
    description: Text
    svg: Mapping[str, str]
    columns: tuple[Text, ...]
    rows: tuple[Row, ...]
    narrow: Mapping[str, str] = field(default_factory=dict)
    nothing: Text | None = None

    def csv(self, lang: str) -> str:
        """The table as CSV (RFC 4180) in a language, each row with its phrases and sources."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.of(lang) for column in (*self.columns, EVIDENCE)])
        for row in self.rows:
            cells = [cell.text.of(lang) for cell in row.cells]
            writer.writerow([escape_formula(cell) for cell in (*cells, cited(row.proofs, lang))])
        return out.getvalue()
