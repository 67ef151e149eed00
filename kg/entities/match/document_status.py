"""What has become of a document: whether it holds, and what came in its place."""

from __future__ import annotations

from collections import deque
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import BASE, PREFIXES
from kg.entities.index import NameIndex
from kg.entities.index.schema import Rank
from kg.entities.match.model import Standing
from kg.identifiers import parse, undated
from kg.store import Store

_LATER: Final = "SELECT DISTINCT ?one ?later WHERE { ?later std:replaces ?one }"
_DOCUMENTS: Final = frozenset(PREFIXES["std"] + name for name in ("Document", "Standard"))
_KEYS: Final = {
    "published": "current",
    "in-force": "current",
    "development": "draft",
    "superseded": "superseded",
    "withdrawn": "withdrawn",
    "cancelled": "cancelled",
}


def of_thing(store: Store, index: NameIndex, iri: str) -> Standing:
    """The standing of a thing; empty for what is no document."""
    state = index.state(iri)
    if state.rank == Rank.MENTIONED:
        return Standing("mentioned")
    if state.rank == Rank.SERIES:
        return Standing("series")
    if not _DOCUMENTS & index.kinds[state.kind].every:
        return Standing()
    key = _KEYS.get(state.stage.removeprefix(f"{BASE}scheme/stage/"), "untold")
    # A later draft does not take the place of what holds.
    if key in ("current", "draft"):
        return Standing(key)
    return Standing(key, _successors(store, index, iri) or _current_edition(index, iri))


def _successors(store: Store, index: NameIndex, iri: str) -> tuple[str, ...]:
    """What replaced it and holds, over any number of steps; else the last that replaced it."""
    seen, waiting = {iri: None}, deque([iri])
    holding: list[str] = []
    last: list[str] = []
    while waiting:
        now = waiting.popleft()
        rows = store.select(_LATER, {"one": ox.NamedNode(now)}).rows
        later = [one.value for _, one in rows if isinstance(one, ox.NamedNode)]
        # What is under way has replaced nothing yet.
        later = [one for one in later if index.state(one).rank != Rank.DRAFT]
        if now != iri and index.state(now).rank == Rank.CURRENT:
            holding.append(now)
        elif now != iri and not later:
            last.append(now)
        for one in later:
            if one not in seen:
                seen[one] = None
                waiting.append(one)
    return tuple(sorted(holding or last))


def _current_edition(index: NameIndex, iri: str) -> tuple[str, ...]:
    for name in index.names_of(iri):
        held = parse(name)
        for _, edition in index.editions(str(undated(held))) if held else ():
            if edition.rank == Rank.CURRENT and edition.iri != iri:
                return (edition.iri,)
    return ()
