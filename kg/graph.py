"""The public face: the whole graph in one object."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg import tables
from kg.analysis import profile, statistics
from kg.analysis.profile import Profile
from kg.analysis.sentences import Phrasings
from kg.analysis.statistics_html import html_overview
from kg.common import namespaces, resources
from kg.common.errors import KgError
from kg.common.namespaces import EVIDENCE_GRAPH, ONTOLOGY_GRAPH
from kg.entities import labels, resolution, search
from kg.entities.search import LIMIT, Hit
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.pictures.drawing import Drawing
from kg.queries import questions as queries
from kg.queries import views
from kg.queries.questions import Question
from kg.queries.views import View
from kg.store import Store, Table
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, current, default_folder
from kg.tables import Presentable
from kg.validation import catalogues, checks, partitions, shacl, shape_coverage, source_conflicts
from kg.validation.shacl import Engine

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.analysis.paths import Way
    from kg.entities.match import Match
    from kg.network.adjacency.arrays import Adjacency
    from kg.network.networkx_graph import Network
    from kg.pipeline.build import Account


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
        return cls(EmbeddedStore.open(current(home) / STORE))

    @classmethod
    def in_memory(cls) -> KnowledgeGraph:
        """The graph that travels with the program, made afresh in memory and not validated."""
        from kg.pipeline.build import in_memory

        return cls(in_memory())

    @classmethod
    def of_files(cls, files: Iterable[Path]) -> KnowledgeGraph:
        """The graph of RDF files and the ontology alone, in memory; nothing is derived.

        Raises KgError naming file and line when a file can't be read.
        """
        from kg.pipeline.build import file_quads

        return cls(EmbeddedStore.in_memory(file_quads(files)))

    @cached_property
    def _everything(self) -> View:
        return views.find_view(resources.queries() / "views", "everything")

    @cached_property
    def relations(self) -> Adjacency:
        """Who is joined to whom, as arrays, for :mod:`kg.analysis.centrality`."""
        from kg.network.adjacency.builder import adjacency

        return adjacency(self.store, self._everything)

    @cached_property
    def _related(self) -> tuple[Store, View, Adjacency, Phrasings]:
        return self.store, self._everything, self.relations, Phrasings.read(self.store)

    @cached_property
    def _curated(self) -> Store:
        """What was curated, in memory; the whole where there are no catalogues."""
        if not partitions.listed(self.store):
            return self.store
        return EmbeddedStore.in_memory(partitions.curated(self.store))

    @property
    def questions(self) -> Mapping[str, Question]:
        """The canned questions by name."""
        return queries.load_questions(resources.queries())

    def ask(self, question: str, /, **params: str) -> list[dict[str, ox.NamedNode | ox.Literal]]:
        """Ask a canned question; a row of the answer maps columns to terms, unbound ones left out.

        Parameters name entities in either language, by abbreviation, identifier or IRI. Raises
        KgError for an unknown question or parameter, and for a name that is unknown or ambiguous.
        """
        found = queries.find_question(resources.queries(), question)
        return queries.run_question(self.store, found, params).named()

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
        return resolution.resolve(self.store, name).value

    def label(self, iri: str, lang: str = "en") -> str:
        """The name of a thing in a language, or the best there is."""
        if (node := namespaces.expand(iri)) is None:
            raise KgError(f"{iri!r} is no IRI: resolve a name first")
        return labels.labels(self.store, [node], lang)[node]

    def evidence(self, thing: str) -> list[Proof]:
        """Every piece of evidence for what is said of a thing, or of a claim given by its IRI.

        >>> proofs = KnowledgeGraph.in_memory().evidence("claim:cfsn-2019-04-11/secretariat-china")
        >>> [(proof.phrase, proof.start, proof.end) for proof in proofs]
        [('秘书处由中国承担', 729, 737)]
        """
        return proofs.of_thing(self.store, resolution.resolve(self.store, thing))

    @property
    def views(self) -> Mapping[str, View]:
        """The views by name: what NetworkX and pictures see of the graph."""
        return views.load_views(resources.queries() / "views")

    def view(
        self,
        name: str = "everything",
        *,
        kinds: Collection[str] = (),
        since: str = "",
        until: str = "",
        place: str = "",
        around: str = "",
        hops: int | None = None,
        at_most: int | None = None,
    ) -> Drawing:
        """A view of the graph, whole or a part of it, to look at, compute with or write.

        ``kinds`` are classes or groups, such as ``std:Standard`` or ``event``; ``since`` and
        ``until`` dates, ``place`` an area and ``around`` a thing by any of their names, ``hops``
        how far around it (1), as :class:`kg.network.filters.Filter` says; a timeline takes dates
        alone, figures and an overview nothing. The ``network`` of the answer is a
        ``networkx.MultiDiGraph``, of which no more is loaded than the filters keep, and nothing if
        it has more than ``at_most`` things. Raises KgError then, for an unknown view, name or kind,
        and for a filter that the view does not take.

        >>> graph = KnowledgeGraph.in_memory().view("committees", around="ISO/TC 321").network
        >>> graph.nodes["https://w3id.org/stdkg/place/cn"]["label_zh"]
        '中国'
        """
        from kg.network.filters import filtered
        from kg.pictures.drawing import drawing

        view = views.find_view(resources.queries() / "views", name)
        wanted = filtered(self.store, kinds, since, until, place, around, hops)
        index = self.relations if view == self._everything else None
        return drawing(self.store, view, wanted, index, at_most)

    def structure(self) -> Network:
        """All things and edges, bare, to compute with; see :mod:`kg.network.bare_network`."""
        from kg.network.bare_network import structure

        return structure(self.relations)

    def search(self, text: str, *, within: str | None = None, limit: int = LIMIT) -> list[Hit]:
        """The things whose names or identifiers fit a text (:mod:`kg.entities.search`)."""
        return search.search(self.store, text, within=within, limit=limit)

    def match(self, texts: Iterable[str]) -> list[Match]:
        """What each reference or name of a list means (:mod:`kg.entities.match`).

        >>> [found] = KnowledgeGraph.in_memory().match(["IOS/TC 321"])
        >>> found.iri, found.score, [reason.key for reason in found.reasons]
        ('https://w3id.org/stdkg/iso/tc/321', 0.8, ['same', 'mended'])
        """
        from kg.entities.match import match

        return match(self.store, texts)

    def profile(self, thing: str, limit: int | None = profile.LIMIT) -> Profile:
        """What a thing is and what is said of it; see :mod:`kg.analysis.profile`.

        Of each kind of relation the first ``limit`` are told, all for None.
        """
        return profile.profile(*self._related, self.resolve(thing), limit)

    def relate(self, one: str, other: str, *, paths: int = 3, hops: int = 4) -> list[Way]:
        """The best ways in which two things are related; see :mod:`kg.analysis.paths`.

        >>> [way] = KnowledgeGraph.in_memory().relate("浙江省省长", "SAC", paths=1, hops=3)
        >>> print(way.steps[1][0].sentence.en)
        Zhejiang Provincial People's Government was a signatory of memorandum of cooperation
        """
        from kg.analysis.paths import ways

        ends = self.resolve(one), self.resolve(other)
        return ways(*self._related, *ends, paths=paths, hops=hops)

    def table(self, question: str, /, lang: str = "en", **params: str) -> Presentable:
        """The answer of a canned question with names beside the IRIs; notebooks show it as a table.

        ``lang`` is the language of the names; the rest as :meth:`ask`.
        """
        found = queries.find_question(resources.queries(), question)
        return tables.decorate(self.store, queries.run_question(self.store, found, params), lang)

    def validate(self, engine: Engine = "auto") -> shacl.Report:
        """Hold the curated part against its shapes; a conflict of sources is a warning."""
        shapes = _shapes()
        engine = partitions.engine_for(self.store, engine)
        triples = (quad.triple for quad in partitions.curated(self.store))
        return source_conflicts.settle(self.store, shapes, shacl.validate(triples, shapes, engine))

    def validate_catalogues(self, engine: Engine = "auto") -> catalogues.Findings | None:
        """Hold the catalogues against the shapes for them; None when the graph has none.

        :func:`kg.validation.catalogue_summary.summarize` counts what was found by shape and body.
        """
        from kg.pipeline.cached_ntriples import at_hand

        return catalogues.run(self.store, _shapes("catalogues"), engine, at_hand(self.store.path))

    def defects(self) -> list[checks.Defect]:
        """What the checks of ``ontology/checks`` find in the curated part; best nothing."""
        return checks.run(partitions.curated(self.store), resources.ontology(), resources.queries())

    def shape_coverage(self, *, listed: bool = True) -> list[shape_coverage.ShapeCoverage]:
        """How many targets and values each shape finds in the part of the graph that it is for.

        The shapes for catalogues are left out without ``listed``.
        """
        rows = shape_coverage.measure(self._curated, _shapes())
        if not listed or not (graphs := partitions.listed(self.store)):
            return rows
        graphs += (ox.NamedNode(ONTOLOGY_GRAPH), ox.NamedNode(EVIDENCE_GRAPH))
        listing = _shapes("catalogues")
        return rows + shape_coverage.measure(self.store, listing, graphs, optional=True)

    def statistics(self) -> statistics.Statistics:
        """Count what the graph holds."""
        from kg.pipeline.build import quads_of

        path = self.store.path
        size = None if path is None else quads_of(path.parent)
        return statistics.count(self.store, self._curated, size)

    @property
    def catalogues(self) -> tuple[Account, ...]:
        """What became of the records of each catalogue, by name; none of a graph in memory."""
        from kg.pipeline.build import of_generation

        return of_generation(self.store.path.parent) if self.store.path else ()

    def export(self, format: str, output: BinaryIO) -> None:
        """Write the whole graph; the same graph gives the same bytes. See ``kg.export.FORMATS``."""
        from kg.export import export

        export(self.store, format, output)

    def rdflib(self) -> Dataset:
        """The graph as an rdflib dataset to read from; give its ``query`` strings."""
        return self.store.rdflib()

    def _repr_html_(self) -> str:
        return html_overview(self.statistics(), len(self.questions), len(self.views))


def _shapes(part: str = "") -> list[ox.Triple]:
    from kg.validation.shapes import read_shapes

    return read_shapes(resources.ontology() / "shapes" / part)
