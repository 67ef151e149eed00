"""Runs queries that somebody wrote: in the sandbox, or by the endpoint that has the data."""

from __future__ import annotations

import time
from typing import Final, Protocol, runtime_checkable

import pyoxigraph as ox

from kg.common.errors import QueryLimitError
from kg.common.limits import UNLIMITED, Limits
from kg.store import FreeQuery, Store, Table
from kg.store.query_guard import check_query

_SHORTEST: Final = 0.001
"""Seconds that are left of a time limit at least."""


class Runner(Protocol):
    """Runs queries within limits."""

    def run(self, query: FreeQuery, limits: Limits = UNLIMITED) -> Table | bool | list[ox.Triple]:
        """Return the result of any SPARQL 1.1 query: a table, a bool or distinct triples."""
        ...

    def close(self) -> None:
        """End whatever it has started."""
        ...


@runtime_checkable
class Elsewhere(Runner, Protocol):
    """A store whose engine is elsewhere, but need not be trusted with every query."""

    def fetched(self, query: FreeQuery, deadline: float | None) -> Store | None:
        """Return the data to evaluate a query here; None if the store's engine evaluates it."""
        ...


def runner(store: Store) -> Runner:
    """Return what runs queries on a store: the sandbox, or the store's engine if it is trusted."""
    if isinstance(store, Elsewhere):
        return _RemoteRunner(store)
    from kg.store.sandbox import Sandbox

    return Sandbox(store)


class _RemoteRunner:
    """Runs a query by an engine elsewhere, or in a sandbox on the data that it needs."""

    def __init__(self, store: Elsewhere) -> None:
        self._store = store

    def run(self, query: FreeQuery, limits: Limits = UNLIMITED) -> Table | bool | list[ox.Triple]:
        """Return the result of a query; QueryLimitError if it needs more than ``limits`` allow."""
        check_query(query.text)
        deadline = None if limits.timeout is None else time.monotonic() + limits.timeout
        data = self._store.fetched(query, deadline)
        left = None if deadline is None else max(deadline - time.monotonic(), _SHORTEST)
        if data is None:
            return self._store.run(query, Limits(left, limits.memory))
        from kg.store.sandbox import Sandbox
        from kg.store.sandbox.messages import timeout_error

        sandbox = Sandbox(data)
        try:
            return sandbox.run(query, Limits(left, limits.memory))
        except QueryLimitError as error:
            if deadline is not None and time.monotonic() >= deadline:
                # What was left says nothing to the caller.
                raise timeout_error(limits.timeout or 0) from error
            raise
        finally:
            sandbox.close()

    def close(self) -> None:
        """Close the connections."""
        self._store.close()
