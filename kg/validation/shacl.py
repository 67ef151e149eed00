"""SHACL validation (https://www.w3.org/TR/shacl/): two engines behind one function, one report.

``pyshacl`` is the reference engine for small data, ``shacl`` the bulk engine for large data. Both
give the same results on the project's shapes.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal, get_args

import pyoxigraph as ox

from kg.common.errors import ArgumentError, SourceError
from kg.common.namespaces import PREFIXES, compact
from kg.store import Term
from kg.validation.property_paths import (
    Properties,
    parse_path,
    path_text,
    properties_of,
    read_path,
)

Engine = Literal["auto", "pyshacl", "shacl"]
ENGINES: Final[tuple[str, ...]] = get_args(Engine)

BULK_SIZE: Final = 20_000
"""Number of triples from which ``auto`` means the bulk engine; pyshacl would take over 10 s."""

_LONG_TEXT: Final = 100_000
"""Characters of a literal up to which pyshacl is used: rdflib parses HTML in quadratic time."""

SH: Final = PREFIXES["sh"]
_PYSHACL: Final = threading.Lock()
"""pyshacl switches a global of rdflib while it loads shapes, and leaves it switched."""


@dataclass(frozen=True, repr=False)
class Result:
    """A validation result.

    ``focus`` is the focus node and ``value`` the value node (None if there is none); ``path`` is
    the IRI of a single property, else empty, and ``complex_path`` any other path, in SPARQL 1.1.
    ``shape`` and ``severity`` are IRIs; an anonymous shape is empty. ``component`` is the
    constraint component's local name, or its IRI if SHACL doesn't define it; ``messages`` are
    pairs of language and text, sorted.
    """

    focus: Term
    path: str
    value: Term | None
    shape: str
    component: str
    severity: str
    messages: tuple[tuple[str, str], ...]
    complex_path: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """All fields except the messages, as strings: what two engines must agree on."""
        value = "" if self.value is None else str(self.value)
        path = self.path or self.complex_path
        return (str(self.focus), self.shape, self.component, path, value, self.severity)

    @property
    def path_text(self) -> str:
        """The path for people, with compact IRIs; empty if there is none."""
        return (
            path_text(parse_path(self.complex_path or f"<{self.path}>"), short=True)
            if (self.path or self.complex_path)
            else ""
        )

    def __repr__(self) -> str:
        severity = self.severity.removeprefix(SH)
        return f"<Result {severity} {compact(self.shape)} of {self.focus}>"


@dataclass(frozen=True, repr=False)
class Report:
    """The results of an engine (``pyshacl`` or ``shacl``), sorted by their identity."""

    engine: str
    results: tuple[Result, ...]

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results of severity ``sh:Violation``, without warnings and infos."""
        return tuple(r for r in self.results if r.severity == SH + "Violation")

    @property
    def conforms(self) -> bool:
        """Whether no result is a violation."""
        return not self.violations

    def __repr__(self) -> str:
        verdict = "conforms" if self.conforms else "does not conform"
        return f"<Report of {self.engine}: {verdict}, {len(self.results)} results>"


def validate_triples(
    data: Iterable[ox.Triple], shapes: Sequence[ox.Triple], engine: Engine = "auto"
) -> Report:
    """Validate triples against shapes.

    ``auto`` means pyshacl below ``BULK_SIZE`` triples of short texts, else shacl. Raises
    ArgumentError for an unknown engine, SourceError when the engine rejects the shapes.
    """
    check_engine(engine)
    triples = sorted(set(data), key=str)
    chosen = engine
    if engine == "auto":
        chosen = "shacl" if len(triples) >= BULK_SIZE or _has_long_text(triples) else "pyshacl"
    run = _run_pyshacl if chosen == "pyshacl" else _run_shacl
    report = run(triples, shapes)
    return Report(chosen, tuple(sorted(_read_results(report, shapes), key=lambda r: r.identity)))


def _has_long_text(triples: Iterable[ox.Triple]) -> bool:
    objects = (triple.object for triple in triples)
    return any(isinstance(each, ox.Literal) and len(each.value) > _LONG_TEXT for each in objects)


def check_engine(engine: str) -> None:
    """Raise ArgumentError for an unknown engine."""
    if engine not in ENGINES:
        raise ArgumentError(f"unknown engine {engine!r}: choose one of {', '.join(ENGINES)}")


def _to_ntriples(triples: Iterable[ox.Triple]) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")


def _run_pyshacl(data: Sequence[ox.Triple], shapes: Sequence[ox.Triple]) -> list[ox.Triple]:
    import pyshacl
    import rdflib

    from kg.validation.prepared_graph import PreparedGraph, add_triples

    # rdflib logs a traceback for each ill-typed literal, which the shapes report anyway.
    with _unlogged("rdflib.term"):
        graph, shacl_graph = PreparedGraph(), rdflib.Graph()
        add_triples(graph, data)
        add_triples(shacl_graph, shapes)
        try:
            with _PYSHACL:
                normalized = rdflib.NORMALIZE_LITERALS
                try:
                    _, report, _ = pyshacl.validate(
                        graph,
                        shacl_graph=shacl_graph,
                        inference="none",
                        do_owl_imports=False,
                        inplace=True,
                    )
                finally:
                    rdflib.NORMALIZE_LITERALS = normalized
        except pyshacl.errors.ReportableRuntimeError as error:
            raise SourceError(f"pyshacl could not use the shapes: {_first_line(error)}") from error
    if not isinstance(report, rdflib.Graph):
        raise SourceError(f"pyshacl could not use the shapes: {_first_line(report)}")
    text = report.serialize(format="nt", encoding="utf-8")
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]


@contextmanager
def _unlogged(name: str) -> Iterator[None]:
    """Drop what a logger would log in this thread; other threads may be using it, too."""
    thread = threading.get_ident()

    def of_others(record: logging.LogRecord) -> bool:
        return record.thread != thread

    logger = logging.getLogger(name)
    logger.addFilter(of_others)
    try:
        yield
    finally:
        logger.removeFilter(of_others)


def _first_line(text: object) -> str:
    return next(iter(str(text).splitlines()), "no reason given")


def _run_shacl(data: Sequence[ox.Triple], shapes: Sequence[ox.Triple]) -> list[ox.Triple]:
    import shacl

    try:
        compiled = shacl.Shapes.from_text(_to_ntriples(shapes), format="ntriples")
    except ValueError as error:
        raise SourceError(f"shacl could not use the shapes: {error}") from error
    text = compiled.validate_text(_to_ntriples(data), format="ntriples").serialize("ntriples")
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]


def message_languages(shapes: Iterable[ox.Triple]) -> dict[str, str | None]:
    """Return the language of each message of the shapes, since engines drop some or all."""
    return {
        t.object.value: t.object.language
        for t in shapes
        if t.predicate.value == SH + "message" and isinstance(t.object, ox.Literal)
    }


def _read_results(report: Iterable[ox.Triple], shapes: Iterable[ox.Triple]) -> list[Result]:
    languages = message_languages(shapes)
    nodes = properties_of(report)

    def iri(term: Term | None) -> str:
        return term.value if isinstance(term, ox.NamedNode) else ""

    # Results within results (sh:detail) explain them, and are not results of their own.
    listed = [each for own in nodes.values() for each in own.get(SH + "result", [])]
    results = []
    for properties in (nodes[each] for each in listed):
        first = {property_: values[0] for property_, values in properties.items()}
        messages = (
            m for m in properties.get(SH + "resultMessage", []) if isinstance(m, ox.Literal)
        )
        results.append(
            Result(
                focus=first[SH + "focusNode"],
                path=iri(first.get(SH + "resultPath")),
                complex_path=_complex_path(first.get(SH + "resultPath"), nodes),
                value=first.get(SH + "value"),
                shape=iri(first.get(SH + "sourceShape")),
                component=iri(first.get(SH + "sourceConstraintComponent")).removeprefix(SH),
                severity=iri(first.get(SH + "resultSeverity")),
                messages=tuple(
                    sorted((m.language or languages.get(m.value) or "", m.value) for m in messages)
                ),
            )
        )
    return results


def _complex_path(term: Term | None, properties: Properties) -> str:
    """Return a path that is more than a property, in SPARQL; empty for others."""
    path = None if term is None else read_path(term, properties)
    return "" if path is None or isinstance(path, str) else path_text(path)
