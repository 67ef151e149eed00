"""Events of committees: founded, disbanded, and who runs, joins and leaves them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.changes.difference import Values
from kg.changes.model import Event
from kg.changes.pair import Pair, first, texts, titles
from kg.common.namespaces import iri

_SECRETARIAT: Final = iri("std:Secretariat")
_MEMBERSHIP: Final = iri("std:Membership")
_RUNNING: Final = iri("state:running")
_DISBANDED: Final = iri("state:disbanded")

Participations = dict[str, dict[str, set[str]]]
"""Roles by committee and agent."""


def committee_events(pair: Pair) -> Iterator[Event]:
    """Yield the events of all committees that differ between two states."""
    kept = set()
    for thing, old, new in pair.things:
        if "std:state" not in (new or old):
            continue
        if not new:
            yield pair.event("record-gone", thing)
        elif not old:
            start = first(new, "std:start")
            kind = "committee-founded" if pair.is_recent(start) else "catalogued"
            yield pair.event(kind, thing, date=start)
        else:
            kept.add(thing)
            yield from _own_events(pair, thing, old, new)
    yield from _secretariats(pair, kept)
    yield from _memberships(pair, kept)
    yield from _liaisons(pair, kept)


def _own_events(pair: Pair, thing: str, old: Values, new: Values) -> Iterator[Event]:
    before, after = (tuple(texts(state, "std:state")) for state in (old, new))
    if before != after:
        is_over = _DISBANDED in after or bool(first(new, "std:end"))
        kind = "committee-disbanded" if is_over else "committee-state-changed"
        yield pair.event(kind, thing, old=before, new=after, date=first(new, "std:end"))
    gone, come = titles(old) - titles(new), titles(new) - titles(old)
    if gone or come:
        yield pair.event(
            "title-changed",
            thing,
            old=tuple(sorted(text for _, text in gone)),
            new=tuple(sorted(text for _, text in come)),
        )


def _participations(pair: Pair, class_: str) -> tuple[Participations, Participations]:
    """Return the roles of agents in committees that differ, in the old and in the new state."""
    result: tuple[Participations, Participations] = ({}, {})
    for state, roles in zip((pair.old, pair.new), result, strict=True):
        for values in state.values.values():
            if class_ in texts(values, "rdf:type"):
                for committee in texts(values, "std:in"):
                    by_agent = roles.setdefault(committee, {})
                    for agent in texts(values, "std:agent"):
                        by_agent.setdefault(agent, set()).update(texts(values, "std:role"))
    return result


def _secretariats(pair: Pair, kept: set[str]) -> Iterator[Event]:
    old, new = _participations(pair, _SECRETARIAT)
    for committee in sorted(old.keys() | new.keys()):
        before, after = set(old.get(committee, ())), set(new.get(committee, ()))
        if before != after and _is_kept(pair, committee, kept):
            yield pair.event(
                "secretariat-changed",
                committee,
                old=pair.names(before),
                new=pair.names(after),
                related=tuple(sorted(before | after)),
            )


def _memberships(pair: Pair, kept: set[str]) -> Iterator[Event]:
    old, new = _participations(pair, _MEMBERSHIP)
    for committee in sorted(old.keys() | new.keys()):
        if not _is_kept(pair, committee, kept):
            continue
        before, after = old.get(committee, {}), new.get(committee, {})
        for agent in sorted(before.keys() | after.keys()):
            roles = before.get(agent, set()), after.get(agent, set())
            if roles[0] != roles[1]:
                yield pair.event(
                    "membership-changed",
                    committee,
                    old=tuple(sorted(roles[0])),
                    new=tuple(sorted(roles[1])),
                    related=(agent,),
                    agent=pair.name(agent),
                )


def _liaisons(pair: Pair, kept: set[str]) -> Iterator[Event]:
    for committee, old, new in pair.things:
        before, after = (set(texts(state, "std:liaison")) for state in (old, new))
        if before != after and committee in kept:
            yield pair.event(
                "liaison-changed",
                committee,
                old=pair.names(before - after),
                new=pair.names(after - before),
                related=tuple(sorted(before ^ after)),
            )


def _is_kept(pair: Pair, committee: str, kept: set[str]) -> bool:
    """Return whether both states have a record of a committee."""
    return committee in kept or bool(
        first(pair.old.of(committee), "prov:wasDerivedFrom")
        and first(pair.new.of(committee), "prov:wasDerivedFrom")
    )
