"""The public API: the whole graph as one object."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg import tables
from kg.analysis import statistics
from kg.analysis.relations import Relations
from kg.analysis.statistics_html import html_overview
from kg.common import namespaces, resources
from kg.common.arguments import check_arguments
from kg.common.by_name import ByName
from kg.common.errors import ArgumentError, QueryError
from kg.common.limits import Limits
from kg.entities import labels, resolution, search
from kg.entities.as_of import optional_day
from kg.entities.search import LIMIT, Hit
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.pictures.drawing import Drawing
from kg.queries.columns import column_headings
from kg.queries.model import Question
from kg.queries.questions import find_question, load_questions, run_question
from kg.queries.views import View, find_view, load_views
from kg.store import FreeQuery, Store, Table
from kg.store.embedded import EmbeddedStore
from kg.store.opening import open_store
from kg.tables import LabeledTable
from kg.validation import graph_checks, partitions
from kg.validation.shacl import Engine, Report

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset

    from kg.analysis.model import Profile
    from kg.analysis.path_statements import Way
    from kg.analysis.statistics import Statistics
    from kg.drafting import Draft
    from kg.entities.match import Match
    from kg.interpretation import Interpretation
    from kg.network.adjacency.arrays import Adjacency
    from kg.pipeline.build import Account
    from kg.scanning import Document, Scan
    from kg.store.free_queries import Runner
    from kg.store.remote.endpoint import Endpoint
    from kg.validation.catalogues import CatalogueReport
    from kg.validation.checks import Defect
    from kg.validation.shape_coverage import ShapeCoverage


@check_arguments
class KnowledgeGraph:
    """A graph on disk or in memory; read-only.

    An entity is given by its name in English or Chinese, an abbreviation, an identifier or an IRI;
    a name that is unknown or ambiguous raises ResolutionError. Other invalid arguments raise
    QueryError (questions, views, SPARQL) or ArgumentError; all derive from :class:`kg.KgError`.

    >>> graph = KnowledgeGraph.in_memory()
    >>> graph.resolve("国际标准化组织")
    'https://w3id.org/stdkg/iso'
    >>> rows = graph.ask("ballot", committee="ISO/TC 321")
    >>> {graph.label(r["value"].value, "zh") for r in rows if r["what"].value.endswith("result")}
    {'全票通过'}
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._relations = Relations(store)

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self._quads():,} quads {self.store.place}>"

    @classmethod
    def open(
        cls, folder: Path | str | None = None, *, endpoint: Endpoint | str | None = None
    ) -> KnowledgeGraph:
        """Open the latest graph built in a folder (None: the default), or that of an endpoint.

        StoreError without one, and if a file of it is missing, has another size or differs at its
        ends. An ``endpoint`` is any that speaks SPARQL 1.1; credentials and further settings come
        from the environment, see :class:`kg.Endpoint`. Without arguments, KG_ENDPOINT is used if it
        is set. The graph of an endpoint is read with each call, so a failure is raised by the call.
        """
        return cls(open_store(folder, endpoint))

    @classmethod
    def in_memory(cls, articles: Iterable[Path] = ()) -> KnowledgeGraph:
        """Build the graph of the articles in this package in memory, without validating it.

        ``articles`` are folders of further ones; SourceError for one that can't be read.
        """
        from kg.pipeline.build import build_in_memory

        return cls(build_in_memory(articles))

    @classmethod
    def of_files(cls, files: Iterable[Path]) -> KnowledgeGraph:
        """Load RDF files and the ontology, without rules; SourceError names file and line."""
        from kg.pipeline.build import file_quads

        return cls(EmbeddedStore.in_memory(file_quads(files)))

    @property
    def relations(self) -> Adjacency:
        """All relations as arrays of neighbors, for :mod:`kg.analysis.centrality`."""
        return self._relations.index

    @cached_property
    def _curated(self) -> Store:
        """The curated part in memory; the store itself when it has no catalogues."""
        if not partitions.catalogue_part(self.store):
            return self.store
        return EmbeddedStore.in_memory(partitions.curated_quads(self.store))

    def _quads(self) -> int:
        from kg.pipeline.build import quad_count

        return quad_count(self.store)

    @property
    def questions(self) -> Mapping[str, Question]:
        """The canned questions by name."""
        return ByName(load_questions(resources.queries()))

    def ask(
        self, question: str, /, timeout: float | None = None, *, as_of: str = "", **params: str
    ) -> list[dict[str, ox.NamedNode | ox.Literal]]:
        """Answer a canned question; a row maps columns to RDF terms, without unbound ones.

        With a ``timeout`` its queries run as in :meth:`query`, all together for as many seconds;
        without, they run in this process. So do those of other methods with this argument. With a
        day ``as_of``, documents are listed as they stood then (see :mod:`kg.queries.past_rows`).
        """
        asked = find_question(resources.queries(), question)
        store, day = self._within(timeout), optional_day(as_of)
        return run_question(store, asked, params, day).as_dicts()

    def interpret(self, text: str) -> Interpretation:
        """Understand a question in words: the canned question, and its arguments.

        Its ``best`` reading is None if the text is refused; see :mod:`kg.interpretation`.

        >>> KnowledgeGraph.in_memory().interpret("就ISO/TC 321举行的投票结果如何？").best
        Reading(ballot, committee='ISO/TC 321')
        """
        from kg.interpretation import interpret

        return interpret(self.store, text)

    def draft(
        self, text: str, *, title: str = "", date: str = "", words: Path | str | None = None
    ) -> Draft:
        """Propose claims from a Chinese text, by rules and by the names of the graph.

        ``title`` and ``date`` of publication are looked for in the text's head if they aren't
        given; ``words`` is a YAML file of further names by type. See :mod:`kg.drafting`.

        ArgumentError if ``date`` is none, SourceError if ``words`` can't be read.

        >>> drafted = KnowledgeGraph.in_memory().draft("去年，浙江有12项。", date="2019-04-11")
        >>> [(each.type, each.value) for each in drafted.mentions]
        [('DATE', '2018'), ('PLACE', '浙江'), ('QTY', '12')]
        """
        from kg.drafting import draft_with_names

        return draft_with_names(self.store, text, title, date, words)

    def _within(self, timeout: float | None) -> Store:
        """Return the store for a call whose time begins now."""
        if timeout is None:
            return self.store
        from kg.store.limited import LimitedStore

        return LimitedStore(self.store, self._sandbox, Limits(timeout))

    def query(
        self, sparql: str, timeout: float | None = None, memory: int | None = None
    ) -> Table | bool | list[ox.Triple]:
        """Run a SPARQL 1.1 query: a table for SELECT, a bool for ASK, or else distinct triples.

        The default graph is the union of all graphs, which finds a statement once for each graph
        that has it: COUNT(?x) counts it as often, COUNT(DISTINCT ?x) once.

        The project's prefixes are declared. :meth:`select` returns a table with labels. The query
        runs in a process of its own, without network access. QueryLimitError if it needs more than
        ``timeout`` seconds (None: no limit), or more than ``memory`` bytes (None: half of what is
        free).

        >>> KnowledgeGraph.in_memory().query("ASK { <cn/sac> std:supported ?proposal }")
        True
        """
        return self._sandbox.run(FreeQuery(sparql), Limits(timeout, memory))

    def select(
        self, sparql: str, lang: str = "en", timeout: float | None = None, memory: int | None = None
    ) -> LabeledTable:
        """Run a SPARQL 1.1 SELECT query; return a table with labels, as :meth:`table` does.

        ``to_pandas``, ``to_polars`` and ``records`` of the table give its values as those of
        Python. QueryError for another form of query; all else is as in :meth:`query`.

        >>> table = KnowledgeGraph.in_memory().select("SELECT ?n { <cn/sac> skos:prefLabel ?n }")
        >>> sorted(row["n"] for row in table.records())
        ['Standardization Administration of China', '国家标准化管理委员会']
        """
        result = self.query(sparql, timeout, memory)
        if not isinstance(result, Table):
            raise QueryError("select() needs a SELECT query: use query() for the other forms")
        return tables.add_labels(self.store, result, lang)

    @cached_property
    def _sandbox(self) -> Runner:
        from kg.store.free_queries import runner

        return runner(self.store)

    def resolve(self, name: str) -> str:
        """Return the IRI of an entity; ResolutionError suggests similar names, or lists choices."""
        return resolution.resolve(self.store, name).value

    def _resolve_work(self, name: str) -> str:
        return resolution.resolve_work(self.store, name) or self.resolve(name)

    def label(self, iri: str, lang: str = "en") -> str:
        """Return the label of an IRI, in a language (``en`` or ``zh``) if it has one."""
        if (node := namespaces.expand(iri)) is None:
            raise ArgumentError(f"{iri!r} is not an IRI: resolve a name first")
        return labels.labels(self.store, [node], lang)[node]

    def evidence(self, entity: str, *, timeout: float | None = None) -> list[Proof]:
        """Return the evidence for all statements about an entity, or for a claim given by IRI.

        >>> proofs = KnowledgeGraph.in_memory().evidence("claim:cfsn-2019-04-11/secretariat-china")
        >>> [(proof.phrase, proof.start, proof.end) for proof in proofs if not proof.inferred]
        [('秘书处由中国承担', 729, 737)]
        """
        shown = resolution.resolve(self.store, entity)
        return proofs.proofs_of_entity(self._within(timeout), shown)

    @property
    def views(self) -> Mapping[str, View]:
        """The views by name; each selects a part of the graph for a network or a chart."""
        return ByName(load_views(resources.queries() / "views"))

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
        as_of: str = "",
        at_most: int | None = None,
        timeout: float | None = None,
    ) -> Drawing:
        """Return a view of the graph, whole or filtered, to draw, analyze or write.

        ``kinds`` are classes or groups, such as ``std:Standard`` or ``event``; ``since`` and
        ``until`` are dates (``2018``, ``2018-07``); ``hops`` is the maximum number of edges from
        ``around`` (default 1); see :class:`kg.network.filters.Filter`. A timeline accepts only
        ``since`` and ``until``, other charts accept no filter. The ``network`` of the result is a
        ``networkx.MultiDiGraph``; only the part that the filters keep is loaded. With a day
        ``as_of``, networks and timelines are as they stood then (see :mod:`kg.network.past`).

        Raises QueryError for an unknown view, and ArgumentError for a filter that the view does not
        support. A network of more than ``at_most`` entities is folded into groups with their number
        (see :mod:`kg.network.folded_network`), and only what remains is loaded.

        >>> graph = KnowledgeGraph.in_memory().view("committees", around="ISO/TC 321").network
        >>> graph.nodes["https://w3id.org/stdkg/place/cn"]["label_zh"]
        '中国'
        """
        from kg.network.filters import resolve_filter
        from kg.pictures.drawing import draw_view

        view = find_view(resources.queries() / "views", name)
        wanted = resolve_filter(self.store, kinds, since, until, place, around, hops)
        # Building the index of a graph in memory takes longer than most views.
        index = self.relations if view.listed_relations or view == self._relations.view else None
        return draw_view(self._within(timeout), view, wanted, index, at_most, optional_day(as_of))

    def structure(self) -> nx.MultiDiGraph[str]:
        """Return all entities and edges, without labels; see :mod:`kg.network.bare_network`."""
        from kg.network.bare_network import bare_network

        return bare_network(self.relations)

    def search(self, text: str, *, within: str | None = None, limit: int = LIMIT) -> list[Hit]:
        """Find entities (of a class or group) by parts of names; see :mod:`kg.entities.search`."""
        return search.search(self.store, text, within=within, limit=limit)

    def match(self, texts: Iterable[str], *, as_of: str = "") -> list[Match]:
        """Match each reference or name of a list to an entity; see :mod:`kg.entities.match`.

        The status is that on the day ``as_of``, by default the latest known.

        >>> [match] = KnowledgeGraph.in_memory().match(["IOS/TC 321"])
        >>> match.iri, match.score, [reason.key for reason in match.reasons]
        ('https://w3id.org/stdkg/iso/tc/321', 0.8, ['same', 'mended'])
        """
        from kg.entities.match import match

        return match(self.store, texts, optional_day(as_of))

    def scan(self, document: Document | Path | str, *, as_of: str = "") -> Scan:
        """Find the references to standards in a document, and match each with an entity.

        A path is read by its extension (see :func:`kg.scanning.read_document`, which raises the
        errors); a string is the text itself. The status is as in :meth:`match`.

        >>> scan = KnowledgeGraph.in_memory().scan("符合GB/T 1.1～1.3及ISO 9001:2015第7.1.6条")
        >>> for item in scan.references:
        ...     reference = item.reference
        ...     print(reference.number, [clause.name for clause in reference.clauses])
        GB/T 1.1 []
        GB/T 1.2 []
        GB/T 1.3 []
        ISO 9001:2015 ['7.1.6']
        """
        from kg.scanning import scan

        return scan(self.store, document, optional_day(as_of))

    def profile(
        self,
        entity: str,
        limit: int | None = 20,
        *,
        as_of: str = "",
        timeout: float | None = None,
    ) -> Profile:
        """Return the kinds and names of an entity, and all statements about it.

        An undated designation means the work with all its editions. At most ``limit`` relations of
        each kind are listed; None lists all. With a day ``as_of``, it is that of the day.
        """
        from kg.analysis.profile import describe_entity

        shown = self._resolve_work(entity)
        return describe_entity(self._within(timeout), self._relations.on(as_of), shown, limit)

    def relate(
        self,
        start: str,
        end: str,
        *,
        paths: int = 3,
        hops: int = 4,
        as_of: str = "",
        timeout: float | None = None,
    ) -> list[Way]:
        """Return how two entities are related: at most ``paths`` ways, best first.

        A way has at most ``hops`` steps between the entities or what stands for them, such as the
        bodies of a country. See :mod:`kg.analysis.paths` for the cost. An undated designation means
        the work with all its editions. With a day ``as_of``, the relations are those of the day.

        >>> [path] = KnowledgeGraph.in_memory().relate("浙江省省长", "SAC", paths=1, hops=3)
        >>> print(path.steps[1][0].sentence.en)
        Zhejiang Provincial People's Government was a signatory of memorandum of cooperation
        """
        from kg.analysis.paths import find_paths

        ends = self._resolve_work(start), self._resolve_work(end)
        relations, store = self._relations.on(as_of), self._within(timeout)
        return find_paths(store, relations, *ends, paths=paths, hops=hops)

    def left_out(self, as_of: str, lang: str = "en") -> list[str]:
        """Return what an answer as of a day leaves out of all relations, in words."""
        return [note.of(lang) for note in self._relations.on(as_of).notes]

    def count_relations(
        self, entity: str, lang: str = "en", *, as_of: str = ""
    ) -> list[tuple[str, int]]:
        """Return how an entity is related: sentences, with the number of others in each.

        >>> KnowledgeGraph.in_memory().count_relations("ISO/TMB")[0]
        ('ISO Technical Management Board organized …', 1)
        """
        from kg.analysis.path_statements import count_relations

        relations = self._relations.on(as_of)
        counted = count_relations(self.store, relations, self._resolve_work(entity))
        return [(sentence.of(lang), count) for sentence, count in counted]

    def table(
        self,
        question: str,
        /,
        lang: str = "en",
        timeout: float | None = None,
        *,
        as_of: str = "",
        **params: str,
    ) -> LabeledTable:
        """Ask a canned question; return a table with labels, which notebooks display.

        ``lang`` is the language of labels and headings; all else is as in :meth:`ask`.
        """
        asked = find_question(resources.queries(), question)
        day = optional_day(as_of)
        answer = run_question(self._within(timeout), asked, params, day, lang)
        table = tables.add_labels(self.store, answer, lang)
        return replace(table, headings=column_headings(table.columns, lang, question))

    def validate(self, engine: Engine = "auto") -> Report:
        """Validate the curated part against its shapes; conflicts between sources are warnings."""
        return graph_checks.validate_curated(self.store, engine)

    def validate_catalogues(self, engine: Engine = "auto") -> CatalogueReport | None:
        """Validate the catalogues against their shapes; None when the graph has none."""
        from kg.pipeline.cached_ntriples import cached_texts

        return graph_checks.validate_catalogues(self.store, engine, cached_texts(self.store.path))

    def defects(self) -> list[Defect]:
        """Run the checks of ``ontology/checks`` on the curated part; return the defects found."""
        return graph_checks.find_defects(self.store)

    def shape_coverage(self, *, listed: bool = True) -> list[ShapeCoverage]:
        """Count targets and values of each shape; ``listed`` includes shapes for catalogues."""
        return graph_checks.measure_coverage(self.store, self._curated, listed=listed)

    def statistics(self, *, timeout: float | None = None) -> Statistics:
        """Return counts of entities, statements, claims and evidence."""
        return statistics.count_graph(self._within(timeout), self._curated, self._quads())

    @property
    def catalogues(self) -> tuple[Account, ...]:
        """The accounts of the catalogues, sorted by name; empty for a graph in memory."""
        from kg.pipeline.build import read_accounts

        return read_accounts(self.store.files) if self.store.files else ()

    def export(self, format: str, output: BinaryIO) -> None:
        """Write the graph in a format of ``kg.export.FORMATS``; equal graphs give equal bytes."""
        from kg.export import export

        export(self.store, format, output)

    def rdflib(self) -> Dataset:
        """Return a read-only rdflib dataset; its queries must be strings, not prepared."""
        return self.store.rdflib(self._sandbox.run)

    def _repr_html_(self) -> str:
        return html_overview(self.statistics(), len(self.questions), len(self.views))
