"""Reads a piece of evidence: its sources, its phrases and their positions.

The only module that knows how evidence is stored: as targets and selectors of the W3C Web
Annotation Data Model (https://www.w3.org/TR/annotation-model/, sections 4.2.4 and 4.2.5). It reads
a store as well as quads that are not loaded yet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import pyoxigraph as ox

from kg.common.namespaces import node
from kg.store import Store, Term

HAS_EVIDENCE: Final = node("std:evidence")
HAS_SOURCE: Final = node("oa:hasSource")
HAS_SELECTOR: Final = node("oa:hasSelector")
EXACT: Final = node("oa:exact")
START: Final = node("oa:start")
END: Final = node("oa:end")

Part: TypeAlias = Literal["subject", "agent", "time"]
"""A part of a claim that another phrase than that of its predicate may name."""
PARTS: Final[tuple[Part, ...]] = ("subject", "agent", "time")
NAMED_BY: Final = {part: node(f"std:{part}Evidence") for part in PARTS}
INFERRED_FROM: Final = {part: node(f"std:{part}InferredFrom") for part in PARTS}

_OF_CLAIM: Final = (HAS_EVIDENCE, *NAMED_BY.values(), *INFERRED_FROM.values())
_OF_EVIDENCE: Final = (HAS_SOURCE, HAS_SELECTOR, EXACT, START, END)

Resource: TypeAlias = ox.NamedNode | ox.BlankNode
Lookup: TypeAlias = Callable[[Resource, ox.NamedNode], Iterable[Term]]
"""Returns the values of a property of a resource, each once."""


@dataclass(frozen=True)
class Position:
    """The position of a phrase in a text: code points from 0, the end excluded."""

    start: int
    end: int


@dataclass(frozen=True)
class Evidence:
    """A piece of evidence as stored; each phrase and position is paired with its selector."""

    iri: Resource
    sources: tuple[Resource, ...]
    phrases: tuple[tuple[Resource, str], ...]
    positions: tuple[tuple[Resource, Position], ...]


def read_evidence(lookup: Lookup, iri: Resource) -> Evidence:
    """Read a piece of evidence with its sources, phrases and positions."""
    selectors = resources(lookup, iri, HAS_SELECTOR)
    return Evidence(
        iri,
        tuple(resources(lookup, iri, HAS_SOURCE)),
        tuple((each, text) for each in selectors for text in texts(lookup, each, EXACT)),
        tuple((each, position) for each in selectors for position in positions(lookup, each)),
    )


def phrases_of_claim(store: Store, claim: ox.NamedNode) -> list[str]:
    """Return the phrases of a claim's evidence, sorted."""
    lookup = StoreLookup(store)
    evidence = (read_evidence(lookup, iri) for iri in resources(lookup, claim, HAS_EVIDENCE))
    return sorted({text for each in evidence for _, text in each.phrases})


class StoreLookup:
    """Looks up values in all graphs of a store; what was read ahead is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[Resource, dict[ox.NamedNode, dict[Term, None]]] = {}

    def __call__(self, resource: Resource, property_: ox.NamedNode) -> Iterable[Term]:
        """Return the values of a property of a resource, each once."""
        if resource in self._known and (property_ in _OF_EVIDENCE or property_ in _OF_CLAIM):
            return self._known[resource].get(property_, ())
        stated = self._store.about((resource,), (property_,))
        return dict.fromkeys(value for _, _, value, _ in stated)

    def read_ahead(self, claims: Iterable[ox.NamedNode]) -> None:
        """Read the evidence of claims at once: an endpoint takes a request for each look-up."""
        evidence = self._read(claims, _OF_CLAIM, HAS_EVIDENCE)
        self._read(self._read(evidence, _OF_EVIDENCE, HAS_SELECTOR), _OF_EVIDENCE, EXACT)

    def _read(
        self,
        given: Iterable[Resource],
        properties: Collection[ox.NamedNode],
        leading: ox.NamedNode,
    ) -> list[Resource]:
        """Read properties of resources; return the values of the one that leads to others."""
        pending = [resource for resource in dict.fromkeys(given) if resource not in self._known]
        self._known |= {resource: {} for resource in pending}
        for resource, property_, value, _ in self._store.about(pending, properties):
            self._known[resource].setdefault(property_, {})[value] = None
        values = (value for each in pending for value in self._known[each].get(leading, ()))
        return [value for value in values if isinstance(value, ox.NamedNode | ox.BlankNode)]


def quad_lookup(quads: Iterable[ox.Quad]) -> Lookup:
    """Look up values in quads."""
    index: dict[tuple[object, ox.NamedNode], dict[Term, None]] = {}
    for quad in quads:
        if not isinstance(quad.object, ox.Triple):
            index.setdefault((quad.subject, quad.predicate), {})[quad.object] = None

    def lookup(resource: Resource, property_: ox.NamedNode) -> Iterable[Term]:
        return index.get((resource, property_), ())

    return lookup


def resources(lookup: Lookup, subject: Resource, property_: ox.NamedNode) -> list[Resource]:
    """Return the values that are IRIs or blank nodes."""
    return [v for v in lookup(subject, property_) if isinstance(v, ox.NamedNode | ox.BlankNode)]


def texts(lookup: Lookup, subject: Resource, property_: ox.NamedNode) -> list[str]:
    """Return the values as strings."""
    return [value.value for value in lookup(subject, property_)]


def positions(lookup: Lookup, selector: Resource) -> Iterator[Position]:
    """Read the positions that a selector (or an uncovered stretch) names."""
    for start in texts(lookup, selector, START):
        for end in texts(lookup, selector, END):
            yield Position(int(start), int(end))
