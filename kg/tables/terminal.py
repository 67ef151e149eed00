"""Tables for a terminal."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.namespaces import CLAIM, compact
from kg.store import Term
from kg.tables.labeled_table import Presentable
from kg.tables.term_text import lexical, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable

_NARROW: Final = 8
_WIDEST_HEADER: Final = 14


def draw(table: Presentable, lang: str, width: int | None, color: bool | None) -> str:
    """The table as lines for a terminal; see :func:`kg.tables.render`."""
    if not table.rows:
        return "没有结果\n" if lang.casefold().split("-")[0] == "zh" else "no rows\n"
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
    drawn = _drawn(table, every_iri=True)
    if _unwrapped(console, drawn) > console.width:
        drawn = _drawn(table, every_iri=False)
        # Where rows take several lines, an empty line tells them apart.
        drawn.leading = int(_unwrapped(console, drawn) > console.width)
    # Too many columns: better a line that the terminal wraps than one that loses its end.
    console.print(drawn, crop=False)
    return "".join(line.rstrip() + "\n" for line in out.getvalue()[:-1].split("\n"))


def _unwrapped(console: Console, drawn: RichTable) -> int:
    from rich.measure import Measurement

    return Measurement.get(console, console.options.update(max_width=10**6), drawn).maximum


def _drawn(table: Presentable, *, every_iri: bool) -> RichTable:
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table as RichTable
    from rich.text import Text

    def cell(term: Term | None, shared: Counter[str | None]) -> Text:
        label = table.label(term)
        if label is None or not isinstance(term, ox.NamedNode):
            return Text(visible(lexical(term)))
        iri = compact(term.value)
        # Two claims on one phrase are told apart by what they say, not by their names.
        apart = shared[label] > 1 and not term.value.startswith(CLAIM)
        if label == iri or not (every_iri or apart):
            return Text(visible(label))
        return Text.assemble(visible(label), " ", (iri, "dim"))

    drawn = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    # A label is ambiguous only beside its like, in the same column.
    columns = [
        dict.fromkeys(row[index] for row in table.rows) for index in range(len(table.columns))
    ]
    shared = [Counter(map(table.label, column)) for column in columns]
    cells = [[cell(t, s) for t, s in zip(row, shared, strict=True)] for row in table.rows]
    for index, name in enumerate(table.columns):
        widest = max(cell_len(line) for row in cells for line in row[index].plain.split("\n"))
        drawn.add_column(
            Text(name),
            justify="right" if table.numeric(index) else "left",
            overflow="fold",
            min_width=min(max(cell_len(name), min(widest, _NARROW)), _WIDEST_HEADER),
        )
    for row in cells:
        drawn.add_row(*row)
    return drawn
