"""Runs queries that somebody wrote: in the sandbox, or by the endpoint that has the data."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import pyoxigraph as ox

from kg.common.limits import UNLIMITED, Limits
from kg.store import FreeQuery, Store, Table


@runtime_checkable
class Runner(Protocol):
    """Runs queries within limits."""

    def run(self, query: FreeQuery, limits: Limits = UNLIMITED) -> Table | bool | list[ox.Triple]:
        """Return the result of any SPARQL 1.1 query: a table, a bool or distinct triples."""
        ...

    def close(self) -> None:
        """End whatever it has started."""
        ...


def runner(store: Store) -> Runner:
    """Return what runs queries on a store: the store itself if its engine is elsewhere."""
    if isinstance(store, Runner):
        return store
    from kg.store.sandbox import Sandbox

    return Sandbox(store)
