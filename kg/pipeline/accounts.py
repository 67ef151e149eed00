"""Accounts of the conversion of sources: what became of every record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

import pyoxigraph as ox

from kg.common.namespaces import BASE
from kg.sources.source import SourceState


@dataclass(frozen=True)
class Account:
    """A source that was converted, and what became of its records.

    ``why`` is how its kind was detected; ``stem`` names its files in the cache; ``snapshot`` is the
    day of its content (ISO 8601). ``records`` counts all records, rejected ones included;
    ``rejected`` counts these by reason. ``counts`` holds further tallies by name (repairs, unknown
    fields, identifiers). ``read_on`` is when it was read (ISO 8601, UTC); ``reused`` is true if it
    had not changed and was not read again.
    """

    slug: str
    kind: str
    why: str
    path: str
    digest: str
    stem: str
    snapshot: str
    abstracts: bool
    records: int
    triples: int
    rejected: Mapping[str, int]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    seconds: float = 0.0
    reused: bool = False
    read_on: str = ""

    @property
    def graph(self) -> ox.NamedNode:
        """The named graph that holds the triples of the source."""
        return ox.NamedNode(f"{BASE}graph/{self.slug}")

    @property
    def source(self) -> ox.NamedNode:
        """The node of the source itself."""
        return ox.NamedNode(f"{BASE}source/{self.slug}")

    @property
    def state(self) -> SourceState:
        """The content of the source when it was read."""
        return SourceState(self.digest, self.snapshot)

    @property
    def kept(self) -> int:
        """The number of its records that are in the graph."""
        return self.records - sum(self.rejected.values())

    def to_json(self) -> str:
        """Return the account as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Read a line written by :meth:`to_json`."""
        fields: dict[str, Any] = json.loads(line)
        return cls(**fields)


def sorted_tallies(counters: Mapping[str, Counter[str]]) -> dict[str, dict[str, int]]:
    """Return tallies as plain dictionaries, most frequent first; empty ones are left out."""
    return {name: dict(counter.most_common()) for name, counter in counters.items() if counter}
