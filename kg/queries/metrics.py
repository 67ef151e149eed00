"""Figures about a network of agents: who is central, which groups form, who bridges them.

Each takes the rows of a network's query (``?source``, ``?target``) and gives a table. Direction and
number of the edges between two things do not count: they are neighbors or they are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.common.namespaces import PREFIXES
from kg.store import Table, Term

if TYPE_CHECKING:
    import networkx as nx

_DECIMAL: Final = ox.NamedNode(PREFIXES["xsd"] + "decimal")
_Row = tuple[Any, ...]


@dataclass(frozen=True)
class Metric:
    """A metric: the columns of its answer, and what computes the rows from a simple graph."""

    columns: tuple[str, ...]
    rows: Callable[[nx.Graph[str]], Iterable[_Row]]


def compute(metric: str, edges: Table) -> Table:
    """Compute a metric (a key of ``METRICS``) over the rows of a network's query.

    ``edges`` has the columns ``source`` and ``target``. Of two things that score alike the one with
    the smaller IRI comes first, so that the same graph gives the same table.
    """
    import networkx as nx

    source, target = edges.columns.index("source"), edges.columns.index("target")
    pairs = {(str(row[source]), str(row[target])) for row in edges.rows}
    graph: nx.Graph[str] = nx.Graph()
    # The names of IRIs stand in angle brackets.
    graph.add_edges_from(sorted((one[1:-1], other[1:-1]) for one, other in pairs if one != other))
    chosen = METRICS[metric]
    return Table(
        chosen.columns, tuple(tuple(map(_term, row)) for row in chosen.rows(graph)) if graph else ()
    )


def _term(value: str | int | float) -> Term:
    if isinstance(value, str):
        return ox.NamedNode(value)
    if isinstance(value, float):
        return ox.Literal(f"{value:.3f}", datatype=_DECIMAL)
    return ox.Literal(value)


def _degree(graph: nx.Graph[str]) -> Iterable[_Row]:
    others = max(len(graph) - 1, 1)
    rows = [(node, degree, degree / others) for node, degree in graph.degree()]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _betweenness(graph: nx.Graph[str]) -> Iterable[_Row]:
    import networkx as nx

    before = nx.number_connected_components(graph)
    rows = []
    for node, score in nx.betweenness_centrality(graph).items():
        if score > 0:
            rest = graph.subgraph(set(graph) - {node})
            parts = nx.number_connected_components(rest) - before + 1
            rows.append((node, score, graph.degree(node), parts))
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _communities(graph: nx.Graph[str]) -> Iterable[_Row]:
    import networkx as nx

    found = nx.community.greedy_modularity_communities(graph)
    ordered = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    for number, group in enumerate(ordered, 1):
        members = set(group)
        inside = {node: len(members & set(graph[node])) for node in group}
        for node in sorted(group, key=lambda node: (-inside[node], node)):
            yield number, node, inside[node], graph.degree(node) - inside[node], len(group)


METRICS: Final[Mapping[str, Metric]] = {
    "degree": Metric(("agent", "partners", "share"), _degree),
    "betweenness": Metric(("agent", "betweenness", "partners", "parts"), _betweenness),
    "communities": Metric(("group", "agent", "inside", "outside", "size"), _communities),
}
"""The metrics by name.

``degree``: the number of a thing's neighbors, and their share of all others (degree centrality,
Freeman 1978). ``betweenness``: the share of the shortest ways between any two others that pass
through a thing (Freeman 1977), its neighbors, and into how many parts its part of the network falls
without it. ``communities``: groups with many edges inside and few between, by greedy growth of
modularity (Clauset, Newman and Moore 2004), the largest first, with each member's neighbors inside
and outside.
"""
