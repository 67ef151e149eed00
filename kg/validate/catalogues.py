"""The catalogues of a graph against shapes of their own, whose results stop nothing.

What a catalogue describes is judged; of the curated part only types count, for a catalogue may
refer to what is described there. Shapes see no more than the properties that they name, so that
millions of triples need not be copied for a few of them.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.namespaces import PREFIXES, STD
from kg.store import Store
from kg.validate import BULK, SH, Engine, Result, bulk, known_engine, validate
from kg.validate.bulk import Raw
from kg.validate.parts import curated, listed

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_SUBCLASS: Final = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
_SOURCE: Final = ox.NamedNode(PREFIXES["dcterms"] + "source")
_SNAPSHOT: Final = ox.NamedNode(STD + "snapshotOn")
_CATALOGUE: Final = ox.NamedNode(STD + "Catalogue")
_NAME: Final = re.compile(r"([A-Za-z]+):([A-Za-z]\w*)")
_DESCRIBED: Final = "ASK { ?graph a std:Catalogue . GRAPH ?graph { ?focus ?property ?value } }"


@dataclass(frozen=True)
class Findings:
    """What an engine found in catalogues of so many triples, in so many seconds.

    ``raw`` are the results as the bulk engine gives them; iteration makes them results of ours.
    """

    engine: str
    triples: int
    seconds: float
    raw: Sequence[Raw]
    shapes: Sequence[ox.Triple]

    def __iter__(self) -> Iterator[Result]:
        return bulk.results(self.raw, self.shapes)

    def __len__(self) -> int:
        return len(self.raw)

    @cached_property
    def conforms(self) -> bool:
        """Whether there is no violation among the results."""
        return all(one.severity != "Violation" for one in self.raw)


def run(
    store: Store, shapes: Sequence[ox.Triple], engine: Engine = "auto"
) -> Findings | None:
    """Hold the catalogues of a store against shapes; None when it has no catalogue.

    ``auto`` takes pyshacl below ``BULK`` triples, shacl from there on. The results come sorted.
    Raises KgError for an unknown engine, and when the engine rejects the shapes.
    """
    known_engine(engine)
    if not listed(store):
        return None
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kg-validate-") as folder:
        file = Path(folder) / "catalogues.nt"
        outside: set[str] = set()
        number = _write(store, shapes, file, outside)
        if engine == "auto":
            engine = "pyshacl" if number < BULK else "shacl"
        if engine == "shacl":
            raw = bulk.run(file, shapes)
        else:
            quads = ox.parse(path=str(file), format=ox.RdfFormat.N_TRIPLES)
            report = validate((quad.triple for quad in quads), shapes, engine)
            raw = [bulk.Plain.of(result) for result in report.results]
    judged = _Judged(store, outside)
    kept = sorted((one for one in raw if judged(one.focus_node)), key=_order)
    return Findings(engine, number, time.monotonic() - begin, kept, shapes)


def _write(store: Store, shapes: Sequence[ox.Triple], file: Path, outside: set[str]) -> int:
    """Write what the shapes need of a store; how many triples. ``outside`` learns what is curated."""
    number = 0

    def counted() -> Iterator[ox.Triple]:
        nonlocal number
        for triple in _needed(store, shapes, outside):
            number += 1
            yield triple

    ox.serialize(counted(), output=str(file), format=ox.RdfFormat.N_TRIPLES)
    return number


def _needed(store: Store, shapes: Sequence[ox.Triple], outside: set[str]) -> Iterator[ox.Triple]:
    described = set()
    for quad in curated(store):
        if quad.predicate in (_TYPE, _SUBCLASS, _SOURCE, _SNAPSHOT):
            yield quad.triple
            if quad.predicate == _SNAPSHOT or quad.object == _CATALOGUE:
                described.add(str(quad.subject))
            outside.add(str(quad.subject))
    outside -= described
    properties = named(shapes)
    for graph in listed(store):
        for property_ in properties:
            for quad in store.quads(graph, property_):
                yield quad.triple


def named(shapes: Sequence[ox.Triple]) -> list[ox.NamedNode]:
    """All that the shapes name, and that can so be a property that they see."""
    found = {_TYPE.value, _SUBCLASS.value}
    for triple in shapes:
        if isinstance(triple.object, ox.NamedNode):
            found.add(triple.object.value)
        elif isinstance(triple.object, ox.Literal) and triple.predicate.value == SH + "select":
            names = _NAME.findall(triple.object.value)
            found |= {PREFIXES[prefix] + local for prefix, local in names if prefix in PREFIXES}
    return [ox.NamedNode(iri) for iri in sorted(found)]


class _Judged:
    """Whether a focus node is described by a catalogue, and not by curators alone."""

    def __init__(self, store: Store, outside: set[str]) -> None:
        self._store = store
        self._outside = outside
        self._known: dict[str, bool] = {}

    def __call__(self, focus: str) -> bool:
        if focus not in self._outside:
            return True
        if focus not in self._known:
            bindings = {"focus": bulk.term(focus)}
            self._known[focus] = self._store.ask(_DESCRIBED, bindings)
        return self._known[focus]


def _order(one: Raw) -> tuple[str, ...]:
    return (one.source_shape, one.focus_node, one.component, one.path or "", one.value or "")
