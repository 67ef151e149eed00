"""The canned questions, compared with the same SPARQL on the bare engine and on rdflib."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib.term import Identifier

from benchmarks.measure import Cost, Row, calls, one_call_within
from benchmarks.workload import Workload
from kg import KnowledgeGraph
from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES
from kg.queries import questions
from kg.store import Term
from kg.store.generations import STORE, current_generation

_TIMES_LIMIT: Final = 1.2
_SLOW: Final = 1.0
_TIMEOUT: Final = 3
"""Seconds after which rdflib is aborted."""


def rows(workload: Workload) -> Iterator[Row]:
    """Measure every question on the built graph, and those of the article on rdflib too."""
    graph = KnowledgeGraph.open(workload.store)
    bare = ox.Store.read_only(str(current_generation(workload.store) / STORE))
    ours: dict[str, Cost] = {}
    limits: dict[str, Cost] = {}
    skipped: list[str] = []
    for name, question in graph.questions.items():
        try:
            bound = questions.bind_parameters(graph.store, question, {})
        except KgError:
            # Its default is an entity that is missing in these sources.
            skipped.append(name)
            continue
        rounds = workload.rounds
        ours[name] = calls(partial(questions.answer_question, graph.store, question, bound), rounds)

        if not workload.without_peers:
            limits[name] = calls(partial(_run_bare, bare, question.query(bound), bound), rounds)
    yield _all_questions(ours, limits, skipped)
    scanning = {name for name in ours if graph.questions[name].scans}
    indexed = {name: cost for name, cost in ours.items() if name not in scanning}
    slow = _slowest(indexed, _SLOW)
    yield Row(
        "median question, without full scans",
        _median(indexed),
        target="none over 1 s of CPU",
        reached=not slow,
        notes=f"over 1 s: {slow or 'none'}; slowest: {_slowest(indexed)}",
        by_cpu=True,
    )
    if scanning:
        scans = {name: ours[name] for name in scanning}
        yield Row(
            "median question, full scans",
            _median(scans),
            notes=f"slowest: {_slowest(scans)}",
            by_cpu=True,
        )
    if not workload.without_peers:
        yield _beside_rdflib(workload)


def _all_questions(
    ours: Mapping[str, Cost], limits: Mapping[str, Cost], skipped: Sequence[str]
) -> Row:
    notes = f"{len(ours)} questions; skipped: {', '.join(skipped) or 'none'}"
    if not limits:
        return Row("all questions in sequence", _sum(ours), notes=notes)
    ratios = [ours[name].wall / max(limits[name].wall, 1e-6) for name in limits]
    return Row(
        "all questions in sequence",
        _sum(ours),
        _sum(limits),
        target=f"median {_TIMES_LIMIT} times the limit",
        reached=statistics.median(ratios) <= _TIMES_LIMIT,
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
    # By CPU: a question runs on one thread, and the machine may be busy with other work.
    names = sorted((n for n in costs if costs[n].cpu > over), key=lambda n: -costs[n].cpu)
    return ", ".join(f"{name} {costs[name].cpu:.2f}" for name in names[: None if over else most])


def _run_bare(store: ox.Store, sparql: str, bound: Mapping[str, Term]) -> list[tuple[object, ...]]:
    solutions = store.query(
        sparql,
        base_iri=BASE,
        prefixes=PREFIXES,
        use_default_graph_as_union=True,
        substitutions={ox.Variable(name): term for name, term in bound.items()},
    )
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(row) for row in solutions]


def _beside_rdflib(workload: Workload) -> Row:
    graph = KnowledgeGraph.in_memory()
    dataset = rdflib.Dataset(default_union=True)
    text = ox.serialize(graph.store.quads(), format=ox.RdfFormat.N_QUADS) or b""
    dataset.parse(data=text.decode("utf-8"), format="nquads")
    prologue = f"BASE <{BASE}>\n" + "".join(f"PREFIX {p}: <{i}>\n" for p, i in PREFIXES.items())
    ours, theirs, failed = [], [], []
    for name, question in graph.questions.items():
        if question.needs:
            continue
        bound = questions.bind_parameters(graph.store, question, {})
        our_cost = calls(partial(graph.store.select, question.sparql, bound), workload.rounds)
        bindings = {name: _rdflib_term(term) for name, term in bound.items()}
        try:
            peer_cost = one_call_within(
                partial(_ask_rdflib, dataset, prologue + question.sparql, bindings), _TIMEOUT
            )
        except Exception as error:  # noqa: BLE001
            failed.append(f"{name} ({type(error).__name__})")
            continue
        if peer_cost is None:
            failed.append(f"{name} (given up after {_TIMEOUT} s)")
            continue
        ours.append(our_cost.wall)
        theirs.append(peer_cost.wall)
    ratio = statistics.median(t / o for t, o in zip(theirs, ours, strict=True))
    return Row(
        "questions about the article, in memory",
        Cost(sum(ours), 0),
        None,
        Cost(sum(theirs), 0),
        "median 10 times faster than rdflib",
        ratio >= 10,
        f"median {ratio:.0f} times faster; rdflib can't answer: {', '.join(failed) or 'none'}",
    )


def _ask_rdflib(dataset: rdflib.Dataset, sparql: str, bindings: Mapping[str, Identifier]) -> object:
    return list(dataset.query(sparql, initBindings=dict(bindings)))


def _rdflib_term(term: Term) -> Identifier:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, ox.Literal)
    return (
        rdflib.Literal(term.value, lang=term.language)
        if term.language
        else rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    )
