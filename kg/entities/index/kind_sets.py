"""Distinct sets of kinds, numbered so that an entity stores a single id."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.store import Store

_SUBCLASSES: Final = """
SELECT ?class ?super WHERE { ?class rdfs:subClassOf+ ?super FILTER(isIRI(?super)) }
"""


@dataclass(frozen=True)
class KindSet:
    """The kinds of an entity, as IRIs of classes and code lists.

    ``narrow`` holds its code lists, or else its most specific classes; ``every`` holds all kinds.
    """

    narrow: tuple[str, ...]
    every: frozenset[str]


class KindSetBuilder:
    """Numbers the sets of kinds of entities; set 0 is empty."""

    def __init__(self) -> None:
        self._sets: list[frozenset[tuple[bool, str]]] = [frozenset()]
        self._ids = {self._sets[0]: 0}
        self._extended: dict[tuple[int, bool, str], int] = {}

    def add(self, set_id: int, scheme: bool, kind: str) -> int:
        """Return the id of a set extended by a class, or by a code list if ``scheme``."""
        extended = self._extended.get((set_id, scheme, kind))
        if extended is None:
            kinds = self._sets[set_id] | {(scheme, kind)}
            extended = self._ids.setdefault(kinds, len(self._sets))
            if extended == len(self._sets):
                self._sets.append(kinds)
            self._extended[set_id, scheme, kind] = extended
        return extended

    def ids_with(self, kind: str) -> set[int]:
        """Return the ids of the sets that include a kind."""
        return {
            set_id
            for set_id, kinds in enumerate(self._sets)
            if any(iri == kind for _, iri in kinds)
        }

    def ids_of(self, kind: str) -> set[int]:
        """Return the ids of the sets that consist of a kind alone."""
        return {
            set_id for set_id, kinds in enumerate(self._sets) if {iri for _, iri in kinds} == {kind}
        }

    def rows(self, store: Store) -> list[tuple[int, str, str]]:
        """Return the sets as rows to store: id, narrow kinds and all kinds, both as JSON."""
        subclasses = {
            (class_.value, super_.value)
            for class_, super_ in store.select(_SUBCLASSES).rows
            if isinstance(class_, ox.NamedNode)
            and isinstance(super_, ox.NamedNode)
            and class_ != super_
        }
        return [
            (
                set_id,
                json.dumps(_narrow_kinds(kinds, subclasses)),
                json.dumps(sorted(kind for _, kind in kinds)),
            )
            for set_id, kinds in enumerate(self._sets)
        ]


def _narrow_kinds(
    kinds: frozenset[tuple[bool, str]], subclasses: set[tuple[str, str]]
) -> list[str]:
    classes = sorted(kind for scheme, kind in kinds if not scheme)
    schemes = sorted(kind for scheme, kind in kinds if scheme)
    if not classes or schemes:
        return schemes if classes else []
    return [kind for kind in classes if not any((other, kind) in subclasses for other in classes)]


def parse_kind_sets(rows: list[tuple[int, str, str]]) -> dict[int, KindSet]:
    """Return the sets by id from stored rows."""
    return {
        set_id: KindSet(tuple(json.loads(narrow)), frozenset(json.loads(every)))
        for set_id, narrow, every in rows
    }
