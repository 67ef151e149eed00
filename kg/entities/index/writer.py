"""Write the name index of a store."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, compress, islice
from pathlib import Path
from typing import Final

from kg.common import namespaces, resources
from kg.common.errors import StoreError
from kg.common.folding import fold
from kg.common.namespaces import CLAIM
from kg.common.workers import Workers
from kg.entities.index import thesaurus
from kg.entities.index.designation_keys import (
    designation_keys,
    hash64,
    short_form_key,
    short_forms,
    without_part,
)
from kg.entities.index.name_reader import NameReader
from kg.entities.index.schema import (
    FIRST_OBSOLETE,
    FIRST_VALID,
    INDEXES,
    SCHEMA_VERSION,
    STAGES,
    TABLES,
    TITLE,
    Rank,
    shorten,
)
from kg.entities.index.words import indexed_text, is_ideograph, is_marker
from kg.identifiers import parse, undated
from kg.store import CachedNTriples, Store

_SERIES: Final = namespaces.iri("std:StandardSeries")
_WORK: Final = namespaces.iri("std:Work")
_PUBLICATION: Final = namespaces.iri("std:Publication")
_CONCEPT: Final = namespaces.iri("skos:Concept")
_STATEMENTS: Final = tuple(
    map(
        namespaces.iri,
        (
            *("std:Participation", "std:Membership", "std:Secretariat", "std:Adoption"),
            *("std:Vote", "std:VoteCount", "std:Observation", "std:Ranking", "std:Assessment"),
            "std:PlaceRole",
        ),
    )
)
_BATCH: Final = 20_000
_DISK: Final = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO}
"""Errors of the disk, by SQLite's primary code."""
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
ORDER BY rank, refs DESC, length(text), text, iri, property, language
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
_SearchKeys = tuple[int, str, list[int], list[int]]
"""Hash of the folded name, indexed text, keys of the designation, hashes of its short forms."""


def write_index(file: Path, store: Store, cached: CachedNTriples | None = None) -> None:
    """Write the name index of a store to a new file; StoreError if that fails.

    A full or faulty disk is an OSError, as for all other files of a build.
    """
    try:
        with closing(sqlite3.connect(file)) as connection:
            fill_index(connection, store, cached)
    except sqlite3.Error as error:
        code = _DISK.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if code is not None:
            raise OSError(code, os.strerror(code), str(file)) from error
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
    _add_mentions(connection, reader)
    _insert(connection, "thing", 10, _entities(reader))
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
    _write_topics(connection)
    connection.execute("INSERT INTO about VALUES ('version', ?)", (SCHEMA_VERSION,))
    connection.execute("DROP TABLE unsorted")
    connection.executescript(INDEXES + "ANALYZE;")
    connection.commit()


def _add_mentions(connection: sqlite3.Connection, reader: NameReader) -> None:
    """Count the designations of works and series in the titles of other documents."""
    kinds = reader.kind_sets.ids_with(_SERIES) | reader.kind_sets.ids_with(_WORK)
    labels = connection.execute("SELECT thing, text FROM unsorted WHERE property = 0")
    reader.references.add_mentions(
        connection.execute("SELECT thing, text FROM unsorted WHERE property = ?", (TITLE,)),
        (row for row in labels if reader.kind_set[row[0]] in kinds),
    )


def _entities(
    reader: NameReader,
) -> Iterator[tuple[int, str, int, int, int, str, int, int, bool, int]]:
    references = reader.references
    drafts = {
        id_ for id_, stage in enumerate(reader.stage) if 0 < STAGES.get(stage, 0) < FIRST_VALID
    }
    counts = references.counts(drafts)
    ranks = _ranks(reader)
    standing = _standing(reader, ranks)
    for (iri, id_), has_name in zip(reader.ids.items(), reader.has_name, strict=True):
        if not has_name:
            continue
        family, base = references.family(id_), references.base(id_)
        series = references.series(id_ if base < 0 else base)
        yield (
            *(id_, shorten(iri), reader.kind_set[id_], ranks[id_]),
            *(standing.get(id_, ranks[id_]), shorten(reader.stage[id_])),
            *(family, series, base >= 0, counts[family]),
        )


def _standing(reader: NameReader, ranks: list[Rank]) -> dict[int, Rank]:
    """Return the best rank among the editions of each work that has any."""
    best: dict[int, Rank] = {}
    for edition, work in reader.references.editions():
        if ranks[work] == Rank.WORK:
            best[work] = min(best.get(work, Rank.CLAIM), ranks[edition])
    return best


def _ranks(reader: NameReader) -> list[Rank]:
    """Return the rank of each entity, by its number."""
    statements = {id_ for kind in _STATEMENTS for id_ in reader.kind_sets.ids_with(kind)}
    all_parts = reader.kind_sets.ids_with(_SERIES)
    works = reader.kind_sets.ids_of(_WORK)
    # No source says more of them than that they are publications.
    mentioned = {0, *reader.kind_sets.ids_of(_PUBLICATION)}
    concepts = reader.kind_sets.ids_with(_CONCEPT)
    ranks = []
    for iri, id_ in reader.ids.items():
        kind, stage = reader.kind_set[id_], reader.stage[id_]
        rank = _rank(iri, kind not in mentioned, STAGES.get(stage, 0))
        if kind in works:
            rank = Rank.WORK
        # What has a stage is a document, though another source calls it a series.
        if rank == Rank.CURRENT and kind in all_parts and not stage:
            rank = Rank.SERIES
        if rank == Rank.CURRENT and kind in concepts:
            rank = Rank.TERM
        if kind in statements:
            rank = Rank.STATEMENT
        ranks.append(rank)
    return ranks


def _rank(iri: str, described: bool, stage: int) -> Rank:
    if iri.startswith(CLAIM):
        return Rank.CLAIM
    if "/ontology" in iri or "/scheme/" in iri:
        return Rank.TERM
    if not described:
        return Rank.MENTIONED
    if stage >= FIRST_OBSOLETE:
        return Rank.OBSOLETE
    return Rank.DRAFT if 0 < stage < FIRST_VALID else Rank.CURRENT


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
        (hash64(fold(text)), indexed_text(text, kind), *_designation_keys(property_, text))
        for _, property_, _, text, kind in names
    ]


def _designation_keys(property_: int, text: str) -> tuple[list[int], list[int]]:
    designation = None if property_ == TITLE else parse(text)
    if designation is None:
        return [], []
    is_undated_label = not property_ and undated(designation) == designation
    forms = short_forms(text) if is_undated_label else ()
    keys = [short_form_key(form) for form in forms]
    wholes = {whole for form in forms if (whole := without_part(form)) != form}
    keys += [short_form_key(whole, part=True) for whole in sorted(wholes)]
    return list(designation_keys(designation)), keys


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
            for id_, ((entity, property_, language, text, _), (folded, *_)) in rows
        ],
    )
    connection.executemany(
        "INSERT INTO search (rowid, words) VALUES (?, ?)",
        [(id_, words) for id_, (_, (_, words, *_)) in rows],
    )
    designations = {(key, id_) for id_, (_, (_, _, own, _)) in rows for key in own}
    connection.executemany("INSERT INTO designation VALUES (?, ?)", designations)
    forms = {(key, id_) for id_, (_, (_, _, _, own)) in rows for key in own}
    connection.executemany("INSERT INTO short_form VALUES (?, ?)", forms)


def _write_topics(connection: sqlite3.Connection) -> None:
    topics = thesaurus.read_topics(resources.ontology() / thesaurus.FILE)
    rows = (
        (number, json.dumps(own), json.dumps(meant)) for number, (own, meant) in enumerate(topics)
    )
    _insert(connection, "topic", 3, rows)
    words = (
        (hash64(key), number, language, label)
        for number, (labels, _) in enumerate(topics)
        for language, label in labels
        for key in sorted(thesaurus.topic_keys(label))
    )
    _insert(connection, "topic_word", 4, words)


def _insert(
    connection: sqlite3.Connection, table: str, columns: int, rows: Iterable[tuple[object, ...]]
) -> None:
    marks = ", ".join("?" * columns)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
