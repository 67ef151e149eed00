"""The catalogues of a graph against shapes of their own, whose results stop nothing.

What a catalogue describes is judged; of the curated part only types count, for a catalogue may
refer to what is described there. The bulk engine reads it all from a file of N-Triples in the
folder for temporary files, which takes some 150 bytes for each triple while it runs.
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

from kg.common.namespaces import PREFIXES, STD
from kg.store import Store
from kg.validation import bulk_engine
from kg.validation.bulk_engine import Raw
from kg.validation.partitions import curated, listed
from kg.validation.shacl import Engine, Result, known_engine, validate

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_SUBCLASS: Final = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
_SOURCE: Final = ox.NamedNode(PREFIXES["dcterms"] + "source")
_SNAPSHOT: Final = ox.NamedNode(STD + "snapshotOn")
_READERS: Final = 4
"""How many graphs are read at once: the store's engine spends its time in looking up terms."""
_BLOCK: Final = 1 << 20
_CATALOGUE: Final = ox.NamedNode(STD + "Catalogue")
_DESCRIBED: Final = "ASK { ?graph a std:Catalogue . GRAPH ?graph { ?focus ?property ?value } }"


@dataclass(frozen=True)
class Texts:
    """The graphs of a store of so many quads as texts: ``write`` says whether it has written one.

    What it has written is N-Triples, where a line may stand twice; where it says no, it may have
    written a part.
    """

    write: Callable[[ox.NamedNode, BinaryIO], bool]
    quads: int


@dataclass(frozen=True)
class Findings:
    """What an engine found in catalogues of so many triples, in so many seconds.

    ``raw`` are the results as the bulk engine gives them; iteration makes them results of ours.
    """

    engine: str
    triples: int
    seconds: float
    raw: Sequence[Raw]
    shapes: Sequence[ox.Triple]

    def __iter__(self) -> Iterator[Result]:
        return bulk_engine.results(self.raw, self.shapes)

    def __len__(self) -> int:
        return len(self.raw)

    @cached_property
    def conforms(self) -> bool:
        """Whether there is no violation among the results."""
        return all(one.severity != "Violation" for one in self.raw)


def run(
    store: Store, shapes: Sequence[ox.Triple], engine: Engine = "auto", texts: Texts | None = None
) -> Findings | None:
    """Hold the catalogues of a store against shapes; None when it has no catalogue.

    ``auto`` takes shacl: pyshacl takes minutes for 10,000 triples of documents. ``texts`` are
    graphs that are at hand, which is quicker than to read the store. The results come sorted.
    Raises KgError for an unknown engine, and when the engine rejects the shapes.
    """
    known_engine(engine)
    if not listed(store):
        return None
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kg-validate-") as folder:
        file = Path(folder) / "catalogues.nt"
        number, outside = write(store, file, texts)
        if engine != "pyshacl":
            engine = "shacl"
            raw = bulk_engine.run(file, shapes)
        else:
            quads = ox.parse(path=str(file), format=ox.RdfFormat.N_TRIPLES)
            report = validate((quad.triple for quad in quads), shapes, engine)
            raw = [bulk_engine.Plain.of(result) for result in report.results]
    judged = _Judged(store, outside)
    kept = sorted((one for one in raw if judged(one.focus_node)), key=_order)
    return Findings(engine, number, time.monotonic() - begin, kept, shapes)


def write(store: Store, file: Path, texts: Texts | None = None) -> tuple[int, set[str]]:
    """Write what the shapes judge, with its context.

    Gives the number of triples, those of each graph counted for themselves, and the nodes that
    only curators describe.
    """
    own = list(curated(store))
    context = [
        quad.triple for quad in own if quad.predicate in (_TYPE, _SUBCLASS, _SOURCE, _SNAPSHOT)
    ]
    described = {
        str(triple.subject)
        for triple in context
        if triple.predicate == _SNAPSHOT or triple.object == _CATALOGUE
    }
    with file.open("wb") as out:
        out.write(ox.serialize(context, format=ox.RdfFormat.N_TRIPLES) or b"")
        unwritten = [graph for graph in listed(store) if not (texts and _copy(texts, graph, out))]
        read = _read(store, unwritten, file, out)
    # What is not curated is listed. A line may stand twice in a text, so lines would not tell.
    number = texts.quads - len(own) if texts else read
    return len(context) + number, {str(triple.subject) for triple in context} - described


def _copy(texts: Texts, graph: ox.NamedNode, out: BinaryIO) -> bool:
    begin = out.tell()
    if texts.write(graph, out):
        return True
    out.seek(begin)
    out.truncate()
    return False


def _read(store: Store, graphs: Sequence[ox.NamedNode], file: Path, out: BinaryIO) -> int:
    """Write graphs as the store has them; how many triples they are."""

    def piece(graph: ox.NamedNode, number: int) -> Path:
        read = file.with_name(f"{number}.nt")
        store.dump(graph, read)
        return read

    lines = 0
    with ThreadPoolExecutor(_READERS) as pool:
        for read in pool.map(piece, graphs, range(len(graphs))):
            with read.open("rb") as text:
                while block := text.read(_BLOCK):
                    lines += block.count(b"\n")
                    out.write(block)
            read.unlink()
    return lines


class _Judged:
    """Whether a focus node is described by a catalogue, and not by curators alone."""

    def __init__(self, store: Store, outside: set[str]) -> None:
        self._store = store
        self._outside = outside
        self._known: dict[str, bool] = {}

    def __call__(self, focus: str) -> bool:
        if focus not in self._outside:
            return True
        if focus not in self._known:
            bindings = {"focus": bulk_engine.term(focus)}
            self._known[focus] = self._store.ask(_DESCRIBED, bindings)
        return self._known[focus]


def _order(one: Raw) -> tuple[str, ...]:
    return (
        bulk_engine.shape_of(one),
        one.focus_node,
        one.component,
        one.path or "",
        one.value or "",
    )
