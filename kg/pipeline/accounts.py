"""Accounts of converted sources: how many records were kept, and why others were rejected."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self, TypeVar

import pyoxigraph as ox

from kg.common.errors import StoreError
from kg.common.json_lines import json_lines
from kg.common.namespaces import BASE
from kg.sources.source import SourceState
from kg.store.generations import check_present, folder_of, mending

A = TypeVar("A")


@dataclass(frozen=True)
class Account:
    """A converted source, with counts of its records.

    ``slug`` is the name of the source in the graph, ``kind`` a key of
    :data:`kg.sources.detection.KINDS`, and ``why`` the reason for this kind. ``digest`` is the
    SHA-256 of the content, ``snapshot`` its day (ISO 8601), ``snapshot_stated`` whether the user
    stated the day, and ``stem`` the name of its files in the cache. ``records`` counts all records,
    including the rejected ones, which ``rejected`` counts by reason. ``counts`` holds further
    tallies by name: repairs, unknown fields, identifiers, and under ``same`` the records that
    describe the same thing as an earlier one, by reason. ``abstracts`` is true if abstracts were
    included. ``checksum`` is the SHA-256 of its files in the cache, the N-Triples and the rejected
    records. ``read_on`` is the time of the conversion (ISO 8601, UTC), ``seconds`` its duration;
    ``reused`` is true if the source had not changed and was not converted again. ``layout`` is
    what was known of the columns of its lists; see :mod:`kg.sources.lists.columns`.
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
    checksum: str = ""
    seconds: float = 0.0
    reused: bool = False
    read_on: str = ""
    snapshot_stated: bool = False
    layout: str = ""

    @property
    def graph(self) -> ox.NamedNode:
        """The named graph of the triples from the source."""
        return graph_of(self.slug)

    @property
    def source(self) -> ox.NamedNode:
        """The node of the source itself."""
        return ox.NamedNode(f"{BASE}source/{self.slug}")

    @property
    def state(self) -> SourceState:
        """The content of the source when it was read."""
        return SourceState(self.digest, self.snapshot, self.snapshot_stated)

    @property
    def kept(self) -> int:
        """The number of records in the graph; a statement of RDF counts once."""
        repeated = sum(self.counts.get("duplicates", {}).values())
        return self.records - self.rejects - repeated

    @property
    def rejects(self) -> int:
        """The number of rejected records."""
        return sum(self.rejected.values())

    def to_json(self) -> str:
        """Return the account as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Parse a line written by :meth:`to_json`; ValueError for any other line."""
        fields: dict[str, Any] = json.loads(line)
        try:
            return cls(**fields)
        except TypeError as error:
            raise ValueError(f"no account of a source: {error}") from error


def graph_of(slug: str) -> ox.NamedNode:
    """Return the named graph of the triples from a source."""
    return ox.NamedNode(f"{BASE}graph/{slug}")


def sorted_tallies(counters: Mapping[str, Counter[str]]) -> dict[str, dict[str, int]]:
    """Return tallies as plain dictionaries, most frequent first; empty ones are left out."""
    return {name: dict(counter.most_common()) for name, counter in counters.items() if counter}


def read_manifest(generation: Path, name: str, parse: Callable[[str], A]) -> tuple[A, ...]:
    """Return the accounts in a file of a generation, one on each line; none without the file.

    ``parse`` raises ValueError for a damaged line. Raises StoreError for one, and if the generation
    is gone.
    """
    check_present(generation)
    manifest = generation / name
    if not manifest.exists():
        return ()
    try:
        return tuple(parse(line) for _, line in json_lines(manifest.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise StoreError(f"{manifest} is damaged: {mending(folder_of(generation))}") from error
