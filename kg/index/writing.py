"""From a store to its index of names, in one pass over each property that matters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
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
_PUBLISHED: Final = ox.NamedNode(PREFIXES["std"] + "publishedOn")
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
_WORDS: Final = """
CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search, row);
"""

Row = tuple[int, int, str, str, int]


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
    connection.executescript(_PLAIN + TABLES + _GATHERED)
    numbers: dict[str, int] = {}
    _insert(connection, "gathered", 4, _gathered(store, numbers))
    sets, kind = kinds.of_things(store, numbers)
    _insert(connection, "kind", 3, sets.rows(store))
    _insert(connection, "thing", 6, _things(store, numbers, kind))
    del numbers, kind
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
    store: Store, numbers: dict[str, int], kind: list[int]
) -> Iterator[tuple[int, str, int, int, str, str]]:
    stage, published = [""] * len(numbers), [""] * len(numbers)
    for at, value in _values(store, _STAGE, numbers):
        if STAGES.get(value, 0) >= STAGES.get(stage[at], 0):
            stage[at] = value
    for at, value in _values(store, _PUBLISHED, numbers):
        published[at] = max(published[at], value)
    for iri, at in numbers.items():
        rank = _rank(iri, bool(kind[at]), STAGES.get(stage[at], 0))
        yield at, short(iri), kind[at], rank, short(stage[at]), published[at]


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
    rows: list[Row] = []
    first = 1
    for row in _distinct(connection.execute(_IN_ORDER)):
        rows.append(row)
        if len(rows) == _BATCH:
            _write(connection, rows, first)
            first += len(rows)
            rows.clear()
    _write(connection, rows, first)


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    """Each name of a thing once; a title stays beside a name of the same letters."""
    before: tuple[object, ...] = ()
    for row in rows:
        thing, place, language, text, _ = row
        this = (thing, text, language if place == TITLE else None)
        if this != before:
            yield row
        before = this


def _write(connection: sqlite3.Connection, rows: list[Row], first: int) -> None:
    connection.executemany(
        "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)",
        (
            (number, thing, place, language, digest(fold(text)), text)
            for number, (thing, place, language, text, _) in enumerate(rows, first)
        ),
    )
    connection.executemany(
        "INSERT INTO search (rowid, words) VALUES (?, ?)",
        (
            (number, document(text, kind))
            for number, (_, _, _, text, kind) in enumerate(rows, first)
        ),
    )
    connection.executemany(
        "INSERT INTO designation VALUES (?, ?)",
        (
            (key, number)
            for number, (_, place, _, text, _) in enumerate(rows, first)
            if place != TITLE and (found := parse(text))
            for key in keys(found)
        ),
    )


def _insert(
    connection: sqlite3.Connection, table: str, columns: int, rows: Iterable[tuple[object, ...]]
) -> None:
    marks = ", ".join("?" * columns)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
