"""Renderer of tables for a terminal."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text as BilingualText
from kg.common.control_characters import visible
from kg.common.namespaces import CLAIM, compact
from kg.store import Term
from kg.tables.labeled_table import LabeledTable
from kg.tables.term_text import lexical

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable

_NO_ROWS: Final = BilingualText("no rows", "没有结果")
_MIN_WIDTH: Final = 8
_MAX_HEADER_WIDTH: Final = 14


def render_terminal(table: LabeledTable, lang: str, width: int | None, color: bool | None) -> str:
    """Render a table for a terminal; see :func:`kg.tables.render_table`."""
    if not table.rows:
        return _NO_ROWS.of(lang) + "\n"
    from rich.console import Console

    if color is None:
        color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    out = io.StringIO()
    console = Console(
        file=out,
        width=width or shutil.get_terminal_size((100, 24)).columns,
        force_terminal=color,
        force_jupyter=False,
        color_system="standard" if color else None,
        legacy_windows=False,
    )
    grid = _grid(table, all_iris=True)
    if _full_width(console, grid) > console.width:
        grid = _grid(table, all_iris=False)
        # An empty line separates rows that take several lines.
        grid.leading = int(_full_width(console, grid) > console.width)
    # With too many columns the terminal wraps the lines; cropping would lose their ends.
    console.print(grid, crop=False)
    return "".join(line.rstrip() + "\n" for line in out.getvalue()[:-1].split("\n"))


def _full_width(console: Console, grid: RichTable) -> int:
    from rich.measure import Measurement

    return Measurement.get(console, console.options.update(max_width=10**6), grid).maximum


def _grid(table: LabeledTable, *, all_iris: bool) -> RichTable:
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table as RichTable
    from rich.text import Text

    def cell(term: Term | None, uses: Counter[str | None]) -> Text:
        label = table.label(term)
        if label is None or not isinstance(term, ox.NamedNode):
            return Text(visible(lexical(term)))
        iri = compact(term.value)
        # Claims with the same phrase differ in what they state, which their IRIs don't show.
        ambiguous = uses[label] > 1 and not term.value.startswith(CLAIM)
        if label == iri or not (all_iris or ambiguous):
            return Text(visible(label))
        return Text.assemble(visible(label), " ", (iri, "dim"))

    grid = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    # A label is ambiguous only within its column.
    columns = [
        dict.fromkeys(row[index] for row in table.rows) for index in range(len(table.columns))
    ]
    uses = [Counter(map(table.label, column)) for column in columns]
    cells = [[cell(t, u) for t, u in zip(row, uses, strict=True)] for row in table.rows]
    for index, name in enumerate(map(table.heading, table.columns)):
        widest = max(cell_len(line) for row in cells for line in row[index].plain.split("\n"))
        grid.add_column(
            Text(name),
            justify="right" if table.is_numeric(index) else "left",
            overflow="fold",
            min_width=min(max(cell_len(name), min(widest, _MIN_WIDTH)), _MAX_HEADER_WIDTH),
        )
    for row in cells:
        grid.add_row(*row)
    return grid
