"""Facts of one kind of relation of an entity, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from kg.analysis.model import Fact
from kg.analysis.profile import Relation, neighbor_groups, relation_facts
from kg.analysis.sentences import Phrasings
from kg.network.networkx_graph import network_data
from kg.queries.views import View
from kg.store import Store

if TYPE_CHECKING:
    from kg.network.adjacency.arrays import Adjacency

Select: TypeAlias = Callable[[list[str]], list[str]]
"""Chooses and orders entities (IRIs)."""


def facts_of_relation(
    store: Store,
    view: View,
    index: Adjacency,
    phrasings: Phrasings,
    entity: str,
    relation: Relation,
    start: int,
    limit: int,
    select: Select | None = None,
) -> tuple[tuple[Fact, ...], int]:
    """Return facts of one kind of relation of an entity (IRI), and the number of entities in it.

    Those of at most ``limit`` entities are returned from ``start`` on, in the order of their IRIs,
    or as ``select`` chooses and orders them. The other arguments are as in
    :func:`describe_entity`.
    """
    number = index.number_of(entity)
    others = neighbor_groups(index, phrasings, entity).get(relation)
    if number is None or others is None:
        return (), 0
    if select is None:
        count, listed = len(others), others[start : start + limit].tolist()
    else:
        chosen = select([index.iri(other) for other in others.tolist()])
        numbers = map(index.number_of, chosen[start : start + limit])
        count, listed = len(chosen), [other for other in numbers if other is not None]
    edges = (pair for other in listed for pair in index.directed_pairs(number, other))
    network = network_data(store, view, index, sorted(edges), [entity], brief=True)
    facts = (fact for key, fact in relation_facts(network, phrasings, entity) if key == relation)
    place = {index.iri(other): order for order, other in enumerate(listed)}
    return tuple(sorted(facts, key=lambda fact: place[fact.value.value])), count
