"""What became of each record of a source: the account that a build keeps and shows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

import pyoxigraph as ox

from kg.common.namespaces import BASE


@dataclass(frozen=True)
class Account:
    """A source that was read: what it is, and what became of its records.

    ``why`` says how its kind was told; ``stem`` names its files in the cache; ``snapshot`` is the
    day whose state was read (ISO 8601). ``records`` counts what was read, rejected records
    included; ``rejected`` counts these by reason. ``counts`` holds further tallies by name
    (mendings, unknown fields, identifiers), each by what was counted. ``read_on`` is when it was
    read (ISO 8601, UTC); ``reused`` says that the source had not changed, and was not read again.
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
        """The named graph that holds the source."""
        return ox.NamedNode(f"{BASE}graph/{self.slug}")

    @property
    def source(self) -> ox.NamedNode:
        """The source itself."""
        return ox.NamedNode(f"{BASE}source/{self.slug}")

    @property
    def kept(self) -> int:
        """How many of its records are in the graph."""
        return self.records - sum(self.rejected.values())

    def json(self) -> str:
        """The account as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, line: str) -> Self:
        """Read what :meth:`json` wrote."""
        fields: dict[str, Any] = json.loads(line)
        return cls(**fields)


def total(counters: Mapping[str, Counter[str]]) -> dict[str, dict[str, int]]:
    """Tallies as plain dictionaries, most frequent first; empty ones left out."""
    return {name: dict(counter.most_common()) for name, counter in counters.items() if counter}
