"""What happened between the last two builds: an operation on the graph (:mod:`kg.web.calls`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.changes.compare import compare_states
from kg.changes.history import History, read_history
from kg.changes.model import Changes, Event
from kg.changes.watch import names_in, select_events, watched_thing
from kg.common.errors import ArgumentError
from kg.pipeline.states import last_states
from kg.store.generations import folder_of
from kg.web.rendering import Page

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


@dataclass(frozen=True)
class Selection:
    """All changes, and the events among them that were asked for."""

    changes: Changes
    events: tuple[Event, ...]


def changes(
    graph: KnowledgeGraph,
    kinds: tuple[str, ...],
    since: str | None,
    watch: tuple[str, ...],
    limit: int,
    offset: int,
) -> Page[Selection]:
    """Return what the last build changed; nothing if no earlier graph is kept (an operation).

    ``kinds`` are keys of :data:`kg.changes.model.KINDS`, ``since`` is a date, and ``watch`` are
    names as in a list for :func:`kg.changes.watch.read_watch_list`. Raises ArgumentError for
    others.
    """
    select = selector(graph, kinds, since, watch)
    compared = _compare(graph.store.path.parent) if graph.store.path else Changes(())
    events = select(compared.events)
    shown = tuple(events[offset : offset + limit])
    more = len(events) > offset + limit
    return Page(Selection(compared, shown), offset, limit, len(events), more)


def selector(
    graph: KnowledgeGraph, kinds: tuple[str, ...], since: str | None, watch: tuple[str, ...]
) -> Callable[[Iterable[Event]], list[Event]]:
    """Return a function that selects events; arguments and errors are those of :func:`changes`."""
    resolve = names_in(graph.store)
    watched = [watched_thing(name, resolve) for name in watch]
    select = partial(select_events, kinds=kinds, since=since, watched=watched)
    # Wrong arguments are told before what takes long.
    select(())
    return select


def kept_days(graph: KnowledgeGraph) -> tuple[str, ...]:
    """Return the days (ISO 8601) of the states that the graph's history keeps, in their order."""
    history = _history(graph.store.path.parent) if graph.store.path else None
    return tuple(sorted({state.day for state in history.states})) if history else ()


def changes_between(graph: KnowledgeGraph, first: str, last: str) -> Changes:
    """Return what changed from the kept states of one day on until those of another.

    An empty day is the first or the last one. Every change between two states that were read one
    after the other is listed, those that were undone later, too. Raises ArgumentError for a day of
    which no state is kept, and for days in the wrong order.
    """
    history = _history(graph.store.path.parent) if graph.store.path else None
    days = kept_days(graph)
    for day in (first, last):
        if day and day not in days:
            kept = ", ".join(days) or "none: build with --keep-history"
            raise ArgumentError(f"no state of {day} is kept; kept are {kept}")
    if history is None:
        return Changes(())
    first, last = first or days[0], last or days[-1]
    if first >= last:
        raise ArgumentError(f"{first} is not before {last}: give the earlier day first")
    events = tuple(each for each in history.events if first <= each.before and each.after <= last)
    compared = [
        (slug, states[0], states[-1])
        for slug in dict.fromkeys(state.slug for state in history.states)
        if len(
            states := [s.day for s in history.states if s.slug == slug and first <= s.day <= last]
        )
        > 1
    ]
    return Changes(events, compared=tuple(compared))


@lru_cache(maxsize=2)
def _history(generation: Path) -> History | None:
    return read_history(generation)


@lru_cache(maxsize=2)
def _compare(generation: Path) -> Changes:
    last = last_states(folder_of(generation))
    return compare_states(*last) if last else Changes(())
