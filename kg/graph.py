"""The public face: the whole graph in one object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg import (
    build,
    checks,
    entities,
    export,
    proofs,
    queries,
    resources,
    statistics,
    validate,
)
from kg.errors import KgError
from kg.proofs import Proof
from kg.queries import Question
from kg.sources import rdf_file
from kg.store import Store, Table
from kg.store.embedded import EmbeddedStore
from kg.store.generations import current, default_folder
from kg.validate import conflicts, shape_coverage

if TYPE_CHECKING:
    from rdflib import Dataset


class KnowledgeGraph:
    """A graph that has been built, or one in memory; reads only.

    >>> graph = KnowledgeGraph.in_memory()
    >>> graph.resolve("国际标准化组织")
    'https://w3id.org/stdkg/iso'
    >>> rows = graph.ask("ballot", committee="ISO/TC 321")
    >>> {graph.label(r["value"].value, "zh") for r in rows if r["what"].value.endswith("result")}
    {'全票通过'}
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, folder: Path | str | None = None) -> KnowledgeGraph:
        """Open the graph last built into a folder of stores (None: the default folder).

        Raises KgError when none has been built there.
        """
        home = default_folder() if folder is None else Path(folder)
        return cls(EmbeddedStore.open(current(home) / build.STORE))

    @classmethod
    def in_memory(cls) -> KnowledgeGraph:
        """The graph that travels with the program, made afresh in memory and not validated."""
        return cls(build.in_memory())

    @classmethod
    def of_files(cls, files: Iterable[Path]) -> KnowledgeGraph:
        """The graph of RDF files and the ontology alone, in memory; nothing is derived.

        Raises KgError naming file and line when a file can't be read.
        """
        return cls(EmbeddedStore.in_memory(build.file_quads(files)))

    @property
    def questions(self) -> Mapping[str, Question]:
        """The canned questions by name."""
        return queries.load(resources.queries())

    def ask(self, question: str, /, **params: str) -> list[dict[str, ox.NamedNode | ox.Literal]]:
        """Ask a canned question; a row of the answer maps columns to terms, unbound ones left out.

        Parameters name entities in either language, by abbreviation, identifier or IRI. Raises
        KgError for an unknown question or parameter, and for a name that is unknown or ambiguous.
        """
        found = queries.find(self.questions, question)
        return list(_rows(queries.run(self.store, found, params)))

    def query(self, sparql: str) -> Table | bool | list[ox.Triple]:
        """Run any SPARQL 1.1 query; the default graph is the union, prefixes are known.

        >>> KnowledgeGraph.in_memory().query("ASK { <cn/sac> std:supported ?proposal }")
        True
        """
        return self.store.query(sparql)

    def resolve(self, name: str) -> str:
        """The IRI of the entity that a name, abbreviation, identifier or IRI means.

        Raises KgError with the nearest names when there is none, with the choices when there are
        several.
        """
        return entities.resolve(self.store, name).value

    def label(self, iri: str, lang: str = "en") -> str:
        """The name of a thing in a language, or the best there is."""
        node = entities.expand(iri)
        if node is None:
            raise KgError(f"{iri!r} is no IRI: resolve a name first")
        return entities.labels(self.store, [node], lang)[node]

    def evidence(self, thing: str) -> list[Proof]:
        """Every piece of evidence for what is said of a thing, or of a claim given by its IRI.

        >>> proofs = KnowledgeGraph.in_memory().evidence("claim:cfsn-2019-04-11/secretariat-china")
        >>> [(proof.phrase, proof.start, proof.end) for proof in proofs]
        [('秘书处由中国承担', 729, 737)]
        """
        return proofs.of_thing(self.store, entities.resolve(self.store, thing))

    def validate(self, engine: validate.Engine = "auto") -> validate.Report:
        """Hold the whole graph against the shapes; a conflict of sources is a warning."""
        shapes = rdf_file.read_shapes(resources.ontology() / "shapes")
        report = validate.validate((quad.triple for quad in self.store.quads()), shapes, engine)
        return conflicts.settle(self.store, shapes, report)

    def defects(self) -> list[checks.Defect]:
        """What the checks of ``ontology/checks`` find in the graph; best nothing."""
        return checks.run(self.store.quads(), resources.ontology(), resources.queries())

    def shape_coverage(self) -> list[shape_coverage.ShapeCoverage]:
        """How many targets and values each shape finds in the graph."""
        shapes = rdf_file.read_shapes(resources.ontology() / "shapes")
        return shape_coverage.measure(self.store, shapes)

    def statistics(self) -> statistics.Statistics:
        """Count what the graph holds."""
        return statistics.count(self.store)

    def export(self, format: str, output: BinaryIO) -> None:  # noqa: A002
        """Write the whole graph; the same graph gives the same bytes. See ``kg.export.FORMATS``."""
        export.export(self.store.quads(), format, output)

    def rdflib(self) -> Dataset:
        """The graph as an rdflib dataset to read from; give its ``query`` strings."""
        return self.store.rdflib()


def _rows(table: Table) -> Iterator[dict[str, ox.NamedNode | ox.Literal]]:
    for row in table.rows:
        yield {
            name: term
            for name, term in zip(table.columns, row, strict=True)
            if term is not None and not isinstance(term, ox.BlankNode)
        }
