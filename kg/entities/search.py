"""Finds things by name or number, whatever the script, width or case in which one types it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.common.bilingual import Text
from kg.common.errors import KgError
from kg.common.folding import fold
from kg.entities import kinds
from kg.entities.groups import main_kind
from kg.entities.index import Name, NameIndex, of_store
from kg.entities.index.schema import Rank
from kg.store import Store

LIMIT: Final = 20
"""How many hits are given unless one asks for more or fewer."""
_SIMILAR: Final = 5


MATCHES: Final = ("same", "designates", "begins", "contains", "words", "similar")
"""How a name fits, best first: it is the same (folded), is the designation of the document that
the text designates, begins with the text, contains it, contains all its words, or is merely
similar."""


@dataclass(frozen=True)
class Hit:
    """A thing that was found, the kind by which it is shown, and the name that was found.

    ``title`` is what a document is about, empty where there is none.
    """

    iri: str
    kind: str
    name: str
    match: str
    title: Text


def search(store: Store, text: str, *, within: str | None = None, limit: int = LIMIT) -> list[Hit]:
    """The things whose names, other names, identifiers or titles fit a text, best first.

    Names of all languages are searched; full-width and half-width letters, traditional and
    simplified characters, case and punctuation make no difference (see
    :func:`kg.common.folding.fold`). Any words of a name can be typed, the last one in part, and any
    part of a Chinese or Japanese name. A designation finds all editions, the current one first.
    Among names that fit alike those of what holds come before drafts and what is withdrawn, things
    before terms and these before claims, and then the shorter name. Only where nothing fits, what
    is similar is given.

    ``within`` is the kind of which the things must be: a class or a group, see
    :func:`kg.entities.kinds.named`. Raises KgError for a text of no letters, for a limit below 1
    and for an unknown kind.
    """
    if limit < 1:
        raise KgError("a limit is 1 or more")
    if not fold(text):
        raise KgError(f"{text!r} has no letter or digit to search for")
    index = of_store(store)
    inside = None
    if within is not None:
        inside = kinds.numbers_of(index.kinds, kinds.named(store, within))
    best: dict[str, tuple[str, Name]] = {}
    for match, name in _fitting(index, text, inside):
        best.setdefault(name.iri, (match, name))
        if len(best) == limit:
            break
    if not best:
        near = index.nearest(text, min(limit, _SIMILAR), inside)
        best = {name.iri: ("similar", name) for name in near}
    return [_hit(index, match, name) for match, name in best.values()]


def _fitting(
    index: NameIndex, text: str, inside: Collection[int] | None
) -> Iterator[tuple[str, Name]]:
    """All names that fit, the best first; a thing can come twice."""
    same = sorted(index.called(text, inside), key=_place)
    editions = [name for _, name in index.editions(text, inside)]
    # The edition that holds comes before what stands for all of them.
    yield from (("same", name) for name in same if name.rank == Rank.CURRENT or not editions)
    called = {name.iri: name for name in same}
    for name in editions:
        yield ("same", called[name.iri]) if name.iri in called else ("designates", name)
    yield from (("same", name) for name in same)
    yield from (("begins", name) for name in index.beginning(text, inside))
    yield from (("contains", name) for name in index.holding(text, inside))
    yield from (("words", name) for name in index.holding_all(text, inside))


def _place(name: Name) -> tuple[Rank, bool, int]:
    return name.rank, name.is_title, name.place


def _hit(index: NameIndex, match: str, name: Name) -> Hit:
    kind = main_kind(index.kinds[name.kind].narrow)
    titles = index.titles(name.iri)
    title = Text(_best(titles, "en", "zh"), _best(titles, "zh", "en"))
    return Hit(name.iri, kind, name.text, match, title)


def _best(titles: Iterable[tuple[str, str]], *languages: str) -> str:
    """The title in the first of the languages that there is one in, or in any other."""

    def place(title: tuple[str, str]) -> int:
        tag = title[0].casefold().split("-")[0]
        return languages.index(tag) if tag in languages else len(languages)

    return min(titles, key=place, default=("", ""))[1]
