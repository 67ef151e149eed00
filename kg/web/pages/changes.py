"""Two snapshots side by side: what changed in the catalogues, by the last build or since a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.changes.model import KINDS, Event
from kg.changes.output import count_kinds, record_paths
from kg.changes.wording import describe_event, join_values, when
from kg.web.changes import changes, changes_between, kept_days, selector
from kg.web.pages.html import render
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_PAGE: Final = 50


@dataclass(frozen=True)
class Asked:
    """What is asked for; any may be empty.

    ``kind`` is a kind of changes, ``since`` a date, ``watch`` the name of a thing. ``first`` and
    ``last`` are the days of kept states; without them, the last build is told of.
    """

    kind: str = ""
    since: str = ""
    watch: str = ""
    first: str = ""
    last: str = ""
    start: int = 0

    @property
    def is_between_states(self) -> bool:
        """Whether kept states are asked for; what is kept of them needs no comparison."""
        return bool(self.first or self.last)

    @property
    def selection(self) -> tuple[tuple[str, ...], str | None, tuple[str, ...]]:
        """Kinds, date and names, as :func:`kg.web.changes.selector` takes them."""
        kinds = (self.kind,) if self.kind in KINDS else ()
        return kinds, self.since or None, (self.watch,) if self.watch else ()

    def selector(self, graph: KnowledgeGraph) -> Callable[[Iterable[Event]], list[Event]]:
        """Return a function that selects events; ArgumentError for a wrong date or name."""
        return selector(graph, *self.selection)


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


def find(graph: KnowledgeGraph, asked: Asked) -> Found:
    """Return what changed, of one kind or all; see :mod:`kg.changes`."""
    if asked.is_between_states:
        every = changes_between(graph, asked.first, asked.last)
        events: Sequence[Event] = asked.selector(graph)(every.events)
        total, shown = len(events), tuple(events[asked.start : asked.start + _PAGE])
    else:
        found = changes(graph, *asked.selection, _PAGE, asked.start)
        every, total, shown = found.items.changes, found.total or 0, found.items.events
    return Found(every.compared, tuple(count_kinds(every.events)), total, shown)


def show(graph: KnowledgeGraph, reader: Reader, found: Found | None, asked: Asked) -> str:
    """Return the page of what changed; ``found`` is None while the states are being compared.

    Raises ArgumentError for what :func:`find` refuses.
    """
    asked.selector(graph)
    if asked.is_between_states:
        found = find(graph, asked)
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
        asked=asked,
        days=kept_days(graph),
        size=_PAGE,
    )
