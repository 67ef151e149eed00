"""Compare two states of catalogues: from lines that differ to events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Final

from kg.changes.committees import committee_events
from kg.changes.difference import Difference, State, find_difference, property_name, read_state
from kg.changes.documents import document_events
from kg.changes.model import KINDS, Changes, Event
from kg.changes.pair import Pair, texts
from kg.common.namespaces import iri
from kg.common.natural_order import natural_key
from kg.pipeline.states import CatalogueState

_TELLING: Final = frozenset(
    (
        *("rdf:type", "dcterms:title", "prov:wasDerivedFrom"),
        *("std:stage", "std:stageCode", "std:publishedOn", "std:issuedOn"),
        *("std:withdrawnOn", "std:confirmedOn", "std:committee"),
        *("std:replaces", "std:amends", "std:corrects", "std:adopting", "std:adopted"),
        *("std:start", "std:end", "std:state", "std:in", "std:agent", "std:role", "std:liaison"),
    )
)
"""Properties of which a change may be an event."""

_SILENT: Final = frozenset(
    ("dcterms:identifier", "skos:prefLabel", "std:project", "std:editionOf", "std:inSeries")
)
"""Properties that follow from an identifier, and tell nothing of their own."""

_NOTES: Final = ("omits", "states", "std:omits", "std:states", "std:mended")
"""Beginnings of properties that say which record states what, and which faults were repaired."""

_LABEL: Final = f" <{iri('skos:prefLabel')}> ".encode()

_CHURN: Final = {
    "schema:url": "address",
    "skos:altLabel": "names",
    "std:topic": "classification",
    "std:deliverable": "classification",
    "std:scope": "classification",
    "std:language": "language",
    "dcterms:description": "description",
    "dcterms:abstract": "description",
    "std:relatedTo": "relations",
    "std:complements": "relations",
    "std:updates": "relations",
    "std:draftOf": "relations",
    "std:toReplace": "relations",
    "std:partOf": "relations",
    "std:consolidates": "relations",
}
"""Keys of :data:`kg.changes.model.CHURN` by property; others are ``other``."""

_IDENTITIES: Final = ("std:project", "schema:url")
"""Properties by which a thing is the same under another identifier, the most certain first."""


def compare_states(old: Sequence[CatalogueState], new: Sequence[CatalogueState]) -> Changes:
    """Compare catalogues of the same name; BuildError if a conversion can't be read.

    The events are sorted by kind and name.
    """
    earlier = {state.slug: state for state in old}
    later = {state.slug: state for state in new}
    events: list[Event] = []
    churn: Counter[str] = Counter()
    records = 0
    for slug in sorted(earlier.keys() & later.keys()):
        if earlier[slug].file == later[slug].file:
            continue
        pair = _open_pair(earlier[slug], later[slug])
        found = [*document_events(pair), *committee_events(pair), *_adoptions(pair)]
        events += found
        churn += pair.churn
        records += _count_churn(pair, found, churn)
    order = {kind: place for place, kind in enumerate(KINDS)}
    events.sort(key=lambda event: (order[event.kind], natural_key(event.name), event.new))
    return Changes(
        tuple(_merged(events)),
        churn,
        records,
        tuple(sorted(earlier.keys() - later.keys())),
        tuple(sorted(later.keys() - earlier.keys())),
        tuple(
            (slug, earlier[slug].snapshot, later[slug].snapshot)
            for slug in sorted(earlier.keys() & later.keys())
        ),
    )


def _open_pair(old: CatalogueState, new: CatalogueState) -> Pair:
    difference = find_difference(old.file, new.file)
    subjects = _telling_subjects(difference)
    states = read_state(old.file, subjects), read_state(new.file, subjects)
    pair = Pair(new.slug, old.snapshot, new.snapshot, *states, difference)
    pair.renamed.update(_find_renamed(*states))
    return pair


def _telling_subjects(difference: Difference) -> set[bytes]:
    """Return the things that may have events, as they are written in lines."""
    subjects = set()
    telling: dict[bytes, bool] = {}
    for line in (*difference.removed, *difference.added):
        subject, property_, rest = line.split(b" ", 2)
        if property_ not in telling:
            telling[property_] = property_name(property_[1:-1].decode()) in _TELLING
        if telling[property_]:
            subjects.add(subject)
            if rest.startswith(b"<"):
                subjects.add(rest[:-2])
    return subjects


def _find_renamed(old: State, new: State) -> dict[str, str]:
    """Return the old IRIs of things that have another in the new state.

    A thing is the same if a record that is gone and one that is new share the number of the
    project or the web address, and no third record does.
    """
    renamed: dict[str, str] = {}
    gone = _only(old, new)
    come = _only(new, old)
    for property_ in _IDENTITIES:
        taken = set(renamed) | set(renamed.values())
        sides = [
            _by_identity((thing for thing in side if thing not in taken), state, property_)
            for side, state in ((gone, old), (come, new))
        ]
        for identity in sides[0].keys() & sides[1].keys():
            befores, afters = sides[0][identity], sides[1][identity]
            if len(befores) == len(afters) == 1:
                renamed[afters[0]] = befores[0]
    return renamed


def _only(state: State, other: State) -> list[str]:
    """Return the things that only one of two states has a record of."""
    return sorted(
        thing
        for thing, values in state.values.items()
        if "prov:wasDerivedFrom" in values and "prov:wasDerivedFrom" not in other.of(thing)
    )


def _by_identity(things: Iterable[str], state: State, property_: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for thing in things:
        for identity in texts(state.of(thing), property_):
            found.setdefault(identity.split("://")[-1], []).append(thing)
    return found


def _adoptions(pair: Pair) -> Iterator[Event]:
    """Yield the adoptions that only the new state has."""
    for node, values in pair.new.values.items():
        if pair.old.of(node).get("std:adopted"):
            continue
        for adopted, adopting in product(
            texts(values, "std:adopted"), texts(values, "std:adopting")
        ):
            new = (pair.name(adopting),)
            yield pair.event("adopted", adopted, prover=adopting, new=new, related=(adopting,))


def _merged(events: Iterable[Event]) -> list[Event]:
    """Return events without those that say the same, stated at both ends of a relation."""
    seen: dict[tuple[object, ...], Event] = {}
    for event in events:
        seen.setdefault((event.kind, event.thing, event.old, event.new, event.related), event)
    return list(seen.values())


def _respelled(difference: Difference) -> set[bytes]:
    """Return the things that both states name, each in its own way."""
    old, new = (
        {line.split(b" ", 1)[0] for line in lines if _LABEL in line}
        for lines in (difference.removed, difference.added)
    )
    return old & new


def _count_churn(pair: Pair, events: Iterable[Event], churn: Counter[str]) -> int:
    """Count records by what else changed in them; return how many have no event."""
    told = {f"<{name}>".encode() for event in events for name in (event.thing, *event.related)}
    told |= {f"<{former}>".encode() for former in pair.renamed.values()}
    by_key: dict[str, set[bytes]] = {"spelling": _respelled(pair.difference)}
    for line in (*pair.difference.removed, *pair.difference.added):
        subject, property_, _ = line.split(b" ", 2)
        name = property_name(property_[1:-1].decode())
        if name in _TELLING or name in _SILENT or name.startswith(_NOTES):
            continue
        by_key.setdefault(_CHURN.get(name, "other"), set()).add(subject)
    quiet: set[bytes] = set()
    for key, subjects in by_key.items():
        churn[key] += len(subjects - told)
        quiet |= subjects - told
    return len(quiet)
