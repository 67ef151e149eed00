"""Compare the new entities of articles with the entities of catalogues."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.folding import fold
from kg.common.namespaces import BASE, ENTITIES_GRAPH, node
from kg.entities import index
from kg.entities.index.names import NameIndex
from kg.entities.joining import EntityJoin, JoinReason, JoinStatus
from kg.pipeline.article_account import ArticleAccount
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE

_ENTITIES: Final = ox.NamedNode(ENTITIES_GRAPH)
_NAMES: Final = (node("skos:prefLabel"), node("skos:altLabel"))
_MOST: Final = 3
"""Entities of catalogues that are named for each entity of an article."""


def with_catalogue_matches(
    accounts: Sequence[ArticleAccount], generation: Path, graphs: Collection[ox.NamedNode]
) -> tuple[ArticleAccount, ...]:
    """Return the accounts with what the graphs of catalogues say of the articles' new entities.

    One with the IRI of a catalogue's entity is the same; one with a name of it is perhaps the same.
    Needs the index of names.
    """
    if not accounts or not graphs:
        return tuple(accounts)
    store = EmbeddedStore.open(generation / STORE)
    names = index.open_index(generation / index.FILE)
    return tuple(
        replace(
            account,
            joins=tuple(
                match
                for join in account.joins
                for match in (
                    _matches(join, store, names, graphs)
                    if join.status == JoinStatus.NEW
                    else (join,)
                )
            ),
        )
        for account in accounts
    )


def _matches(
    join: EntityJoin, store: EmbeddedStore, names: NameIndex, graphs: Collection[ox.NamedNode]
) -> Iterator[EntityJoin]:
    entity = ox.NamedNode(join.entity)
    if _is_in(store, entity, graphs):
        yield replace(join, status=JoinStatus.SAME, reason=JoinReason.IRI, other=join.entity)
        return
    own = {
        fold(value.value)
        for quad in store.quads(_ENTITIES, subject=entity)
        if quad.predicate in _NAMES and isinstance(value := quad.object, ox.Literal)
    }
    found: dict[str, str] = {}
    for each in names.find_each(own).values():
        for name in each:
            if (
                not name.is_title
                and name.iri.startswith(BASE)
                and _is_in(store, ox.NamedNode(name.iri), graphs)
            ):
                found.setdefault(name.iri, name.text)
    if not found:
        yield join
    for iri in sorted(found)[:_MOST]:
        yield replace(
            join,
            status=JoinStatus.PERHAPS,
            reason=JoinReason.NAME,
            other=iri,
            other_name=found[iri],
        )


def _is_in(store: EmbeddedStore, entity: ox.NamedNode, graphs: Collection[ox.NamedNode]) -> bool:
    return any(next(store.quads(graph, subject=entity), None) for graph in graphs)
