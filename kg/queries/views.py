"""Views: what NetworkX and pictures see of the graph, each a query in ``queries/views``.

A view of the kind ``network`` selects edges: ``?source ?relation ?target``, and where they are
known ``?via`` (the node that the edge was folded from), ``?role`` and ``?claim``. A view of the
kind ``timeline`` or ``figures`` selects rows for a picture of dates or of numbers, one of the kind
``overview`` counts what is in the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.common.bilingual import Text
from kg.common.errors import KgError
from kg.queries.headers import Header, files, find_file, read_text
from kg.store.embedded import EmbeddedStore

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "network": ("source", "relation", "target"),
    "timeline": ("thing", "property", "date", "claim"),
    "figures": ("figure", "thing", "indicator", "claim"),
    "overview": ("panel", "thing", "part", "number", "catalogue"),
}
"""The kinds of views, each with the columns that its query must have."""

LAYOUTS: Final = ("force", "layered")
"""How the nodes of a network may be placed."""


@dataclass(frozen=True)
class View:
    """A view of the folder ``queries/views``; ``layout`` says how its nodes are best placed."""

    name: str
    title: Text
    description: Text
    kind: str
    layout: str
    columns: tuple[str, ...]
    sparql: str


def load(folder: Path) -> dict[str, View]:
    """Read every ``*.rq`` in a folder, by name; KgError names the file and line at fault."""
    return {path.stem: read(path) for path in files(folder, "view")}


def read(path: Path) -> View:
    """Read one view and check its header against its query; KgError names file and line."""
    text = read_text(path)
    header = Header(path)
    fields = header.mapping(header.compose(text), "title description kind", "layout")
    kind = header.one_of(fields["kind"], KINDS)
    layout = header.one_of(fields["layout"], LAYOUTS) if "layout" in fields else LAYOUTS[0]
    try:
        columns = EmbeddedStore.in_memory(()).select(text).columns
    except KgError as error:
        raise KgError(f"{path}: {error}") from error
    missing = ", ".join(name for name in KINDS[kind] if name not in columns)
    if missing:
        raise header.wrong(fields["kind"], f"a view of this kind selects {missing} too")
    title, description = (header.text(fields[name]) for name in ("title", "description"))
    return View(path.stem, title, description, kind, layout, columns, text)


def find(folder: Path, name: str) -> View:
    """Read the view of a name; KgError with the nearest names if there is none."""
    return read(find_file(folder, name, "view"))
