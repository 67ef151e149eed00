"""Sources -> store: read, derive, check, validate, publish, in one pass and all or nothing.

The curated part (articles and ontology) must be without a fault, or nothing is published. The
catalogues that join it are the work of others: their faults are reported, and stop nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg import evidence, index, resources, validate, views
from kg.build import catalogues
from kg.build.accounts import Account
from kg.build.catalogues import Wanted, of_generation
from kg.build.curated import (
    Progress,
    RejectedError,
    checked,
    file_quads,
    fill,
    in_memory,
    silent,
    source_quads,
)
from kg.errors import KgError
from kg.index import writing
from kg.namespaces import ENTITIES_GRAPH, PREFIXES, STD
from kg.store.embedded import EmbeddedStore
from kg.store.generations import new_generation
from kg.store.writer import StoreWriter
from kg.views import adjacency, adjacency_building

__all__ = [
    "STEPS",
    "STORE",
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
STORE: Final = "store"
"""The name of the store's folder in a generation."""
_QUADS: Final = "quads"


@dataclass(frozen=True)
class Summary:
    """What a build made: counts, how the evidence stands, what SHACL said, and the catalogues.

    ``peak`` is the largest memory that a process of the build held, in bytes; ``size`` that of the
    store on disk.
    """

    folder: Path
    graphs: int
    quads: int
    claims: int
    entities: int
    evidence: tuple[evidence.Status, ...]
    report: validate.Report
    catalogues: tuple[Account, ...]
    rejects: Path | None
    seconds: float
    peak: int
    size: int


def build(folder: Path, progress: Progress = silent, wanted: Wanted | None = None) -> Summary:
    """Build the graph into a folder of stores and make it the current one.

    ``wanted`` says which catalogues join it; by default those that the graph before had.
    Raises KgError when a source can't be read, RejectedError when a check or shape finds a
    violation in the curated part; whatever was built before stays in place then.
    """
    begin = time.monotonic()
    before = catalogues.of_current(folder)
    with new_generation(folder) as generation:
        quads, report = _curated(progress)
        accounts = catalogues.converted(folder, before, wanted or Wanted(), progress)
        with StoreWriter(generation / STORE) as writer:
            writer.extend(quads)
            written = len(quads) + catalogues.join(writer, folder, accounts, progress)
        _read_back(generation / STORE, quads, written, [account.graph for account in accounts])
        (generation / _QUADS).write_text(f"{written}\n", encoding="ascii")
        rejects = catalogues.record(generation, folder, accounts)
        progress("index")
        _index(generation)
        progress("publish")
        size = sum(file.stat().st_size for file in (generation / STORE).iterdir())
    catalogues.clear(folder, accounts)
    type_, claim = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(STD + "Claim")
    named = ox.NamedNode(ENTITIES_GRAPH)
    return Summary(
        folder=folder,
        graphs=len({quad.graph_name for quad in quads}) + len(accounts),
        quads=written,
        claims=sum(quad.predicate == type_ and quad.object == claim for quad in quads),
        entities=len({quad.subject for quad in quads if quad.graph_name == named}),
        evidence=tuple(evidence.status(quads)),
        report=report,
        catalogues=accounts,
        rejects=rejects,
        seconds=time.monotonic() - begin,
        peak=_peak(),
        size=size,
    )


def quads_of(generation: Path) -> int | None:
    """How many quads a graph has, by the folder that holds it; nothing if its build did not say.

    Counting them would read the whole store.
    """
    file = generation / _QUADS
    said = file.read_bytes().strip() if file.exists() else b""
    return int(said) if said.isdigit() else None


def _curated(progress: Progress) -> tuple[list[ox.Quad], validate.Report]:
    """The curated part, whole and without a fault."""
    writer = StoreWriter(None)
    fill(writer, progress)
    quads = list(writer.view().quads())
    return quads, checked(quads, progress)


def _read_back(
    store: Path, quads: Iterable[ox.Quad], written: int, graphs: Sequence[ox.NamedNode]
) -> None:
    """Raise KgError unless the disk gives back what was written: the curated part quad by quad."""
    held = EmbeddedStore.open(store)
    if held.size() != written or not all(held.holds(quad) for quad in quads):
        raise KgError(f"{store}: the disk gives back other data than was written: check it")
    empty = [graph for graph in graphs if next(held.quads(graph), None) is None]
    if empty:
        raise KgError(f"{store}: {empty[0]} came out empty: check the disk")


def _index(generation: Path) -> None:
    """Write what is looked up beside the store: who is joined to whom, and all names."""
    view = views.find(resources.queries() / "views", "everything")
    store = EmbeddedStore.open(generation / STORE)
    adjacency_building.built(store, view).write(generation / adjacency.FOLDER, view)
    writing.write(generation / index.FILE, store)


def _peak() -> int:
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows has no such module.
        return 0
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return 1024 * max(own, children)
