"""Summary of a catalogue report: results counted by shape and publisher, each with an example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from kg.common.namespaces import BASE
from kg.store import Store, Term
from kg.validation import bulk_engine
from kg.validation.bulk_engine import BulkResult
from kg.validation.catalogues import CatalogueReport
from kg.validation.result_records import Fault, find_record, records_of_faults

SEVERITIES: Final = ("Violation", "Warning", "Info")
"""Severities of SHACL, worst first."""

_ROOT_DEPTH: Final = BASE.count("/")
"""Number of slashes in an IRI directly under the base, such as that of ISO."""
_PUBLISHERS: Final = """
SELECT ?thing ?publisher WHERE {
    { SELECT DISTINCT ?graph WHERE { ?graph a std:Catalogue } }
    GRAPH ?graph { ?thing std:publisher ?publisher }
}
"""
_NAME: Final = """
SELECT ?name ?thing WHERE { ?thing skos:prefLabel ?name } ORDER BY STRLEN(LANG(?name)) ?name LIMIT 1
"""


@dataclass(frozen=True)
class ExampleResult:
    """A result with the name of its focus node, the wrong property and value, and its origin.

    ``graph`` (of the catalogue) and ``record`` are IRIs, empty where unknown.
    """

    focus: str
    name: str
    path: str
    value: str
    graph: str
    record: str


@dataclass(frozen=True)
class ResultCount:
    """The number of results of a shape on the documents and committees of one body.

    ``shape`` is an IRI, ``severity`` one of ``SEVERITIES``. ``body`` is the name of the body, empty
    if they belong to none; ``messages`` are pairs of language and text.
    """

    shape: str
    severity: str
    messages: tuple[tuple[str, str], ...]
    body: str
    count: int
    example: ExampleResult


@dataclass(frozen=True, repr=False)
class CatalogueSummary:
    """Counts of a catalogue report, sorted by severity (worst first) and frequency of the shape."""

    engine: str
    triples: int
    seconds: float
    counts: tuple[ResultCount, ...]

    def count(self, severity: str) -> int:
        """Return the number of results of a severity (``Violation``, ``Warning``, ``Info``)."""
        return sum(count.count for count in self.counts if count.severity == severity)

    @property
    def conforms(self) -> bool:
        """Whether no result is a violation."""
        return not self.count("Violation")

    def __repr__(self) -> str:
        numbers = ", ".join(f"{self.count(key)} {key}" for key in SEVERITIES)
        return f"<CatalogueSummary of {self.engine}: {numbers} in {self.triples} triples>"


def summarize_report(store: Store, report: CatalogueReport) -> CatalogueSummary:
    """Count the results of a report by shape and body."""
    body_of = bodies_of(store, (result.focus_node for result in report.bulk_results))
    counts: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], BulkResult] = {}
    by_shape: Counter[tuple[str, str]] = Counter()
    for bulk_result in report.bulk_results:
        shape = bulk_engine.source_shape(bulk_result)
        key = (bulk_result.severity, shape, body_of[bulk_result.focus_node])
        counts[key] += 1
        by_shape[key[:2]] += 1
        first.setdefault(key, bulk_result)
    order = sorted(
        counts, key=lambda k: (SEVERITIES.index(k[0]), -by_shape[k[:2]], k[1], -counts[k], k[2])
    )
    results = bulk_engine.convert_results((first[key] for key in order), report.shapes)
    rows = tuple(
        ResultCount(
            shape=result.shape,
            severity=key[0],
            messages=result.messages,
            body=key[2],
            count=counts[key],
            example=_example(store, first[key]),
        )
        for key, result in zip(order, results, strict=True)
    )
    return CatalogueSummary(report.engine, report.triples, report.seconds, rows)


def fault_details(store: Store, report: CatalogueReport) -> dict[Fault, tuple[str, str]]:
    """Return the body and the first record (IRI or empty) of what each result complains about."""
    body_of = bodies_of(store, (result.focus_node for result in report.bulk_results))
    faults = [Fault(result.focus, result.path, result.value) for result in report]
    records = records_of_faults(store, faults)
    return {fault: (body_of[str(fault.focus)], records[fault]) for fault in faults}


def bodies_of(store: Store, focus_nodes: Iterable[str]) -> Mapping[str, str]:
    """Map focus nodes (N-Triples) to the name of the body that publishes or owns them.

    The name is empty if there is none.

    A document belongs to its publishers; for anything else the first part of the IRI names the
    owner.
    """
    publishers_of: dict[str, set[Term]] = {focus: set() for focus in focus_nodes}
    tally: Counter[Term] = Counter()
    # A query, since store.quads would also look up the graph and property of each quad.
    for document, publisher in store.select(_PUBLISHERS).rows:
        if publisher is None:
            continue
        tally[publisher] += 1
        if (known := publishers_of.get(str(document))) is not None:
            known.add(publisher)
    names = {publisher: _body_name(store, publisher) for publisher in tally}
    owners = {
        _owner(str(publisher)): name
        for publisher, name in names.items()
        if publisher.value.count("/") == _ROOT_DEPTH
    }

    def body(focus: str, publishers: set[Term]) -> str:
        # The body with the most documents first: ISO/IEC, not IEC/ISO.
        ordered = sorted(publishers, key=lambda publisher: (-tally[publisher], str(publisher)))
        return "/".join(names[p] for p in ordered) or _owner_name(_owner(focus), owners)

    return {focus: body(focus, publishers) for focus, publishers in publishers_of.items()}


def _owner(focus: str) -> str:
    """Return the first path segment of an IRI under the base, or the host of any other IRI."""
    iri = focus.strip("<>")
    if iri.startswith(BASE):
        return iri.removeprefix(BASE).partition("/")[0]
    return urlsplit(iri).netloc


def _owner_name(owner: str, names: Mapping[str, str]) -> str:
    if owner in ("graph", "source", "place"):
        return ""
    if owner in names:
        return names[owner]
    parts = owner.split("-")
    if all(part in names for part in parts):
        return "/".join(names[part] for part in parts)
    return owner if "." in owner else unquote(owner).upper()


def _body_name(store: Store, publisher: Term) -> str:
    """Return the name of a body, or the abbreviation in its IRI if it has no name."""
    name = _name(store, publisher)
    if publisher.value.startswith(BASE) and name == unquote(publisher.value.removeprefix(BASE)):
        return name.rpartition("/")[2].upper()
    return name


def _name(store: Store, term: Term) -> str:
    if not isinstance(term, ox.NamedNode):
        return term.value
    rows = store.select(_NAME, {"thing": term}).rows
    if rows and isinstance(rows[0][0], ox.Literal):
        return rows[0][0].value
    return unquote(term.value.removeprefix(BASE))


def _example(store: Store, bulk_result: BulkResult) -> ExampleResult:
    [result] = bulk_engine.convert_results([bulk_result], ())
    focus, value = result.focus, result.value if result.value != result.focus else None
    graph, record = find_record(store, Fault(focus, result.path, value))
    return ExampleResult(
        focus=focus.value,
        name=_name(store, focus),
        path=result.path,
        value="" if value is None else _name(store, value),
        graph=graph,
        record=record,
    )
