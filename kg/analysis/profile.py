"""Profile of an entity: its names, kinds, values and relations, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.analysis.editions import editions_of_work
from kg.analysis.model import DIRECTIONS, Fact, Profile, TruncatedRelation
from kg.analysis.past_values import values_of_day
from kg.analysis.relations import Relations
from kg.analysis.sentences import PLANNED, Phrasings
from kg.analysis.status_proofs import proofs_of_statuses
from kg.common.bilingual import Text
from kg.common.errors import ArgumentError
from kg.common.namespaces import compact
from kg.entities.as_of import status_reader
from kg.entities.groups import specific_kinds
from kg.entities.index import name_index
from kg.entities.lookup import attributes, bilingual_labels, query_rows
from kg.evidence import proofs
from kg.evidence.records import Statement, records_of_statements
from kg.network.model import Edge
from kg.network.networkx_graph import NetworkData, network_data
from kg.network.records import DirectedRelation
from kg.store import Store, Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.network.adjacency.arrays import Adjacency

LIMIT: Final = 20
"""Default maximum of entities listed for each kind of relation."""

_NAMES: Final = """
SELECT DISTINCT ?iri ?name ?lang WHERE {{
    VALUES ?iri {{ {iris} }}
    ?iri skos:altLabel|dcterms:identifier ?name
    BIND(LANG(?name) AS ?lang)
}}"""
_STATEMENTS: Final = """
SELECT DISTINCT ?claim ?subject ?property ?value WHERE {
    ?claim a std:Claim .
    GRAPH ?claim { ?subject ?property ?value }
}
ORDER BY ?subject ?property ?value"""


def describe_entity(
    store: Store, relations: Relations, entity: str, limit: int | None = LIMIT
) -> Profile:
    """Return the profile of an entity (IRI); for a claim, with the claim's statements.

    For each kind of relation the first ``limit`` entities by IRI are listed, all for None. With the
    relations of an earlier day, it is that of the day. Raises ArgumentError for a limit below 1.
    """
    if limit is not None and limit < 1:
        raise ArgumentError("the limit must be 1 or more")
    entity_node = ox.NamedNode(entity)
    index, phrasings, past = relations.index, relations.phrasings, relations.past
    groups = neighbor_groups(index, phrasings, entity)
    listed = {key: others[:limit] for key, others in groups.items()}
    others = set(chain(*(each.tolist() for each in listed.values())))
    number = index.number_of(entity)
    edges = (
        []
        if number is None
        else [pair for other in others for pair in index.directed_pairs(number, other)]
    )
    network = network_data(store, relations.view, index, sorted(edges), [entity], brief=True)
    wanted = {(key, index.iri(other)) for key, each in listed.items() for other in each.tolist()}
    related = [
        (key, fact)
        for key, fact in relation_facts(network, phrasings, entity)
        if (key, fact.value.value) in wanted
    ]
    values = _values(store, entity_node) or _statements_of_claim(store, entity_node)
    values, notes = values_of_day(values, past, entity) if past else (values, ())
    facts = [*values, *(fact for _, fact in related)]
    kinds = specific_kinds(store, [entity]).get(entity, [])
    evidence = {
        iri for fact in facts for proof in fact.proofs for iri in (proof.claim, proof.source)
    }
    names = name_index(store)
    status_of = status_reader(store, names, past.day if past else None)
    status = status_of(entity)
    editions, edition_count = editions_of_work(store, names, entity, status_of, limit)
    [status_proofs] = proofs_of_statuses(store, [status])
    named = set(chain(status.named, *(each.status.named for each in editions)))
    records = set(filter(proofs.is_record, evidence))
    labels = bilingual_labels(store, {*kinds, *named, *(evidence - records)})
    labels |= {iri: Text(compact(iri), compact(iri)) for iri in records}
    label = network.nodes[entity].label
    other_names = {name for _, name, _ in query_rows(store, _NAMES, [entity])}
    return Profile(
        entity,
        label,
        tuple(labels[kind] for kind in kinds),
        tuple(sorted(other_names - {label.en, label.zh})),
        tuple(sorted(facts, key=_order)),
        {iri: labels[iri] for iri in sorted(evidence | named)},
        tuple(_truncated(groups, listed, related)),
        status,
        status_proofs,
        editions,
        edition_count,
        notes,
    )


Relation: TypeAlias = tuple[str, str, bool]
"""A kind of relation: its direction, its property (compact IRI), and whether it is planned."""


def neighbor_groups(
    index: Adjacency, phrasings: Phrasings, entity: str
) -> dict[Relation, NDArray[np.int32]]:
    """Return the neighbors of an entity, ascending, by kind of relation."""
    number = index.number_of(entity)
    if number is None:
        return {}
    import numpy as np

    near, sets = index.neighbors_of(number), index.relation_sets_of(number)
    masks: dict[Relation, NDArray[np.bool_]] = {}
    for relation_set in np.flatnonzero(np.bincount(sets)).tolist():
        for key in {_key(relation, phrasings) for relation in index.relation_sets[relation_set]}:
            if key not in masks:
                masks[key] = np.zeros(len(index.relation_sets), dtype=np.bool_)
            masks[key][relation_set] = True
    return {key: near[mask[sets]] for key, mask in masks.items()}


def _key(relation: DirectedRelation, phrasings: Phrasings) -> Relation:
    direction = "out" if relation.outgoing else "in"
    property_ = relation.role if relation.role in phrasings.narrow_roles else relation.relation
    return direction, property_, relation.planned


def _truncated(
    groups: Mapping[Relation, NDArray[np.int32]],
    listed: Mapping[Relation, NDArray[np.int32]],
    facts: Iterable[tuple[Relation, Fact]],
) -> Iterator[TruncatedRelation]:
    relation_names = {key: fact.name for key, fact in facts}
    for key, others in sorted(groups.items()):
        count = len(listed[key])
        if count < len(others):
            direction, property_, planned = key
            name = relation_names[key]
            yield TruncatedRelation(direction, property_, name, count, len(others), planned)


def _order(fact: Fact) -> tuple[int, str, str, str]:
    return DIRECTIONS.index(fact.direction), fact.name.en, fact.date, fact.shown.en


def _values(store: Store, entity: ox.NamedNode) -> list[Fact]:
    """Return the literals and concepts of an entity; a value with several sources is one fact.

    The evidence of a value from a catalogue is the records that state it.
    """
    values = list(attributes(store, entity))
    records = records_of_statements(
        store,
        (
            Statement(claim, entity, property_, value)
            for property_, value, claim in values
            if proofs.is_catalogue_claim(claim)
        ),
    )
    claims_of: dict[tuple[ox.NamedNode, Term], set[str]] = {}
    for property_, value, claim in values:
        stated_by = records.get(Statement(claim, entity, property_, value)) or (claim,)
        claims_of.setdefault((property_, value), set()).update(stated_by)
    return list(_facts(store, claims_of))


def _statements_of_claim(store: Store, claim: ox.NamedNode) -> list[Fact]:
    """Return the statements of a claim as facts of the claim."""
    claims_of: dict[tuple[ox.NamedNode, Term], set[str]] = {}
    for _, _, property_, value in store.select(_STATEMENTS, {"claim": claim}).rows:
        if isinstance(property_, ox.NamedNode) and value is not None:
            claims_of.setdefault((property_, value), set()).add(claim.value)
    return list(_facts(store, claims_of))


def _facts(store: Store, claims_of: Mapping[tuple[ox.NamedNode, Term], set[str]]) -> Iterator[Fact]:
    """Yield pairs of property and value, given with the claims that state them, as facts."""
    terms = {term for pair in claims_of for term in pair if isinstance(term, ox.NamedNode)}
    labels = bilingual_labels(store, (term.value for term in terms))
    evidence = proofs.proofs_of_claims(store, {c for claims in claims_of.values() for c in claims})
    for (property_, value), claims in claims_of.items():
        label = labels.get(value.value) if isinstance(value, ox.NamedNode) else None
        yield Fact(
            direction="value",
            property=compact(property_.value),
            name=labels[property_.value],
            value=value,
            shown=label or Text(value.value, value.value),
            when="",
            date="",
            sentence=None,
            proofs=tuple(proof for claim in sorted(claims) for proof in evidence[claim]),
        )


def relation_facts(
    network: NetworkData, phrasings: Phrasings, entity: str
) -> Iterator[tuple[Relation, Fact]]:
    """Yield the edges of an entity as facts, each with its kind of relation."""
    for edge in network.edges:
        outgoing = edge.source == entity
        other = network.nodes[edge.target if outgoing else edge.source]
        relation = DirectedRelation(outgoing, edge.relation, edge.role, edge.planned)
        key = _key(relation, phrasings)
        direction, property_, _ = key
        yield (
            key,
            Fact(
                direction=direction,
                property=property_,
                name=_relation_name(edge, phrasings),
                value=ox.NamedNode(other.iri),
                shown=other.label,
                when=other.span.text,
                date=edge.span.text,
                sentence=phrasings.sentence(network.nodes, edge, start=entity),
                proofs=edge.evidence(network.proofs),
                planned=edge.planned,
                heading=_heading(phrasings, key),
            ),
        )


def _heading(phrasings: Phrasings, relation: Relation) -> Text:
    direction, property_, planned = relation
    return Text(
        *(
            phrasings.heading(property_, inverse=direction == "in", planned=planned, lang=lang)
            for lang in ("en", "zh")
        )
    )


def _relation_name(edge: Edge, phrasings: Phrasings) -> Text:
    use_role = edge.planned or edge.role in phrasings.narrow_roles
    label = edge.role_label if use_role else edge.relation_label
    return Text(label.en + PLANNED.en, label.zh + PLANNED.zh) if edge.planned else label
