"""Search entities by name or number, in any script, width or case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.common.bilingual import Text
from kg.common.errors import ArgumentError
from kg.common.folding import fold
from kg.common.namespaces import compact
from kg.entities.groups import main_kind
from kg.entities.index import Name, NameIndex, name_index
from kg.entities.index.schema import Rank
from kg.entities.kinds import kind_set_ids, resolve_kind
from kg.store import Store

LIMIT: Final = 20
"""Default number of hits."""
_SIMILAR_LIMIT: Final = 5

MATCHES: Final = ("same", "designates", "begins", "contains", "words", "similar")
"""How a name can match a text, best first: it equals the text when folded, designates the same
document, begins with the text, contains it, contains all its words, or is only similar."""


@dataclass(frozen=True)
class Hit:
    """An entity found by a search.

    ``iri`` is the IRI of the entity, ``kind`` that of its main class or code list. ``name`` is the
    name that matched, ``match`` the kind of match: ``same``, ``designates``, ``begins``,
    ``contains``, ``words`` or ``similar`` (:data:`MATCHES`). ``title`` is the title of a document
    in both languages, with empty texts for other entities.
    """

    iri: str
    kind: str
    name: str
    match: str
    title: Text

    def __repr__(self) -> str:
        return f"Hit({compact(self.iri)}, {self.name!r}, match={self.match!r})"


def search(store: Store, text: str, *, within: str | None = None, limit: int = LIMIT) -> list[Hit]:
    """Return the entities with names, identifiers or titles that match a text, best first.

    Names in all languages are searched; width, case, punctuation and variants of Han characters are
    ignored (see :func:`kg.common.folding.fold`). The text may have any words of a name, the last
    one incomplete, or any part of a Chinese or Japanese name. A designation finds all editions, the
    current one first. Among equally good matches, current entities come before drafts and withdrawn
    documents, entities before terms, terms before claims, and shorter names before longer ones.
    Similar names are given only if nothing matches.

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
    best: dict[str, tuple[str, Name]] = {}
    for match, name in _matching_names(index, text, kinds):
        best.setdefault(name.iri, (match, name))
        if len(best) == limit:
            break
    if not best:
        nearest = index.nearest(text, min(limit, _SIMILAR_LIMIT), kinds)
        best = {name.iri: ("similar", name) for name in nearest}
    return [_hit(index, match, name) for match, name in best.values()]


def _matching_names(
    index: NameIndex, text: str, kinds: Collection[int] | None
) -> Iterator[tuple[str, Name]]:
    """Yield all matches, best first; an entity may come more than once."""
    same = sorted(index.find_same(text, kinds), key=_sort_key)
    editions = [name for _, name in index.editions(text, kinds)]
    # The current edition comes before the work that stands for all editions.
    yield from (("same", name) for name in same if name.rank == Rank.CURRENT or not editions)
    same_by_iri = {name.iri: name for name in same}
    for name in editions:
        if name.iri in same_by_iri:
            yield "same", same_by_iri[name.iri]
        else:
            yield "designates", name
    yield from (("same", name) for name in same)
    yield from (("begins", name) for name in index.find_prefix(text, kinds))
    yield from (("contains", name) for name in index.find_phrase(text, kinds))
    yield from (("words", name) for name in index.find_words(text, kinds))


def _sort_key(name: Name) -> tuple[Rank, bool, int]:
    return name.rank, name.is_title, name.id


def _hit(index: NameIndex, match: str, name: Name) -> Hit:
    kind = main_kind(index.kind_sets[name.kind].narrow)
    titles = index.titles(name.iri)
    title = Text(_choose_title(titles, "en", "zh"), _choose_title(titles, "zh", "en"))
    return Hit(name.iri, kind, name.text, match, title)


def _choose_title(titles: Iterable[tuple[str, str]], *languages: str) -> str:
    """Return the title in the first of the languages that has one, or else in any language."""

    def sort_key(title: tuple[str, str]) -> int:
        tag = title[0].casefold().split("-")[0]
        return languages.index(tag) if tag in languages else len(languages)

    return min(titles, key=sort_key, default=("", ""))[1]
