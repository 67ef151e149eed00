"""Edges that share a line in pictures, since they state the same relation between two nodes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.network.model import Edge, by_ends

SUBCLASS: Final = "rdfs:subClassOf"
"""The relation drawn with a hollow arrowhead instead of a label."""


def group_edges(edges: Iterable[Edge]) -> list[tuple[Edge, ...]]:
    """Group the edges that share a line: one relation, in one direction, between two nodes.

    A symmetric relation has no direction. Of edges without claims, which have no evidence to point
    at, all relations of one direction share a line, except that to a superclass.
    """
    groups: dict[tuple[object, ...], list[Edge]] = {}
    for edge in sorted(edges, key=by_ends):
        ends = edge.source, edge.target
        own = edge.claims or edge.relation == SUBCLASS
        relation = (edge.relation, edge.planned) if own else ()
        groups.setdefault(
            (sorted(ends)[0], sorted(ends)[1], *relation) if edge.symmetric else (*ends, *relation),
            [],
        ).append(edge)
    return [tuple(group) for group in groups.values()]
