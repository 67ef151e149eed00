"""Build the next graph from a copy of the current store when little has changed.

Writing five million quads takes a minute, but before most builds only a few hundred records of a
catalogue change. The result equals that of a full build (``kg build --again``), in the same order
of steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import CATALOGUES_DERIVED_GRAPH
from kg.pipeline import cached_ntriples, catalogues, conversion, summary
from kg.pipeline.accounts import Account
from kg.pipeline.compressed_lines import read_blocks
from kg.store.generations import STORE, folder_of
from kg.store.writer import StoreWriter

_SHARE: Final = 10
"""Deleting costs twice a write: rebuild when more than a tenth of all quads changed."""
_PART: Final = 500_000
"""Number of lines of N-Triples compared at a time, to limit memory."""
_DERIVED: Final = ox.NamedNode(CATALOGUES_DERIVED_GRAPH)


@dataclass(frozen=True)
class GraphChange:
    """The changes to the graph of a catalogue, as lines of N-Triples."""

    graph: ox.NamedNode
    removed: Sequence[bytes]
    added: Sequence[bytes]


@dataclass(frozen=True)
class StoreUpdate:
    """The current store; removed graphs, added catalogues, and changes to the others."""

    store: Path
    removed: tuple[ox.NamedNode, ...]
    added: tuple[Account, ...]
    changes: tuple[GraphChange, ...]


def plan_update(generation: Path, accounts: Sequence[Account]) -> StoreUpdate | None:
    """Return the changes from the catalogues of a whole generation to the given ones.

    None if another version of the engine wrote it, or if too much has changed.
    """
    # Another version may use another layout on disk.
    if summary.stored_engine_version(generation) != ox.__version__:
        return None
    folder = folder_of(generation)
    quads = summary.stored_quad_count(generation) or 0
    old = {account.slug: account for account in catalogues.read_accounts(generation)}
    new = {account.slug: account for account in accounts}
    removed = [account for slug, account in old.items() if slug not in new]
    added = [account for slug, account in new.items() if slug not in old]
    budget = quads // _SHARE - sum(account.triples for account in (*removed, *added))
    changes = []
    for slug in sorted(old.keys() & new.keys()):
        if old[slug].stem != new[slug].stem:
            change = _compare(folder, old[slug], new[slug], budget)
            if change is None:
                return None
            changes.append(change)
            budget -= len(change.removed) + len(change.added)
    if budget < 0:
        return None
    graphs = tuple(account.graph for account in removed)
    return StoreUpdate(generation / STORE, graphs, tuple(added), tuple(changes))


def apply_update(
    writer: StoreWriter,
    update: StoreUpdate,
    quads: Iterable[ox.Quad],
    folder: Path,
    accounts: Sequence[Account],
) -> None:
    """Apply the changes to a copy of the store; ``quads`` is the new curated part."""
    # Rules also read derived triples, so remove all of these first.
    for old in (_DERIVED, *update.removed):
        writer.remove_graph(old)
    wanted = {*quads, *catalogues.describe_catalogues(accounts)}
    store = writer.view()
    catalogued = {account.graph for account in accounts}
    stored = {q for graph in store.graphs() if graph not in catalogued for q in store.quads(graph)}
    writer.remove(stored - wanted)
    writer.extend(wanted - stored)
    for change in update.changes:
        writer.remove(
            ox.Quad(quad.subject, quad.predicate, quad.object, change.graph)
            for line in change.removed
            for quad in ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
        )
        added = BytesIO(b"\n".join(change.added))
        writer.load_stream(added, ox.RdfFormat.N_TRIPLES, change.graph, change.graph.value)
    for account in update.added:
        catalogues.load_catalogue(writer, folder, account)
    catalogues.add_derived(writer)
    for graph in store.graphs():
        if next(store.quads(graph), None) is None:
            writer.remove_graph(graph)


def _compare(folder: Path, old: Account, new: Account, limit: int) -> GraphChange | None:
    """Compare two conversions of a catalogue; None for more than ``limit`` changed lines."""
    files = [catalogues.ntriples_file(folder, account) for account in (old, new)]
    # The new one has been checked, or written, just now.
    if limit < 0 or not conversion.is_whole(old, files[0].parent):
        return None
    if not all(map(cached_ntriples.is_canonical, files)):
        return None
    removed: list[bytes] = []
    added: list[bytes] = []
    parts = 1 + max(old.triples, new.triples) // _PART
    for part in range(parts):
        before, after = (_lines(file, part, parts) for file in files)
        removed += before - after
        added += after - before
        if len(removed) + len(added) > limit:
            return None
    return GraphChange(new.graph, removed, added)


def _lines(file: Path, part: int, parts: int) -> set[bytes]:
    """Return the lines of a file that hash to one of ``parts`` parts."""
    return {
        line
        for block in read_blocks(file)
        for line in block.splitlines()
        if hash(line) % parts == part
    }
