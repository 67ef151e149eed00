"""Answer tables for people and programs: labels beside IRIs, and one function for each format."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.entities import labels
from kg.errors import KgError
from kg.namespaces import CLAIM, PREFIXES, compact
from kg.store import Store, Table, Term

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable

_XSD: Final = PREFIXES["xsd"]
_NUMERIC: Final = frozenset(_XSD + name for name in ("integer", "decimal", "double", "float"))
# Turtle lets these stand bare; the lexical form must be one that is read back as the same type.
_BARE: Final = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}
_NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NARROW: Final = 8
_WIDEST_HEADER: Final = 14


@dataclass(frozen=True)
class Presentable:
    """An answer table with the label of every IRI in it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    labels: Mapping[ox.NamedNode, str]

    def label(self, term: Term | None) -> str | None:
        """Give the label of an IRI; None for anything else."""
        return self.labels.get(term) if isinstance(term, ox.NamedNode) else None

    def labeled(self, suffix: str) -> list[tuple[str, str | None]]:
        """List the columns, each with the name of the column of labels that follows it, if any.

        A column has one if it holds an IRI and the question has no column of that name itself.
        """
        holding = {
            name
            for row in self.rows
            for name, term in zip(self.columns, row, strict=True)
            if isinstance(term, ox.NamedNode) and name + suffix not in self.columns
        }
        return [(name, name + suffix if name in holding else None) for name in self.columns]


def decorate(store: Store, table: Table, lang: str) -> Presentable:
    """Give every IRI of a table its best label in a language (see :func:`kg.entities.labels`)."""
    iris = (term for row in table.rows for term in row if isinstance(term, ox.NamedNode))
    return Presentable(table.columns, table.rows, labels(store, iris, lang))


def render(
    table: Presentable,
    format: str,  # noqa: A002
    lang: str,
    *,
    width: int | None = None,
    color: bool | None = None,
) -> str:
    """Write a table as text that ends with a line end; ``format`` is one of ``FORMATS``.

    ``table``: for a terminal of ``width`` columns, in color or not; what is not told is taken from
    the standard output. Nothing is cut off: cells wrap. Where the rows stay on one line, IRIs stand
    behind their labels; else only labels that several IRIs of the table share keep their IRI.
    ``csv``: RFC 4180, values as text; a column ``x`` of IRIs is followed by ``x_label``. A cell
    that a spreadsheet could run as a formula gets an apostrophe in front.
    ``tsv``, ``json``: SPARQL 1.1 Query Results TSV and JSON; in JSON an IRI in ``x`` has its label
    in ``xLabel``. ``md``: GitHub Flavored Markdown, IRIs as links.
    Where the question has a column of such a name itself, it is left as it is and none is added.

    Raises KgError for an unknown format.
    """
    if format == "table":
        return _terminal(table, lang, width, color)
    if format not in _WRITERS:
        raise KgError(f"unknown format {format!r}; the formats are {', '.join(FORMATS)}")
    return _WRITERS[format](table)


def _lexical(term: Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.BlankNode) else term.value


def _csv(table: Presentable) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = table.labeled("_label")
    writer.writerow(name for pair in columns for name in pair if name)
    for row in table.rows:
        cells: list[str] = []
        for (_, label), term in zip(columns, row, strict=True):
            cells.append(_harmless(_lexical(term)))
            if label:
                cells.append(_harmless(table.label(term) or ""))
        writer.writerow(cells)
    return out.getvalue()


def _harmless(cell: str) -> str:
    # OWASP, CSV injection: what a spreadsheet takes for a formula; a plain number is none.
    return "'" + cell if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def _tsv(table: Presentable) -> str:
    lines = ["\t".join("?" + name for name in table.columns)]
    lines += ["\t".join(map(_turtle, row)) for row in table.rows]
    return "\n".join(lines) + "\n"


def _turtle(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.Literal) and not term.language:
        bare = _BARE.get(term.datatype.value)
        if bare and bare.fullmatch(term.value):
            return term.value
    return str(term)


def _json(table: Presentable) -> str:
    columns = table.labeled("Label")
    bindings = []
    for row in table.rows:
        binding: dict[str, dict[str, str]] = {}
        for (name, label), term in zip(columns, row, strict=True):
            if term is not None:
                binding[name] = _json_term(term)
            if label and (text := table.label(term)) is not None:
                binding[label] = {"type": "literal", "value": text}
        bindings.append(binding)
    names = [name for pair in columns for name in pair if name]
    answer = {"head": {"vars": names}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == _XSD + "string":
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _md(table: Presentable) -> str:
    lines = [table.columns, ["---"] * len(table.columns)]
    lines += [[_md_cell(table, term) for term in row] for row in table.rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _md_cell(table: Presentable, term: Term | None) -> str:
    label = table.label(term)
    text = _lexical(term) if label is None else label
    # GFM 4.10 and 2.4: a pipe ends a cell even in code, so all signs of Markdown are escaped alike.
    text = re.sub(r"([\\`*_\[\]<>|~&])", r"\\\1", text)
    text = re.sub(r"\r\n|\r|\n", "<br>", text)
    if isinstance(term, ox.NamedNode) and term.value.startswith(("http://", "https://")):
        return f"[{text}](<{term.value}>)"
    return text


def _terminal(table: Presentable, lang: str, width: int | None, color: bool | None) -> str:
    if not table.rows:
        return "没有结果\n" if lang.casefold().split("-")[0] == "zh" else "no rows\n"
    from rich.console import Console  # noqa: PLC0415

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
    from rich.measure import Measurement  # noqa: PLC0415

    return Measurement.get(console, console.options.update(max_width=10**6), drawn).maximum


def _drawn(table: Presentable, *, every_iri: bool) -> RichTable:
    from rich import box  # noqa: PLC0415
    from rich.cells import cell_len  # noqa: PLC0415
    from rich.table import Table as RichTable  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    def cell(term: Term | None, shared: Counter[str | None]) -> Text:
        label = table.label(term)
        if label is None or not isinstance(term, ox.NamedNode):
            return Text(_visible(_lexical(term)))
        iri = compact(term.value)
        # Two claims on one phrase are told apart by what they say, not by their names.
        apart = shared[label] > 1 and not term.value.startswith(CLAIM)
        if label == iri or not (every_iri or apart):
            return Text(_visible(label))
        return Text.assemble(_visible(label), " ", (iri, "dim"))

    drawn = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    # A label is ambiguous only beside its like, in the same column.
    columns = [
        dict.fromkeys(row[index] for row in table.rows) for index in range(len(table.columns))
    ]
    shared = [Counter(map(table.label, column)) for column in columns]
    cells = [[cell(t, s) for t, s in zip(row, shared, strict=True)] for row in table.rows]
    for index, name in enumerate(table.columns):
        terms = [row[index] for row in table.rows if row[index] is not None]
        number = all(isinstance(t, ox.Literal) and t.datatype.value in _NUMERIC for t in terms)
        widest = max(cell_len(line) for row in cells for line in row[index].plain.split("\n"))
        drawn.add_column(
            Text(name),
            justify="right" if terms and number else "left",
            overflow="fold",
            min_width=min(max(cell_len(name), min(widest, _NARROW)), _WIDEST_HEADER),
        )
    for row in cells:
        drawn.add_row(*row)
    return drawn


def _visible(text: str) -> str:
    # Data must not steer the terminal: no escape sequences, no reversal of the reading direction.
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if sign in _BIDI or (unicodedata.category(sign) == "Cc" and sign != "\n")
        else sign
        for sign in text
    )


_WRITERS: Final[Mapping[str, Callable[[Presentable], str]]] = {
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "md": _md,
}
FORMATS: Final = ("table", *_WRITERS)
"""What :func:`render` can write."""
