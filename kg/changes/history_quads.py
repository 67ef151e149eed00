"""The history of a graph as statements: kept states, changes, and what was held when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.dates import PartialDate
from kg.common.namespaces import BASE, HISTORY_GRAPH, RDF_TYPE, compact, node

if TYPE_CHECKING:
    from kg.changes.holdings import Holding
    from kg.changes.model import Event, KeptState

_GRAPH: Final = ox.NamedNode(HISTORY_GRAPH)
_Value = ox.NamedNode | ox.Literal


def history_quads(
    states: Sequence[KeptState], events: Iterable[Event], holdings: Iterable[Holding]
) -> Iterator[ox.Quad]:
    """Yield the statements of a history.

    The records of an earlier state are named by its day too: the record of today says otherwise.
    """
    newest = {state.slug: state.day for state in states}

    def record(iri: str, slug: str, day: str) -> ox.NamedNode | None:
        if iri and newest.get(slug) != day:
            iri = iri.replace(f"/record/{slug}/", f"/record/{slug}@{day}/", 1)
        return _iri(iri)

    for state in states:
        this = ox.NamedNode(f"{BASE}history/{state.slug}/state/{state.stem[-16:]}")
        yield from _statements(
            this,
            "std:KeptState",
            ("std:stateOf", _iri(f"{BASE}graph/{state.slug}")),
            ("std:keptOn", _date(state.day)),
            ("std:changedAfter", _date(state.after)),
        )
    for event in events:
        digest = event.id.rpartition("/")[2]
        this = ox.NamedNode(f"{BASE}history/{event.catalogue}/change/{digest}")
        values = (
            *(("std:oldValue", _value(each)) for each in event.old),
            *(("std:newValue", _value(each)) for each in event.new),
            *(("std:changedWith", _iri(each)) for each in event.related),
        )
        yield from _statements(
            this,
            "std:Change",
            ("std:changeKind", ox.Literal(event.kind)),
            ("std:changed", _iri(event.thing)),
            ("std:changedOn", _date(event.date)),
            ("std:changedAfter", _date(event.before)),
            ("std:changedUntil", _date(event.after)),
            ("std:oldRecord", record(event.old_record, event.catalogue, event.before)),
            ("std:newRecord", record(event.new_record, event.catalogue, event.after)),
            ("std:stateOf", _iri(f"{BASE}graph/{event.catalogue}")),
            *values,
        )
    for each in holdings:
        name = "\0".join((*each.key, each.first))
        digest = hashlib.sha256(name.encode()).hexdigest()[:24]
        this = ox.NamedNode(f"{BASE}history/{each.slug}/holding/{digest}")
        yield from _statements(
            this,
            "std:Holding",
            ("std:heldIn", _iri(each.committee)),
            ("std:holder", _iri(each.agent)),
            ("std:heldAs", _iri(each.role)),
            ("std:firstSeenOn", _date(each.first)),
            ("std:lastSeenOn", _date(each.last)),
            ("std:notYetSeenOn", _date(each.before)),
            ("std:noLongerSeenOn", _date(each.after)),
            ("std:oldRecord", record(each.first_record, each.slug, each.first)),
            ("std:newRecord", record(each.last_record, each.slug, each.last)),
            ("std:stateOf", _iri(f"{BASE}graph/{each.slug}")),
        )


def _statements(
    subject: ox.NamedNode, kind: str, *values: tuple[str, _Value | None]
) -> Iterator[ox.Quad]:
    yield ox.Quad(subject, RDF_TYPE, node(kind), _GRAPH)
    for property_, value in values:
        if value is not None:
            yield ox.Quad(subject, node(property_), value, _GRAPH)


def _iri(text: str) -> ox.NamedNode | None:
    return ox.NamedNode(text) if text else None


def _value(text: str) -> ox.Literal:
    return ox.Literal(compact(text) if text.startswith(BASE) else text)


def _date(text: str) -> ox.Literal | None:
    date = PartialDate.parse_lexical(text)
    return None if date is None else ox.Literal(str(date), datatype=node(date.datatype))
