"""The statements of converted records, and the records that describe the same thing.

A worker writes the lines of each record one after the other, in three parts: statements about the
record's own things, statements about others, and the names of others. The last are written once
for many records.

A record also introduces others, such as the committee of a document: it says of what class they
are. That tells these statements from the relations that it gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.common.namespaces import RDF_TYPE
from kg.evidence.record_notes import DERIVED_FROM
from kg.pipeline.compressed_lines import read_blocks
from kg.sources.record_batch import Batch
from kg.store import ntriples

_TYPE: Final = str(RDF_TYPE)


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """Where the lines of a record are in a file of N-Triples: after those of the previous one.

    ``record`` is its IRI, and ``things`` are the things that it describes, the main one first, all
    as N-Triples terms. ``own``, ``other`` and ``names`` are the numbers of lines in each part.
    ``relations`` are the properties of the relations of others, and ``introduced`` pairs of subject
    and property of the statements that introduce others. ``record`` is empty for lines that belong
    to no record.
    """

    record: str
    things: tuple[str, ...]
    own: int
    other: int
    names: int
    relations: tuple[str, ...] = ()
    introduced: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RecordStatements:
    """The statements of a record, as lines without newlines, about its own things and others."""

    record: str
    things: tuple[str, ...]
    own: list[str]
    other: list[str]
    introduced: tuple[tuple[str, str], ...]


def arrange_records(batches: Iterable[Batch]) -> tuple[list[str], list[RecordIndex]]:
    """Return the lines of batches in the order of the index, and the index.

    Names of others, and lines of no record, are not repeated.
    """
    lines: list[str] = []
    index: list[RecordIndex] = []
    written: set[str] = set()
    for batch in batches:
        start = 0
        for record, count in batch.record_lines:
            of_record = list(dict.fromkeys(batch.lines[start : start + count]))
            start += count
            things = _described_things(record, of_record)
            own, other, names = _split(things, of_record)
            new = [line for line in names if line not in written]
            written.update(new)
            lines += own
            lines += other
            lines += new
            relations, introduced = _properties(other)
            term = ntriples.encode_iri(record)
            sizes = len(own), len(other), len(new)
            index.append(RecordIndex(term, things, *sizes, relations, introduced))
        rest = dict.fromkeys(line for line in batch.lines[start:] if line not in written)
        if rest:
            written.update(rest)
            lines += rest
            index.append(RecordIndex("", (), 0, 0, len(rest)))
    return lines, index


def _described_things(record: str, lines: Iterable[str]) -> tuple[str, ...]:
    end = f" {DERIVED_FROM} {ntriples.encode_iri(record)} .\n"
    return tuple(line.partition(" ")[0] for line in lines if line.endswith(end))


def _split(things: tuple[str, ...], lines: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Return statements about a record's own things, statements about others, names of others."""
    own: list[str] = []
    other: list[str] = []
    names: list[str] = []
    for line in lines:
        if line.partition(" ")[0] in things:
            own.append(line)
        else:
            (other if line.endswith("> .\n") else names).append(line)
    return own, other, names


def _properties(
    other: list[str],
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the properties of relations of others, and what introduces others."""
    if not other:
        return (), ()
    about = dict.fromkeys((line.split(" ", 2)[0], line.split(" ", 2)[1]) for line in other)
    introduced = {subject for subject, property_ in about if property_ == _TYPE}
    relations = {property_ for subject, property_ in about if subject not in introduced}
    return tuple(relations), tuple(pair for pair in about if pair[0] in introduced)


def read_records(file: Path, index: Iterable[RecordIndex]) -> Iterator[RecordStatements]:
    """Yield the statements of the records in a compressed file of N-Triples."""
    lines = _LineReader(file)
    for each in index:
        own, other = lines.take(each.own), lines.take(each.other)
        lines.take(each.names)
        if each.record:
            yield RecordStatements(each.record, each.things, own, other, each.introduced)


def read_all_lines(file: Path, index: Iterable[RecordIndex]) -> Iterator[tuple[str, list[str]]]:
    """Yield each record (empty for lines of no record) and all its lines, without newlines."""
    lines = _LineReader(file)
    for each in index:
        yield each.record, lines.take(each.own + each.other + each.names)


class _LineReader:
    """Reads lines in given numbers: slices of lists take a quarter of the time of a generator."""

    def __init__(self, file: Path) -> None:
        self._blocks = read_blocks(file)
        self._lines: list[str] = []
        self._next = 0

    def take(self, count: int) -> list[str]:
        """Return the next lines, without newlines; fewer at the end."""
        while len(self._lines) - self._next < count and (block := next(self._blocks, None)):
            # splitlines() would also split at characters that occur inside literals.
            more = block.decode().removesuffix("\n").split("\n")
            self._lines = self._lines[self._next :] + more
            self._next = 0
        start, self._next = self._next, self._next + count
        return self._lines[start : self._next]


def records_by_thing(index: Iterable[RecordIndex]) -> dict[str, tuple[str, ...]]:
    """Return the records that describe each thing, in the order of the index."""
    found: dict[str, tuple[str, ...]] = {}
    for each in index:
        for thing in each.things:
            found[thing] = (*found.get(thing, ()), each.record)
    return found


def shared_things(
    records: Iterable[RecordStatements], by_thing: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield each thing that several records describe, with the lines of each about it.

    A thing is yielded as soon as the last of its records has been read, so that only unfinished
    groups are in memory.
    """
    groups: dict[str, dict[str, list[str]]] = {}
    for each in records:
        for thing in each.things:
            wanted = by_thing[thing]
            if len(wanted) == 1:
                continue
            group = groups.setdefault(thing, {})
            start = f"{thing} "
            group[each.record] = [line for line in each.own if line.startswith(start)]
            if len(group) == len(wanted):
                yield thing, groups.pop(thing)
