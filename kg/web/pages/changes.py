"""Two snapshots side by side: what the last build changed in the catalogues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.changes.model import KINDS, Event
from kg.changes.output import count_kinds, record_paths
from kg.changes.wording import describe_event, join_values, when
from kg.web.changes import changes, selector
from kg.web.pages.html import render
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_PAGE: Final = 50


@dataclass(frozen=True)
class Found:
    """A page of changes, and how many there are.

    ``compared`` are catalogues with the days of their states, ``counts`` the numbers of all changes
    by kind, ``selected`` the number of those that were asked for, and ``events`` some of them.
    """

    compared: tuple[tuple[str, str, str], ...]
    counts: tuple[tuple[str, int], ...]
    selected: int
    events: tuple[Event, ...]


def find(graph: KnowledgeGraph, kind: str, since: str, watch: str, start: int) -> Found:
    """Return what changed, of one kind or all; see :mod:`kg.changes`.

    ``since`` is a date, ``watch`` the name of a thing; either may be empty.
    """
    found = changes(graph, *_asked(kind, since, watch), _PAGE, start)
    every = found.items.changes
    counts = tuple(count_kinds(every.events))
    return Found(every.compared, counts, found.total or 0, found.items.events)


def show(
    graph: KnowledgeGraph,
    reader: Reader,
    found: Found | None,
    kind: str,
    since: str,
    watch: str,
    start: int,
) -> str:
    """Return the page of what changed; ``found`` is None while the states are being compared.

    Raises ArgumentError for what :func:`find` refuses.
    """
    selector(graph, *_asked(kind, since, watch))
    return render(
        reader,
        "changes.html",
        found=found,
        rows=[
            (
                event,
                when(event, reader.lang),
                describe_event(event, reader.lang),
                join_values(event.old, reader.lang),
                join_values(event.new, reader.lang),
                record_paths(event),
            )
            for event in (found.events if found else ())
        ],
        kinds=KINDS,
        chosen=kind if kind in KINDS else "",
        since=since,
        watch=watch,
        start=start,
        size=_PAGE,
    )


def _asked(
    kind: str, since: str, watch: str
) -> tuple[tuple[str, ...], str | None, tuple[str, ...]]:
    return (kind,) if kind in KINDS else (), since or None, (watch,) if watch else ()
