"""Search, show and relate: beside a look-up, and beside what SPARQL and NetworkX alone would do."""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Iterator, Sequence
from functools import partial

import pyoxigraph as ox

from benchmarks.measure import Cost, Row, calls, kg
from benchmarks.world import World
from kg import KnowledgeGraph
from kg.common.errors import KgError
from kg.network.adjacency.arrays import FOLDER, Adjacency
from kg.store.generations import STORE, current

_CONTAINS = """
SELECT ?thing WHERE {
  ?thing <http://www.w3.org/2004/02/skos/core#prefLabel> ?name
  FILTER(CONTAINS(LCASE(STR(?name)), "management"))
} LIMIT 20
"""
_SHOWN = ("ISO/TC 321", "杭州市", "ISO", "ISO 9001:2015", "SAC", "ISO 100:2000", "浙江省", "IEEE")
_ALL = "SELECT ?thing ?p ?o WHERE { ?thing ?p ?o }"


def rows(world: World) -> Iterator[Row]:
    """Warm calls, then cold commands."""
    graph = KnowledgeGraph.open(world.store)
    bare = ox.Store.read_only(str(current(world.store) / STORE))
    rounds = max(world.rounds, 3)

    def contains() -> object:
        return list(bare.query(_CONTAINS, use_default_graph_as_union=True))  # type: ignore[arg-type]

    names = {hit.name: hit for hit in graph.search("management", limit=100)}
    yield _warm(
        "search, warm",
        calls(lambda: graph.search("management systems"), rounds),
        0.02,
        calls(lambda: names.get("management systems"), rounds),
        None if world.alone else calls(contains, 1),
        "limit: a look-up in a dictionary; people: CONTAINS in SPARQL",
    )
    shown = [thing for thing in _SHOWN if _known(graph, thing)]
    costs = [calls(partial(graph.profile, thing), rounds) for thing in shown]
    looked = [calls(partial(_look_up, bare, graph.resolve(thing)), rounds) for thing in shown]
    told = ", ".join(f"{t} {1000 * c.wall:.0f}" for t, c in zip(shown, costs, strict=True))
    yield _warm(
        "show, warm",
        _median(costs),
        0.02,
        _median(looked),
        None,
        f"median of {len(shown)} things, ms: {told}; limit: one look-up in SPARQL",
    )
    adjacency = Adjacency.open(current(world.store) / FOLDER, graph.views["everything"])
    assert adjacency is not None
    ends = [graph.resolve(name) for name in ("杭州市", "ISO/TC 154")]
    yield _warm(
        "relate, warm",
        calls(lambda: graph.relate("杭州市", "ISO/TC 154"), rounds),
        0.2,
        calls(lambda: _breadth_first(adjacency, *ends), rounds),
        None,
        "limit: breadth first over the arrays, to the first way",
    )
    commands = {
        "search": ("search", "management systems"),
        "show": ("show", "ISO/TC 321"),
        "relate": ("relate", "杭州市", "ISO/TC 154"),
    }
    for name, arguments in commands.items():
        cold = kg(*arguments, rounds=max(3, rounds // 3), store=world.store)
        yield Row(f"kg {name}, cold", cold, target="1 s", reached=cold.wall < 1)


def _known(graph: KnowledgeGraph, thing: str) -> bool:
    try:
        graph.resolve(thing)
    except KgError:
        return False
    return True


def _look_up(store: ox.Store, thing: str) -> object:
    found = store.query(
        _ALL,
        use_default_graph_as_union=True,
        substitutions={ox.Variable("thing"): ox.NamedNode(thing)},
    )
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(row) for row in found]


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs))


def _warm(what: str, ours: Cost, target: float, limit: Cost, peer: Cost | None, notes: str) -> Row:
    told = f"{1000 * target:.0f} ms"
    return Row(what, ours, limit, peer, told, ours.wall <= target, notes)


def _breadth_first(adjacency: Adjacency, one: str, other: str) -> int:
    start, goal = adjacency.find(one), adjacency.find(other)
    assert start is not None
    seen, waiting = {start}, deque([(start, 0)])
    while waiting:
        here, steps = waiting.popleft()
        for near in adjacency.around(here).tolist():
            if near == goal:
                return steps + 1
            if near not in seen:
                seen.add(near)
                waiting.append((near, steps + 1))
    return -1
