"""The kinds of things, a number for each set of kinds that some thing has."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.store import Store

_BELOW: Final = "SELECT ?one ?other WHERE { ?one rdfs:subClassOf+ ?other FILTER(isIRI(?other)) }"


@dataclass(frozen=True)
class Kinds:
    """What things of one number are: IRIs of classes and code lists.

    ``narrow`` are the code lists, or else the most specific classes; ``every`` are all of them.
    """

    narrow: tuple[str, ...]
    every: frozenset[str]


class KindSets:
    """Gathers the kinds of numbered things; the things of the same kinds share a number."""

    def __init__(self) -> None:
        self._sets: list[frozenset[tuple[bool, str]]] = [frozenset()]
        self._numbers = {self._sets[0]: 0}
        self._grown: dict[tuple[int, bool, str], int] = {}

    def add(self, number: int, scheme: bool, kind: str) -> int:
        """The number of the set that has one kind, or code list, more."""
        known = self._grown.get((number, scheme, kind))
        if known is None:
            grown = self._sets[number] | {(scheme, kind)}
            known = self._numbers.setdefault(grown, len(self._sets))
            if known == len(self._sets):
                self._sets.append(grown)
            self._grown[number, scheme, kind] = known
        return known

    def under(self, kind: str) -> set[int]:
        """The numbers of the sets that hold a kind."""
        return {
            number
            for number, found in enumerate(self._sets)
            if any(iri == kind for _, iri in found)
        }

    def rows(self, store: Store) -> list[tuple[int, str, str]]:
        """The sets by number, as they are stored: narrow kinds and all of them, in JSON."""
        below = {
            (one.value, other.value)
            for one, other in store.select(_BELOW).rows
            if isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode) and one != other
        }
        return [
            (number, json.dumps(_narrow(found, below)), json.dumps(sorted(k for _, k in found)))
            for number, found in enumerate(self._sets)
        ]


def _narrow(found: frozenset[tuple[bool, str]], below: set[tuple[str, str]]) -> list[str]:
    classes = sorted(kind for scheme, kind in found if not scheme)
    schemes = sorted(kind for scheme, kind in found if scheme)
    if not classes or schemes:
        return schemes if classes else []
    return [c for c in classes if not any((other, c) in below for other in classes)]


def read(rows: list[tuple[int, str, str]]) -> dict[int, Kinds]:
    """The kinds by number, as they were stored."""
    return {
        number: Kinds(tuple(json.loads(narrow)), frozenset(json.loads(every)))
        for number, narrow, every in rows
    }
