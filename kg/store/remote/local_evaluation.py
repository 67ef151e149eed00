"""Answers queries here, on statements that are fetched from an endpoint as they are needed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.common.errors import QueryLimitError
from kg.store import FreeQuery
from kg.store.embedded import EmbeddedStore
from kg.store.remote.needed_statements import needed_statements
from kg.store.remote.results import Row
from kg.store.remote.statements import EVERYTHING, Pattern

_SMALL: Final = 50_000
"""Statements of a store that is fetched whole."""
_LIMIT: Final = 2_000_000
"""Statements that are fetched at most; each takes some 300 bytes of memory."""
_FRESH: Final = 300.0
"""Seconds for which statements are kept."""


class LocalEvaluation:
    """A part of the data of an endpoint in memory, which grows with the queries.

    ``rows`` returns the rows of a pattern, ``number`` counts them, both until a deadline.
    """

    def __init__(
        self,
        name: str,
        rows: Callable[[Pattern, float | None], Iterator[Row]],
        number: Callable[[Pattern, float | None], int],
    ) -> None:
        self._name = name
        self._rows = rows
        self._number = number
        self._lock = threading.Lock()
        self._clear()

    def _clear(self) -> None:
        self._store = ox.Store()
        self._fetched: list[Pattern] = []
        self._until = time.monotonic() + _FRESH
        self._size: int | None = None

    def store_for(
        self, query: FreeQuery, text: str, deadline: float | None = None
    ) -> EmbeddedStore:
        """Return a store with all statements that a query needs.

        ``text`` is the query with all its prefixes. QueryLimitError if it needs too many, or if
        they don't arrive before ``deadline``.
        """
        with self._lock:
            is_small = self._is_small(deadline)
            wanted = {EVERYTHING} if is_small else needed_statements(text, query.bindings)
            return self._fetch(wanted, deadline)

    def whole(self) -> EmbeddedStore | None:
        """Return a store with all statements; None if they are many."""
        with self._lock:
            return self._fetch([EVERYTHING], None) if self._is_small(None) else None

    def _is_small(self, deadline: float | None) -> bool:
        if time.monotonic() > self._until:
            self._clear()
        if self._size is None:
            self._size = self._number(EVERYTHING, deadline)
        return self._size <= _SMALL

    def _fetch(self, wanted: Iterable[Pattern], deadline: float | None) -> EmbeddedStore:
        missing = [each for each in wanted if not any(f.covers(each) for f in self._fetched)]
        self._check(missing, deadline)
        for pattern in missing:
            self._store.extend(map(pattern.quad, self._rows(pattern, deadline)))
            self._fetched.append(pattern)
        return EmbeddedStore(self._store)

    def _check(self, missing: list[Pattern], deadline: float | None) -> None:
        if (self._size or 0) <= _LIMIT:
            return
        count = sum(self._number(pattern, deadline) for pattern in missing)
        if count + len(self._store) > _LIMIT:
            raise QueryLimitError(
                f"{self._name} is no engine that is known to answer such a query correctly, and it"
                f" has {count:,} statements too many to answer it here: narrow the query, or set"
                " KG_ENDPOINT_JOINS=server to trust it"
            )
