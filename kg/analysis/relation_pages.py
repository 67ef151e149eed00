"""Facts of one kind of relation of an entity, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analysis.profile import Fact, Relation, neighbor_groups, relation_facts
from kg.analysis.sentences import Phrasings
from kg.network.networkx_graph import network_data
from kg.queries.views import View
from kg.store import Store

if TYPE_CHECKING:
    from kg.network.adjacency.arrays import Adjacency


def facts_of_relation(
    store: Store,
    view: View,
    index: Adjacency,
    phrasings: Phrasings,
    entity: str,
    relation: Relation,
    start: int,
    limit: int,
) -> tuple[tuple[Fact, ...], int]:
    """Return facts of one kind of relation of an entity (IRI), and the number of entities in it.

    Those of at most ``limit`` entities are returned, in the order of their IRIs from ``start`` on.
    The other arguments are as in :func:`describe_entity`.
    """
    number = index.number_of(entity)
    others = neighbor_groups(index, phrasings, entity).get(relation)
    if number is None or others is None:
        return (), 0
    listed = others[start : start + limit].tolist()
    edges = (pair for other in listed for pair in index.directed_pairs(number, other))
    network = network_data(store, view, index, sorted(edges), [entity], brief=True)
    facts = (fact for key, fact in relation_facts(network, phrasings, entity) if key == relation)
    place = {index.iri(other): order for order, other in enumerate(listed)}
    return tuple(sorted(facts, key=lambda fact: place[fact.value.value])), len(others)
