"""A list of what somebody watches: documents, committees, fields, countries and bodies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.changes.model import Event
from kg.common.errors import SourceError
from kg.identifiers import Designation, committees, iris, parse
from kg.identifiers.model import fits

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
        found = watched_thing(name, resolve)
        if found is None:
            raise SourceError(
                f"{file}:{number}: {name!r} is no document, committee or field (ICS 35.030), and no"
                " country or body of a built graph: correct it"
            )
        watched.append(found)
    return watched


def watched_thing(name: str, resolve: Resolve) -> Watched | None:
    """Return what a name means; None if it means nothing."""
    if field := _FIELD.fullmatch(name):
        return Watched(name, iris=(iris.ics(field[1]),))
    if committee := committees.parse(name):
        return Watched(name, iris=(iris.committee(committee),))
    if designation := parse(name):
        return Watched(name, designation)
    found = tuple(resolve(name))
    return Watched(name, iris=found) if found else None


def select_watched(events: Iterable[Event], watched: Sequence[Watched]) -> list[Event]:
    """Return the events that concern something watched."""
    return [event for event in events if any(each.concerns(event) for each in watched)]
