"""Build the graph: read, derive, check, validate, join catalogues, publish; all or nothing.

A fault in the curated part (articles and ontology) stops the build. Faults in the catalogues, which
others publish, are only reported.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common import resources
from kg.common.errors import BuildError
from kg.common.namespaces import ENTITIES_GRAPH, RDF_TYPE, node
from kg.common.workers import Workers
from kg.entities import index
from kg.entities.index.writer import write_index
from kg.evidence import selectors
from kg.network.adjacency import arrays, builder
from kg.pipeline import (
    articles,
    cached_ntriples,
    catalogues,
    conversion_cache,
    curated,
    incremental,
    summary,
)
from kg.pipeline.accounts import Account
from kg.pipeline.article_account import ArticleAccount, articles_digest
from kg.pipeline.articles import PlannedArticle
from kg.pipeline.catalogue_matches import with_catalogue_matches
from kg.pipeline.catalogues import CatalogueSelection, read_accounts
from kg.pipeline.curated import (
    CuratedPart,
    Progress,
    RejectedError,
    build_in_memory,
    check_quads,
    file_quads,
    fill_store,
    no_progress,
    source_quads,
)
from kg.pipeline.kept_history import Keeper, KeptHistory, keep_nothing
from kg.pipeline.previous import previous_graph
from kg.pipeline.summary import Summary, quad_count, stored_quad_count
from kg.queries import kept_rows, views
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, build_lock, clear_unfinished, new_generation
from kg.store.writer import StoreWriter

__all__ = [
    "STEPS",
    "Account",
    "CatalogueSelection",
    "RejectedError",
    "Summary",
    "build",
    "build_in_memory",
    "file_quads",
    "quad_count",
    "read_accounts",
    "source_quads",
    "stored_quad_count",
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
"""Number of quads from which starting another process saves time."""
_CLAIM: Final = node("std:Claim")
_ENTITIES: Final = ox.NamedNode(ENTITIES_GRAPH)


def build(
    folder: Path,
    progress: Progress = no_progress,
    selection: CatalogueSelection | None = None,
    *,
    again: bool = False,
    warn: Callable[[str], None] = no_progress,
    history: Keeper = keep_nothing,
    cluster: str | None = None,
) -> Summary:
    """Build the graph in a folder of stores, and make it the current one.

    ``selection`` selects the catalogues to join, by default those of the current graph. If nothing
    has changed, the current graph is kept; if little has changed, only the changes are written to a
    copy of it. ``again`` forces a full build. ``progress`` is called with the name of each step,
    and ``warn`` with one line if the current graph is damaged, which the build mends. ``history``
    keeps earlier states of the catalogues (see :func:`kg.changes.history.history_keeper`).
    ``cluster`` is the address of a scheduler of dask.distributed whose workers convert the
    catalogues; the graph has the same bytes. Raises
    SourceError or BuildError if a source can't be read, StoreError if another build is running in
    the folder, and RejectedError for a fault in the curated part. After an error the current graph
    is unchanged.
    """
    begin = time.monotonic()
    selection = selection or CatalogueSelection()
    with build_lock(folder):
        # Planned under the lock: another build may change what the graph consists of.
        previous = previous_graph(folder, warn, sources_needed=not selection.only)
        planned = articles.plan_articles(previous.articles, previous.whole, selection)
        slugs = [account.slug for account in previous.articles]
        if again:
            conversion_cache.forget_digests(folder)
        cache = folder / catalogues.CACHE
        jobs = catalogues.plan_jobs(previous.accounts, selection, slugs, cache)
        articles.check_names(planned, [job.source for job in jobs])
        digest = articles_digest(each.account for each in planned)
        cached = catalogues.unchanged_accounts(folder, jobs)
        whole = None if again else previous.whole
        kept = KeptHistory() if cached is None else history(folder, cached)
        if whole and cached is not None and _is_up_to_date(whole, cached, digest + kept.digest):
            clear_unfinished(folder)
            conversion_cache.clear_cache(folder)
            rejects = catalogues.rejects_file(whole)
            seconds = time.monotonic() - begin
            own = articles.with_stored_joins([each.account for each in planned], whole)
            return summary.read_summary(whole, folder, cached, rejects, seconds, own)
        with new_generation(folder) as generation:
            part, own = _curated(planned, digest, whole, progress)
            quads, engine, warnings = part
            curated.save_curated(generation, quads, digest)
            accounts = catalogues.convert_catalogues(folder, jobs, progress, cluster)
            # Free the lists of all file names.
            del jobs
            kept = history(folder, accounts) if cached is None else kept
            kept.write(generation)
            whole_part = [*quads, *kept.quads]
            size = _write_store(generation, folder, whole_part, accounts, whole, progress)
            graphs = [account.graph for account in accounts]
            _check_written(generation / STORE, quads, size, graphs)
            rejects = catalogues.write_accounts(generation, folder, accounts)
            progress("index")
            _write_indexes(generation, size)
            own = with_catalogue_matches(own, generation, graphs)
            articles.write_article_accounts(generation, planned, own)
            progress("publish")
            result = Summary(
                folder=folder,
                graphs=len({quad.graph_name for quad in quads}) + len(accounts),
                quads=size,
                claims=sum(quad.predicate == RDF_TYPE and quad.object == _CLAIM for quad in quads),
                entities=len({q.subject for q in quads if q.graph_name == _ENTITIES}),
                evidence=tuple(selectors.count_evidence(quads)),
                engine=engine,
                warnings=warnings,
                catalogues=accounts,
                rejects=rejects,
                seconds=time.monotonic() - begin,
                peak=_peak_memory(),
                size=sum(file.stat().st_size for file in (generation / STORE).iterdir()),
                articles=own,
            )
            result.write(generation, summary.input_digest(accounts, digest + kept.digest))
        conversion_cache.clear_cache(folder)
    return result


def _is_up_to_date(whole: Path, accounts: Sequence[Account], articles: str) -> bool:
    """Whether a whole graph was built from the same inputs."""
    return summary.stored_digest(whole) == summary.input_digest(accounts, articles)


def _curated(
    planned: Sequence[PlannedArticle], digest: str, whole: Path | None, progress: Progress
) -> tuple[CuratedPart, tuple[ArticleAccount, ...]]:
    """Return the curated part, as saved with a whole graph if it is, and the articles in it."""
    accounts = [each.account for each in planned]
    saved = curated.saved_curated(whole, digest) if whole else None
    if whole and saved:
        return saved, articles.with_stored_joins(accounts, whole)
    writer = StoreWriter(None)
    joins = fill_store(writer, progress, [each.article for each in planned])
    quads = list(writer.view().quads())
    report = check_quads(quads, progress, [each.article for each in planned])
    own = [replace(account, joins=each) for account, each in zip(accounts, joins, strict=True)]
    return CuratedPart(quads, report.engine, len(report.results)), tuple(own)


def _write_store(
    generation: Path,
    folder: Path,
    quads: Iterable[ox.Quad],
    accounts: Sequence[Account],
    whole: Path | None,
    progress: Progress,
) -> int:
    """Write the store of a generation; return the number of quads."""
    if accounts:
        progress("join")
    update = incremental.plan_update(whole, accounts) if accounts and whole else None
    with StoreWriter(generation / STORE, update.store if update else None) as writer:
        if update:
            incremental.apply_update(writer, update, quads, folder, accounts)
        else:
            writer.extend(quads)
            if accounts:
                catalogues.add_catalogues(writer, folder, accounts)
        return writer.size()


def _check_written(
    path: Path, quads: Iterable[ox.Quad], size: int, graphs: Sequence[ox.NamedNode]
) -> None:
    """Raise BuildError unless the store on disk has the right size and all curated quads."""
    store = EmbeddedStore.open(path)
    if store.size() != size or not all(store.contains(quad) for quad in quads):
        raise BuildError(f"{path}: the store on disk differs from what was written: check the disk")
    empty = [graph for graph in graphs if next(store.quads(graph), None) is None]
    if empty:
        raise BuildError(f"{path}: {empty[0]} is empty: check the disk")


def _write_indexes(generation: Path, quads: int) -> None:
    """Write the indexes of relations and names next to the store, and what is counted."""
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
    adjacency = builder.build_adjacency(
        store, view, cached_ntriples.block_reader(generation / STORE)
    )
    adjacency.write(generation / arrays.FOLDER, view)
    for each in views.load_views(resources.queries() / "views").values():
        kept_rows.keep_rows(generation, store, each)


def _write_names(generation: Path) -> None:
    store = EmbeddedStore.open(generation / STORE)
    write_index(generation / index.FILE, store, cached_ntriples.block_reader(generation / STORE))


def _everything() -> views.View:
    return views.find_view(resources.queries() / "views", "everything")


def _peak_memory() -> int:
    try:
        import resource
    except ImportError:  # Windows has no such module.
        return 0
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return 1024 * max(own, children)
