"""From a store to its index of names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, compress, islice
from pathlib import Path
from typing import Final

from kg.common.errors import KgError
from kg.common.folding import fold
from kg.common.namespaces import CLAIM, PREFIXES
from kg.common.workers import Workers
from kg.entities.index.designation_keys import digest, keys
from kg.entities.index.name_reader import Gathering
from kg.entities.index.schema import INDEXES, OVER, STAGES, TABLES, TITLE, VERSION, Rank, short
from kg.entities.index.words import document, is_marked, is_sign
from kg.identifiers import parse
from kg.store import Store, TextOf

_SERIES: Final = PREFIXES["std"] + "StandardSeries"
_CONCEPT: Final = PREFIXES["skos"] + "Concept"
_BATCH: Final = 20_000
_PLAIN: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -64000;
"""
_GATHERED: Final = """
CREATE TEMP TABLE gathered (thing INTEGER, property INTEGER, language TEXT, text TEXT);
"""
_IN_ORDER: Final = """
SELECT thing, property, language, text, kind FROM gathered JOIN thing ON thing.id = thing
ORDER BY rank, length(text), text, iri, property, language
"""
# Words are gathered in memory and merged at the end: merging them all the time takes twice as long.
_IN_MEMORY: Final = """
INSERT INTO search (search, rank) VALUES ('automerge', 0);
INSERT INTO search (search, rank) VALUES ('crisismerge', 1000);
INSERT INTO search (search, rank) VALUES ('hashsize', 64000000);
"""
_WORDS: Final = """
CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search, row);
"""

Row = tuple[int, int, str, str, int]
Prepared = tuple[int, str, list[int]]


def write(file: Path, store: Store, text_of: TextOf | None = None) -> None:
    """Write the index of a store into a file, which must not exist; KgError when that fails.

    ``text_of`` gives the texts that graphs were loaded from, as far as they are at hand.
    """
    try:
        with closing(sqlite3.connect(file)) as connection:
            fill(connection, store, text_of)
    except sqlite3.Error as error:
        raise KgError(
            f"the index of names {file} can't be written: {error}; check the disk"
        ) from error


def fill(connection: sqlite3.Connection, store: Store, text_of: TextOf | None = None) -> None:
    """Write the index of a store into an empty database; see :func:`write`."""
    connection.executescript(_PLAIN + TABLES + _GATHERED + _IN_MEMORY)
    found = Gathering()
    _insert(connection, "gathered", 4, found.names(store, text_of))
    _insert(connection, "thing", 5, _things(found))
    used = {0, *compress(found.kind, found.named)}
    rows = found.kinds.rows(store)
    _insert(connection, "kind", 3, (row for row in rows if row[0] in used))
    del found, rows
    _names(connection)
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    connection.executescript(_WORDS)
    words = connection.execute("SELECT term, doc FROM temp.vocabulary")
    kept = ((word, n) for word, n in words if not (is_marked(word) or is_sign(word)))
    _insert(connection, "word", 2, kept)
    connection.execute("INSERT INTO about VALUES ('version', ?)", (VERSION,))
    connection.execute("DROP TABLE gathered")
    connection.executescript(INDEXES + "ANALYZE;")
    connection.commit()


def _things(found: Gathering) -> Iterator[tuple[int, str, int, int, str]]:
    series, concepts = found.kinds.under(_SERIES), found.kinds.under(_CONCEPT)
    for (iri, at), named in zip(found.numbers.items(), found.named, strict=True):
        if not named:
            continue
        kind, stage = found.kind[at], found.stage[at]
        rank = _rank(iri, bool(kind), STAGES.get(stage, 0))
        if rank == Rank.CURRENT and kind in series:
            rank = Rank.SERIES
        if rank == Rank.CURRENT and kind in concepts:
            rank = Rank.TERM
        yield at, short(iri), kind, rank, short(stage)


def _rank(iri: str, described: bool, stage: int) -> Rank:
    if iri.startswith(CLAIM):
        return Rank.CLAIM
    if "/ontology" in iri or "/scheme/" in iri:
        return Rank.TERM
    if not described:
        return Rank.MENTIONED
    if stage >= OVER:
        return Rank.OVER
    return Rank.DRAFT if stage == 1 else Rank.CURRENT


def _names(connection: sqlite3.Connection) -> None:
    """Number the names in the order of hits, and write what they are found by."""
    first = 1
    for rows, prepared in _prepared(_distinct(connection.execute(_IN_ORDER))):
        _write(connection, rows, prepared, first)
        first += len(rows)


def _prepared(rows: Iterable[Row]) -> Iterator[tuple[list[Row], list[Prepared]]]:
    """The names, some at a time, with what they are found by; many are read in processes."""
    each = iter(rows)
    pieces = iter(lambda: list(islice(each, _BATCH)), [])
    first = list(islice(pieces, 2))
    if len(first) < 2:  # noqa: PLR2004
        # One process starts sooner than a second one.
        yield from ((piece, _prepare(piece)) for piece in first)
        return
    with Workers() as workers:
        yield from workers.in_order(_prepare, chain(first, pieces))


def _prepare(rows: list[Row]) -> list[Prepared]:
    """Of each name: its folded form as a number, its words, and its keys as a designation."""
    return [
        (
            digest(fold(text)),
            document(text, kind),
            list(keys(found)) if place != TITLE and (found := parse(text)) else [],
        )
        for _, place, _, text, kind in rows
    ]


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    """Each name of a thing once; a title stays beside a name of the same letters."""
    before: tuple[object, ...] = ()
    for row in rows:
        thing, place, language, text, _ = row
        this = (thing, text, language if place == TITLE else None)
        if this != before:
            yield row
        before = this


def _write(
    connection: sqlite3.Connection, rows: list[Row], prepared: list[Prepared], first: int
) -> None:
    both = list(enumerate(zip(rows, prepared, strict=True), first))
    names = [
        (number, thing, place, language, folded, text)
        for number, ((thing, place, language, text, _), (folded, _, _)) in both
    ]
    connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", names)
    words = [(number, words) for number, (_, (_, words, _)) in both]
    connection.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", words)
    designations = [(key, number) for number, (_, (_, _, found)) in both for key in found]
    connection.executemany("INSERT INTO designation VALUES (?, ?)", designations)


def _insert(
    connection: sqlite3.Connection, table: str, columns: int, rows: Iterable[tuple[object, ...]]
) -> None:
    marks = ", ".join("?" * columns)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
