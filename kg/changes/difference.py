"""Find the lines in which two conversions of a catalogue differ, and describe what they are about.

Conversions are N-Triples with one statement on each line, written the same way for equal content,
so that two of them are compared as sets of lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import compact, iri
from kg.pipeline.compressed_lines import read_blocks

Term = ox.NamedNode | ox.Literal
Values = dict[str, list[Term]]
"""What a state says of a thing: values by property (prefixed name)."""


@dataclass(frozen=True)
class Difference:
    """The lines of the old state that the new one lacks, and those of the new one alone."""

    removed: tuple[bytes, ...]
    added: tuple[bytes, ...]


def find_difference(old: Path, new: Path) -> Difference:
    """Compare two conversions; BuildError if one can't be read.

    Memory: about 400 bytes for each line of the old state.
    """
    remaining = set(_lines(old))
    added = []
    for line in _lines(new):
        if line in remaining:
            remaining.remove(line)
        else:
            added.append(line)
    return Difference(tuple(remaining), tuple(added))


def _lines(file: Path) -> Iterator[bytes]:
    for block in read_blocks(file):
        yield from block.split(b"\n")[:-1]


def parse_lines(lines: Iterable[bytes]) -> Iterator[tuple[str, str, Term]]:
    """Yield subject (IRI), property (prefixed name) and value of statements about IRIs."""
    for triple in ox.parse(b"\n".join(lines), ox.RdfFormat.N_TRIPLES):
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            yield subject.value, property_name(triple.predicate.value), value


@lru_cache(maxsize=1024)
def property_name(property_: str) -> str:
    """Return the prefixed name of a property (IRI)."""
    return compact(property_)


def subject_of(line: bytes) -> bytes:
    """Return the subject of a line, as it is written.

    >>> subject_of(b'<a:s> <a:p> "x y"@en .')
    b'<a:s>'
    """
    return line[: line.index(b" ")]


_LABEL: Final = f"<{iri('skos:prefLabel')}>".encode()
_EDITION_OF: Final = f"<{iri('std:editionOf')}>".encode()
_STAGE: Final = f"<{iri('std:stage')}>".encode()
_PUBLISHED: Final = tuple(f"<{iri(name)}>".encode() for name in ("std:publishedOn", "std:issuedOn"))


@dataclass
class State:
    """What a state says of chosen things (``values`` by IRI), and names and editions of all."""

    values: dict[str, Values] = field(default_factory=dict)
    labels: dict[bytes, bytes] = field(default_factory=dict)
    works: dict[bytes, bytes] = field(default_factory=dict)
    stages: dict[bytes, bytes] = field(default_factory=dict)
    dates: dict[bytes, bytes] = field(default_factory=dict)
    _editions: dict[bytes, list[bytes]] = field(default_factory=dict)

    def name(self, thing: str) -> str:
        """Return the label of a thing, or else its IRI."""
        label = self.labels.get(f"<{thing}>".encode())
        if label is None:
            return thing
        [(_, _, value)] = parse_lines([b"<x:x> <x:x> " + label])
        return value.value

    def of(self, thing: str) -> Values:
        """Return what is said of a chosen thing; nothing of another."""
        return self.values.get(thing, {})

    def editions(self, work: str) -> list[Edition]:
        """Return the editions of a work (IRI)."""
        if not self._editions:
            for edition, its_work in self.works.items():
                self._editions.setdefault(its_work, []).append(edition)
        return [
            Edition(
                node[1:-1].decode(),
                self.stages.get(node, b"").rpartition(b"/")[2].rstrip(b"> .").decode(),
                self.dates.get(node, b'""').split(b'"')[1].decode(),
            )
            for node in self._editions.get(f"<{work}>".encode(), ())
        ]


@dataclass(frozen=True)
class Edition:
    """An edition of a work: its IRI, its stage (``published``) and day of publication, if known."""

    iri: str
    stage: str
    published: str


def read_state(file: Path, subjects: set[bytes]) -> State:
    """Read what a conversion says of subjects, IRIs in angle brackets.

    Raises BuildError if it can't be read.
    """
    state = State()
    tables = {_LABEL: state.labels, _EDITION_OF: state.works, _STAGE: state.stages}
    tables |= dict.fromkeys(_PUBLISHED, state.dates)
    chosen: list[bytes] = []
    for line in _lines(file):
        subject, property_, rest = line.split(b" ", 2)
        if subject in subjects:
            chosen.append(line)
        if (table := tables.get(property_)) is not None:
            table[subject] = rest
    state.works = {edition: work[:-2] for edition, work in state.works.items()}
    for thing, property_name_, value in parse_lines(chosen):
        state.values.setdefault(thing, {}).setdefault(property_name_, []).append(value)
    return state
