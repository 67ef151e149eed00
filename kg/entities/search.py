"""Search entities by name or number, in any script, width or case."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kg.common.bilingual import Text
from kg.common.errors import ArgumentError
from kg.common.folding import fold
from kg.common.namespaces import compact
from kg.entities import editions
from kg.entities.groups import main_kind
from kg.entities.hit_order import Found, arrange, forms_of
from kg.entities.index import Name, NameIndex, name_index
from kg.entities.index.thesaurus import topic_keys
from kg.entities.kinds import kind_set_ids, resolve_kind
from kg.entities.relevance import Query
from kg.store import Store

LIMIT: Final = 20
"""Default number of hits."""
_SIMILAR_LIMIT: Final = 5
_MAX_MATCHES: Final = 200
"""Maximum number of names that are compared per kind of match; the most important come first."""

MATCHES: Final = (
    *("same", "known", "designates", "part", "begins", "contains", "words", "translated"),
    "similar",
)
"""How a name can match a text: it equals the text when folded, the entity is commonly meant by it,
its number is the text or begins with it, the name begins with the text, contains it, contains all
its words, contains its translation, or is only similar."""


@dataclass(frozen=True)
class Hit:
    """An entity found by a search.

    ``iri`` is the IRI of the entity, ``kind`` that of its main class or code list. ``name`` is the
    name that matched, ``match`` the kind of match (:data:`MATCHES`). ``via`` is the word of the
    curators' thesaurus that led to it: the topic of a ``known`` entity, the translation if
    ``translated``; otherwise empty. ``title`` is the title of a document in both languages, with
    empty texts for other entities; a work has that of its current edition.
    """

    iri: str
    kind: str
    name: str
    match: str
    title: Text
    via: str = ""

    def __repr__(self) -> str:
        via = f", via={self.via!r}" if self.via else ""
        return f"Hit({compact(self.iri)}, {self.name!r}, match={self.match!r}{via})"


def search(store: Store, text: str, *, within: str | None = None, limit: int = LIMIT) -> list[Hit]:
    """Return the entities with names, identifiers or titles that match a text, best first.

    Names in all languages are searched; width, case, punctuation, plurals and variants of Han
    characters are ignored (see :mod:`kg.entities.index.words`). The text may have any words of a
    name, the last one incomplete, or any part of a Chinese or Japanese name. A designation finds
    the work and all its editions, the current one first. Other hits come in the order of
    :mod:`kg.entities.relevance`; of the parts of a series that fit alike the first part comes
    first, and further editions and parts follow after other documents. The best document is given
    as a work and as its current edition. Words that the curators' thesaurus
    (:mod:`kg.entities.index.thesaurus`) has also find what people mean by them, and names with
    their translation; such hits say so. Similar names are given only if nothing matches.

    ``within`` limits the search to a class or group, see :func:`kg.entities.kinds.resolve_kind`.
    ArgumentError for a text without letters or digits and for a limit below 1; ResolutionError for
    an unknown kind.
    """
    if limit < 1:
        raise ArgumentError("the limit must be 1 or more")
    if not fold(text):
        raise ArgumentError(f"{text!r} has no letter or digit to search for")
    index = name_index(store)
    kinds = None
    if within is not None:
        kinds = kind_set_ids(index.kind_sets, resolve_kind(store, within))
    return [_hit(index, found) for found in find(index, text, kinds, limit)]


def find(
    index: NameIndex, text: str, kinds: Collection[int] | None = None, limit: int = LIMIT
) -> list[Found]:
    """Return the names of the hits of a search, at most ``limit``; see :func:`search`."""
    found = list(_designated(index, text, kinds))
    seen = {each.name.iri for each in found}
    found += [each for each in _ranked(index, text, kinds, limit) if each.name.iri not in seen]
    if not found:
        nearest = index.nearest(text, min(limit, _SIMILAR_LIMIT), kinds)
        found = [Found(0, "similar", name) for name in nearest]
    return found[:limit]


def _designated(index: NameIndex, text: str, kinds: Collection[int] | None) -> Iterator[Found]:
    """Yield what a designation means: the work, and its editions, the current one first."""
    names = [name for _, name in index.editions(text, kinds)]
    same = {name.iri: name for name in index.find_same(text, kinds) if not name.is_title}
    for name in sorted(names, key=lambda name: not editions.is_work(index, name)):
        match = "same" if name.iri in same else "designates"
        yield Found(0, match, same.get(name.iri, name))


def _ranked(index: NameIndex, text: str, kinds: Collection[int] | None, limit: int) -> list[Found]:
    """Return the best match of each entity, the best entities first."""
    best: dict[str, Found] = {}

    def add(found: Found) -> None:
        before = best.get(found.name.iri)
        if before is None or before.score < found.score:
            best[found.name.iri] = found

    translations = _translations(index, text)
    queries = [Query(text), *(Query(each, translated=True) for each in translations)]
    for query in queries:
        for found in _matches(index, query, kinds, max(limit, LIMIT)):
            add(found)
    for topic in index.topics(text):
        for place, name in enumerate(_meant(index, topic.meant, kinds)):
            # In the order of the thesaurus. A name of its own with the word is the better reason.
            score = queries[0].match_score("known", name) - place / 100
            own = best.get(name.iri)
            if own is None or own.match in ("words", "translated", "similar"):
                own = Found(score, "known", name, topic.label)
            add(own._replace(score=score, known=True))
    return arrange(index, list(best.values()), kinds)


def _matches(
    index: NameIndex, query: Query, kinds: Collection[int] | None, depth: int
) -> Iterator[Found]:
    """Yield the names that match, each once, as long as one can be among the best.

    Longer words that begin with a word of the text count only if there are few other matches.
    """
    seen: set[int] = set()
    best: list[float] = []
    for match, names in _names_by_match(index, query.text, kinds, complete=True):
        yield from _compared(query, match, names, seen, best, depth)
    if len(best) < depth and not query.translated:
        for match, names in _names_by_match(index, query.text, kinds, complete=False):
            yield from _compared(query, match, names, seen, best, depth)


def _names_by_match(
    index: NameIndex, text: str, kinds: Collection[int] | None, *, complete: bool
) -> Iterator[tuple[str, Iterable[Name]]]:
    """Yield the names of each kind of match; unless ``complete``, words may be incomplete."""
    if complete:
        yield "same", index.find_same(text, kinds)
        yield "designates", index.find_short(text, kinds)
        yield "part", index.find_short(text, kinds, parts=True)
    yield "begins", index.find_prefix(text, kinds, whole=complete)
    yield "contains", index.find_phrase(text, kinds, whole=complete)
    yield "words", index.find_words(text, kinds, whole=complete)


def _compared(
    query: Query, match: str, names: Iterable[Name], seen: set[int], best: list[float], depth: int
) -> Iterator[Found]:
    """Yield names with their scores, and add these to ``best``, the sorted scores so far."""
    for name in islice(names, _MAX_MATCHES):
        if name.id in seen:
            continue
        seen.add(name.id)
        rest = query.entity_score(match, name)
        if len(best) > depth:
            if query.highest_match_score(match) + rest < best[-depth]:
                break
            if query.highest_match_score(match, name) + rest < best[-depth]:
                continue
        fit = query.match_score(match, name)
        insort(best, fit + rest)
        if query.translated:
            yield Found(fit + rest, "translated", name, query.text, fit)
        else:
            yield Found(fit + rest, match, name, "", fit)


def _meant(index: NameIndex, iris: Iterable[str], kinds: Collection[int] | None) -> Iterator[Name]:
    """Yield the entities that a topic means, a document as work and as its best edition."""
    for name in index.labels(iris):
        yield from forms_of(index, name, kinds)


def _translations(index: NameIndex, text: str) -> list[str]:
    """Return the main English words for the topics that a text names, or that it is made of."""
    keys = topic_keys(text)
    topics = index.topics(text)
    main = [topic.english[0] for topic in topics] or [
        " ".join(piece.english[0] for piece in index.topic_compound(text))
    ]
    return [each for each in dict.fromkeys(main) if each and not keys & topic_keys(each)]


def _hit(index: NameIndex, found: Found) -> Hit:
    name = found.name
    kind = main_kind(index.kind_sets[name.kind].narrow)
    titles = index.titles(name.iri)
    if not titles and editions.is_work(index, name):
        titles = [title for form in forms_of(index, name, None) for title in index.titles(form.iri)]
    title = Text(choose_title(titles, "en", "zh"), choose_title(titles, "zh", "en"))
    return Hit(name.iri, kind, name.text, found.match, title, found.via)


def choose_title(titles: Iterable[tuple[str, str]], *languages: str) -> str:
    """Return the title in the first of the languages that has one, or else in any language."""

    def sort_key(title: tuple[str, str]) -> int:
        tag = title[0].casefold().split("-")[0]
        return languages.index(tag) if tag in languages else len(languages)

    return min(titles, key=sort_key, default=("", ""))[1]
