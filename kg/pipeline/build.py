"""Sources -> store: read, derive, check, validate, publish, in one pass and all or nothing.

The curated part (articles and ontology) must be without a fault, or nothing is published. The
catalogues that join it are the work of others: their faults are reported, and stop nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common import resources
from kg.common.errors import KgError
from kg.common.namespaces import ENTITIES_GRAPH, PREFIXES, STD
from kg.common.workers import Workers
from kg.entities import index
from kg.entities.index.writer import write_index
from kg.evidence import selectors
from kg.network.adjacency import arrays, builder
from kg.pipeline import cached_ntriples, catalogues, curated, incremental, summary
from kg.pipeline.accounts import Account
from kg.pipeline.catalogues import Wanted, of_generation
from kg.pipeline.curated import (
    Curated,
    Progress,
    RejectedError,
    checked,
    file_quads,
    fill,
    in_memory,
    silent,
    source_quads,
)
from kg.pipeline.summary import Summary, quads_of
from kg.queries import views
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, current_generation, new_generation
from kg.store.writer import StoreWriter

__all__ = [
    "STEPS",
    "Account",
    "RejectedError",
    "Summary",
    "Wanted",
    "build",
    "file_quads",
    "in_memory",
    "of_generation",
    "quads_of",
    "source_quads",
]

STEPS: Final = (
    "read",
    "load",
    "derive",
    "check",
    "validate",
    "convert",
    "join",
    "index",
    "publish",
)
_MANY: Final = 200_000
"""Quads for which it pays to start another process."""
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_CLAIM: Final = ox.NamedNode(STD + "Claim")
_ENTITIES: Final = ox.NamedNode(ENTITIES_GRAPH)


def build(
    folder: Path,
    progress: Progress = silent,
    wanted: Wanted | None = None,
    *,
    again: bool = False,
) -> Summary:
    """Build the graph into a folder of stores and make it the current one.

    ``wanted`` says which catalogues join it; by default those that the graph before had. Where that
    was made of the same sources by the same program it stands, and where little has changed only
    that is written; built ``again``, the graph is made from nothing.
    Raises KgError when a source can't be read, RejectedError when a check or shape finds a
    violation in the curated part; whatever was built before stays in place then.
    """
    begin = time.monotonic()
    jobs = catalogues.planned(catalogues.of_current(folder), wanted or Wanted())
    known = catalogues.unchanged(folder, jobs)
    if not again and known is not None and _stands(folder, known):
        standing = current_generation(folder)
        rejects = catalogues.rejects_of(standing)
        return summary.read(standing, folder, known, rejects, time.monotonic() - begin)
    with new_generation(folder) as generation:
        quads, engine, warnings = (None if again else curated.kept(folder)) or _curated(progress)
        curated.keep(generation, quads)
        accounts = catalogues.converted(folder, jobs, progress)
        written = _written(generation, folder, quads, accounts, again, progress)
        _read_back(generation / STORE, quads, written, [account.graph for account in accounts])
        rejects = catalogues.record(generation, folder, accounts)
        progress("index")
        _index(generation, written)
        progress("publish")
        made = Summary(
            folder=folder,
            graphs=len({quad.graph_name for quad in quads}) + len(accounts),
            quads=written,
            claims=sum(quad.predicate == _TYPE and quad.object == _CLAIM for quad in quads),
            entities=len({q.subject for q in quads if q.graph_name == _ENTITIES}),
            evidence=tuple(selectors.status(quads)),
            engine=engine,
            warnings=warnings,
            catalogues=accounts,
            rejects=rejects,
            seconds=time.monotonic() - begin,
            peak=_peak(),
            size=sum(file.stat().st_size for file in (generation / STORE).iterdir()),
        )
        made.write(generation, summary.digest(accounts))
    catalogues.clear(folder, accounts)
    return made


def _stands(folder: Path, accounts: Sequence[Account]) -> bool:
    """Whether the graph before was made of the same, and can be read."""
    try:
        standing = current_generation(folder)
        EmbeddedStore.open(standing / STORE)
        index.open_index(standing / index.FILE)
    except KgError:
        return False
    whole = arrays.Adjacency.open(standing / arrays.FOLDER, _everything()) is not None
    return whole and summary.made_of(standing) == summary.digest(accounts)


def _curated(progress: Progress) -> Curated:
    """The curated part, whole and without a fault."""
    writer = StoreWriter(None)
    fill(writer, progress)
    quads = list(writer.view().quads())
    report = checked(quads, progress)
    return Curated(quads, report.engine, len(report.results))


def _written(
    generation: Path,
    folder: Path,
    quads: Iterable[ox.Quad],
    accounts: Sequence[Account],
    again: bool,
    progress: Progress,
) -> int:
    """Write the store of a generation, and say how many quads it holds."""
    if accounts:
        progress("join")
    update = incremental.planned(folder, accounts) if accounts and not again else None
    with StoreWriter(generation / STORE, update.store if update else None) as writer:
        if update:
            incremental.apply(writer, update, quads, folder, accounts)
        else:
            writer.extend(quads)
            if accounts:
                catalogues.join(writer, folder, accounts)
        return writer.size()


def _read_back(
    store: Path, quads: Iterable[ox.Quad], written: int, graphs: Sequence[ox.NamedNode]
) -> None:
    """Raise KgError unless the disk gives back what was written: the curated part quad by quad."""
    held = EmbeddedStore.open(store)
    if held.size() != written or not all(held.contains(quad) for quad in quads):
        raise KgError(f"{store}: the disk gives back other data than was written: check it")
    empty = [graph for graph in graphs if next(held.quads(graph), None) is None]
    if empty:
        raise KgError(f"{store}: {empty[0]} came out empty: check the disk")


def _index(generation: Path, quads: int) -> None:
    """Write what is looked up beside the store: who is joined to whom, and all names."""
    if quads < _MANY:
        _write_relations(generation)
        _write_names(generation)
        return
    with Workers() as workers:
        relations = workers.submit(_write_relations, generation)
        _write_names(generation)
        relations.result()


def _write_relations(generation: Path) -> None:
    view = _everything()
    store = EmbeddedStore.open(generation / STORE)
    whole = builder.build_adjacency(store, view, cached_ntriples.blocks_of(generation / STORE))
    whole.write(generation / arrays.FOLDER, view)


def _write_names(generation: Path) -> None:
    store = EmbeddedStore.open(generation / STORE)
    write_index(generation / index.FILE, store, cached_ntriples.blocks_of(generation / STORE))


def _everything() -> views.View:
    return views.find_view(resources.queries() / "views", "everything")


def _peak() -> int:
    try:
        import resource
    except ImportError:  # Windows has no such module.
        return 0
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return 1024 * max(own, children)
