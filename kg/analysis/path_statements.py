"""Paths as statements: sentences with their evidence, read from the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.analysis.path_groups import WEAK, PathGroup
from kg.analysis.relation_kinds import UNDIRECTED
from kg.analysis.sentences import Phrasings
from kg.common.bilingual import Text
from kg.common.namespaces import compact, iri
from kg.entities.lookup import bilingual_labels
from kg.evidence.proofs import Proof
from kg.network.adjacency.arrays import Adjacency
from kg.network.model import UNNAMED, Edge, Node
from kg.network.networkx_graph import NetworkData, network_data
from kg.network.records import DirectedRelation
from kg.queries.views import View
from kg.store import Store

if TYPE_CHECKING:
    from kg.analysis.relations import Relations

_ANY: Final = Node("", Text("…", "……"))
"""Stands for whatever varies."""
_SEPARATOR: Final = Text("; ", "；")


@dataclass(frozen=True)
class Statement:
    """An edge as a sentence in both languages, with its date and evidence.

    ``source``, ``target`` and ``via`` (or empty) are IRIs, ``relation`` is a compact IRI. ``date``
    is as precise as the source, or empty.
    """

    source: str
    relation: str
    target: str
    via: str
    date: str
    sentence: Text
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Alike:
    """A path that says the same as another, through other ``stations`` (IRIs).

    ``proofs`` are the evidence of the steps that the other does not have.
    """

    stations: tuple[str, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, repr=False)
class Way:
    """How two entities are related: a path, and all others that say the same.

    ``stations`` are its nodes (IRIs) from the first entity to the second, ``steps`` the statements
    between each station and the next; ``cost`` ranks ways (see :mod:`kg.analysis.paths`).
    ``count`` is the number of paths that say the same, each counted once for what lies between the
    entities or what stands for them. ``alike`` are the most telling others, ``varieties`` the
    exact relations of all, as sentences with the number of paths that have them; a path can have
    several.
    """

    cost: float
    stations: tuple[str, ...]
    steps: tuple[tuple[Statement, ...], ...]
    count: int
    alike: tuple[Alike, ...]
    varieties: tuple[tuple[Text, int], ...]

    @property
    def weak(self) -> bool:
        """Whether it says little: that both are in a wide field, or are joined through a hub."""
        return self.cost > WEAK

    def __repr__(self) -> str:
        return f"<Way [{self.cost:.2f}] {' – '.join(map(compact, self.stations))}>"


class StatementReader:
    """The statements between the stations of paths, read from the store."""

    def __init__(self, network: NetworkData, terms: Mapping[str, Text]) -> None:
        self.network, self.terms = network, terms
        self.edges: dict[frozenset[str], list[Edge]] = {}
        for edge in network.edges:
            self.edges.setdefault(frozenset((edge.source, edge.target)), []).append(edge)

    @classmethod
    def read(
        cls, store: Store, view: View, index: Adjacency, groups: Iterable[PathGroup]
    ) -> StatementReader:
        """Read the edges of all paths of some groups, and the labels of their relations."""
        groups = list(groups)
        pairs = {pair for group in groups for path in group.paths for pair in pairwise(path)}
        edges = {edge for pair in pairs for edge in index.directed_pairs(*pair)}
        sets = {each for group in groups for relations in group.relations for each in relations}
        terms = _labels_of_terms(
            store, (each for set_ in sets for each in index.relation_sets[set_])
        )
        return cls(network_data(store, view, index, sorted(edges), brief=True), terms)

    def to_way(self, index: Adjacency, phrasings: Phrasings, group: PathGroup) -> Way:
        """Return a group as sentences with evidence."""
        first, *others = ([index.iri(number) for number in path] for path in group.paths)
        return Way(
            group.cost,
            tuple(first),
            tuple(self.statements(phrasings, *pair) for pair in pairwise(first)),
            group.count,
            tuple(Alike(tuple(path), tuple(self.proofs(path, first))) for path in others),
            tuple(self.varieties(index, phrasings, group)),
        )

    def proofs(self, path: Iterable[str], known: Iterable[str]) -> Iterator[Proof]:
        """Yield the evidence of the steps of a path (IRIs) that another does not have."""
        others = set(pairwise(known))
        for pair in pairwise(path):
            if pair not in others:
                for edge in self.edges_between(*pair):
                    yield from edge.evidence(self.network.proofs)

    def edges_between(self, first: str, second: str) -> list[Edge]:
        """Return the edges between two nodes, first those that start at ``first``."""
        edges = self.edges.get(frozenset((first, second)), [])
        return sorted(edges, key=lambda edge: edge.source != first)

    def statements(self, phrasings: Phrasings, first: str, second: str) -> tuple[Statement, ...]:
        """Return the edges between two nodes as statements."""
        statements = []
        for edge in self.edges_between(first, second):
            sentence = phrasings.sentence(self.network.nodes, edge, start=first)
            fields = (edge.source, edge.relation, edge.target, edge.via, edge.span.text)
            statements.append(Statement(*fields, sentence, edge.evidence(self.network.proofs)))
        return tuple(statements)

    def varieties(
        self, index: Adjacency, phrasings: Phrasings, group: PathGroup
    ) -> Iterator[tuple[Text, int]]:
        """Yield the exact relations of a group's paths as sentences, the most frequent first."""
        counts: Counter[tuple[DirectedRelation, ...]] = Counter()
        for sets, count in group.relations.items():
            steps = [sorted(set(map(_one_way, index.relation_sets[each]))) for each in sets]
            counts.update(dict.fromkeys(product(*steps), count))
        names = [index.iri(number) if number >= 0 else "" for number in group.fixed]
        nodes = {**self.network.nodes, "": _ANY}
        for relations, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            said = [
                phrasings.sentence(nodes, _edge(*pair, relation, self.terms), start=pair[0])
                for pair, relation in zip(pairwise(names), relations, strict=True)
            ]
            english = _SEPARATOR.en.join(each.en for each in said)
            yield Text(english, _SEPARATOR.zh.join(each.zh for each in said)), count


def count_relations(store: Store, relations: Relations, entity: str) -> list[tuple[Text, int]]:
    """Return the relations of an entity (IRI) as sentences, with the number of others in each."""
    index, phrasings = relations.index, relations.phrasings
    number = index.number_of(entity)
    if number is None:
        return []
    counts: Counter[DirectedRelation] = Counter()
    sets, numbers = np.unique(index.relation_sets_of(number), return_counts=True)
    for set_, count in zip(sets.tolist(), numbers.tolist(), strict=True):
        counts.update(dict.fromkeys(map(_one_way, index.relation_sets[set_]), count))
    labels = bilingual_labels(store, [entity])
    nodes = {entity: Node(entity, labels[entity]), "": _ANY}
    terms = _labels_of_terms(store, counts)
    return [
        (phrasings.sentence(nodes, _edge(entity, "", relation, terms), start=entity), count)
        for relation, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _labels_of_terms(store: Store, relations: Iterable[DirectedRelation]) -> dict[str, Text]:
    """Return the labels of relations and roles, by compact IRI."""
    terms = {term for each in relations for term in (each.relation, each.role) if term}
    return {
        compact(term): label for term, label in bilingual_labels(store, map(iri, terms)).items()
    }


def _edge(first: str, second: str, relation: DirectedRelation, terms: Mapping[str, Text]) -> Edge:
    """Return an edge between two nodes, without dates and claims."""
    source, target = (first, second) if relation.outgoing else (second, first)
    return Edge(
        source=source,
        target=target,
        key="",
        relation=relation.relation,
        relation_label=terms.get(relation.relation, UNNAMED),
        role=relation.role,
        role_label=terms.get(relation.role, UNNAMED),
        planned=relation.planned,
    )


def _one_way(relation: DirectedRelation) -> DirectedRelation:
    return relation._replace(outgoing=relation.outgoing or relation.relation in UNDIRECTED)
