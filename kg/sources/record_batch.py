"""The result of converting a file of a source: statements, rejects and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.common.errors import SourceError
from kg.store import ntriples


class RecordError(SourceError):
    """A record can't be read and is rejected; the other records of the file are kept.

    ``reason`` is the category by which rejects are counted, ``line`` the line in the file (0 if
    unknown). The message says what is wrong and what to do.
    """

    def __init__(self, reason: str, detail: str, line: int = 0) -> None:
        super().__init__(detail)
        self.reason = reason
        self.line = line


@dataclass(frozen=True)
class Reject:
    """A record that could not be read.

    ``record`` is its name in the source (empty if unknown), ``place`` the file, or file and line,
    ``reason`` the category by which rejects are counted, ``detail`` a line with the fault and the
    remedy.
    """

    record: str
    place: str
    reason: str
    detail: str


@dataclass(frozen=True)
class Options:
    """Options of a conversion: the name of the source in the graph; whether to keep abstracts.

    ``layout`` is what is known of the columns of lists; see :mod:`kg.sources.lists.columns`.
    """

    slug: str
    abstracts: bool = False
    layout: str = ""


@dataclass
class Batch:
    """The conversion of one file.

    ``lines`` are its statements in N-Triples. ``record_lines`` tells which records state them:
    pairs of the IRI of a record and the number of its lines, one record after the other from the
    first line on; lines after these belong to no record. ``records`` counts all records, including
    rejected ones.
    Tallies: ``repairs`` counts repaired faults of the source by code; ``unknown`` counts
    fields that no importer knows, by path; ``graphs`` counts the statements of named graphs that
    were merged, by IRI; ``duplicates`` counts repeated statements of RDF files, and ``rewritten``
    literals that the store keeps in another form, by kind; ``parsed`` and ``unparsed`` count
    identifiers of records by body; ``unread`` counts unparsed identifiers by text, including those
    of related documents; ``committees`` counts names of committees by body and by form (number or
    name). ``columns`` counts the filled cells of the columns of lists, by role and heading.
    """

    lines: list[str] = field(default_factory=list)
    record_lines: list[tuple[str, int]] = field(default_factory=list)
    records: int = 0
    rejects: list[Reject] = field(default_factory=list)
    repairs: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    graphs: Counter[str] = field(default_factory=Counter)
    duplicates: Counter[str] = field(default_factory=Counter)
    rewritten: Counter[str] = field(default_factory=Counter)
    parsed: Counter[str] = field(default_factory=Counter)
    unparsed: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    committees: Counter[str] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)

    def add_record(self, record: str, lines: list[str]) -> None:
        """Add all statements of a record, which is given by its IRI."""
        self.lines += lines
        self.record_lines.append((record, len(lines)))

    def tallies(self) -> Mapping[str, Counter[str]]:
        """Return the tallies by their names in accounts."""
        return {
            "mendings": self.repairs,
            "unknown": self.unknown,
            "graphs": self.graphs,
            "duplicates": self.duplicates,
            "rewritten": self.rewritten,
            "parsed": self.parsed,
            "unparsed": self.unparsed,
            "unread": self.unread,
            "committees": self.committees,
            "columns": self.columns,
        }

    @property
    def triples(self) -> list[ox.Triple]:
        """The statements as pyoxigraph triples."""
        return ntriples.parse(self.lines)
