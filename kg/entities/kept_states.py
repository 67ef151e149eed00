"""What kept states of catalogues tell of earlier days; see :mod:`kg.changes.history`.

Where a build was asked to keep them, the graph has the days of the states and the changes between
successive ones. They tell when a document was over that no source dates the end of, and who held
what on a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.dates import PartialDate
from kg.common.namespaces import iri
from kg.entities.lookup import property_values
from kg.store import Store, Term

_ENDS: Final = ("withdrawn", "replaced", "cancelled")
_ARRIVALS: Final = ("published", "new-draft", "catalogued", "renamed")
_ANY_STATE: Final = "ASK { ?state a std:KeptState }"
_STATES: Final = """
SELECT (MAX(?day) AS ?first) WHERE {{
    VALUES ?catalogue {{ {graphs} }}
    ?state a std:KeptState ; std:stateOf ?catalogue ; std:keptOn ?day
    # With the states before a gap the later ones were not compared.
    FILTER NOT EXISTS {{ ?state std:changedAfter ?before }}
}}"""
_CHANGES: Final = """
SELECT ?document ?change ?kind ?after ?until WHERE {
    ?change std:changed ?document ; std:changeKind ?kind ; std:changedAfter ?after ;
        std:changedUntil ?until
    # What another document says of it, as that it replaces it, ends it only with its own record.
    FILTER NOT EXISTS { ?change std:changedWith ?other }
}
ORDER BY ?after ?change"""
_RECORDS: Final = (iri("std:oldRecord"), iri("std:newRecord"))
_HELD: Final = """
SELECT ?holder ?committee ?role WHERE {{
    ?holding a std:Holding ; std:holder ?holder ; std:heldIn ?committee ; std:heldAs ?role ;
        std:firstSeenOn ?first ; std:lastSeenOn ?last .
    FILTER(STR(?first) <= "{day}" && "{day}" <= STR(?last))
}}"""


@dataclass(frozen=True)
class EndInStates:
    """Between which kept states a document ended: the last one before, and the first one after.

    Without a state before, it was over in the first one. ``basis`` are the statements that give the
    records of both states, as in :class:`kg.entities.document_status.DocumentStatus`.
    """

    after: PartialDate | None
    until: PartialDate
    basis: tuple[tuple[str, str, str, Term], ...] = ()

    @property
    def text(self) -> str:
        """The interval in ISO 8601, with an open start as ``..``."""
        return f"{self.after or '..'}/{self.until}"


def has_states(store: Store) -> bool:
    """Return whether a graph has kept states."""
    return store.ask(_ANY_STATE)


def end_in_states(
    store: Store, document: str, graphs: Iterable[str], day: PartialDate
) -> EndInStates | None:
    """Return when a document (IRI) that is over now ended, by the kept states of catalogues.

    None if they tell nothing of the ``day``: no state was kept by then, or none had the document.
    """
    rows = store.select(_CHANGES, {"document": ox.NamedNode(document)}).rows
    changes = [
        (kind.value, change.value, after, until)
        for _, change, kind, *days in rows
        for after, until in [map(_date, days)]
        if kind is not None and change is not None and after and until
    ]
    for kind, change, after, until in changes:
        if kind in _ENDS:
            stated = property_values(store, [change], _RECORDS)
            basis = ((graph, of, property_, record) for of, property_, record, graph in stated)
            return EndInStates(after, until, tuple(basis))
    if any(kind in _ARRIVALS and until > day for kind, _, _, until in changes):
        return None
    listed = " ".join(str(ox.NamedNode(graph)) for graph in sorted(set(graphs)))
    first = [_date(each) for (each,) in store.select(_STATES.format(graphs=listed)).rows]
    return EndInStates(None, first[0]) if first and first[0] else None


def held_on(store: Store, day: PartialDate) -> set[tuple[str, str, str]]:
    """Return what was held on a day, by kept states: holder, committee and role (IRIs).

    It was held in a state of that day, or in one before and in the next one too.
    """
    rows = store.select(_HELD.format(day=day)).rows
    return {
        (one.value, other.value, role.value) for one, other, role in rows if one and other and role
    }


def _date(term: Term | None) -> PartialDate | None:
    return PartialDate.parse_lexical(term.value) if isinstance(term, ox.Literal) else None
