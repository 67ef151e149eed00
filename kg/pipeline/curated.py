"""The curated part of the graph: articles and ontology, derived triples, description, checks."""

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
    RDF_TYPE,
    iri,
    node,
)
from kg.entities.joining import EntityJoin, join_entities
from kg.pipeline import summary
from kg.sources import article
from kg.sources.article import Article
from kg.sources.rdf import reader
from kg.store.embedded import EmbeddedStore
from kg.store.writer import StoreWriter
from kg.validation import checks, shacl, source_conflicts
from kg.validation.shapes import read_shapes

Progress = Callable[[str], None]
"""Called with the name of each step as it begins."""

_ONTOLOGY_FILES: Final = (
    "standardization.ttl",
    "catalogues.ttl",
    "schemes.ttl",
    "alignment.ttl",
    "phrasings.ttl",
    "domains.ttl",
    "shape-domains.ttl",
    "ics.ttl",
)
_DATASET: Final = ox.NamedNode(BASE + "dataset")


class RejectedError(BuildError):
    """The curated part has defects or violations and is not published.

    ``defects`` are the rows of failed checks; without any, ``report`` holds the violations.
    ``store`` holds the rejected graph, to explain the violations, and ``articles`` those of one's
    own in it, to name file and line.
    """

    def __init__(
        self,
        store: EmbeddedStore,
        defects: list[checks.Defect],
        report: shacl.Report | None,
        articles: Iterable[Article] = (),
    ) -> None:
        count, fault = len(defects), "defect"
        if report is not None:
            count, fault = len(report.violations), "violation"
        super().__init__(f"{count} {fault}{'s'[: count != 1]} in the graph: fix and rebuild")
        self.store = store
        self.defects = tuple(defects)
        self.report = report
        self.articles = tuple(articles)


class CuratedPart(NamedTuple):
    """The checked quads of the curated part, the SHACL engine used, and the number of warnings."""

    quads: list[ox.Quad]
    engine: str
    warnings: int


def saved_curated(generation: Path, articles: str = "") -> CuratedPart | None:
    """Return the curated part saved with a graph; ``articles`` is the digest of one's own articles.

    None if its files or the program have changed since, or if the saved file is damaged.
    """
    try:
        [file] = generation.glob(_file_name("*", articles))
        data = file.read_bytes()
    except (OSError, ValueError):
        return None
    verdict = summary.stored_verdict(generation)
    if verdict is None or file.name != _file_name(_digest(data), articles):
        return None
    return CuratedPart(list(ox.parse(data, format=ox.RdfFormat.N_QUADS)), *verdict)


def save_curated(generation: Path, quads: Iterable[ox.Quad], articles: str = "") -> None:
    """Save the curated part with a graph; deriving and checking it again takes ten seconds."""
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    (generation / _file_name(_digest(data), articles)).write_bytes(data)


def _file_name(digest: str, articles: str) -> str:
    return f"curated-{summary.program_digest()[:16]}{articles[:16]}-{digest}.nq"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def no_progress(_: str) -> None:
    """Report no progress."""


def build_in_memory(articles: Iterable[Path] = ()) -> EmbeddedStore:
    """Build the curated part in memory, without validation, with further folders of articles."""
    writer = StoreWriter(None)
    fill_store(writer, own=[article.read_article(folder) for folder in articles])
    return writer.view()


def fill_store(
    writer: StoreWriter, progress: Progress = no_progress, own: Iterable[Article] = ()
) -> list[tuple[EntityJoin, ...]]:
    """Load articles and ontology into a store, apply the rules, and add the description.

    ``own`` are further articles; the joins of the entities of each are returned.
    """
    ontology = resources.ontology()
    progress("read")
    quads = source_quads(resources.articles(), ontology)
    joins = []
    for each in own:
        joined, found = join_entities(quads, each.stated)
        quads += joined
        joins.append(tuple(found))
    progress("load")
    writer.extend(quads)
    progress("derive")
    _derive(writer)
    return joins


def fill_quads(claims: Iterable[ox.Quad]) -> EmbeddedStore:
    """Return a store of the ontology, claims, and what follows from them."""
    writer = StoreWriter(None)
    writer.extend([*claims, *_ontology_quads(resources.ontology())])
    _derive(writer)
    return writer.view()


def _derive(writer: StoreWriter) -> None:
    """Apply the rules to what is loaded, and add the description."""
    ontology = resources.ontology()
    derived = ox.NamedNode(DERIVED_GRAPH)
    for rule in sorted((ontology / "rules").glob("*.rq")):
        # Sorted by name: a rule may use the triples of an earlier rule.
        writer.extend(apply_rule(writer, rule, derived))
    writer.extend(_description(writer.view(), ontology / "dataset.ttl"))


def source_quads(articles: Path, ontology: Path) -> list[ox.Quad]:
    """Return the quads of all articles and of the ontology; SourceError names file and line."""
    quads = [quad for each in article.read_articles(articles) for quad in each.stated]
    return quads + _ontology_quads(ontology)


def file_quads(files: Iterable[Path]) -> list[ox.Quad]:
    """Return the quads of RDF files and of the ontology."""
    quads = [quad for file in files for quad in reader.read_rdf(file)]
    return quads + _ontology_quads(resources.ontology())


def _ontology_quads(ontology: Path) -> list[ox.Quad]:
    files = (ontology / name for name in _ONTOLOGY_FILES)
    return [quad for file in files for quad in reader.read_rdf(file, ONTOLOGY_GRAPH)]


def apply_rule(writer: StoreWriter, rule: Path, graph: ox.NamedNode) -> list[ox.Quad]:
    """Return the triples that a rule (a CONSTRUCT query) derives, as quads of a graph."""
    try:
        triples = writer.construct(rule.read_text(encoding="utf-8"))
    except KgError as error:
        raise BuildError(f"{rule}: {error}") from error
    return [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]


def _description(store: EmbeddedStore, file: Path) -> list[ox.Quad]:
    """Return the description of the dataset, with the counts of VoID (section 4.6)."""
    graph = ox.NamedNode(DESCRIPTION_GRAPH)
    quads = reader.read_rdf(file, DESCRIPTION_GRAPH)
    triples = {quad.triple for quad in store.quads()} | {quad.triple for quad in quads}
    entities = {quad.subject for quad in store.quads(ox.NamedNode(ENTITIES_GRAPH))}
    classes = {triple.object for triple in triples if triple.predicate == RDF_TYPE}
    properties = {triple.predicate.value for triple in triples}
    names = ("void:triples", "void:entities", "void:classes", "void:properties")
    # The counts describe a graph that includes them.
    properties |= {iri(name) for name in names}
    counts = (len(triples) + len(names), len(entities), len(classes), len(properties))
    for name, count in zip(names, counts, strict=True):
        quads.append(ox.Quad(_DATASET, node(name), ox.Literal(count), graph))
    return quads


def check_quads(
    quads: list[ox.Quad], progress: Progress, articles: Iterable[Article] = ()
) -> shacl.Report:
    """Check and validate a graph; return the report, or raise RejectedError for a fault.

    ``articles`` are those in which the error finds the place of a fault.
    """
    progress("check")
    defects = checks.run_checks(quads, resources.ontology(), resources.queries())
    if defects:
        raise RejectedError(EmbeddedStore.in_memory(quads), defects, None, articles)
    progress("validate")
    shapes = read_shapes(resources.ontology() / "shapes")
    report = shacl.validate_triples((quad.triple for quad in quads), shapes)
    if report.results:
        store = EmbeddedStore.in_memory(quads)
        report = source_conflicts.downgrade_conflicts(store, shapes, report)
        if not report.conforms:
            raise RejectedError(store, [], report, articles)
    return report
