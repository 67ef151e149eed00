"""The tables of an index of names.

The rows of ``name`` are numbered in the order in which hits are given, so that a search that stops
at the first so many rows has the best ones. ``thing.iri`` of the project's own namespace starts
with a point that stands for the namespace.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from kg.common.namespaces import BASE, PREFIXES

VERSION: Final = "3"
"""Of the tables; an index of another version is refused."""

TABLES: Final = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE kind (id INTEGER PRIMARY KEY, narrow TEXT, every TEXT);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, kind INTEGER, rank INTEGER,
                    stage TEXT);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, property INTEGER, language TEXT,
                   folded INTEGER, text TEXT);
CREATE TABLE designation (key INTEGER, name INTEGER, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE TABLE word (word TEXT PRIMARY KEY, names INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='ascii',
                                       prefix='1 2 3 4');
"""
INDEXES: Final = """
CREATE UNIQUE INDEX thing_iri ON thing (iri);
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_thing ON name (thing);
"""

PROPERTIES: Final = tuple(
    PREFIXES[prefix] + local
    for prefix, local in (
        ("skos", "prefLabel"),
        ("rdfs", "label"),
        ("skos", "altLabel"),
        ("dcterms", "identifier"),
        ("dcterms", "title"),
    )
)
"""What gives a thing a name; ``name.property`` is the place of it here. The title comes last."""
TITLE: Final = len(PROPERTIES) - 1

_STAGES: Final = ("development", "published", "cancelled", "superseded", "withdrawn")
STAGES: Final = {f"{BASE}scheme/stage/{name}": place for place, name in enumerate(_STAGES, 1)}
"""The stages in the order of a document's life; where sources differ the last one holds."""
OVER: Final = STAGES[f"{BASE}scheme/stage/cancelled"]
"""From here on nobody should use the document."""


class Rank(IntEnum):
    """In which order things come that fit alike."""

    CURRENT = 0
    SERIES = 1
    """What stands for all parts of a standard, or for all its editions."""
    DRAFT = 2
    OVER = 3
    MENTIONED = 4
    """What others refer to and nothing describes."""
    TERM = 5
    CLAIM = 6


UNDATED: Final = (Rank.SERIES, Rank.MENTIONED)
"""What is no edition, but stands for several, or is not described at all."""


def short(iri: str) -> str:
    """An IRI as it is stored."""
    return "." + iri[len(BASE) :] if iri.startswith(BASE) else iri


def full(stored: str) -> str:
    """The IRI that is stored so."""
    return BASE + stored[1:] if stored.startswith(".") else stored
