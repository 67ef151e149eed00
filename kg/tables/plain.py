"""Writers of tables as plain text: CSV, TSV, JSON and Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import pyoxigraph as ox

from kg.common.namespaces import iri
from kg.common.spreadsheet_cells import escape_formula
from kg.store import Term
from kg.tables.labeled_table import LabeledTable
from kg.tables.term_text import lexical, readable

# Turtle writes these without quotes, if the lexical form implies the datatype.
_UNQUOTED: Final = {
    iri("xsd:integer"): re.compile(r"[+-]?[0-9]+"),
    iri("xsd:decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}
_STRING: Final = iri("xsd:string")


def _csv(table: LabeledTable) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = table.label_columns("_label")
    writer.writerow(name for pair in columns for name in pair if name)
    for row in table.rows:
        cells: list[str] = []
        for (_, label), term in zip(columns, row, strict=True):
            cells.append(escape_formula(lexical(term)))
            if label:
                cells.append(escape_formula(table.label(term) or ""))
        writer.writerow(cells)
    return out.getvalue()


def _tsv(table: LabeledTable) -> str:
    lines = ["\t".join("?" + name for name in table.columns)]
    lines += ["\t".join(map(_turtle, row)) for row in table.rows]
    return "\n".join(lines) + "\n"


def _turtle(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.Literal) and not term.language:
        unquoted = _UNQUOTED.get(term.datatype.value)
        if unquoted and unquoted.fullmatch(term.value):
            return term.value
    return str(term)


def _json(table: LabeledTable) -> str:
    columns = table.label_columns("Label")
    bindings = []
    for row in table.rows:
        binding: dict[str, dict[str, Any]] = {}
        for (name, label), term in zip(columns, row, strict=True):
            if term is not None:
                binding[name] = json_term(term)
            if label and (text := table.label(term)) is not None:
                binding[label] = {"type": "literal", "value": text}
        bindings.append(binding)
    names = [name for pair in columns for name in pair if name]
    answer = {"head": {"vars": names}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def json_term(term: Any) -> dict[str, Any]:
    """Return a term as in SPARQL 1.1 Query Results JSON."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        # As in SPARQL 1.2: a query can make one with TRIPLE().
        parts = ("subject", "predicate", "object")
        value = {part: json_term(getattr(term, part)) for part in parts}
        return {"type": "triple", "value": value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == _STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _md(table: LabeledTable) -> str:
    headings = [_md_text(table.heading(name)) for name in table.columns]
    lines = [headings, ["---"] * len(table.columns)]
    lines += [[_md_cell(table, term) for term in row] for row in table.rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _md_cell(table: LabeledTable, term: Term | None) -> str:
    label = table.label(term)
    text = _md_text(readable(term, table.lang) if label is None else label)
    if isinstance(term, ox.NamedNode) and term.value.startswith(("http://", "https://")):
        return f"[{text}](<{term.value}>)"
    return text


def _md_text(text: str) -> str:
    # GFM 4.10 and 2.4: a pipe ends a cell even in code, so all special characters are escaped.
    text = re.sub(r"([\\`*_\[\]<>|~&])", r"\\\1", text)
    return re.sub(r"\r\n|\r|\n", "<br>", text)


WRITERS: Final[Mapping[str, Callable[[LabeledTable], str]]] = {
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "md": _md,
}
"""Writers by format."""
