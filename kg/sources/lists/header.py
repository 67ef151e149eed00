"""Find the headings of a list, and what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.common.errors import SourceError
from kg.sources.lists import contents
from kg.sources.lists.columns import Layout, ListColumn
from kg.sources.lists.headings import is_loose, role_of
from kg.sources.lists.metadata import described_columns
from kg.sources.lists.tables import ListRow, ListTable

_SEARCHED_ROWS: Final = 40
"""Number of filled rows in which a heading is looked for: titles and notes stand above it."""
_SAMPLED_CELLS: Final = 50
_DIGIT: Final = re.compile(r"\d")
_HALF: Final = 0.5


@dataclass(frozen=True)
class Header:
    """The columns of a table, and its rows below their headings.

    ``row`` is the number of the row of headings (0 without one). ``guessed`` is true if the column
    of numbers is known by its cells and not by its heading.
    """

    columns: tuple[ListColumn, ...]
    rows: Sequence[ListRow]
    row: int = 0
    guessed: bool = False

    def of_role(self, role: str) -> tuple[ListColumn, ...]:
        """Return the columns of a role."""
        return tuple(column for column in self.columns if column.role == role)


def find_headers(path: str, table: ListTable, layout: Layout) -> list[Header]:
    """Find the headings of a table, and what its columns hold; empty without a column of numbers.

    A table may have titles above its headings, headings in two rows, and further headings below,
    for a part with other columns or for the next printed page. Raises SourceError for a column that
    the user names and the table doesn't have.
    """
    filled = [row for row in table.rows if any(row.cells)]
    if not filled:
        return []
    description = layout.description(path)
    if description:
        return [header for header in [_described(path, filled, description, layout)] if header]
    place = _first_headings(filled, layout)
    if place is None:
        return [header for header in [_by_cells(path, filled, layout)] if header]
    found: list[Header] = []
    while filled:
        headings, below = _joined(filled, place)
        columns = _with_given(path, headings, _by_headings(headings), layout, filled[place].number)
        numbers = [column.index for column in columns if column.role == "number"]
        end = _next_headings(filled, below, numbers)
        header = Header(columns, filled[below:end], filled[place].number)
        with_number = header if numbers else _with_number(header)
        if with_number is not None:
            found.append(with_number)
        filled, place = filled[end:], 0
    return found


def _first_headings(filled: Sequence[ListRow], layout: Layout) -> int | None:
    """Return the place of the first row with headings, among them that of numbers if possible."""
    alone: list[int] = []
    for place, row in enumerate(filled[:_SEARCHED_ROWS]):
        roles = ({role_of(cell) for cell in row.cells} | _given_roles(row.cells, layout)) - {""}
        if "number" in roles and len(roles) > 1:
            return place
        if "number" in roles or len(roles) > 2:  # noqa: PLR2004
            alone.append(place)
    return alone[0] if alone else None


def _next_headings(filled: Sequence[ListRow], start: int, numbers: Sequence[int]) -> int:
    """Return the place of the next row with headings, or the end."""
    for place in range(start, len(filled)):
        cells = filled[place].cells
        if any(i < len(cells) and _DIGIT.search(cells[i]) for i in numbers):
            # No heading has a digit, and most rows end here.
            continue
        roles = {role_of(cell) for cell in cells} - {""}
        if "number" in roles and len(roles) > 1:
            return place
    return len(filled)


def _given_roles(cells: Iterable[str], layout: Layout) -> set[str]:
    return {role for role, column in layout.columns if column in cells}


def _joined(filled: Sequence[ListRow], place: int) -> tuple[list[str], int]:
    """Return the headings from a row, and the one below if it goes on with them."""
    headings = list(filled[place].cells)
    if place + 1 == len(filled):
        return headings, place + 1
    lower = filled[place + 1].cells
    numbers = [i for i, cell in enumerate(headings) if role_of(cell) == "number"]
    goes_on = sum(1 for cell in lower if role_of(cell)) > 1 and all(
        i >= len(lower) or not lower[i] or lower[i] == headings[i] for i in numbers
    )
    if not goes_on:
        return headings, place + 1
    width = max(len(headings), len(lower))
    upper = headings + [""] * (width - len(headings))
    beneath = [*lower, *[""] * (width - len(lower))]
    return [below or above for above, below in zip(upper, beneath, strict=True)], place + 2


def _by_headings(headings: Sequence[str]) -> list[ListColumn]:
    columns = [ListColumn(i, heading, role_of(heading)) for i, heading in enumerate(headings)]
    numbers = [column for column in columns if column.role == "number"]
    # Beside a heading such as 标准号, a number or name in general is something else.
    strict = [column for column in numbers if not is_loose(column.heading)]
    kept = strict or numbers[:1]
    return [
        column
        if column.role != "number" or column in kept
        else ListColumn(column.index, column.heading, "")
        for column in columns
    ]


def _with_given(
    path: str,
    headings: Sequence[str],
    columns: Sequence[ListColumn],
    layout: Layout,
    row: int,
) -> tuple[ListColumn, ...]:
    """Return columns with the roles that the user gives, which no other column then has."""
    given: dict[int, str] = {}
    for role, name in layout.columns:
        given[_place(path, headings, name, row)] = role
    taken = set(given.values()) - {"ignore"}
    return tuple(
        ListColumn(column.index, column.heading, given[column.index])
        if column.index in given
        else ListColumn(column.index, column.heading, "")
        if column.role in taken
        else column
        for column in columns
    )


def _place(path: str, headings: Sequence[str], name: str, row: int) -> int:
    places = [i for i, heading in enumerate(headings) if heading == name.strip()]
    if places:
        return places[0]
    if name.isascii() and name.isdigit() and 1 <= int(name) <= len(headings):
        return int(name) - 1
    there = ", ".join(repr(heading) for heading in headings if heading) or "none"
    raise SourceError(f"{path}:{row}: no column {name!r} (--columns); there are {there}")


def _with_number(header: Header) -> Header | None:
    """Return a header whose column of numbers is found by its cells."""
    number = _numbers_column(header.rows)
    if number is None:
        return None
    columns = tuple(
        ListColumn(column.index, column.heading, "number") if column.index == number else column
        for column in header.columns
    )
    if number >= len(columns):
        columns += (ListColumn(number, "", "number"),)
    return Header(columns, header.rows, header.row, guessed=True)


def _by_cells(path: str, filled: Sequence[ListRow], layout: Layout) -> Header | None:
    """Return the header of a table without known headings, by the cells that are designations."""
    width = max(len(row.cells) for row in filled)
    if layout.columns:
        blank = [ListColumn(i, "", "") for i in range(width)]
        columns = _with_given(path, [""] * width, blank, layout, filled[0].number)
        header = Header(columns, filled)
        return header if header.of_role("number") else None
    number = _numbers_column(filled)
    if number is None:
        return None
    first = next(
        i
        for i, row in enumerate(filled)
        if number < len(row.cells) and _names_document(row.cells[number])
    )
    headings = filled[first - 1].cells if first else ()
    columns = tuple(
        ListColumn(i, headings[i] if i < len(headings) else "", "number" if i == number else "")
        for i in range(width)
    )
    return Header(columns, filled[first:], filled[first - 1].number if first else 0, guessed=True)


def _numbers_column(rows: Sequence[ListRow]) -> int | None:
    """Return the first column most of whose filled cells are designations."""
    sample = rows[: _SAMPLED_CELLS + 1]
    for index in range(max((len(row.cells) for row in sample), default=0)):
        cells = [row.cells[index] for row in sample if index < len(row.cells) and row.cells[index]]
        if cells and sum(map(_names_document, cells)) > _HALF * len(cells):
            return index
    return None


def _names_document(cell: str) -> bool:
    return bool(contents.documents_of(cell).documents)


def _described(
    path: str, filled: Sequence[ListRow], description: Mapping[str, Any], layout: Layout
) -> Header | None:
    """Return the header of a table that a metadata file describes."""
    dialect = description.get("dialect") or {}
    skipped = int(dialect.get("skipRows") or 0)
    has_header = dialect.get("header", True) is not False
    count = int(dialect.get("headerRowCount", 1 if has_header else 0))
    rows = [row for row in filled if row.number > skipped + count]
    named = [row for row in filled if skipped < row.number <= skipped + count]
    headings = list(named[-1].cells) if named else []
    columns = described_columns(path, description, headings)
    header = Header(
        _with_given(path, [column.heading for column in columns], columns, layout, skipped + 1),
        rows,
        named[-1].number if named else 0,
    )
    return header if header.of_role("number") else _with_number(header)
