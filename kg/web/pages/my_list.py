"""A list of references: what each means, what became of it, and why; nothing of it is kept."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.analysis.match_rows import COLUMNS, match_rows
from kg.common.errors import KgError
from kg.entities.lookup import bilingual_labels
from kg.entities.match.words import explain, summarize_match
from kg.entities.status_words import describe_status
from kg.tables.spreadsheet import LINES, Sheet, read_table, read_text, write_table
from kg.web.pages.groups import entity_groups
from kg.web.pages.html import render
from kg.web.pages.outcomes import Refused
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.entities.match import Match
    from kg.graph import KnowledgeGraph

MOST: Final = 1000
"""References in one list."""
_SAMPLE: Final = 30
_TOO_LARGE: Final = 413


@dataclass(frozen=True)
class Column:
    """A column of the table that was sent: its heading and its cells."""

    heading: str
    cells: tuple[str, ...]


def form(reader: Reader, problem: str = "") -> str:
    """Return the page with the form alone."""
    return render(reader, "my_list.html", rows=None, problem=problem, most=MOST, as_of="")


def show(
    graph: KnowledgeGraph, reader: Reader, name: str, data: bytes, chosen: str, as_of: str = ""
) -> str | Refused:
    """Return the page of a list: the bytes of a file with its name, or of a text without one.

    Of several columns, the chosen one is matched, or the one of which most is known. The status is
    that on a day ``as_of``; ArgumentError if it is no day.
    """
    columns = _columns(reader, name, data)
    if isinstance(columns, Refused):
        return columns
    column = next((each for each in columns if each.heading == chosen), None)
    if column is None:
        column = max(columns, key=lambda each: _known(graph, each))
    matches = graph.match(column.cells, as_of=as_of)
    iris = {iri for m in matches for iri in (m.iri, *m.others, *m.status.named) if iri}
    names = bilingual_labels(graph.store, iris)
    words = {iri: text.of(reader.lang) for iri, text in names.items()}
    return render(
        reader,
        "my_list.html",
        problem="",
        most=MOST,
        rows=[
            (
                match,
                describe_status(match.status, words, reader.lang),
                [explain(reason, reader.lang) for reason in match.reasons],
            )
            for match in matches
        ],
        names=names,
        marks=entity_groups(graph.store, iris),
        totals=_totals(matches, reader.lang),
        matched=sum(bool(match.iri) for match in matches),
        column=column,
        columns=columns,
        table=_as_text(columns),
        as_of=as_of,
    )


def download(
    graph: KnowledgeGraph, reader: Reader, data: bytes, chosen: str, as_of: str = ""
) -> str | Refused:
    """Return a list as CSV, with what each reference of the chosen column means beside it."""
    columns = _columns(reader, "", data)
    if isinstance(columns, Refused):
        return columns
    column = next((each for each in columns if each.heading == chosen), columns[0])
    rows = zip(*(each.cells for each in columns), strict=True)
    sheet = Sheet(tuple(each.heading for each in columns), tuple(rows))
    matches = graph.match(column.cells, as_of=as_of)
    wider = sheet.with_columns(COLUMNS, list(match_rows(graph.store, matches, reader.lang)))
    stream = BytesIO()
    write_table(wider, ".csv", stream, added=len(COLUMNS))
    return stream.getvalue().decode()


def _columns(reader: Reader, name: str, data: bytes) -> list[Column] | Refused:
    try:
        columns = read_columns(name, data)
    except KgError as error:
        return Refused(form(reader, str(error)))
    if not columns:
        return Refused(form(reader, reader.t("the list is empty", "清单为空")))
    if len(columns[0].cells) > MOST:
        count, most = f"{len(columns[0].cells):,}", f"{MOST:,}"
        problem = reader.t(
            f"the list has {count} rows: send at most {most} at once",
            f"清单有{count}行，每次至多{most}行",
        )
        return Refused(form(reader, problem), _TOO_LARGE)
    return columns


def read_columns(name: str, data: bytes) -> list[Column]:
    """Return the filled columns of a file or text; KgError if it can't be read."""
    if name:
        with tempfile.TemporaryDirectory(prefix="kg-list-") as folder:
            path = Path(folder, Path(name).name)
            path.write_bytes(data)
            try:
                sheet = read_table(path, lines=path.suffix.casefold() == LINES)
            except KgError as error:
                raise type(error)(str(error).replace(str(path), path.name)) from error
    else:
        # Tabs come from the cells of a spreadsheet.
        sheet = read_text("", data, "utf-8", lines=b"\t" not in data)
    columns = [
        Column(heading or str(place + 1), tuple(sheet.references(place)))
        for place, heading in enumerate(sheet.header)
    ]
    return [each for each in columns if any(each.cells)]


def _as_text(columns: Sequence[Column]) -> str:
    """Return the table as a text that the form can send again, to choose another column."""
    rows = [
        [each.heading for each in columns],
        *zip(*(each.cells for each in columns), strict=True),
    ]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def _known(graph: KnowledgeGraph, column: Column) -> int:
    return sum(bool(match.iri) for match in graph.match(column.cells[:_SAMPLE]))


def _totals(matches: list[Match], lang: str) -> list[tuple[str, int]]:
    """Return how many references there are of each status, or reason why there is no match."""
    counted = Counter(summarize_match(match, lang) for match in matches)
    return [(words, count) for words, count in counted.most_common() if words]
