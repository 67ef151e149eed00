"""The canned questions: beside the same SPARQL on the bare engine, and on rdflib."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import pyoxigraph as ox
import rdflib
from rdflib.term import Identifier

from benchmarks.measure import Cost, Row, calls, patiently
from benchmarks.world import World
from kg import KnowledgeGraph
from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES
from kg.queries import questions
from kg.store import Term
from kg.store.generations import STORE, current

_TIMES = 1.2
_SLOW = 1.0
_PATIENCE = 3
"""Seconds after which rdflib is given up."""


def rows(world: World) -> Iterator[Row]:
    """Every question on the built graph; those of the article on rdflib too."""
    graph = KnowledgeGraph.open(world.store)
    bare = ox.Store.read_only(str(current(world.store) / STORE))
    ours: dict[str, Cost] = {}
    limits: dict[str, Cost] = {}
    left: list[str] = []
    for name, question in graph.questions.items():
        try:
            bound = questions.bind_parameters(graph.store, question, {})
        except KgError:
            # It asks for a document by default that these sources do not list.
            left.append(name)
            continue
        rounds = world.rounds
        ours[name] = calls(partial(questions.answer_question, graph.store, question, bound), rounds)

        if not world.alone:
            limits[name] = calls(partial(_bare, bare, question.sparql, bound), rounds)
    yield _all(ours, limits, left)
    scans = {name for name in ours if graph.questions[name].scans}
    found = {name: cost for name, cost in ours.items() if name not in scans}
    slow = _slowest(found, _SLOW)
    yield Row(
        "a question in the median, of those that need not read all",
        _median(found),
        target="none over 1 s of CPU",
        reached=not slow,
        notes=f"over 1 s: {slow or 'none'}; slowest: {_slowest(found)}",
        by_cpu=True,
    )
    if scans:
        read = {name: ours[name] for name in scans}
        yield Row(
            "a question in the median, of those that say that they read all",
            _median(read),
            notes=f"slowest: {_slowest(read)}",
            by_cpu=True,
        )
    if not world.alone:
        yield _beside_rdflib(world)


def _all(ours: Mapping[str, Cost], limits: Mapping[str, Cost], left: Sequence[str]) -> Row:
    notes = f"{len(ours)} questions; not asked: {', '.join(left) or 'none'}"
    if not limits:
        return Row("all questions, one after another", _sum(ours), notes=notes)
    ratios = [ours[name].wall / max(limits[name].wall, 1e-6) for name in limits]
    return Row(
        "all questions, one after another",
        _sum(ours),
        _sum(limits),
        target=f"{_TIMES} times the limit in the median",
        reached=statistics.median(ratios) <= _TIMES,
        notes=f"{notes}; median ratio {statistics.median(ratios):.2f}, largest {max(ratios):.2f}",
    )


def _sum(costs: Mapping[str, Cost]) -> Cost:
    return Cost(sum(c.wall for c in costs.values()), sum(c.cpu for c in costs.values()))


def _median(costs: Mapping[str, Cost]) -> Cost:
    return Cost(
        statistics.median(c.wall for c in costs.values()),
        statistics.median(c.cpu for c in costs.values()),
    )


def _slowest(costs: Mapping[str, Cost], over: float = 0, most: int = 5) -> str:
    # By CPU, for a question runs on one thread, and others may be at work on the machine.
    names = sorted((n for n in costs if costs[n].cpu > over), key=lambda n: -costs[n].cpu)
    return ", ".join(f"{name} {costs[name].cpu:.2f}" for name in names[: None if over else most])


def _bare(store: ox.Store, sparql: str, bound: Mapping[str, Term]) -> list[tuple[object, ...]]:
    found = store.query(
        sparql,
        base_iri=BASE,
        prefixes=PREFIXES,
        use_default_graph_as_union=True,
        substitutions={ox.Variable(name): term for name, term in bound.items()},
    )
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(row) for row in found]


def _beside_rdflib(world: World) -> Row:
    graph = KnowledgeGraph.in_memory()
    dataset = rdflib.Dataset(default_union=True)
    text = ox.serialize(graph.store.quads(), format=ox.RdfFormat.N_QUADS) or b""
    dataset.parse(data=text.decode("utf-8"), format="nquads")
    prologue = f"BASE <{BASE}>\n" + "".join(f"PREFIX {p}: <{i}>\n" for p, i in PREFIXES.items())
    ours, theirs, ended = [], [], []
    for name, question in graph.questions.items():
        if question.needs:
            continue
        bound = questions.bind_parameters(graph.store, question, {})
        own = calls(partial(graph.store.select, question.sparql, bound), world.rounds)
        known = {n: _term(t) for n, t in bound.items()}
        try:
            took = patiently(partial(_asked, dataset, prologue + question.sparql, known), _PATIENCE)
        except Exception as error:  # noqa: BLE001
            ended.append(f"{name} ({type(error).__name__})")
            continue
        if took is None:
            ended.append(f"{name} (given up after {_PATIENCE} s)")
            continue
        ours.append(own.wall)
        theirs.append(took.wall)
    ratio = statistics.median(t / o for t, o in zip(theirs, ours, strict=True))
    return Row(
        "questions of the article, its graph in memory",
        Cost(sum(ours), 0),
        None,
        Cost(sum(theirs), 0),
        "10 times faster than rdflib in the median",
        ratio >= 10,
        f"median {ratio:.0f} times faster; rdflib can't answer: {', '.join(ended) or 'none'}",
    )


def _asked(dataset: rdflib.Dataset, sparql: str, known: Mapping[str, Identifier]) -> object:
    return list(dataset.query(sparql, initBindings=dict(known)))


def _term(term: Term) -> Identifier:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, ox.Literal)
    return (
        rdflib.Literal(term.value, lang=term.language)
        if term.language
        else rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    )
