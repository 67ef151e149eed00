"""All relations of one kind of a thing, a page at a time: filtered by words and status, sorted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.common.bilingual import Text
from kg.common.folding import fold
from kg.common.natural_order import natural_key
from kg.entities.dates import find_dates
from kg.entities.index import name_index
from kg.entities.index.schema import Rank
from kg.entities.lookup import bilingual_labels
from kg.entities.search import choose_title
from kg.web.pages.groups import entity_groups
from kg.web.pages.html import render
from kg.web.pages.once import facts_of_relation
from kg.web.pages.relations import Group, heading_of, relation_of

if TYPE_CHECKING:
    from kg.entities.index import NameIndex
    from kg.graph import KnowledgeGraph
    from kg.store import Store
    from kg.web.pages.reader import Reader

_PAGE: Final = 50
MOST_SORTED: Final = 20_000
"""Things that are sorted; of more, a filter must leave fewer first."""
_FEW: Final = 3000
"""Things up to which each is read; of more, the index of words finds those that match."""
ORDERS: Final = {
    "": Text("as in the catalogue", "按目录"),
    "name": Text("by name", "按名称"),
    "-date": Text("newest first", "由新到旧"),
    "date": Text("oldest first", "由旧到新"),
}
"""Orders by their name in the address."""
STATUSES: Final = {
    "": Text("all", "全部"),
    "current": Text("neither draft nor ended", "既非草案亦未终止"),
    "draft": Text("drafts", "草案"),
    "ended": Text("replaced or withdrawn", "被代替或废止"),
}
"""What became of documents, by its name in the address."""
_RANKS: Final = {"current": Rank.CURRENT, "draft": Rank.DRAFT, "ended": Rank.OBSOLETE}


@dataclass(frozen=True)
class Choice:
    """What a reader wants to see: words, a key of STATUSES, and a key of ORDERS."""

    text: str = ""
    status: str = ""
    order: str = ""


def show(
    graph: KnowledgeGraph, reader: Reader, entity: str, key: str, choice: Choice, start: int
) -> str:
    """Return a page of relations; ``key`` is :attr:`kg.web.pages.relations.Group.key`."""
    wanted, store = relation_of(key), graph.store
    total = 0
    too_many = False

    def select(iris: list[str]) -> list[str]:
        nonlocal total, too_many
        total = len(iris)
        found = filtered(store, iris, choice)
        too_many = bool(choice.order) and len(found) > MOST_SORTED
        return found if too_many else ordered(store, found, choice.order, reader.lang)

    facts, count = facts_of_relation(graph, entity, wanted, start, _PAGE, select)
    shown = graph.resolve(entity)
    others = [fact.value.value for fact in facts]
    if facts:
        heading = heading_of(facts[0], reader.lang)
    else:
        some, total = facts_of_relation(graph, entity, wanted, 0, 1)
        heading = heading_of(some[0], reader.lang) if some else wanted[1]
    marks = entity_groups(store, others)
    return render(
        reader,
        "relation.html",
        iri=shown,
        label=Text(graph.label(shown, "en"), graph.label(shown, "zh")),
        group=entity_groups(store, [shown])[shown],
        relations=Group(*wanted, heading, facts, count),
        marks=marks,
        titles=_titles(name_index(store), others, reader.lang),
        start=start,
        size=_PAGE,
        total=total,
        key=key,
        choice=choice,
        too_many=too_many,
        most=MOST_SORTED,
        orders=ORDERS,
        statuses=STATUSES if choice.status or "standard" in marks.values() else {},
    )


def _titles(names: NameIndex, iris: Iterable[str], lang: str) -> dict[str, str]:
    """Return the title of each entity that has one, in a language if it can be."""
    titles = {iri: choose_title(names.titles(iri), lang, "en") for iri in iris}
    return {iri: title for iri, title in titles.items() if title}


def filtered(store: Store, iris: list[str], choice: Choice) -> list[str]:
    """Return the entities (IRIs) whose names have all words of a text, and that have a status."""
    names = name_index(store)
    if choice.text:
        iris = _with_words(names, iris, choice.text)
    rank = _RANKS.get(choice.status)
    if rank is not None:
        iris = [iri for iri in iris if names.status(iri).rank == rank]
    return iris


def _with_words(names: NameIndex, iris: list[str], text: str) -> list[str]:
    if len(iris) > _FEW:
        found = {name.iri for name in names.find_words(text)}
        return [iri for iri in iris if iri in found]
    words = [fold(word) for word in text.split()]

    def matches(iri: str) -> bool:
        own = [*names.names_of(iri), *(title for _, title in names.titles(iri))]
        known = fold(" ".join(own))
        return all(word in known for word in words)

    return list(filter(matches, iris))


def ordered(store: Store, iris: list[str], order: str, lang: str) -> list[str]:
    """Return entities (IRIs) in an order of ORDERS; those without a date come last."""
    if order == "name":
        labels = _labels(store, iris, lang)
        return sorted(iris, key=lambda iri: natural_key(labels[iri]))
    if order in ("date", "-date"):
        spans = find_dates(store, iris)
        dated = sorted((iri for iri in iris if iri in spans), key=lambda iri: spans[iri].text)
        return [*(reversed(dated) if order == "-date" else dated), *_without(iris, spans)]
    return iris


def _without(iris: Iterable[str], known: Iterable[str]) -> list[str]:
    left_out = set(known)
    return [iri for iri in iris if iri not in left_out]


def _labels(store: Store, iris: list[str], lang: str) -> dict[str, str]:
    if len(iris) <= _FEW:
        return {iri: text.of(lang) for iri, text in bilingual_labels(store, iris).items()}
    names = {name.iri: name.text for name in name_index(store).labels(iris)}
    return {iri: names.get(iri, iri) for iri in iris}
