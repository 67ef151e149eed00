"""Rows of views that a build counts, since counting whole catalogues takes seconds."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from kg.queries.views import View
from kg.store import Store

FOLDER: Final = "counted"
"""The folder of a generation that has the rows, in a file for each view."""
_COUNTED: Final = "overview"
"""The kind of views whose rows are kept."""

Rows = list[dict[str, str]]
"""Each row maps a column to an IRI or the text of a literal, empty where it is not bound."""


def select_rows(store: Store, view: View) -> Rows:
    """Return the rows of a view: those kept by the build of the store, or of its query."""
    kept = _read(store.files, view) if store.files and view.kind == _COUNTED else None
    return _query(store, view) if kept is None else kept


def keep_rows(generation: Path, store: Store, view: View) -> None:
    """Write the rows of a view into a generation, if it is of a kind whose rows are kept."""
    if view.kind != _COUNTED:
        return
    (generation / FOLDER).mkdir(exist_ok=True)
    content = {"query": _digest(view), "rows": _query(store, view)}
    text = json.dumps(content, ensure_ascii=False, indent=0) + "\n"
    _file(generation, view).write_text(text, encoding="utf-8")


def _read(generation: Path, view: View) -> Rows | None:
    """Return the kept rows; None if there are none of this query, as in graphs built before."""
    try:
        content = json.loads(_file(generation, view).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    rows: Rows = content["rows"]
    return rows if content["query"] == _digest(view) else None


def _query(store: Store, view: View) -> Rows:
    table = store.select(view.sparql)
    return [
        {
            column: term.value if term is not None else ""
            for column, term in zip(table.columns, row, strict=True)
        }
        for row in table.rows
    ]


def _digest(view: View) -> str:
    return hashlib.sha256(view.sparql.encode()).hexdigest()


def _file(generation: Path, view: View) -> Path:
    return generation / FOLDER / f"{view.name}.json"
