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
from kg.store import Store

_ENDS: Final = ("withdrawn", "replaced", "cancelled")
_ARRIVALS: Final = ("published", "new-draft", "catalogued")
_STATES: Final = """
SELECT (MIN(?day) AS ?first) WHERE {{
    VALUES ?catalogue {{ {graphs} }}
    ?state a std:KeptState ; std:stateOf ?catalogue ; std:keptOn ?day
}}"""
_CHANGES: Final = """
SELECT ?document ?kind ?after ?until WHERE {
    ?change std:changed ?document ; std:changeKind ?kind ; std:changedAfter ?after ;
        std:changedUntil ?until
}
ORDER BY ?after"""
_HELD: Final = """
SELECT ?holder ?committee ?role WHERE {{
    ?holding a std:Holding ; std:holder ?holder ; std:heldIn ?committee ; std:heldAs ?role ;
        std:firstSeenOn ?first ; std:lastSeenOn ?last .
    FILTER(STR(?first) <= "{day}" && "{day}" <= STR(?last))
}}"""


@dataclass(frozen=True)
class EndInStates:
    """Between which kept states a document ended: the last one before, and the first one after.

    Without a state before, it was over in the first one.
    """

    after: PartialDate | None
    until: PartialDate

    @property
    def text(self) -> str:
        """The interval in ISO 8601, with an open start as ``..``."""
        return f"{self.after or '..'}/{self.until}"


def end_in_states(
    store: Store, document: str, graphs: Iterable[str], day: PartialDate
) -> EndInStates | None:
    """Return when a document (IRI) that is over now ended, by the kept states of catalogues.

    None if they tell nothing of the ``day``: no state was kept by then, or none had the document.
    """
    rows = store.select(_CHANGES, {"document": ox.NamedNode(document)}).rows
    changes = [
        (kind.value, EndInStates(after, until))
        for _, kind, *days in rows
        for after, until in [map(_date, days)]
        if kind is not None and after and until
    ]
    ends = [between for kind, between in changes if kind in _ENDS]
    if ends:
        return ends[0]
    if any(kind in _ARRIVALS and between.until > day for kind, between in changes):
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


def _date(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> PartialDate | None:
    return PartialDate.parse_lexical(term.value) if isinstance(term, ox.Literal) else None
