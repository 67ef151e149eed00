"""SHACL validation: two engines behind one function, their reports in one form.

``pyshacl`` is the reference at the size of an article, ``shacl`` the engine for bulk; both follow
https://www.w3.org/TR/shacl/ and give the same results on the project's shapes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import PREFIXES
from kg.store import Term

Engine = Literal["auto", "pyshacl", "shacl"]
ENGINES: Final[tuple[str, ...]] = get_args(Engine)

BULK: Final = 20_000
"""From so many triples on ``auto`` takes the bulk engine: pyshacl takes over 10 s for as many."""

SH: Final = PREFIXES["sh"]
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")


@dataclass(frozen=True)
class Result:
    """One validation result, in SHACL's terms; ``messages`` maps a language to its text.

    ``path`` is empty where the result has none, or a path that is no single property.
    """

    focus: Term
    path: str
    value: Term | None
    shape: str
    component: str
    severity: str
    messages: tuple[tuple[str, str], ...]

    @property
    def identity(self) -> tuple[str, ...]:
        """What two engines must agree on."""
        value = "" if self.value is None else str(self.value)
        return (str(self.focus), self.shape, self.component, self.path, value, self.severity)


@dataclass(frozen=True)
class Report:
    """What an engine found; ``conforms`` is true where no result is a violation."""

    engine: str
    results: tuple[Result, ...]

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that keep the data from conforming; warnings and infos do not."""
        return tuple(r for r in self.results if r.severity == SH + "Violation")

    @property
    def conforms(self) -> bool:
        """Whether the data holds no violation."""
        return not self.violations


def validate(
    data: Iterable[ox.Triple], shapes: Sequence[ox.Triple], engine: Engine = "auto"
) -> Report:
    """Validate triples against shapes.

    ``auto`` takes pyshacl below ``BULK`` triples, shacl from there on. The results come sorted, so
    that two runs and two engines compare. Raises KgError when the engine rejects the shapes.
    """
    known_engine(engine)
    triples = sorted(set(data), key=str)
    chosen = engine if engine != "auto" else ("pyshacl" if len(triples) < BULK else "shacl")
    run = _pyshacl if chosen == "pyshacl" else _shacl
    report = run(_ntriples(triples), _ntriples(shapes))
    return Report(chosen, tuple(sorted(_results(report, shapes), key=lambda r: r.identity)))


def known_engine(engine: str) -> None:
    """Raise KgError for what is no engine."""
    if engine not in ENGINES:
        raise KgError(f"unknown engine {engine!r}: choose one of {', '.join(ENGINES)}")


def _ntriples(triples: Iterable[ox.Triple]) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")


def _pyshacl(data: str, shapes: str) -> list[ox.Triple]:
    import pyshacl
    import rdflib

    from kg.validation.prepared_graph import PreparedGraph

    # rdflib logs a traceback for each ill-typed literal; the shapes report it, with its place.
    # And it would write values in its own way: the report gives them as the data does.
    logger = logging.getLogger("rdflib.term")
    level, normalized = logger.level, rdflib.NORMALIZE_LITERALS
    logger.setLevel(logging.CRITICAL)
    rdflib.NORMALIZE_LITERALS = False
    try:
        graph = PreparedGraph().parse(data=data, format="nt")
        shacl_graph = rdflib.Graph().parse(data=shapes, format="nt")
        _, report, _ = pyshacl.validate(
            graph, shacl_graph=shacl_graph, inference="none", do_owl_imports=False, inplace=True
        )
    except pyshacl.errors.ReportableRuntimeError as error:
        raise KgError(f"pyshacl could not use the shapes: {_first_line(error)}") from error
    finally:
        logger.setLevel(level)
        rdflib.NORMALIZE_LITERALS = normalized
    if not isinstance(report, rdflib.Graph):
        raise KgError(f"pyshacl could not use the shapes: {_first_line(report)}")
    text = report.serialize(format="nt", encoding="utf-8")
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]


def _first_line(text: object) -> str:
    return next(iter(str(text).splitlines()), "no reason given")


def _shacl(data: str, shapes: str) -> list[ox.Triple]:
    import shacl

    try:
        compiled = shacl.Shapes.from_text(shapes, format="ntriples")
    except ValueError as error:
        raise KgError(f"shacl could not use the shapes: {error}") from error
    text = compiled.validate_text(data, format="ntriples").serialize("ntriples")
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]


def tongues(shapes: Iterable[ox.Triple]) -> dict[str, str | None]:
    """The language of each message of the shapes: engines drop it, of SPARQL constraints or all."""
    return {
        t.object.value: t.object.language
        for t in shapes
        if t.predicate.value == SH + "message" and isinstance(t.object, ox.Literal)
    }


def _results(report: Iterable[ox.Triple], shapes: Iterable[ox.Triple]) -> list[Result]:
    languages = tongues(shapes)
    nodes: dict[object, dict[str, list[Term]]] = {}
    for triple in report:
        if not isinstance(triple.object, ox.Triple):
            nodes.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(
                triple.object
            )

    def text(term: Term | None) -> str:
        return term.value if isinstance(term, ox.NamedNode) else ""

    found = []
    for about in nodes.values():
        if ox.NamedNode(SH + "ValidationResult") not in about.get(_TYPE.value, []):
            continue
        one = {key: values[0] for key, values in about.items()}
        messages = (m for m in about.get(SH + "resultMessage", []) if isinstance(m, ox.Literal))
        found.append(
            Result(
                focus=one[SH + "focusNode"],
                path=text(one.get(SH + "resultPath")),
                value=one.get(SH + "value"),
                shape=text(one.get(SH + "sourceShape")),
                component=text(one.get(SH + "sourceConstraintComponent")).removeprefix(SH),
                severity=text(one.get(SH + "resultSeverity")),
                messages=tuple(
                    sorted((m.language or languages.get(m.value) or "", m.value) for m in messages)
                ),
            )
        )
    return found
