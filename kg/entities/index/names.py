"""Look up names in the index of a store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.common.folding import fold
from kg.common.namespaces import compact
from kg.entities.index import similarity, words
from kg.entities.index.designation_keys import (
    designation_keys,
    edition_order,
    hash64,
    short_form_key,
)
from kg.entities.index.kind_sets import KindSet, parse_kind_sets
from kg.entities.index.schema import TITLE, Rank, restore, shorten
from kg.entities.index.thesaurus import Topic, split_compound, topic_keys
from kg.store.checksums import Damage
from kg.store.generations import damage_error

if TYPE_CHECKING:
    from kg.identifiers.model import Designation

_NAMES: Final = """
SELECT name.id, iri, text, property, language, kind, thing.rank, standing, family, series,
    supplement, refs
FROM {source} JOIN thing ON thing.id = name.thing {condition}
"""
_FOLDED: Final = _NAMES.format(source="name", condition="WHERE folded = ? ORDER BY name.id")
_EACH: Final = _FOLDED.replace("= ?", "IN (SELECT value FROM json_each(?))")
_SHORT_FORMS: Final = _NAMES.format(
    source="short_form JOIN name ON name.id = short_form.name",
    condition="WHERE short_form.folded = ? ORDER BY name.id",
)
_FAMILY: Final = _NAMES.format(
    source="name", condition="WHERE family = ? AND property = 0 ORDER BY name.id"
)
_LABEL: Final = _NAMES.format(
    source="name", condition="WHERE thing.iri = ? ORDER BY property, name.id LIMIT 1"
)
_TOPICS: Final = """
SELECT topic, language, label, labels, meant FROM topic_word JOIN topic ON topic.id = topic
WHERE key IN ({marks}) ORDER BY topic
"""
_TOPIC_KEYS: Final = "SELECT DISTINCT key FROM topic_word WHERE key IN ({marks})"
_LONGEST_COMPOUND: Final = 16
_EDITIONS: Final = _NAMES.format(
    source="designation JOIN name ON name.id = designation.name", condition="WHERE key = ?"
)
# Reading matches in the order of names yields the best ones without finding all.
_MATCHES: Final = _NAMES.format(
    source="search CROSS JOIN name ON name.id = search.rowid",
    condition="WHERE search MATCH ? ORDER BY search.rowid",
)
_TITLES: Final = """
SELECT language, text FROM thing JOIN name ON name.thing = thing.id
WHERE thing.iri = ? AND property = ? ORDER BY name.id
"""
_NAMES_OF: Final = """
SELECT text FROM thing JOIN name ON name.thing = thing.id
WHERE thing.iri = ? AND property <> ? ORDER BY property, name.id
"""
_STATUS: Final = "SELECT rank, stage, kind FROM thing WHERE iri = ?"
_COUNT: Final = "SELECT count(*) FROM thing"
_ENTITIES: Final = "SELECT iri FROM thing ORDER BY iri LIMIT ? OFFSET ?"
_KINDS: Final = "SELECT iri, kind FROM thing"
_AFTER: Final = "SELECT iri, kind FROM thing WHERE iri >= ? ORDER BY iri LIMIT ?"
_BEFORE: Final = "SELECT iri, kind FROM thing WHERE iri < ? ORDER BY iri DESC LIMIT ?"
_KNOWN_WORDS: Final = "SELECT word FROM word WHERE word IN ({marks}) ORDER BY names DESC LIMIT ?"

_SHORTLIST: Final = 60
_NEIGHBORS: Final = 100
_MAX_CORRECTIONS: Final = 40


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity; names with a lower ``id`` come first among equally good matches.

    ``property_index`` refers to :data:`kg.entities.index.schema.PROPERTIES`, labels first; ``kind``
    is an id in :attr:`NameIndex.kind_sets`; ``language`` may be empty. ``standing`` is the rank,
    but of a work the best one of its editions. ``family`` is the number of the work of an edition,
    or of the entity; ``series`` that of the series to which it or what it amends belongs, or else
    the family. ``references`` counts what refers to the family.
    """

    id: int
    iri: str
    text: str
    property_index: int
    language: str
    kind: int
    rank: Rank
    standing: Rank
    family: int
    series: int
    is_supplement: bool
    references: int

    @property
    def is_title(self) -> bool:
        """Whether it is a title rather than a label or identifier."""
        return self.property_index == TITLE


@dataclass(frozen=True, slots=True)
class EntityStatus:
    """Rank, stage (an IRI, or empty) and kind set id of an entity."""

    rank: Rank
    stage: str
    kind: int


class NameIndex:
    """All names of the entities of a store, read-only.

    Methods that take ``kinds`` (ids in :attr:`kind_sets`) find only entities with one of these.
    """

    def __init__(self, connection: sqlite3.Connection, file: Path | None = None) -> None:
        self._connection = connection
        self._file = file

    def __repr__(self) -> str:
        # Names are numbered from 1, and counting rows would scan the table.
        [[count]] = self._rows("SELECT max(id) FROM name")
        return f"NameIndex({count or 0} names)"

    def entity_count(self) -> int:
        """Return the number of entities that have a name."""
        [[count]] = self._rows(_COUNT)
        return int(count)

    def entities(self, offset: int, limit: int) -> list[str]:
        """Return the IRIs of some entities in a fixed order."""
        return [restore(iri) for (iri,) in self._rows(_ENTITIES, limit, offset)]

    @cached_property
    def kind_sets(self) -> Mapping[int, KindSet]:
        """The sets of kinds that entities have, by id."""
        return parse_kind_sets(list(self._rows("SELECT * FROM kind")))

    def kind_sets_with(self, iri: str) -> set[int]:
        """Return the ids of the kind sets that include a class or code list."""
        return {set_id for set_id, kinds in self.kind_sets.items() if iri in kinds.every}

    def find_same(self, text: str, kinds: Collection[int] | None = None) -> list[Name]:
        """Return the names that equal the text when folded, best first.

        For a text without letters and digits, such as a dash, the spelling must be equal.
        """
        wanted = fold(text)
        return [
            name
            for name in self._names(_FOLDED, (hash64(wanted),))
            if (fold(name.text) == wanted if wanted else name.text == text)
            and (kinds is None or name.kind in kinds)
        ]

    def find_each(self, folded: Iterable[str]) -> dict[str, list[Name]]:
        """Return the names that equal each of many folded texts, best first; see :func:`fold`."""
        keys = {hash64(text): text for text in folded if text}
        found: dict[str, list[Name]] = {}
        for name in self._names(_EACH, (json.dumps(list(keys)),)):
            if (own := fold(name.text)) == keys.get(hash64(own)):
                found.setdefault(own, []).append(name)
        return found

    def editions(
        self, text: str, kinds: Collection[int] | None = None
    ) -> list[tuple[Designation, Name]]:
        """Return the documents that a designation fits; empty if the text isn't a designation.

        They are sorted by :class:`~kg.entities.index.schema.Rank`, then latest first (ISO/IEC
        Directives, Part 2, 10.4: an undated reference means the latest edition).
        """
        # Importing the grammars takes a quarter of a command's start-up.
        from kg.identifiers import fits, parse

        wanted = parse(text)
        editions: dict[str, tuple[Designation, Name]] = {}
        for key in designation_keys(wanted) if wanted else ():
            for name in self._names(_EDITIONS, (key,)):
                own = parse(name.text)
                if own and wanted and fits(wanted, own) and (kinds is None or name.kind in kinds):
                    before = editions.get(name.iri)
                    # Prefer the label to other identifiers of the record, such as a URN.
                    if before is None or name.property_index < before[1].property_index:
                        editions[name.iri] = own, name
        latest = sorted(editions.values(), key=lambda pair: edition_order(pair[0]), reverse=True)
        return sorted(latest, key=lambda pair: pair[1].rank)

    def find_short(
        self, text: str, kinds: Collection[int] | None = None, *, parts: bool = False
    ) -> Iterator[Name]:
        """Yield the undated designations that equal the text but for their body, best first.

        With ``parts``, those of its parts instead.
        """
        for name in self._names(_SHORT_FORMS, (short_form_key(text, part=parts),)):
            if kinds is None or name.kind in kinds:
                yield name

    def labels(self, iris: Iterable[str]) -> list[Name]:
        """Return the label of each entity that has a name, in the order given."""
        rows = (next(self._names(_LABEL, (shorten(iri),)), None) for iri in iris)
        return [name for name in rows if name is not None]

    def topics(self, text: str) -> list[Topic]:
        """Return the topics of :mod:`kg.entities.index.thesaurus` that a text names."""
        keys = sorted(map(hash64, topic_keys(text)))
        query = _TOPICS.format(marks=", ".join("?" * len(keys)))
        found: dict[int, Topic] = {}
        for number, language, label, labels, meant in self._rows(query, *keys):
            english = tuple(each for tag, each in json.loads(labels) if tag == "en")
            found.setdefault(number, Topic(label, language, english, tuple(json.loads(meant))))
        return list(found.values())

    def topic_compound(self, text: str) -> list[Topic]:
        """Return the topics of which a compound of Han characters or kana is made, in order.

        Empty if it isn't made of their names alone.
        """
        folded = fold(text)
        if not all(map(words.is_ideograph, folded)) or len(folded) > _LONGEST_COMPOUND:
            return []
        places = range(len(folded) + 1)
        parts = {folded[start:end] for end in places for start in range(end)}
        keys = {hash64(part): part for part in parts}
        query = _TOPIC_KEYS.format(marks=", ".join("?" * len(keys)))
        known = [keys[key] for (key,) in self._rows(query, *keys)]
        pieces = split_compound(folded, known)
        return [self.topics(piece)[0] for piece in pieces]

    def family(self, number: int) -> list[Name]:
        """Return the labels of a work and its editions, given the work's number, best first."""
        return list(self._names(_FAMILY, (number,)))

    def find_prefix(
        self, text: str, kinds: Collection[int] | None = None, *, whole: bool = False
    ) -> Iterator[Name]:
        """Yield the names that begin with a text; those with the whole last word come first.

        With ``whole``, only those.
        """
        wanted = words.split_words(text)
        for name in self._whole_word_first(words.prefix_query, text, kinds, whole):
            own = words.split_words(name.text)[: len(wanted)]
            # The query may match the first word and the phrase in different places.
            if own[:-1] == wanted[:-1] and own[-1].startswith(wanted[-1]):
                yield name

    def find_phrase(
        self, text: str, kinds: Collection[int] | None = None, *, whole: bool = False
    ) -> Iterator[Name]:
        """Yield the names that contain the words of a text in sequence; see :meth:`find_prefix`."""
        return self._whole_word_first(words.phrase_query, text, kinds, whole)

    def find_words(
        self, text: str, kinds: Collection[int] | None = None, *, whole: bool = False
    ) -> Iterator[Name]:
        """Yield the names that contain all space-separated pieces of a text, in any order.

        Words may be incomplete, unless ``whole``.
        """
        return self._search(words.all_words_query(text, whole), kinds)

    def nearest(self, text: str, count: int, kinds: Collection[int] | None = None) -> list[Name]:
        """Return at most ``count`` names similar to a text, best first, one per entity.

        They contain the text, or else the text with a spelling error corrected; see
        :mod:`kg.entities.index.similarity`.
        """
        queries = [words.phrase_query(text, whole=False), words.all_words_query(text)]
        queries += similarity.fuzzy_queries(text, self.known_words)
        names: list[Name] = []
        for query in filter(None, queries):
            names = list(islice(self._search(query, kinds), _SHORTLIST))
            if names:
                break
        by_iri: dict[str, Name] = {}
        for name in similarity.rank_by_similarity(text, names, lambda name: name.text):
            by_iri.setdefault(name.iri, name)
        return list(islice(by_iri.values(), count))

    def nearest_iris(self, iri: str, count: int, kinds: Collection[int] | None = None) -> list[str]:
        """Return the compact IRIs most similar to an IRI, among its neighbors when sorted."""
        stored = shorten(iri)
        rows = [*self._rows(_AFTER, stored, _NEIGHBORS), *self._rows(_BEFORE, stored, _NEIGHBORS)]
        near = [compact(restore(other)) for other, kind in rows if kinds is None or kind in kinds]
        return list(islice(similarity.rank_by_similarity(compact(iri), near, str), count))

    def names_of(self, iri: str) -> list[str]:
        """Return the names of an entity without its titles, labels first."""
        return [text for (text,) in self._rows(_NAMES_OF, shorten(iri), TITLE)]

    def status(self, iri: str) -> EntityStatus:
        """Return the status of an entity; one without names counts as mentioned."""
        row = next(self._rows(_STATUS, shorten(iri)), None)
        if row is None:
            return EntityStatus(Rank.MENTIONED, "", 0)
        rank, stage, kind = row
        return EntityStatus(Rank(rank), restore(stage), kind)

    def kinds(self) -> Iterator[tuple[str, int]]:
        """Return the IRI and the kind set of every entity."""
        return ((restore(stored), kind) for stored, kind in self._connection.execute(_KINDS))

    def known_words(self, words: Iterable[str]) -> list[str]:
        """Return the given words that occur in names, most frequent first, at most 40."""
        wanted = list(words)
        query = _KNOWN_WORDS.format(marks=", ".join("?" * len(wanted)))
        return [word for (word,) in self._rows(query, *wanted, _MAX_CORRECTIONS)]

    def titles(self, iri: str) -> list[tuple[str, str]]:
        """Return pairs of language and title of an entity."""
        return list(self._rows(_TITLES, shorten(iri), TITLE))

    def _whole_word_first(
        self,
        make_query: Callable[[str, bool], str | None],
        text: str,
        kinds: Collection[int] | None,
        whole: bool,
    ) -> Iterator[Name]:
        """Yield matches of the last word as written, then of longer words that begin with it."""
        complete, prefix = make_query(text, True), make_query(text, False)
        yield from self._search(complete, kinds)
        if prefix != complete and not whole:
            yield from self._search(f"({prefix}) NOT ({complete})", kinds)

    def _search(self, query: str | None, kinds: Collection[int] | None) -> Iterator[Name]:
        if query and kinds is not None:
            query = words.limit_to_kinds(query, kinds) if kinds else None
        return self._names(_MATCHES, (query,)) if query else iter(())

    def _names(self, query: str, parameters: tuple[object, ...]) -> Iterator[Name]:
        for row in self._rows(query, *parameters):
            id_, iri, text, property_, language, kind, rank, standing, *rest = row
            family, series, supplement, refs = rest
            yield Name(
                *(id_, restore(iri), text, property_, language, kind, Rank(rank), Rank(standing)),
                *(family, series, bool(supplement), refs),
            )

    def _rows(self, query: str, *parameters: object) -> Iterator[Any]:
        """Yield the rows of a query; StoreError if the file is damaged."""
        try:
            yield from self._connection.execute(query, parameters)
        except sqlite3.DatabaseError as error:
            if self._file is None:
                raise
            raise damage_error(self._file.parent, Damage(self._file.name, str(error))) from error
