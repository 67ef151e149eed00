"""A graph of which little has changed -> the next one, from a copy of its store.

To write five million quads takes a minute, and most builds follow a catalogue of which some hundred
records are new. The store comes to hold what a build from nothing would put there, in the same
order of steps; ``kg build --again`` is that build.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import CATALOGUES_DERIVED_GRAPH
from kg.pipeline import cached_ntriples, catalogues, summary
from kg.pipeline.accounts import Account
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, current_generation
from kg.store.writer import StoreWriter

_SHARE: Final = 10
"""To take a quad out takes twice as long as to write it: above a tenth of all it does not pay."""
_PART: Final = 500_000
"""Lines of a text that are held at a time."""
_DERIVED: Final = ox.NamedNode(CATALOGUES_DERIVED_GRAPH)


@dataclass(frozen=True)
class Change:
    """What has changed in the graph of a catalogue, as lines of N-Triples."""

    graph: ox.NamedNode
    removed: Sequence[bytes]
    added: Sequence[bytes]


@dataclass(frozen=True)
class Update:
    """The store of the graph before, and what is to change of its catalogues."""

    store: Path
    gone: tuple[ox.NamedNode, ...]
    new: tuple[Account, ...]
    changes: tuple[Change, ...]


def planned(folder: Path, accounts: Sequence[Account]) -> Update | None:
    """What makes the catalogues of a new graph of those of the graph before.

    None where there is none to start from, where it can't be read, or where too much has changed.
    """
    try:
        standing = current_generation(folder)
        quads = summary.quads_of(standing) or 0
        # What another engine wrote may be laid out in another way.
        if summary.engine_of(standing) != ox.__version__:
            return None
        if EmbeddedStore.open(standing / STORE).size() != quads:
            return None
    except (KgError, OSError):
        return None
    before = {account.slug: account for account in catalogues.of_generation(standing)}
    after = {account.slug: account for account in accounts}
    gone = [account for slug, account in before.items() if slug not in after]
    new = [account for slug, account in after.items() if slug not in before]
    most = quads // _SHARE - sum(account.triples for account in (*gone, *new))
    changes = []
    for slug in sorted(before.keys() & after.keys()):
        one, other = before[slug], after[slug]
        if one.stem != other.stem:
            change = _change(folder, one, other, most)
            if change is None:
                return None
            changes.append(change)
            most -= len(change.removed) + len(change.added)
    graphs = tuple(account.graph for account in gone)
    return Update(standing / STORE, graphs, tuple(new), tuple(changes)) if most >= 0 else None


def apply(
    writer: StoreWriter,
    update: Update,
    quads: Iterable[ox.Quad],
    folder: Path,
    accounts: Sequence[Account],
) -> None:
    """Change the copy of a store into that of the new graph, whose curated part is given."""
    # Rules read what is derived, too: nothing of it may be there when they start.
    for gone in (_DERIVED, *update.gone):
        writer.remove_graph(gone)
    said = {*quads, *catalogues.descriptions(accounts)}
    store = writer.view()
    listed = {account.graph for account in accounts}
    held = {q for graph in store.graphs() if graph not in listed for q in store.quads(graph)}
    writer.remove(held - said)
    writer.extend(said - held)
    for change in update.changes:
        writer.remove(
            ox.Quad(quad.subject, quad.predicate, quad.object, change.graph)
            for line in change.removed
            for quad in ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
        )
        added = BytesIO(b"\n".join(change.added))
        writer.load_stream(added, ox.RdfFormat.N_TRIPLES, change.graph, change.graph.value)
    for account in update.new:
        catalogues.load(writer, folder, account)
    catalogues.derive(writer)
    for graph in store.graphs():
        if next(store.quads(graph), None) is None:
            writer.remove_graph(graph)


def _change(folder: Path, before: Account, after: Account, most: int) -> Change | None:
    """The lines that one text has and the other has not, if they are no more than so many."""
    files = [catalogues.text_of(folder, account) for account in (before, after)]
    if most < 0 or not all(map(cached_ntriples.is_plain, files)):
        return None
    removed: list[bytes] = []
    added: list[bytes] = []
    parts = 1 + max(before.triples, after.triples) // _PART
    for part in range(parts):
        one, other = (_lines(file, part, parts) for file in files)
        removed += one - other
        added += other - one
        if len(removed) + len(added) > most:
            return None
    return Change(after.graph, removed, added)


def _lines(file: Path, part: int, parts: int) -> set[bytes]:
    """The lines of a text that fall into one of so many parts, the same for every text."""
    return {
        line
        for block in cached_ntriples.blocks(file)
        for line in block.splitlines()
        if hash(line) % parts == part
    }
