"""What the curators wrote: articles and ontology -> quads, derived, described and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg.common import resources
from kg.common.errors import BuildError, KgError
from kg.common.namespaces import (
    BASE,
    DERIVED_GRAPH,
    DESCRIPTION_GRAPH,
    ENTITIES_GRAPH,
    ONTOLOGY_GRAPH,
    PREFIXES,
)
from kg.pipeline import summary
from kg.sources import article
from kg.sources.rdf import reader
from kg.store.embedded import EmbeddedStore
from kg.store.generations import current_generation
from kg.store.writer import StoreWriter
from kg.validation import checks, shacl, source_conflicts
from kg.validation.shapes import read_shapes

Progress = Callable[[str], None]
"""Told the name of each step as it begins."""

_ONTOLOGY_FILES: Final = (
    "standardization.ttl",
    "catalogues.ttl",
    "schemes.ttl",
    "alignment.ttl",
    "phrasings.ttl",
    "ics.ttl",
)
_DATASET: Final = ox.NamedNode(BASE + "dataset")
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")


class RejectedError(BuildError):
    """The sources were read, but may not be published: ``defects``, or violations in ``report``.

    ``store`` holds the rejected graph, to look the violations up in.
    """

    def __init__(
        self, store: EmbeddedStore, defects: list[checks.Defect], report: shacl.Report | None
    ) -> None:
        count, what = len(defects), "defect"
        if report is not None:
            count, what = len(report.violations), "violation"
        super().__init__(f"{count} {what}{'s'[: count != 1]} in the graph: mend and build again")
        self.store = store
        self.defects = tuple(defects)
        self.report = report


class Curated(NamedTuple):
    """The curated part without a fault, the engine that found none, and how many warnings."""

    quads: list[ox.Quad]
    engine: str
    warnings: int


def kept(folder: Path) -> Curated | None:
    """What the build before made of the same files by the same program.

    None where they differ, and where what was kept is damaged.
    """
    try:
        standing = current_generation(folder)
        [file] = standing.glob(_kept_in("*"))
        data = file.read_bytes()
    except (KgError, OSError, ValueError):
        return None
    verdict = summary.verdict(standing)
    if verdict is None or file.name != _kept_in(_digest(data)):
        return None
    return Curated(list(ox.parse(data, format=ox.RdfFormat.N_QUADS)), *verdict)


def keep(generation: Path, quads: Iterable[ox.Quad]) -> None:
    """Keep the curated part with a graph: to derive and check it takes some ten seconds."""
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    (generation / _kept_in(_digest(data))).write_bytes(data)


def _kept_in(digest: str) -> str:
    return f"curated-{summary.program()[:16]}-{digest}.nq"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def silent(_: str) -> None:
    """Report no progress."""


def in_memory() -> EmbeddedStore:
    """The graph of the files that travel with the program, in memory; nothing is validated."""
    writer = StoreWriter(None)
    fill(writer)
    return writer.view()


def fill(writer: StoreWriter, progress: Progress = silent) -> None:
    """Load all sources into a store, apply the rules, and describe the whole."""
    ontology = resources.ontology()
    progress("read")
    quads = source_quads(resources.articles(), ontology)
    progress("load")
    writer.extend(quads)
    progress("derive")
    derived = ox.NamedNode(DERIVED_GRAPH)
    for rule in sorted((ontology / "rules").glob("*.rq")):
        # In the order of their names: a later rule may use what an earlier one made.
        writer.extend(applied(writer, rule, derived))
    writer.extend(_description(writer.view(), ontology / "dataset.ttl"))


def source_quads(articles: Path, ontology: Path) -> list[ox.Quad]:
    """The quads of all articles and of the ontology; KgError names the file and line at fault."""
    quads = [quad for one in article.read_all(articles) for quad in one.quads]
    return quads + _ontology_quads(ontology)


def file_quads(files: Iterable[Path]) -> list[ox.Quad]:
    """The quads of RDF files together with those of the ontology."""
    quads = [quad for file in files for quad in reader.read(file)]
    return quads + _ontology_quads(resources.ontology())


def _ontology_quads(ontology: Path) -> list[ox.Quad]:
    files = (ontology / name for name in _ONTOLOGY_FILES)
    return [quad for file in files for quad in reader.read(file, ONTOLOGY_GRAPH)]


def applied(writer: StoreWriter, rule: Path, graph: ox.NamedNode) -> list[ox.Quad]:
    """What a rule derives from what is loaded so far, to stand in a graph."""
    try:
        triples = writer.construct(rule.read_text(encoding="utf-8"))
    except KgError as error:
        raise KgError(f"{rule}: {error}") from error
    return [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]


def _description(store: EmbeddedStore, file: Path) -> list[ox.Quad]:
    """The dataset's own description with its counts, as VoID has them (section 4.6)."""
    graph = ox.NamedNode(DESCRIPTION_GRAPH)
    quads = reader.read(file, DESCRIPTION_GRAPH)
    triples = {quad.triple for quad in store.quads()} | {quad.triple for quad in quads}
    named = store.quads(ox.NamedNode(ENTITIES_GRAPH))
    kinds = {triple.object for triple in triples if triple.predicate == _TYPE}
    counted = {"triples", "entities", "classes", "properties"}
    used = {triple.predicate.value for triple in triples}
    counts = {
        # The counts themselves are part of the graph that they count.
        "triples": len(triples) + len(counted),
        "entities": len({quad.subject for quad in named}),
        "classes": len(kinds),
        "properties": len(used | {PREFIXES["void"] + name for name in counted}),
    }
    for name, number in counts.items():
        property_ = ox.NamedNode(PREFIXES["void"] + name)
        quads.append(ox.Quad(_DATASET, property_, ox.Literal(number), graph))
    return quads


def checked(quads: list[ox.Quad], progress: Progress) -> shacl.Report:
    """The report on a graph that may be published; RejectedError for any other."""
    progress("check")
    defects = checks.run(quads, resources.ontology(), resources.queries())
    if defects:
        raise RejectedError(EmbeddedStore.in_memory(quads), defects, None)
    progress("validate")
    shapes = read_shapes(resources.ontology() / "shapes")
    report = shacl.validate((quad.triple for quad in quads), shapes)
    if report.results:
        store = EmbeddedStore.in_memory(quads)
        report = source_conflicts.settle(store, shapes, report)
        if not report.conforms:
            raise RejectedError(store, [], report)
    return report
