"""Tables of the name index.

Rows of ``name`` are numbered from best to worst, so that the first rows of a search are the best.
In ``thing.iri`` a leading dot stands for the project's namespace.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from kg.common.namespaces import BASE, iri

SCHEMA_VERSION: Final = "5"
"""Schema version; other versions are rejected."""

TABLES: Final = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE kind (id INTEGER PRIMARY KEY, narrow TEXT, every TEXT);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, kind INTEGER, rank INTEGER,
                    standing INTEGER, stage TEXT, family INTEGER, series INTEGER,
                    supplement INTEGER, refs INTEGER);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, property INTEGER, language TEXT,
                   folded INTEGER, text TEXT);
CREATE TABLE designation (key INTEGER, name INTEGER, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE TABLE short_form (folded INTEGER, name INTEGER, PRIMARY KEY (folded, name)) WITHOUT ROWID;
CREATE TABLE topic (id INTEGER PRIMARY KEY, labels TEXT, meant TEXT);
CREATE TABLE topic_word (key INTEGER, topic INTEGER, language TEXT, label TEXT);
CREATE TABLE word (word TEXT PRIMARY KEY, names INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='ascii',
                                       prefix='1 2 3 4');
"""
INDEXES: Final = """
CREATE UNIQUE INDEX thing_iri ON thing (iri);
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_thing ON name (thing);
CREATE INDEX topic_word_key ON topic_word (key);
CREATE INDEX thing_family ON thing (family);
"""

PROPERTIES: Final = tuple(
    map(
        iri,
        (
            "skos:prefLabel",
            "rdfs:label",
            "skos:altLabel",
            "dcterms:identifier",
            "dcterms:title",
        ),
    )
)
"""Properties that give names, the title last; ``name.property`` is an index into them."""
TITLE: Final = len(PROPERTIES) - 1

_STAGES: Final = (
    *("development", "upcoming", "published", "in-force"),
    *("cancelled", "superseded", "withdrawn"),
)
STAGES: Final = {iri(f"stage:{name}"): order for order, name in enumerate(_STAGES, 1)}
"""Stages in the order of a document's life; if sources differ, the latest stage counts."""
FIRST_VALID: Final = STAGES[iri("stage:published")]
"""First stage at which a document is valid."""
FIRST_OBSOLETE: Final = STAGES[iri("stage:cancelled")]
"""First stage at which a document is no longer valid."""


class Rank(IntEnum):
    """Tie-break order of equally good matches."""

    CURRENT = 0
    """Neither draft nor obsolete to any source; also what has no stage."""
    SERIES = 1
    """All parts of a standard."""
    WORK = 2
    """A document in any edition."""
    DRAFT = 3
    """A draft, or published and not yet in force."""
    OBSOLETE = 4
    """Cancelled, superseded or withdrawn."""
    MENTIONED = 5
    """Referred to by other entities, but not described."""
    TERM = 6
    STATEMENT = 7
    """A relation or figure that is a node of its own: a membership, an adoption, a ranking."""
    CLAIM = 8


NOT_AN_EDITION: Final = (Rank.SERIES, Rank.WORK, Rank.MENTIONED)
"""Ranks of entities that stand for several editions, or are not described at all."""


def shorten(iri: str) -> str:
    """Return the stored form of an IRI."""
    return "." + iri[len(BASE) :] if iri.startswith(BASE) else iri


def restore(stored: str) -> str:
    """Return the IRI of a stored form."""
    return BASE + stored[1:] if stored.startswith(".") else stored
