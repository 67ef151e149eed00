"""Validation of the catalogues against their own shapes; violations don't stop a build.

Only entities that a catalogue describes are validated. The types of curated entities are added,
since catalogues refer to them. The engine reads one N-Triples file in the temporary folder, about
150 bytes per triple.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.common.namespaces import RDF_TYPE, node
from kg.store import Store
from kg.validation import bulk_engine
from kg.validation.bulk_engine import BulkResult
from kg.validation.partitions import catalogue_part, curated_quads
from kg.validation.shacl import Engine, Result, check_engine, validate_triples

_SUBCLASS: Final = node("rdfs:subClassOf")
_SOURCE: Final = node("dcterms:source")
_SNAPSHOT: Final = node("std:snapshotOn")
_CATALOGUE: Final = node("std:Catalogue")
_READERS: Final = 4
"""Number of graphs read in parallel; most of the time goes into the store's term look-ups."""
_BLOCK: Final = 1 << 20
_IN_CATALOGUE: Final = "ASK { ?graph a std:Catalogue . GRAPH ?graph { ?focus ?property ?value } }"


@dataclass(frozen=True)
class CachedCatalogues:
    """N-Triples of a store's graphs, kept from its build: faster to copy than to read the store.

    ``write_graph`` writes a graph to a stream and returns whether it could; on False, a part may
    have been written. Lines may be repeated. ``quad_count`` is the number of quads of the whole
    store.
    """

    write_graph: Callable[[ox.NamedNode, BinaryIO], bool]
    quad_count: int


@dataclass(frozen=True, repr=False)
class CatalogueReport:
    """The results of validating catalogues.

    ``engine`` is ``pyshacl`` or ``shacl``, ``triples`` the number of triples validated, ``seconds``
    the time it took. ``bulk_results`` are in the form of the bulk engine, sorted; iterating over
    the report converts them to :class:`kg.validation.shacl.Result`, and
    :func:`kg.validation.catalogue_summary.summarize_report` counts them.
    """

    engine: str
    triples: int
    seconds: float
    bulk_results: Sequence[BulkResult]
    shapes: Sequence[ox.Triple]

    def __iter__(self) -> Iterator[Result]:
        return bulk_engine.convert_results(self.bulk_results, self.shapes)

    def __len__(self) -> int:
        return len(self.bulk_results)

    @cached_property
    def conforms(self) -> bool:
        """Whether no result is a violation."""
        return all(result.severity != "Violation" for result in self.bulk_results)

    def __repr__(self) -> str:
        verdict = "conforms" if self.conforms else "does not conform"
        counts = f"{len(self)} results in {self.triples} triples"
        return f"<CatalogueReport of {self.engine}: {verdict}, {counts}>"


def validate_catalogues(
    store: Store,
    shapes: Sequence[ox.Triple],
    engine: Engine = "auto",
    cache: CachedCatalogues | None = None,
) -> CatalogueReport | None:
    """Validate the catalogues of a store; return None when it has none.

    ``auto`` means shacl, since pyshacl takes minutes for 10,000 triples of documents. Raises
    ArgumentError for an unknown engine, KgError when the engine rejects the shapes.
    """
    check_engine(engine)
    if not catalogue_part(store):
        return None
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kg-validate-") as folder:
        file = Path(folder) / "catalogues.nt"
        triples, curated_nodes = write_data(store, file, cache)
        results: Sequence[BulkResult]
        if engine != "pyshacl":
            engine = "shacl"
            results = bulk_engine.validate_file(file, shapes)
        else:
            quads = ox.parse(path=str(file), format=ox.RdfFormat.N_TRIPLES)
            report = validate_triples((quad.triple for quad in quads), shapes, engine)
            results = [bulk_engine.ReferenceResult.of(result) for result in report.results]
    in_catalogue = _CatalogueNodes(store, curated_nodes)
    own = sorted((result for result in results if result.focus_node in in_catalogue), key=_order)
    return CatalogueReport(engine, triples, time.monotonic() - begin, own, shapes)


def write_data(
    store: Store, file: Path, cache: CachedCatalogues | None = None
) -> tuple[int, set[str]]:
    """Write the catalogues and their context as N-Triples.

    Returns the number of triples, summed over graphs, and the curated nodes (N-Triples) of the
    context, which are validated only if a catalogue describes them too.
    """
    curated = list(curated_quads(store))
    context = [
        quad.triple
        for quad in curated
        if quad.predicate in (RDF_TYPE, _SUBCLASS, _SOURCE, _SNAPSHOT)
    ]
    validated = {
        str(triple.subject)
        for triple in context
        if triple.predicate == _SNAPSHOT or triple.object == _CATALOGUE
    }
    with file.open("wb") as out:
        out.write(ox.serialize(context, format=ox.RdfFormat.N_TRIPLES) or b"")
        missing = [
            graph
            for graph in catalogue_part(store)
            if not (cache and _copy_graph(cache, graph, out))
        ]
        lines = _dump_graphs(store, missing, file, out)
    # Cached lines may be repeated, so their number is not that of the triples.
    triples = cache.quad_count - len(curated) if cache else lines
    return len(context) + triples, {str(triple.subject) for triple in context} - validated


def _copy_graph(cache: CachedCatalogues, graph: ox.NamedNode, out: BinaryIO) -> bool:
    begin = out.tell()
    if cache.write_graph(graph, out):
        return True
    out.seek(begin)
    out.truncate()
    return False


def _dump_graphs(store: Store, graphs: Sequence[ox.NamedNode], file: Path, out: BinaryIO) -> int:
    """Append graphs of the store to a stream; return the number of lines."""

    def dump(graph: ox.NamedNode, number: int) -> Path:
        part = file.with_name(f"{number}.nt")
        store.dump(graph, part)
        return part

    lines = 0
    with ThreadPoolExecutor(_READERS) as pool:
        for part in pool.map(dump, graphs, range(len(graphs))):
            with part.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    lines += block.count(b"\n")
                    out.write(block)
            part.unlink()
    return lines


class _CatalogueNodes:
    """The nodes (N-Triples) that a catalogue describes; only curated nodes need a look-up."""

    def __init__(self, store: Store, curated: set[str]) -> None:
        self._store = store
        self._curated = curated
        self._known: dict[str, bool] = {}

    def __contains__(self, focus: str) -> bool:
        if focus not in self._curated:
            return True
        if focus not in self._known:
            bindings = {"focus": bulk_engine.parse_term(focus)}
            self._known[focus] = self._store.ask(_IN_CATALOGUE, bindings)
        return self._known[focus]


def _order(result: BulkResult) -> tuple[str, ...]:
    return (
        bulk_engine.source_shape(result),
        result.focus_node,
        result.component,
        result.path or "",
        result.value or "",
    )
