"""From a store to its index of names, in one pass over each property that matters."""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import KgError
from kg.folding import fold
from kg.identifiers import parse
from kg.index import kinds
from kg.index.designations import digest, keys
from kg.index.schema import INDEXES, OVER, PROPERTIES, STAGES, TABLES, TITLE, VERSION, Rank, short
from kg.index.words import document, is_marked, is_sign
from kg.namespaces import CLAIM, PREFIXES
from kg.store import Store

_STAGE: Final = ox.NamedNode(PREFIXES["std"] + "stage")
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


def write(file: Path, store: Store) -> None:
    """Write the index of a store into a file, which must not exist; KgError when that fails."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            fill(connection, store)
    except sqlite3.Error as error:
        raise KgError(
            f"the index of names {file} can't be written: {error}; check the disk"
        ) from error


def fill(connection: sqlite3.Connection, store: Store) -> None:
    """Write the index of a store into an empty database."""
    connection.executescript(_PLAIN + TABLES + _GATHERED + _IN_MEMORY)
    numbers: dict[str, int] = {}
    _insert(connection, "gathered", 4, _gathered(store, numbers))
    sets, kind = kinds.of_things(store, numbers)
    _insert(connection, "kind", 3, sets.rows(store))
    _insert(connection, "thing", 5, _things(store, numbers, sets, kind))
    del numbers, sets, kind
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


def _gathered(store: Store, numbers: dict[str, int]) -> Iterator[tuple[int, int, str, str]]:
    """All names; the things are numbered as they come."""
    for place, iri in enumerate(PROPERTIES):
        for quad in store.quads(predicate=ox.NamedNode(iri)):
            name = quad.object
            if isinstance(quad.subject, ox.NamedNode) and isinstance(name, ox.Literal):
                number = numbers.setdefault(quad.subject.value, len(numbers))
                yield number, place, name.language or "", name.value


def _things(
    store: Store, numbers: dict[str, int], sets: kinds.KindSets, kind: list[int]
) -> Iterator[tuple[int, str, int, int, str]]:
    series, concepts = sets.under(_SERIES), sets.under(_CONCEPT)
    stage = [""] * len(numbers)
    for at, value in _values(store, _STAGE, numbers):
        if STAGES.get(value, 0) >= STAGES.get(stage[at], 0):
            stage[at] = value
    for iri, at in numbers.items():
        rank = _rank(iri, bool(kind[at]), STAGES.get(stage[at], 0))
        if rank == Rank.CURRENT and kind[at] in series:
            rank = Rank.SERIES
        if rank == Rank.CURRENT and kind[at] in concepts:
            rank = Rank.TERM
        yield at, short(iri), kind[at], rank, short(stage[at])


def _values(
    store: Store, predicate: ox.NamedNode, numbers: dict[str, int]
) -> Iterator[tuple[int, str]]:
    for quad in store.quads(predicate=predicate):
        at = numbers.get(quad.subject.value) if isinstance(quad.subject, ox.NamedNode) else None
        if at is not None and isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield at, quad.object.value


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
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    # Forked processes would share the engine's threads, which they can't.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[list[Row], Future[list[Prepared]]]] = deque()
        try:
            for piece in chain(first, pieces):
                waiting.append((piece, pool.submit(_prepare, piece)))
                if len(waiting) > 2 * workers:
                    done, prepared = waiting.popleft()
                    yield done, prepared.result()
            yield from ((done, prepared.result()) for done, prepared in waiting)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


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
