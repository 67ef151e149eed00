"""Write notes on which records state a value; see :mod:`kg.evidence.record_notes`.

The default holds for nearly all statements, so that few notes are needed: where records of the same
thing differ, and where a record states a relation of another thing to its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.common.namespaces import iri
from kg.evidence.record_notes import (
    DERIVED_FROM,
    NOT_STATED_BY_SUBJECT,
    OMITS,
    OMITS_OF,
    STATED_BY_OBJECT,
    STATES,
    STATES_OF,
    note_property,
    noted_property,
)
from kg.pipeline.record_groups import (
    RecordIndex,
    RecordStatements,
    read_records,
    records_by_thing,
    shared_things,
)

_WORTH: Final = 1000
"""Another default for a property must save this many notes, so that it seldom changes."""
_EDITION: Final = f" <{iri('std:edition')}> "
_DERIVED: Final = f" {DERIVED_FROM} "

SAME_EDITION: Final = "same identifier and edition"
OTHER_EDITION: Final = "same identifier, another edition"
SAME_IDENTIFIER: Final = "same identifier, edition not given"


@dataclass(frozen=True)
class StatementNotes:
    """Notes as lines of N-Triples, and the number of further records of a thing by reason."""

    lines: list[str]
    same: Counter[str]


def find_notes(file: Path, index: Sequence[RecordIndex], graph: str) -> StatementNotes:
    """Return the notes on a converted source, whose records' lines are in a compressed file.

    ``graph`` is the IRI of the source's graph. Raises BuildError if the file can't be read.
    """
    by_thing = records_by_thing(index)
    crossing = _Crossing.of(index, by_thing)
    notes: dict[str, None] = {}
    same: Counter[str] = Counter()
    shares = len(by_thing) < sum(len(each.things) for each in index)
    crosses = bool(crossing.relations or crossing.introduced)
    if not (shares or crosses):
        return StatementNotes([], same)
    stated: _Stated = {}
    # One pass over millions of lines, which collects relations on the way.
    records = read_records(file, index)
    if crosses:
        records = _collecting_relations(records, crossing, stated)
    main_things = {each.record: each.things[0] for each in index if each.things}
    for thing, group in shared_things(records, by_thing):
        notes.update(dict.fromkeys(_omissions(group, crossing)))
        of_thing = [lines for record, lines in group.items() if main_things[record] == thing]
        same.update(_reasons(of_thing))
    if crosses:
        defaults = _Defaults.of(stated, by_thing, crossing.relations)
        notes.update(dict.fromkeys(defaults.lines(f"<{graph}>")))
        notes.update(dict.fromkeys(_relation_notes(stated, by_thing, defaults)))
    notes.update(dict.fromkeys(_declarations(notes)))
    return StatementNotes(list(notes), same)


@dataclass(frozen=True)
class _Crossing:
    """The statements that may be in records of things other than their subject.

    ``relations`` are their properties. ``introduced`` are pairs of subject and property of things
    that have records, but are introduced by others too.
    """

    relations: frozenset[str]
    introduced: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, index: Iterable[RecordIndex], described: Mapping[str, object]) -> _Crossing:
        relations: set[str] = set()
        introduced: set[tuple[str, str]] = set()
        for each in index:
            relations.update(each.relations)
            introduced.update(pair for pair in each.introduced if pair[0] in described)
        return cls(frozenset(relations), frozenset(introduced))

    def includes(self, subject: str, property_: str) -> bool:
        return property_ in self.relations or (
            bool(self.introduced) and (subject, property_) in self.introduced
        )


def _omissions(group: Mapping[str, list[str]], crossing: _Crossing) -> Iterator[str]:
    """Yield a note for each value of a thing that one of its records does not state."""
    sets = {record: set(lines) for record, lines in group.items()}
    for line in dict.fromkeys(line for lines in group.values() for line in lines):
        subject, property_, value = _terms(line)
        if crossing.includes(subject, property_) or _DERIVED in line:
            continue
        for record, lines in sets.items():
            if line not in lines:
                yield _note(OMITS, record, property_, value)


def _reasons(records: Sequence[list[str]]) -> Iterator[str]:
    """Yield for each record but the first why it describes the same thing as the first."""
    editions = [{line for line in lines if _EDITION in line} for lines in records]
    for edition in editions[1:]:
        if not (edition and editions[0]):
            yield SAME_IDENTIFIER
        else:
            yield SAME_EDITION if edition == editions[0] else OTHER_EDITION


_Stated = dict[str, tuple[str, ...]]
"""Relations, as lines, and the records that state them."""


def _collecting_relations(
    records: Iterable[RecordStatements], crossing: _Crossing, stated: _Stated
) -> Iterator[RecordStatements]:
    """Yield the records, and add their crossing relations to ``stated``."""
    relations, introduced = crossing.relations, crossing.introduced
    for each in records:
        for line in each.own:
            subject, property_, _ = line.split(" ", 2)
            # As crossing.includes(), without a call for each of millions of lines.
            if property_ in relations or (introduced and (subject, property_) in introduced):
                stated[line] = (*stated.get(line, ()), each.record)
        for line in each.other:
            subject, property_, _ = line.split(" ", 2)
            pair = subject, property_
            # What introduces things that no record describes is left to the whole catalogue.
            if pair not in each.introduced or pair in crossing.introduced:
                stated[line] = (*stated.get(line, ()), each.record)
        yield each


@dataclass(frozen=True)
class _Defaults:
    """The properties whose relations records of the subject do not state, or of the object do."""

    not_by_subject: frozenset[str]
    by_object: frozenset[str]

    @classmethod
    def of(
        cls, stated: _Stated, by_thing: Mapping[str, tuple[str, ...]], relations: frozenset[str]
    ) -> _Defaults:
        """Choose the defaults of relations that need the fewest notes."""
        silent_subjects: Counter[str] = Counter()
        stating_objects: Counter[str] = Counter()
        for line, records in stated.items():
            subject, property_, value = _terms(line)
            if property_ not in relations:
                continue
            own = by_thing.get(subject, ())
            for record in own:
                silent_subjects[property_] += -1 if record in records else 1
            for record in by_thing.get(value, ()):
                if record not in own:
                    stating_objects[property_] += 1 if record in records else -1
        return cls(
            frozenset(p for p, count in silent_subjects.items() if count >= _WORTH),
            frozenset(p for p, count in stating_objects.items() if count >= _WORTH),
        )

    def lines(self, graph: str) -> Iterator[str]:
        """Yield the declarations of a graph."""
        for property_ in sorted(self.not_by_subject):
            yield f"{graph} {NOT_STATED_BY_SUBJECT} {property_} .\n"
        for property_ in sorted(self.by_object):
            yield f"{graph} {STATED_BY_OBJECT} {property_} .\n"


def _relation_notes(
    stated: _Stated, by_thing: Mapping[str, tuple[str, ...]], defaults: _Defaults
) -> Iterator[str]:
    """Yield the notes on relations that differ from the defaults."""
    for line, records in stated.items():
        subject, property_, value = _terms(line)
        own, others = by_thing.get(subject, ()), by_thing.get(value, ())
        for record in own:
            if (record in records) == (property_ in defaults.not_by_subject):
                yield _note(STATES if record in records else OMITS, record, property_, value)
        for record in others:
            if record not in own and (record in records) != (property_ in defaults.by_object):
                kind = STATES_OF if record in records else OMITS_OF
                yield _note(kind, record, property_, subject)
        for record in records:
            if record not in own and record not in others:
                yield _note(STATES_OF, record, property_, subject)
                yield _note(STATES, record, property_, value)


def _declarations(notes: Iterable[str]) -> Iterator[str]:
    """Yield for each property of a note which property it is about, and in what kind of note."""
    for note in {line.split(" ", 2)[1] for line in notes}:
        about = noted_property(note[1:-1])
        if about is not None:
            kind, property_ = about
            yield f"{note} {kind} {property_} .\n"


def _terms(line: str) -> tuple[str, str, str]:
    """Return the subject, property and object of a line."""
    subject, property_, rest = line.split(" ", 2)
    return subject, property_, rest[:-2]


def _note(kind: str, record: str, property_: str, value: str) -> str:
    return f"{record} {note_property(kind, property_[1:-1])} {value} .\n"
