"""Write the name index of a store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, compress, islice
from pathlib import Path
from typing import Final

from kg.common import namespaces
from kg.common.errors import StoreError
from kg.common.folding import fold
from kg.common.namespaces import CLAIM
from kg.common.workers import Workers
from kg.entities.index.designation_keys import designation_keys, hash64
from kg.entities.index.name_reader import NameReader
from kg.entities.index.schema import (
    FIRST_OBSOLETE,
    INDEXES,
    SCHEMA_VERSION,
    STAGES,
    TABLES,
    TITLE,
    Rank,
    shorten,
)
from kg.entities.index.words import indexed_text, is_ideograph, is_marker
from kg.identifiers import parse
from kg.store import CachedNTriples, Store

_SERIES: Final = namespaces.iri("std:StandardSeries")
_WORK: Final = namespaces.iri("std:Work")
_PUBLICATION: Final = namespaces.iri("std:Publication")
_CONCEPT: Final = namespaces.iri("skos:Concept")
_BATCH: Final = 20_000
_PRAGMAS: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -64000;
"""
_UNSORTED_TABLE: Final = """
CREATE TEMP TABLE unsorted (thing INTEGER, property INTEGER, language TEXT, text TEXT);
"""
_SORTED_NAMES: Final = """
SELECT thing, property, language, text, kind FROM unsorted JOIN thing ON thing.id = thing
ORDER BY rank, length(text), text, iri, property, language
"""
# Collecting words in memory and merging them at the end halves the time.
_MERGE_LATE: Final = """
INSERT INTO search (search, rank) VALUES ('automerge', 0);
INSERT INTO search (search, rank) VALUES ('crisismerge', 1000);
INSERT INTO search (search, rank) VALUES ('hashsize', 64000000);
"""
_VOCABULARY: Final = """
CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search, row);
"""

_SortedName = tuple[int, int, str, str, int]
"""Entity id, property index, language, text, kind set id."""
_SearchKeys = tuple[int, str, list[int]]
"""Hash of the folded name, indexed text, keys of the designation."""


def write_index(file: Path, store: Store, cached: CachedNTriples | None = None) -> None:
    """Write the name index of a store to a new file; StoreError if that fails."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            fill_index(connection, store, cached)
    except sqlite3.Error as error:
        raise StoreError(
            f"the index of names {file} can't be written: {error}; check the disk"
        ) from error


def fill_index(
    connection: sqlite3.Connection, store: Store, cached: CachedNTriples | None = None
) -> None:
    """Write the name index of a store to an empty database; see :func:`write_index`."""
    connection.executescript(_PRAGMAS + TABLES + _UNSORTED_TABLE + _MERGE_LATE)
    reader = NameReader()
    _insert(connection, "unsorted", 4, reader.names(store, cached))
    _insert(connection, "thing", 5, _entities(reader))
    used = {0, *compress(reader.kind_set, reader.has_name)}
    rows = reader.kind_sets.rows(store)
    _insert(connection, "kind", 3, (row for row in rows if row[0] in used))
    del reader, rows
    _write_names(connection)
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    connection.executescript(_VOCABULARY)
    words = connection.execute("SELECT term, doc FROM temp.vocabulary")
    known = ((word, n) for word, n in words if not (is_marker(word) or is_ideograph(word)))
    _insert(connection, "word", 2, known)
    connection.execute("INSERT INTO about VALUES ('version', ?)", (SCHEMA_VERSION,))
    connection.execute("DROP TABLE unsorted")
    connection.executescript(INDEXES + "ANALYZE;")
    connection.commit()


def _entities(reader: NameReader) -> Iterator[tuple[int, str, int, int, str]]:
    series = reader.kind_sets.ids_with(_SERIES)
    works = reader.kind_sets.ids_of(_WORK)
    # No source says more of them than that they are publications.
    mentioned = {0, *reader.kind_sets.ids_of(_PUBLICATION)}
    concepts = reader.kind_sets.ids_with(_CONCEPT)
    for (iri, id_), has_name in zip(reader.ids.items(), reader.has_name, strict=True):
        if not has_name:
            continue
        kind, stage = reader.kind_set[id_], reader.stage[id_]
        rank = _rank(iri, kind not in mentioned, STAGES.get(stage, 0))
        if kind in works:
            rank = Rank.WORK
        if rank == Rank.CURRENT and kind in series:
            rank = Rank.SERIES
        if rank == Rank.CURRENT and kind in concepts:
            rank = Rank.TERM
        yield id_, shorten(iri), kind, rank, shorten(stage)


def _rank(iri: str, described: bool, stage: int) -> Rank:
    if iri.startswith(CLAIM):
        return Rank.CLAIM
    if "/ontology" in iri or "/scheme/" in iri:
        return Rank.TERM
    if not described:
        return Rank.MENTIONED
    if stage >= FIRST_OBSOLETE:
        return Rank.OBSOLETE
    return Rank.DRAFT if stage == 1 else Rank.CURRENT


def _write_names(connection: sqlite3.Connection) -> None:
    """Number the names from best to worst, and write their search keys."""
    first = 1
    for names, keys in _with_search_keys(_distinct(connection.execute(_SORTED_NAMES))):
        _write_batch(connection, names, keys, first)
        first += len(names)


def _with_search_keys(
    names: Iterable[_SortedName],
) -> Iterator[tuple[list[_SortedName], list[_SearchKeys]]]:
    """Yield batches of names with their search keys, computed in parallel if there are many."""
    remaining = iter(names)
    batches = iter(lambda: list(islice(remaining, _BATCH)), [])
    first = list(islice(batches, 2))
    if len(first) < 2:  # noqa: PLR2004
        # Starting workers takes longer than one batch.
        yield from ((batch, _search_keys(batch)) for batch in first)
        return
    with Workers() as workers:
        yield from workers.map_in_order(_search_keys, chain(first, batches))


def _search_keys(names: list[_SortedName]) -> list[_SearchKeys]:
    return [
        (
            hash64(fold(text)),
            indexed_text(text, kind),
            list(designation_keys(designation))
            if property_ != TITLE and (designation := parse(text))
            else [],
        )
        for _, property_, _, text, kind in names
    ]


def _distinct(names: Iterable[_SortedName]) -> Iterator[_SortedName]:
    """Yield each name of an entity once; a title is kept even if it equals another name."""
    previous: tuple[object, ...] = ()
    for name in names:
        entity, property_, language, text, _ = name
        identity = (entity, text, language if property_ == TITLE else None)
        if identity != previous:
            yield name
        previous = identity


def _write_batch(
    connection: sqlite3.Connection,
    names: list[_SortedName],
    keys: list[_SearchKeys],
    first: int,
) -> None:
    rows = list(enumerate(zip(names, keys, strict=True), first))
    connection.executemany(
        "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)",
        [
            (id_, entity, property_, language, folded, text)
            for id_, ((entity, property_, language, text, _), (folded, _, _)) in rows
        ],
    )
    connection.executemany(
        "INSERT INTO search (rowid, words) VALUES (?, ?)",
        [(id_, words) for id_, (_, (_, words, _)) in rows],
    )
    designations = [(key, id_) for id_, (_, (_, _, own_keys)) in rows for key in own_keys]
    connection.executemany("INSERT INTO designation VALUES (?, ?)", designations)


def _insert(
    connection: sqlite3.Connection, table: str, columns: int, rows: Iterable[tuple[object, ...]]
) -> None:
    marks = ", ".join("?" * columns)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
