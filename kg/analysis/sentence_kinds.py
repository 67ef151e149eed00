"""Kinds of sentences: one example for each relation, role and phrased node of a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.analysis.sentences import Phrasings
from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.network.model import Edge, by_ends
from kg.network.networkx_graph import NetworkData


@dataclass(frozen=True)
class SentenceKind:
    """A kind of sentence with an example.

    ``name`` is the relation (compact IRI), the role that narrows it, or the class or basis of a
    phrased node, with ``planned`` if the sentence is about a plan. ``sentence`` begins with the
    source of the edge, ``inverse`` with its target; they are equal where no direction is told.
    """

    name: str
    planned: bool
    edge: Edge
    sentence: Text
    inverse: Text


def sentence_kinds(network: NetworkData, phrasings: Phrasings) -> Iterator[SentenceKind]:
    """Yield the kinds of sentences of a network by name, each with its first edge by IRI."""
    first: dict[tuple[str, bool], Edge] = {}
    for edge in sorted(network.edges, key=by_ends):
        first.setdefault((kind_name(edge, phrasings), edge.planned), edge)
    for (name, planned), edge in sorted(first.items()):
        yield SentenceKind(
            name,
            planned,
            edge,
            phrasings.sentence(network.nodes, edge),
            phrasings.sentence(network.nodes, edge, start=edge.target),
        )


def kind_name(edge: Edge, phrasings: Phrasings) -> str:
    """Return the name of the kind of an edge's sentence."""
    if phrasings.nodes.sentence(edge.source, "en"):
        return compact(phrasings.nodes.template_of[edge.source])
    if edge.via and not edge.role:
        return f"{edge.relation}, of a participation"
    return edge.role if edge.role in phrasings.narrow_roles else edge.relation
