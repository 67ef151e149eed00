"""Lookups: queries of one triple pattern, which cost so little that no worker is needed.

Each row of such a query is one step in an index of the engine and is written at once, so the bytes
of an answer bound what it costs: at the limit here, some two milliseconds. Nothing is sorted,
grouped, joined, filtered or computed, and nothing nests.
"""

from __future__ import annotations

import asyncio
import io
import re
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from kg.common.errors import KgError, StoreError
from kg.store import FreeQuery
from kg.store.embedded import ENGINE_ERRORS, EmbeddedStore
from kg.web.worker_process import ServedStore

_SIZE: Final = 1 << 14
"""Bytes of an answer up to which a query is a lookup; a longer one is left to a worker."""
_LONGEST: Final = 2000
"""Characters of a query."""

_VARIABLE: Final = r"[?$][A-Za-z_]\w{0,63}"
_IRI: Final = r'<[^\x00-\x20<>"{}|^`\\]*>'
_NAME: Final = r"[A-Za-z][\w-]{0,63}:[\w-]*"
_LITERAL: Final = rf'"[^"\\\n\r]*"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^(?:{_IRI}|{_NAME}))?'
_LOOKUP: Final = re.compile(
    rf"""\s* (?: PREFIX \s+ [A-Za-z][\w-]* : \s* {_IRI} \s* )*
      (?: SELECT \s+ (?P<columns> \* | {_VARIABLE} (?: \s+ {_VARIABLE} )* ) | ASK )
      \s* (?: WHERE \s* )? \{{ \s*
      (?P<subject> {_VARIABLE} | {_IRI} | {_NAME} ) \s+
      (?P<predicate> {_VARIABLE} | {_IRI} | {_NAME} | a ) \s+
      (?P<object> {_VARIABLE} | {_IRI} | {_NAME} | {_LITERAL} )
      \s* (?: \. \s* )? \}} \s* (?: LIMIT \s+ [0-9]{{1,9}} \s* )?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def is_lookup(query: str) -> bool:
    """Return whether a query is known to be a lookup.

    Each of its rows has a value: otherwise it could read much and write nothing.
    """
    match = len(query) <= _LONGEST and _LOOKUP.fullmatch(query)
    if not match:
        return False
    terms = match["subject"], match["predicate"], match["object"]
    variables = [term[1:] for term in terms if term[0] in "?$"]
    if len(variables) != len(set(variables)):
        return False
    columns = match["columns"]
    if columns is None:
        return True
    return bool(variables) if columns == "*" else {c[1:] for c in columns.split()} <= {*variables}


class Lookups:
    """Answers lookups in this process, from the store that was served last."""

    def __init__(self) -> None:
        self._version = ""
        self._store: EmbeddedStore | None = None
        self._opening: asyncio.Task[None] | None = None

    def answer(self, served: ServedStore, query: FreeQuery) -> bytes | None:
        """Return the answer to a lookup in JSON; None if a worker is to answer it.

        That is so for long answers, for errors, and until the store has been opened.
        """
        if self._version != served.version:
            self._open(served)
            return None
        if self._store is None:
            return None
        written = _Bounded()
        try:
            answer = self._store.evaluate(query)
            if isinstance(answer, ox.QueryTriples):
                return None
            answer.serialize(cast("IO[bytes]", written), ox.QueryResultsFormat.JSON)
        except (KgError, _TooLongError, *ENGINE_ERRORS):
            return None
        return bytes(written.content)

    def _open(self, served: ServedStore) -> None:
        """Open the store without keeping requests waiting; one behind an endpoint never is."""
        if served.path is None or (self._opening is not None and not self._opening.done()):
            return
        self._opening = asyncio.create_task(self._opened(served))

    async def _opened(self, served: ServedStore) -> None:
        try:
            self._store = await asyncio.to_thread(EmbeddedStore.open, str(served.path))
        except StoreError:
            # A worker says so.
            self._store = None
        self._version = served.version


class _TooLongError(Exception):
    """An answer is longer than that of a lookup."""


class _Bounded(io.RawIOBase):
    """Keeps what is written, up to the size of an answer."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if len(self.content) + len(data) > _SIZE:
            raise _TooLongError
        self.content += data
        return len(data)
