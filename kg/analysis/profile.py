"""What a thing is, and everything that is said of it: values and relations, with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.analysis.sentences import PLANNED, Phrasings
from kg.common.bilingual import Text
from kg.common.errors import KgError
from kg.common.namespaces import compact
from kg.entities.groups import specific_kinds
from kg.entities.lookup import attributes, bilingual_labels, query_rows
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.network.model import Edge
from kg.network.networkx_graph import NetworkData, network_data
from kg.network.records import DirectedRelation
from kg.queries.views import View
from kg.store import Store, Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.network.adjacency.arrays import Adjacency

LIMIT: Final = 20
"""How many relations of each kind are told unless one asks for more or fewer."""

_NAMES: Final = """
SELECT DISTINCT ?iri ?name ?lang WHERE {{
    VALUES ?iri {{ {iris} }}
    ?iri skos:altLabel|dcterms:identifier ?name
    BIND(LANG(?name) AS ?lang)
}}"""
_CLAIMED: Final = """
SELECT DISTINCT ?claim ?subject ?property ?value WHERE {
    ?claim a std:Claim .
    GRAPH ?claim { ?subject ?property ?value }
}
ORDER BY ?subject ?property ?value"""

DIRECTIONS: Final = ("value", "out", "in")
"""The groups of facts, in the order in which they are told."""


@dataclass(frozen=True)
class Fact:
    """One thing that is said of a thing.

    ``direction``: ``value`` for a literal or a term of a code list, ``out`` for a relation that
    leads from the thing, ``in`` for one that leads to it. ``property`` is a compact IRI, with its
    name in both languages; ``value`` is the literal or the IRI at the other end, ``shown`` its name
    in both languages. ``sentence`` says a relation in words. Two dates, each as precise as the
    source and empty where there is none: ``date`` is that of the relation, ``when`` that of the
    thing at the other end, which says nothing about when the relation held.
    """

    direction: str
    property: str
    name: Text
    value: Term
    shown: Text
    when: str
    date: str
    sentence: Text | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Part:
    """A kind of relation that a thing has too often to be told in full: ``told`` of ``total``.

    ``direction``, ``property`` and ``name`` are those of the facts that are told.
    """

    direction: str
    property: str
    name: Text
    told: int
    total: int


@dataclass(frozen=True)
class Profile:
    """A thing: its IRI, its names, its kinds with their names, and the facts, in groups.

    ``labels`` are the names of the claims and the sources that prove the facts, by their IRIs;
    ``parts`` the kinds of relations of which only the first are among the facts.
    """

    iri: str
    label: Text
    kinds: tuple[Text, ...]
    names: tuple[str, ...]
    facts: tuple[Fact, ...]
    labels: Mapping[str, Text]
    parts: tuple[Part, ...] = ()


def profile(
    store: Store,
    view: View,
    index: Adjacency,
    phrasings: Phrasings,
    thing: str,
    limit: int | None = LIMIT,
) -> Profile:
    """Tell what the graph holds of a thing.

    ``view`` is the view ``everything``, which finds its relations, with its ``index``; ``thing`` an
    IRI. Values come first, then relations that lead from it, then those that lead to it, each by
    the name of the property. Of each kind of relation the first ``limit`` things are told, in the
    order of their IRIs; all for None. Of a claim, what it states is told. KgError for a limit below
    1.
    """
    if limit is not None and limit < 1:
        raise KgError("a limit is 1 or more")
    node = ox.NamedNode(thing)
    groups = _groups(index, phrasings, thing)
    told = {key: others[:limit] for key, others in groups.items()}
    others = set(chain(*(each.tolist() for each in told.values())))
    number = index.number_of(thing)
    pairs = (
        []
        if number is None
        else [p for other in others for p in index.directed_pairs(number, other)]
    )
    found = network_data(store, view, index, sorted(pairs), [thing], brief=True)
    wanted = {(key, index.iri(other)) for key, others in told.items() for other in others.tolist()}
    relations = [
        (key, fact)
        for key, fact in _relations(found, phrasings, thing)
        if (key, fact.value.value) in wanted
    ]
    values = _values(store, node) or _stated(store, node)
    facts = [*values, *(fact for _, fact in relations)]
    kinds = specific_kinds(store, [thing]).get(thing, [])
    proving = {
        iri for fact in facts for proof in fact.proofs for iri in (proof.claim, proof.source)
    }
    named = bilingual_labels(
        store, {*kinds, *(iri for iri in proving if not proofs.is_record(iri))}
    )
    named |= {iri: Text(compact(iri), compact(iri)) for iri in proving if proofs.is_record(iri)}
    label = found.nodes[thing].label
    return Profile(
        thing,
        label,
        tuple(named[kind] for kind in kinds),
        tuple(
            sorted(
                {name for _, name, _ in query_rows(store, _NAMES, [thing])} - {label.en, label.zh}
            )
        ),
        tuple(sorted(facts, key=_order)),
        {iri: named[iri] for iri in sorted(proving)},
        tuple(_parts(groups, told, relations)),
    )


_Key = tuple[str, str, bool]


def _groups(index: Adjacency, phrasings: Phrasings, thing: str) -> dict[_Key, NDArray[np.int32]]:
    """The neighbors of a thing in ascending order, by direction, property and whether planned."""
    number = index.number_of(thing)
    if number is None:
        return {}
    import numpy as np

    near, joints = index.neighbors_of(number), index.relation_sets_of(number)
    found: dict[_Key, NDArray[np.bool_]] = {}
    for joint in np.flatnonzero(np.bincount(joints)).tolist():
        for key in {_key(link, phrasings) for link in index.relation_sets[joint]}:
            if key not in found:
                found[key] = np.zeros(len(index.relation_sets), dtype=np.bool_)
            found[key][joint] = True
    return {key: near[of_key[joints]] for key, of_key in found.items()}


def _key(link: DirectedRelation, phrasings: Phrasings) -> _Key:
    narrow = link.role in phrasings.narrow_roles
    return "out" if link.outgoing else "in", link.role if narrow else link.relation, link.planned


def _parts(
    groups: Mapping[_Key, NDArray[np.int32]],
    told: Mapping[_Key, NDArray[np.int32]],
    facts: Iterable[tuple[_Key, Fact]],
) -> Iterator[Part]:
    names = {key: fact.name for key, fact in facts}
    for key, others in sorted(groups.items()):
        if len(told[key]) < len(others):
            direction, property_, _ = key
            yield Part(direction, property_, names[key], len(told[key]), len(others))


def _order(fact: Fact) -> tuple[int, str, str, str]:
    return DIRECTIONS.index(fact.direction), fact.name.en, fact.date, fact.shown.en


def _values(store: Store, thing: ox.NamedNode) -> list[Fact]:
    """Literals and terms of code lists: the same value of several sources is one fact.

    What a catalogue lists is proven by the records it was read from.
    """
    records = proofs.records_of(store, [thing.value])
    found: dict[tuple[ox.NamedNode, Term], set[str]] = {}
    for property_, value, claim in attributes(store, thing):
        claims = records.get((claim, thing.value), (claim,))
        found.setdefault((property_, value), set()).update(claims)
    return list(_facts(store, found))


def _stated(store: Store, claim: ox.NamedNode) -> list[Fact]:
    """What a claim states, each statement as a fact of the claim."""
    found: dict[tuple[ox.NamedNode, Term], set[str]] = {}
    for _, _, property_, value in store.select(_CLAIMED, {"claim": claim}).rows:
        if isinstance(property_, ox.NamedNode) and value is not None:
            found.setdefault((property_, value), set()).add(claim.value)
    return list(_facts(store, found))


def _facts(store: Store, found: dict[tuple[ox.NamedNode, Term], set[str]]) -> Iterator[Fact]:
    """Values by property, each with the claims that state it, as facts with their evidence."""
    terms = {term for pair in found for term in pair if isinstance(term, ox.NamedNode)}
    named = bilingual_labels(store, (term.value for term in terms))
    evidence = proofs.of_claims(store, {claim for claims in found.values() for claim in claims})
    for (property_, value), claims in found.items():
        shown = named.get(value.value) if isinstance(value, ox.NamedNode) else None
        yield Fact(
            direction="value",
            property=compact(property_.value),
            name=named[property_.value],
            value=value,
            shown=shown or Text(value.value, value.value),
            when="",
            date="",
            sentence=None,
            proofs=tuple(proof for claim in sorted(claims) for proof in evidence[claim]),
        )


def _relations(found: NetworkData, phrasings: Phrasings, thing: str) -> Iterator[tuple[_Key, Fact]]:
    """The edges that end or begin at the thing as facts, with what they are grouped by."""
    for edge in found.edges:
        outgoing = edge.source == thing
        other = found.nodes[edge.target if outgoing else edge.source]
        link = DirectedRelation(outgoing, edge.relation, edge.role, edge.planned)
        key = _key(link, phrasings)
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
                sentence=phrasings.sentence(found.nodes, edge),
                proofs=edge.evidence(found.proofs),
            ),
        )


def _relation_name(edge: Edge, phrasings: Phrasings) -> Text:
    use_role = edge.planned or edge.role in phrasings.narrow_roles
    label = edge.role_label if use_role else edge.relation_label
    return Text(label.en + PLANNED.en, label.zh + PLANNED.zh) if edge.planned else label
