"""A list of what somebody watches: documents, committees, fields, countries and bodies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.changes.model import KINDS, Event
from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError, ResolutionError, SourceError
from kg.entities import resolution
from kg.entities.lookup import bodies_of
from kg.identifiers import Designation, committees, iris, parse
from kg.identifiers.model import fits
from kg.store import Store

Resolve = Callable[[str], Sequence[str]]
"""Returns the IRIs that a name means, such as a country and its bodies; none if it is unknown."""

_FIELD: Final = re.compile(r"(?:ICS\s*)?(\d{2}(?:\.\d{3}(?:\.\d{2})?)?)", re.IGNORECASE)


@dataclass(frozen=True)
class Watched:
    """A line of the list: a designation, which an undated one gives all editions, or IRIs.

    IRIs also mean what lies below them: the subcommittees of a committee, the parts of a field.
    """

    text: str
    designation: Designation | None = None
    iris: tuple[str, ...] = ()

    def concerns(self, event: Event) -> bool:
        """Return whether an event is about it."""
        if self.designation is not None:
            names = (event.name, *event.old, *event.new)
            return any(
                found is not None and fits(self.designation, found) for found in map(parse, names)
            )
        things = (event.thing, *event.related, *event.subjects)
        return any(
            thing == iri or thing.startswith(f"{iri}/") for thing in things for iri in self.iris
        )


def names_in(store: Store) -> Resolve:
    """Return a function that finds a name in a graph, and the bodies of a country with it."""

    def resolve(name: str) -> Sequence[str]:
        try:
            thing = resolution.resolve(store, name).value
        except ResolutionError:
            return ()
        return (thing, *bodies_of(store, thing))

    return resolve


def read_watch_list(file: Path, resolve: Resolve) -> list[Watched]:
    """Read a list with one name on each line; empty lines and those after ``#`` are skipped.

    ``resolve`` finds what is neither a designation, nor a committee, nor a field (``ICS 35.030``).
    Raises SourceError, with file and line, for a name that means nothing.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: can't be read ({error}): give a text file in UTF-8") from error
    watched = []
    for number, line in enumerate(text.splitlines(), start=1):
        name = line.strip()
        if not name or name.startswith("#"):
            continue
        try:
            watched.append(watched_thing(name, resolve))
        except ArgumentError as error:
            raise SourceError(f"{file}:{number}: {error}") from error
    if not watched:
        raise SourceError(f"{file}: names nothing: write one name on each line")
    return watched


def watched_thing(name: str, resolve: Resolve) -> Watched:
    """Return what a name means; ArgumentError if it means nothing."""
    if field := _FIELD.fullmatch(name):
        return Watched(name, iris=(iris.ics(field[1]),))
    if committee := committees.parse(name):
        return Watched(name, iris=(iris.committee(committee),))
    if designation := parse(name):
        return Watched(name, designation)
    if found := tuple(resolve(name)):
        return Watched(name, iris=found)
    raise ArgumentError(
        f"{name!r} is no document, committee or field (ICS 35.030), and no country or body of a"
        " built graph: correct it"
    )


def select_events(
    events: Iterable[Event],
    *,
    kinds: Sequence[str] = (),
    since: str | None = None,
    watched: Sequence[Watched] = (),
) -> list[Event]:
    """Return the events of some kinds, from a date on, and that concern something watched.

    What is not given selects nothing away. Raises ArgumentError for a kind that is none of
    :data:`kg.changes.model.KINDS`, and for a text that is no date.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise ArgumentError(f"unknown kind {kind!r}; the kinds are {', '.join(KINDS)}")
    start = None if since is None else PartialDate.parse_typed(since)
    if since is not None and start is None:
        raise ArgumentError(f"{since!r} is no date: write 2025, 2025-05 or 2025-05-31")
    return [
        event
        for event in events
        if (not kinds or event.kind in kinds)
        and (start is None or event.is_since(start))
        and (not watched or any(each.concerns(event) for each in watched))
    ]
