"""The records of catalogues that state a value; see :mod:`kg.evidence.record_notes`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.common.namespaces import BASE
from kg.evidence.record_notes import (
    DECLARED_KINDS,
    DERIVED_FROM,
    NOT_STATED_BY_SUBJECT,
    OMITS,
    OMITS_OF,
    STATED_BY_OBJECT,
    STATES,
    STATES_OF,
)
from kg.store import Store, Term

RECORDS: Final = BASE + "record/"
"""The start of the IRI of every record."""

_THIRD_PARTIES: Final = """
SELECT ?subject ?record WHERE {{
    VALUES ?subject {{ {subjects} }}
    GRAPH {graph} {{ ?record {property} ?subject }}
}}"""
_CHUNK: Final = 500

_MANY: Final = 1000
"""Number of statements of a property from which its notes are read all at once."""


class Statement(NamedTuple):
    """A statement of a catalogue: the IRI of its graph, subject, property and object."""

    graph: str
    subject: ox.NamedNode
    property: ox.NamedNode
    value: Term


def records_of_statements(
    store: Store, statements: Iterable[Statement]
) -> dict[Statement, tuple[str, ...]]:
    """Return the records (IRIs, sorted) that state each statement.

    The tuple is empty where no record is known to state it: for what records merely say to
    introduce a thing that none of them describes, such as its name. It is not checked that the
    graph has the statement.
    """
    wanted = list(dict.fromkeys(statements))
    lookup = _Lookup(store)
    lookup.read(wanted)
    return {each: tuple(sorted(lookup.records(each))) for each in wanted}


def is_stated_by_subject(store: Store, graph: str, property_: str) -> bool:
    """Return whether in a graph only records of the subject state a property (all IRIs).

    Then the only record of a subject states all its values.
    """
    relation = _declared_relations(store, graph).get(ox.NamedNode(property_), _PLAIN)
    return relation.by_subject and not relation.by_object and relation.kinds.keys() <= {OMITS}


def records_of_entities(
    store: Store, entities: Iterable[str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the records that describe entities, by catalogue graph and entity (all IRIs)."""
    subjects = [ox.NamedNode(entity) for entity in sorted(set(entities)) if "://" in entity]
    found: dict[tuple[str, str], set[str]] = {}
    for entity, record, graph in _derivations(store, subjects):
        found.setdefault((graph, entity.value), set()).add(record.value)
    return {key: tuple(sorted(records)) for key, records in found.items()}


def _derivations(
    store: Store, entities: Iterable[ox.NamedNode]
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, str]]:
    """Yield entity, record and graph for the records that describe entities."""
    for entity, _, record, graph in store.about(entities, [DERIVED_FROM]):
        if isinstance(record, ox.NamedNode) and isinstance(graph, ox.NamedNode):
            yield entity, record, graph.value


@dataclass(frozen=True)
class _Relation:
    """The defaults of a property in a graph, and the properties of its notes by kind."""

    by_subject: bool = True
    by_object: bool = False
    kinds: Mapping[str, ox.NamedNode] = field(default_factory=dict)


_PLAIN: Final = _Relation()
_CACHE: Final[WeakKeyDictionary[Store, dict[str, dict[Term, _Relation]]]] = WeakKeyDictionary()


def _declared_relations(store: Store, graph: str) -> dict[Term, _Relation]:
    """Return what a graph declares of properties that have notes or another default."""
    known = _CACHE.setdefault(store, {}) if store.is_fixed else {}
    if graph not in known:
        known[graph] = _read_relations(store, ox.NamedNode(graph))
    return known[graph]


def _read_relations(store: Store, graph: ox.NamedNode) -> dict[Term, _Relation]:
    kinds: dict[Term, dict[str, ox.NamedNode]] = {}
    for kind, declaring in DECLARED_KINDS.items():
        for quad in store.quads(graph, declaring):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                kinds.setdefault(quad.object, {})[kind] = quad.subject
    silent, stating = (
        {quad.object for quad in store.quads(graph, default)}
        for default in (NOT_STATED_BY_SUBJECT, STATED_BY_OBJECT)
    )
    return {
        property_: _Relation(
            property_ not in silent, property_ in stating, kinds.get(property_, {})
        )
        for property_ in {*kinds, *silent, *stating}
        if isinstance(property_, ox.NamedNode)
    }


@dataclass
class _Lookup:
    """Reads notes and records for many statements; nothing is read twice."""

    store: Store
    _relations: dict[str, dict[Term, _Relation]] = field(default_factory=dict)
    _records: dict[tuple[str, ox.NamedNode], list[ox.NamedNode]] = field(default_factory=dict)
    _third: dict[tuple[str, ox.NamedNode, ox.NamedNode], list[ox.NamedNode]] = field(
        default_factory=dict
    )
    _notes: dict[tuple[str, ox.NamedNode], set[tuple[ox.NamedNode, Term]]] = field(
        default_factory=dict
    )

    _all_notes: dict[tuple[str, ox.NamedNode], set[tuple[object, object]]] = field(
        default_factory=dict
    )

    def read(self, statements: Collection[Statement]) -> None:
        """Read the records of both ends, and records that describe neither end."""
        self._read_notes(statements)
        ends = {each.subject for each in statements}
        mentioned: dict[tuple[str, ox.NamedNode], set[ox.NamedNode]] = {}
        for each in statements:
            relation = self._relation(each.graph, each.property)
            if not isinstance(each.value, ox.NamedNode):
                continue
            if relation.by_object or STATES_OF in relation.kinds:
                ends.add(each.value)
            if {STATES, STATES_OF} <= relation.kinds.keys():
                mentioned.setdefault((each.graph, each.property), set()).add(each.subject)
        for entity, record, graph in _derivations(self.store, ends):
            self._records.setdefault((graph, entity), []).append(record)
        for (graph, property_), subjects in mentioned.items():
            note = self._relation(graph, property_).kinds[STATES_OF]
            for subject, record in self._noting(graph, note, sorted(subjects, key=str)):
                self._third.setdefault((graph, property_, subject), []).append(record)

    def _read_notes(self, statements: Iterable[Statement]) -> None:
        """Read all notes on properties of many statements; else notes are read by record."""
        for (graph, property_), count in Counter((s.graph, s.property) for s in statements).items():
            for note in self._relation(graph, property_).kinds.values() if count >= _MANY else ():
                quads = self.store.quads(ox.NamedNode(graph), note)
                self._all_notes[graph, note] = {(quad.subject, quad.object) for quad in quads}

    def records(self, statement: Statement) -> set[str]:
        """Return the records that state a statement."""
        graph, subject, property_, value = statement
        relation = self._relation(graph, property_)
        own = self._records.get((graph, subject), [])
        if property_ == DERIVED_FROM:
            return {record.value for record in own if record == value}
        has = partial(self._has, graph, relation)
        found = {
            record.value
            for record in own
            if (
                not has(record, OMITS, value) if relation.by_subject else has(record, STATES, value)
            )
        }
        if not isinstance(value, ox.NamedNode):
            return found
        others = self._records.get((graph, value), [])
        found.update(
            record.value
            for record in others
            if record not in own
            and (
                not has(record, OMITS_OF, subject)
                if relation.by_object
                else has(record, STATES_OF, subject)
            )
        )
        found.update(
            record.value
            for record in self._third.get((graph, property_, subject), [])
            if record not in own and record not in others and has(record, STATES, value)
        )
        return found

    def _relation(self, graph: str, property_: ox.NamedNode) -> _Relation:
        if graph not in self._relations:
            self._relations[graph] = _declared_relations(self.store, graph)
        return self._relations[graph].get(property_, _PLAIN)

    def _has(
        self, graph: str, relation: _Relation, record: ox.NamedNode, kind: str, value: Term
    ) -> bool:
        note = relation.kinds.get(kind)
        if note is None:
            return False
        whole = self._all_notes.get((graph, note))
        if whole is not None:
            return (record, value) in whole
        key = graph, record
        if key not in self._notes:
            quads = self.store.quads(ox.NamedNode(graph), subject=record)
            self._notes[key] = {
                (quad.predicate, quad.object)
                for quad in quads
                if not isinstance(quad.object, ox.Triple)
            }
        return (note, value) in self._notes[key]

    def _noting(
        self, graph: str, note: ox.NamedNode, subjects: list[ox.NamedNode]
    ) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
        for start in range(0, len(subjects), _CHUNK):
            chunk = " ".join(map(str, subjects[start : start + _CHUNK]))
            query = _THIRD_PARTIES.format(subjects=chunk, graph=ox.NamedNode(graph), property=note)
            for subject, record in self.store.select(query).rows:
                if isinstance(subject, ox.NamedNode) and isinstance(record, ox.NamedNode):
                    yield subject, record
