"""What comes of reading one file of a source: statements, and an account of each record in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.store import ntriples


@dataclass(frozen=True)
class Reject:
    """A record that could not be read.

    ``record`` is what the source calls it (empty if that is unknown), ``place`` the file, or file
    and line, ``reason`` a short category by which rejects are counted, ``detail`` the one line that
    says what is wrong and what to do.
    """

    record: str
    place: str
    reason: str
    detail: str


@dataclass(frozen=True)
class Options:
    """How to read a source: its name in the graph, and whether abstracts are kept."""

    slug: str
    abstracts: bool = False


@dataclass
class Batch:
    """What came of one file.

    ``lines`` are its statements, as N-Triples. ``records`` counts what was read, rejected records
    included; ``mendings`` counts faults of the source that were mended, by code; ``unknown`` counts
    fields that no importer knows, by path; ``graphs`` counts the statements of named graphs that
    became part of the source's own, by IRI. ``parsed`` and ``unparsed`` count the identifiers of
    records by body, ``unread`` what could not be parsed, identifiers of related documents included;
    ``committees`` counts names of committees by body and by whether a number or a name only tells
    them.
    """

    lines: list[str] = field(default_factory=list)
    records: int = 0
    rejects: list[Reject] = field(default_factory=list)
    mendings: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    graphs: Counter[str] = field(default_factory=Counter)
    parsed: Counter[str] = field(default_factory=Counter)
    unparsed: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    committees: Counter[str] = field(default_factory=Counter)

    @property
    def triples(self) -> list[ox.Triple]:
        """Its statements, as the engine has them."""
        return ntriples.parse(self.lines)
