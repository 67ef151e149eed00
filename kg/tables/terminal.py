"""Renderer of tables for a terminal.

Lines break at spaces and between Han characters, never in a word that fits its column. The widths
of columns are shared out: a narrow column gets what it needs, wide ones share the rest.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text as BilingualText
from kg.common.control_characters import visible
from kg.common.line_breaks import cell_width, longest_segment, wrap_cells
from kg.common.namespaces import CLAIM, compact
from kg.store import Term
from kg.tables.labeled_table import LabeledTable
from kg.tables.term_text import readable

if TYPE_CHECKING:
    from rich.table import Table as RichTable
    from rich.text import Text as RichText

_NO_ROWS: Final = BilingualText("no rows", "没有结果")
_GAP: Final = 2
"""Columns of space between two columns of a table."""
_MAX_SEGMENTS: Final = (32, 20)
"""A longer word, such as an address, may be broken: of the first, if it leaves room enough."""
_ROOM_LEFT: Final = 0.25
"""Share of a line that is room enough, for the columns whose texts take several lines."""
_MIN_WIDTH: Final = 10
"""A column is at least as wide, if it needs to be."""
_MIN_RECORD: Final = 20
_MAX_LINES: Final = 5
"""Average number of lines in a row from which rows are shown one field below the other."""


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
    cells = _cells(table, lang)
    headings = [table.heading(name) for name in table.columns]
    widths = _column_widths(headings, cells, console.width)
    rows = [[_cell_lines(c, w) for c, w in zip(row, widths, strict=True)] for row in cells]
    too_wide = sum(widths) + _GAP * (len(widths) - 1) > console.width
    lines_per_row = sum(max(map(len, row)) for row in rows) / len(rows)
    if len(widths) > 1 and (too_wide or lines_per_row > _MAX_LINES):
        console.print(_records(table, cells, console.width), soft_wrap=True)
    else:
        console.print(_grid(table, widths, rows), crop=False)
    return "".join(line.rstrip() + "\n" for line in out.getvalue()[:-1].split("\n"))


_Cell = tuple[str, str]
"""The text of a cell, and the IRI that tells it from others with the same text, or nothing."""

_Lines = list[tuple[str, bool]]
"""The lines of a cell, each with whether it is an IRI."""


def _grid(
    table: LabeledTable, widths: Sequence[int], rows: Sequence[Sequence[_Lines]]
) -> RichTable:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    # An empty line separates rows that take several lines.
    grid.leading = int(any(len(lines) > 1 for row in rows for lines in row))
    for index, (name, width) in enumerate(zip(table.columns, widths, strict=True)):
        grid.add_column(
            Text("\n".join(wrap_cells(table.heading(name), width))),
            justify="right" if table.is_numeric(index) else "left",
            vertical="top",
            width=width,
            no_wrap=True,
            overflow="fold",
        )
    for row in rows:
        grid.add_row(
            *(
                Text("\n").join(Text(line, "dim" if is_iri else "") for line, is_iri in lines)
                for lines in row
            )
        )
    return grid


def _cells(table: LabeledTable, lang: str) -> list[list[_Cell]]:
    # A label is ambiguous only within its column.
    columns = [
        dict.fromkeys(row[index] for row in table.rows) for index in range(len(table.columns))
    ]
    uses = [Counter(map(table.label, column)) for column in columns]

    def cell(term: Term | None, uses: Counter[str | None]) -> _Cell:
        label = table.label(term)
        if label is None or not isinstance(term, ox.NamedNode):
            return visible(readable(term, lang)), ""
        # Claims with the same phrase differ in what they state, which their IRIs don't show.
        ambiguous = uses[label] > 1 and not term.value.startswith(CLAIM)
        iri = compact(term.value)
        # A web address has no label, and stands in brackets only among compact IRIs.
        text = label[1:-1] if label == iri and label.startswith("<http") else label
        return visible(text), iri if ambiguous and label != iri else ""

    return [[cell(t, u) for t, u in zip(row, uses, strict=True)] for row in table.rows]


def _cell_lines(cell: _Cell, width: int) -> _Lines:
    text, iri = cell
    lines = [(line, False) for line in wrap_cells(text, width)]
    return lines + [(line, True) for line in wrap_cells(iri, width)] if iri else lines


def _column_widths(
    headings: Sequence[str], cells: Sequence[Sequence[_Cell]], room: int
) -> list[int]:
    """Return the widths of columns: what each needs, or a fair share of the room of a line."""
    texts = [
        [part for row in cells for part in row[index] if part] for index in range(len(headings))
    ]
    needs = [
        max(cell_width(line) for text in (heading, *each) for line in text.split("\n"))
        for heading, each in zip(headings, texts, strict=True)
    ]
    segments = [max(map(longest_segment, each), default=0) for each in texts]
    available = room - _GAP * (len(headings) - 1)
    for limit in _MAX_SEGMENTS:
        least = [
            max(min(need, _MIN_WIDTH), min(segment, limit), longest_segment(heading))
            for heading, need, segment in zip(headings, needs, segments, strict=True)
        ]
        if sum(least) <= available - room * _ROOM_LEFT:
            break
    widths = list(least)
    for _ in range(available - sum(least)):
        # The column that would have the most lines gets the next place.
        index = max(range(len(widths)), key=lambda at: needs[at] / widths[at])
        if needs[index] <= widths[index]:
            break
        widths[index] += 1
    return widths


def _records(table: LabeledTable, cells: Sequence[Sequence[_Cell]], room: int) -> RichText:
    """Return rows one below the other, each with its fields: a table would be too narrow."""
    from rich.text import Text

    headings = [table.heading(name) for name in table.columns]
    space = max(map(cell_width, headings[1:]), default=0) + _GAP
    width = max(room - space - _GAP, _MIN_RECORD)
    blocks = []
    for first, *rest in cells:
        lines = [Text(line, "bold") for line in wrap_cells(" ".join(filter(None, first)), room)]
        for heading, cell in zip(headings[1:], rest, strict=True):
            for number, (line, is_iri) in enumerate(_cell_lines(cell, width) if cell[0] else ()):
                name = "" if number else heading
                gap = " " * (space - cell_width(name))
                lines.append(Text(f"  {name}{gap}") + Text(line, "dim" if is_iri else ""))
        blocks.append(Text("\n").join(lines))
    rule = "─" * min(cell_width(headings[0]), room)
    head = "\n".join([*wrap_cells(headings[0], room), rule])
    return Text(head + "\n") + Text("\n\n").join(blocks)
