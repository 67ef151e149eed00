"""Two snapshots side by side: what the last build changed in the catalogues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.changes.model import KINDS
from kg.changes.output import count_kinds, record_paths
from kg.changes.wording import describe_event, join_values, when
from kg.web.changes import changes
from kg.web.pages.html import render
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_PAGE: Final = 50


def show(
    graph: KnowledgeGraph, reader: Reader, kind: str, since: str, watch: str, start: int
) -> str:
    """Return the page of what changed, of one kind or all; see :mod:`kg.changes`.

    ``since`` is a date, ``watch`` the name of a thing; either may be empty.
    """
    watched = (watch,) if watch else ()
    kinds = (kind,) if kind in KINDS else ()
    found = changes(graph, kinds, since or None, watched, _PAGE, start)
    compared = found.items.changes
    return render(
        reader,
        "changes.html",
        changes=compared,
        rows=[
            (
                event,
                when(event, reader.lang),
                describe_event(event, reader.lang),
                join_values(event.old, reader.lang),
                join_values(event.new, reader.lang),
                record_paths(event),
            )
            for event in found.items.events
        ],
        counts=count_kinds(compared.events),
        kinds=KINDS,
        chosen=kind if kind in KINDS else "",
        since=since,
        watch=watch,
        start=start,
        total=found.total or 0,
        size=_PAGE,
    )
