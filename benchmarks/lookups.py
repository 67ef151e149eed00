"""Search, show and relate, compared with bare lookups and plain SPARQL."""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import pyoxigraph as ox

from benchmarks.measure import Cost, Row, calls, kg
from benchmarks.workload import Workload
from kg import KnowledgeGraph
from kg.common.errors import KgError
from kg.network.adjacency.arrays import FOLDER, Adjacency
from kg.store.generations import STORE, current_generation

_CONTAINS: Final = """
SELECT ?thing WHERE {
  ?thing <http://www.w3.org/2004/02/skos/core#prefLabel> ?name
  FILTER(CONTAINS(LCASE(STR(?name)), "management"))
} LIMIT 20
"""
_ENTITIES: Final = (
    *("ISO/TC 321", "杭州市", "ISO", "ISO 9001:2015", "SAC", "ISO 100:2000", "浙江省", "IEEE"),
)
_ALL: Final = "SELECT ?thing ?p ?o WHERE { ?thing ?p ?o }"


def rows(workload: Workload) -> Iterator[Row]:
    """Measure warm calls, then cold commands."""
    graph = KnowledgeGraph.open(workload.store)
    bare = ox.Store.read_only(str(current_generation(workload.store) / STORE))
    rounds = max(workload.rounds, 3)

    def contains() -> object:
        return list(bare.query(_CONTAINS, use_default_graph_as_union=True))  # type: ignore[arg-type]

    by_name = {hit.name: hit for hit in graph.search("management", limit=100)}
    yield _warm_row(
        "search, warm",
        calls(lambda: graph.search("management systems"), rounds),
        0.02,
        calls(lambda: by_name.get("management systems"), rounds),
        None if workload.without_peers else calls(contains, 1),
        "limit: a dictionary lookup; peer: CONTAINS in SPARQL",
    )
    entities = [entity for entity in _ENTITIES if _is_known(graph, entity)]
    costs = [calls(partial(graph.profile, entity), rounds) for entity in entities]
    limits = [calls(partial(_look_up, bare, graph.resolve(entity)), rounds) for entity in entities]
    times = ", ".join(f"{e} {1000 * c.wall:.0f}" for e, c in zip(entities, costs, strict=True))
    yield _warm_row(
        "show, warm",
        _median(costs),
        0.02,
        _median(limits),
        None,
        f"median of {len(entities)} entities, in ms: {times}; limit: one lookup in SPARQL",
    )
    adjacency = Adjacency.open(
        current_generation(workload.store) / FOLDER, graph.views["everything"]
    )
    assert adjacency is not None
    ends = [graph.resolve(name) for name in ("杭州市", "ISO/TC 154")]
    yield _warm_row(
        "relate, warm",
        calls(lambda: graph.relate("杭州市", "ISO/TC 154"), rounds),
        0.2,
        calls(lambda: _breadth_first(adjacency, *ends), rounds),
        None,
        "limit: breadth-first search in the arrays, up to the first path",
    )
    commands = {
        "search": ("search", "management systems"),
        "show": ("show", "ISO/TC 321"),
        "relate": ("relate", "杭州市", "ISO/TC 154"),
    }
    for name, arguments in commands.items():
        cold = kg(*arguments, rounds=max(3, rounds // 3), store=workload.store)
        yield Row(f"kg {name}, cold", cold, target="1 s", reached=cold.wall < 1)


def _is_known(graph: KnowledgeGraph, entity: str) -> bool:
    try:
        graph.resolve(entity)
    except KgError:
        return False
    return True


def _look_up(store: ox.Store, entity: str) -> object:
    solutions = store.query(
        _ALL,
        use_default_graph_as_union=True,
        substitutions={ox.Variable("thing"): ox.NamedNode(entity)},
    )
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(row) for row in solutions]


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs))


def _warm_row(
    what: str, ours: Cost, target: float, limit: Cost, peer: Cost | None, notes: str
) -> Row:
    shown = f"{1000 * target:.0f} ms"
    return Row(what, ours, limit, peer, shown, ours.wall <= target, notes)


def _breadth_first(adjacency: Adjacency, start_iri: str, goal_iri: str) -> int:
    start, goal = adjacency.number_of(start_iri), adjacency.number_of(goal_iri)
    assert start is not None
    seen, queue = {start}, deque([(start, 0)])
    while queue:
        node, steps = queue.popleft()
        for neighbor in adjacency.neighbors_of(node).tolist():
            if neighbor == goal:
                return steps + 1
            if neighbor not in seen:
                seen.add(neighbor)
                queue.append((neighbor, steps + 1))
    return -1
