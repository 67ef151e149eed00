"""The index of the names of a store, to look things up in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.common.folding import fold
from kg.common.namespaces import compact
from kg.entities.index import kind_sets as kinds
from kg.entities.index import similarity, words
from kg.entities.index.designation_keys import dated, digest, keys
from kg.entities.index.kind_sets import Kinds
from kg.entities.index.schema import TITLE, Rank, full, short

if TYPE_CHECKING:
    from kg.identifiers.model import Designation

_NAMES: Final = """
SELECT name.id, iri, text, property, language, kind, thing.rank
FROM {source} JOIN thing ON thing.id = name.thing {condition}
"""
_FOLDED: Final = _NAMES.format(source="name", condition="WHERE folded = ? ORDER BY name.id")
_EDITIONS: Final = _NAMES.format(
    source="designation JOIN name ON name.id = designation.name", condition="WHERE key = ?"
)
# The first hits are wanted, not all of them: the words are read in the order of the names.
_FOUND: Final = _NAMES.format(
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
_STATE: Final = "SELECT rank, stage, kind FROM thing WHERE iri = ?"
_AFTER: Final = "SELECT iri, kind FROM thing WHERE iri >= ? ORDER BY iri LIMIT ?"
_BEFORE: Final = "SELECT iri, kind FROM thing WHERE iri < ? ORDER BY iri DESC LIMIT ?"
_KNOWN: Final = "SELECT word FROM word WHERE word IN ({marks}) ORDER BY names DESC LIMIT ?"

_SHORTLIST: Final = 60
_NEIGHBORS: Final = 100
_RESPELLINGS: Final = 40


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a thing; ``place`` tells its turn among names that fit alike.

    ``source`` is the place of the property in :data:`kg.entities.index.schema.PROPERTIES`, the
    labels first; ``kind`` is a number of :attr:`NameIndex.kinds`; ``language`` may be empty.
    """

    place: int
    iri: str
    text: str
    source: int
    language: str
    kind: int
    rank: Rank

    @property
    def is_title(self) -> bool:
        """Whether it is a title, and no name by which the thing goes."""
        return self.source == TITLE


@dataclass(frozen=True, slots=True)
class State:
    """Where a thing stands: its rank, the IRI of its stage or nothing, its kind as a number."""

    rank: Rank
    stage: str
    kind: int


class NameIndex:
    """All names of the things of a store; the file is only read.

    Whatever takes ``kinds``, numbers of :attr:`kinds`, finds only things of these.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def kinds(self) -> Mapping[int, Kinds]:
        """The sets of kinds that things have, by number."""
        return kinds.read(self._connection.execute("SELECT * FROM kind").fetchall())

    def kinds_under(self, iri: str) -> set[int]:
        """The numbers of the kinds of all things of a class, or in a code list."""
        return {number for number, found in self.kinds.items() if iri in found.every}

    def called(self, text: str, kinds: Collection[int] | None = None) -> list[Name]:
        """The names that are the text when both are folded, the best first.

        Where nothing of a text is left, as of a dash, they are those spelled like it.
        """
        wanted = fold(text)
        return [
            name
            for name in self._names(_FOLDED, (digest(wanted),))
            if (fold(name.text) == wanted if wanted else name.text == text)
            and (kinds is None or name.kind in kinds)
        ]

    def editions(
        self, text: str, kinds: Collection[int] | None = None
    ) -> list[tuple[Designation, Name]]:
        """The documents that a designation fits, the current edition first; none if it is none.

        What is described comes before what is only mentioned, what holds before what is withdrawn
        or superseded, and the latest first (ISO/IEC Directives, Part 2, 10.4: an undated reference
        is one to the latest edition).
        """
        # Its grammars take a quarter of the time in which a command starts.
        from kg.identifiers import fits, parse

        asked = parse(text)
        found: dict[str, tuple[Designation, Name]] = {}
        for key in keys(asked) if asked else ():
            for name in self._names(_EDITIONS, (key,)):
                held = parse(name.text)
                if held and asked and fits(asked, held) and (kinds is None or name.kind in kinds):
                    before = found.get(name.iri)
                    # The label tells more than a number of the record, such as a URN.
                    if before is None or name.source < before[1].source:
                        found[name.iri] = held, name
        # Sorting keeps the order of what is equal: the last sort is by what counts most.
        latest = sorted(found.values(), key=lambda each: dated(each[0]), reverse=True)
        return sorted(latest, key=lambda each: each[1].rank)

    def beginning(self, text: str, kinds: Collection[int] | None = None) -> Iterator[Name]:
        """The names that begin with a text; those where its last word ends come first."""
        asked = words.words(text)
        for name in self._whole_first(words.beginning, text, kinds):
            held = words.words(name.text)[: len(asked)]
            # The search for a name of these words and this beginning may find them apart.
            if held[:-1] == asked[:-1] and held[-1].startswith(asked[-1]):
                yield name

    def holding(self, text: str, kinds: Collection[int] | None = None) -> Iterator[Name]:
        """The names in which the words of a text follow upon each other, in the same turn."""
        return self._whole_first(words.holding, text, kinds)

    def holding_all(self, text: str, kinds: Collection[int] | None = None) -> Iterator[Name]:
        """The names that hold everything that spaces part in the text, wherever."""
        return self._found(words.holding_all(text), kinds)

    def nearest(self, text: str, count: int, kinds: Collection[int] | None = None) -> list[Name]:
        """The few names most like a text, best first, one for each thing.

        They hold the text, or else the text with an error mended; see
        :mod:`kg.entities.index.similarity`.
        """
        searches = [words.holding(text, whole=False), words.holding_all(text)]
        searches += similarity.loosened(text, self.known)
        found: list[Name] = []
        for search in filter(None, searches):
            found = list(islice(self._found(search, kinds), _SHORTLIST))
            if found:
                break
        things: dict[str, Name] = {}
        for name in similarity.ranked(text, found, lambda name: name.text):
            things.setdefault(name.iri, name)
        return list(islice(things.values(), count))

    def nearest_iris(self, iri: str, count: int, kinds: Collection[int] | None = None) -> list[str]:
        """The compact IRIs most like an IRI, of those that begin like it."""
        at = short(iri)
        rows = self._connection.execute(_AFTER, (at, _NEIGHBORS)).fetchall()
        rows += self._connection.execute(_BEFORE, (at, _NEIGHBORS)).fetchall()
        near = [compact(full(other)) for other, kind in rows if kinds is None or kind in kinds]
        return list(islice(similarity.ranked(compact(iri), near, lambda other: other), count))

    def names_of(self, iri: str) -> list[str]:
        """The names of a thing other than its titles, the label first."""
        return [text for (text,) in self._connection.execute(_NAMES_OF, (short(iri), TITLE))]

    def state(self, iri: str) -> State:
        """Where a thing stands; what has no name is merely mentioned."""
        row = self._connection.execute(_STATE, (short(iri),)).fetchone()
        if row is None:
            return State(Rank.MENTIONED, "", 0)
        rank, stage, kind = row
        return State(Rank(rank), full(stage), kind)

    def known(self, spellings: Iterable[str]) -> list[str]:
        """Those of some words that stand in names, the commonest first, and not too many."""
        asked = list(spellings)
        query = _KNOWN.format(marks=", ".join("?" * len(asked)))
        return [word for (word,) in self._connection.execute(query, (*asked, _RESPELLINGS))]

    def titles(self, iri: str) -> list[tuple[str, str]]:
        """The titles of a document, or of what else has one, each after its language."""
        return self._connection.execute(_TITLES, (short(iri), TITLE)).fetchall()

    def _whole_first(
        self,
        search: Callable[[str, bool], str | None],
        text: str,
        kinds: Collection[int] | None,
    ) -> Iterator[Name]:
        """What is found by a word as it is, then by all words that it is the beginning of."""
        whole, part = search(text, True), search(text, False)
        yield from self._found(whole, kinds)
        if part != whole:
            yield from self._found(f"({part}) NOT ({whole})", kinds)

    def _found(self, search: str | None, kinds: Collection[int] | None) -> Iterator[Name]:
        if search and kinds is not None:
            search = words.of_kinds(search, kinds) if kinds else None
        return self._names(_FOUND, (search,)) if search else iter(())

    def _names(self, query: str, values: tuple[object, ...]) -> Iterator[Name]:
        for place, iri, text, source, language, kind, rank in self._connection.execute(
            query, values
        ):
            yield Name(place, full(iri), text, source, language, kind, Rank(rank))
