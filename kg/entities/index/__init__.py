"""An index of all names, so that nobody reads millions of them to find one.

A build writes it beside the store, as one file of SQLite; for a store in memory it is made in
memory when it is first needed. SQLite's full-text search (FTS5) knows words parted by spaces alone:
:mod:`kg.entities.index.words` cuts names of all scripts into such words.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from kg.common.errors import KgError
from kg.entities.index.names import Name, NameIndex
from kg.entities.index.schema import VERSION
from kg.store import Store

__all__ = ["FILE", "Name", "NameIndex", "of_store", "opened"]

FILE: Final = "names.sqlite"
"""The name of the file in a generation, beside the store's folder."""

_KNOWN: Final[WeakKeyDictionary[Store, NameIndex]] = WeakKeyDictionary()


def of_store(store: Store) -> NameIndex:
    """The index of the names of a store; KgError when the file is missing or can't be read."""
    found = _KNOWN.get(store)
    if found is None:
        found = _KNOWN[store] = (
            _made(store) if store.path is None else opened(store.path.parent / FILE)
        )
    return found


def opened(file: Path) -> NameIndex:
    """The index in a file, which is only read; KgError when there is none of this version."""
    try:
        # Nobody writes a built file again: SQLite need not look for locks, nor make any.
        connection = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        version = connection.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
    except sqlite3.Error as error:
        wrong = f"can't be read: {error}" if file.exists() else "is missing"
        raise KgError(f"the index of names {file} {wrong}; run 'kg build'") from error
    if version != (VERSION,):
        raise KgError(f"the index of names {file} is of another version; run 'kg build'")
    return NameIndex(connection)


def _made(store: Store) -> NameIndex:
    from kg.entities.index.writer import fill

    connection = sqlite3.connect(":memory:", check_same_thread=False)
    fill(connection, store)
    return NameIndex(connection)
