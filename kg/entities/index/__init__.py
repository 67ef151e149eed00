"""The index of all names, for exact lookup and full-text search.

A build writes it as an SQLite file next to the store; for a store in memory it is created in memory
on first use. SQLite's full-text search (FTS5) only splits at spaces, so
:mod:`kg.entities.index.words` splits names of all scripts into words.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from kg.common.errors import StoreError
from kg.entities.index.names import Name, NameIndex
from kg.entities.index.schema import SCHEMA_VERSION
from kg.store import Store
from kg.store.checksums import MISSING, Damage
from kg.store.generations import check_present, damage_error

__all__ = ["FILE", "Name", "NameIndex", "name_index", "open_index"]

FILE: Final = "names.sqlite"
"""Name of the index file in a generation, next to the store's folder."""

_CACHE: Final[WeakKeyDictionary[Store, NameIndex]] = WeakKeyDictionary()


def name_index(store: Store) -> NameIndex:
    """Return the name index of a store; StoreError if its file is missing or unreadable."""
    index = _CACHE.get(store)
    if index is None:
        index = _CACHE[store] = (
            _create_in_memory(store) if store.files is None else open_index(store.files / FILE)
        )
    return index


def open_index(file: Path) -> NameIndex:
    """Open an index file for reading; StoreError if there is none of this schema version."""
    check_present(file.parent)
    try:
        # A finished file is never written again, so SQLite needs no locks.
        connection = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        version = connection.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
    except sqlite3.Error as error:
        fault = str(error) if file.exists() else MISSING
        raise damage_error(file.parent, Damage(file.name, fault)) from error
    if version != (SCHEMA_VERSION,):
        raise StoreError(f"the index of names {file} has another version; run 'kg build'")
    return NameIndex(connection, file)


def _create_in_memory(store: Store) -> NameIndex:
    from kg.entities.index.writer import fill_index

    connection = sqlite3.connect(":memory:", check_same_thread=False)
    fill_index(connection, store)
    return NameIndex(connection)
