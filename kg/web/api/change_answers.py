"""What happened between the last two builds: the operation, and its renderers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.changes.compare import compare_states
from kg.changes.formats import changes_bytes
from kg.changes.model import KINDS, Changes, Event
from kg.changes.watch import Watched, select_watched, watched_thing
from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError, ResolutionError
from kg.entities.lookup import bodies_of
from kg.pipeline.states import previous_states, stored_states
from kg.store.generations import finished_generations, folder_of
from kg.web.rendering import CSV, HTML, JSON, Context, Page

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

ATOM: Final = "application/atom+xml"
_FORMATS: Final = {JSON: "json", CSV: "csv", HTML: "html", ATOM: "atom"}


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
    compared = _compare(graph.store.path.parent) if graph.store.path else Changes(())
    events = [event for event in compared.events if not kinds or event.kind in kinds]
    if unknown := sorted(set(kinds) - KINDS.keys()):
        raise ArgumentError(f"kind={unknown[0]}: give one of {', '.join(KINDS)}")
    if since is not None:
        start = PartialDate.parse_typed(since)
        if start is None:
            raise ArgumentError(f"since={since}: write 2025, 2025-05 or 2025-05-31")
        events = [event for event in events if event.is_since(start)]
    if watch:
        events = select_watched(events, [_watched(graph, name) for name in watch])
    shown = tuple(events[offset : offset + limit])
    more = len(events) > offset + limit
    return Page(Selection(compared, shown), offset, limit, len(events), more)


@lru_cache(maxsize=2)
def _compare(generation: Path) -> Changes:
    folder = folder_of(generation)
    if len(finished_generations(folder)) < 2:  # noqa: PLR2004
        return Changes(())
    return compare_states(previous_states(folder), stored_states(folder))


def _watched(graph: KnowledgeGraph, name: str) -> Watched:
    def resolve(name: str) -> list[str]:
        try:
            thing = graph.resolve(name)
        except ResolutionError:
            return []
        return [thing, *bodies_of(graph.store, thing)]

    found = watched_thing(name, resolve)
    if found is None:
        raise ArgumentError(f"watch={name}: no document, committee, field, country or body")
    return found


def render(graph: KnowledgeGraph, page: Page[Selection], context: Context) -> bytes:
    """Return the events in the format of the request (a renderer)."""
    del graph
    chosen, format_ = page.items, _FORMATS[context.media_type]
    link = context.address(context.path, context.parameters)
    return changes_bytes(chosen.changes, chosen.events, format_, context.lang, link=link)
