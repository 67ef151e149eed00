"""Validation of everything beside the bulk engine alone, and of a sample beside pyshacl."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from benchmarks.measure import Cost, Row, kg, python
from benchmarks.world import World
from kg.common import resources
from kg.common.namespaces import compact
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, current
from kg.validation import catalogues, partitions
from kg.validation.shacl import Engine
from kg.validation.shapes import read_shapes

_BARE = """
import sys, shacl
for data, shapes in zip(sys.argv[1::2], sys.argv[2::2]):
    len(shacl.Shapes.from_file(shapes).validate_file(data).results)
"""
_LISTED = """
SELECT DISTINCT ?thing ?graph WHERE {
    GRAPH ?graph { ?thing prov:wasDerivedFrom ?record }
} ORDER BY ?thing
"""
_SAID = """
SELECT ?graph ?thing ?property ?value WHERE { GRAPH ?graph { ?thing ?property ?value } }
"""
_THINGS = 50
"""Documents and committees of each catalogue in a sample: pyshacl takes minutes for 500."""
_SHOWN = 5
_Key: TypeAlias = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]


def rows(world: World) -> Iterator[Row]:
    """The whole graph, and a sample that pyshacl can finish."""
    if world.alone:
        yield Row("kg validate", kg("validate", store=world.store))
        return
    held = EmbeddedStore.open(current(world.store) / STORE)
    files, triples = _files(held, world.folder)
    ours = kg("validate", store=world.store)
    limit = python(_BARE, *files)
    yield Row(
        "kg validate",
        ours,
        limit,
        None,
        "1.3 times the limit in CPU",
        ours.cpu <= 1.3 * limit.cpu,
        f"limit: the bulk engine alone on the same {triples:,} triples, as files of N-Triples,"
        f" {limit.peak / 1e6:.0f} MB. Of a small graph the start and the checks of the curated"
        " part, 2 s of CPU, and what follows from the catalogues, which no text has, are most",
        by_cpu=True,
    )
    yield _beside_pyshacl(EmbeddedStore.in_memory(sample(held, _THINGS)))


def _files(store: EmbeddedStore, folder: Path) -> tuple[list[Path], int]:
    """Data and shapes of both parts, in the form that the engine takes; how many triples."""
    names = ("curated", "curated-shapes", "catalogues", "catalogues-shapes")
    files = [folder / f"{name}.nt" for name in names]
    curated = [quad.triple for quad in partitions.curated(store)]
    ox.serialize(curated, str(files[0]), format=ox.RdfFormat.N_TRIPLES)
    ox.serialize(_shapes(""), str(files[1]), format=ox.RdfFormat.N_TRIPLES)
    number, _ = catalogues.write(store, files[2])
    ox.serialize(_shapes("catalogues"), str(files[3]), format=ox.RdfFormat.N_TRIPLES)
    return files, len(curated) + number


def _shapes(part: str) -> list[ox.Triple]:
    return read_shapes(resources.ontology() / "shapes" / part)


def _beside_pyshacl(held: EmbeddedStore) -> Row:
    found, ours = _found(held, "shacl")
    expected, peer = _found(held, "pyshacl")
    differing = sorted(((found - expected) + (expected - found)).elements())
    shown = "; ".join(" ".join(map(compact, identity)) for identity, _ in differing[:_SHOWN])
    shapes = len({identity[1] for identity, _ in expected})
    return Row(
        f"validation of a sample of {held.size():,} quads",
        ours,
        None,
        peer,
        "20 times faster than pyshacl, the same results",
        ours.wall * 20 <= peer.wall and not differing,
        f"people: pyshacl on the same triples and shapes; {expected.total():,} results of"
        f" {shapes} shapes, {len(differing)} differ" + (f": {shown}" if shown else ""),
    )


def _found(held: EmbeddedStore, engine: Engine) -> tuple[Counter[_Key], Cost]:
    begin, used = time.perf_counter(), time.process_time()
    found = catalogues.run(held, _shapes("catalogues"), engine)
    cost = Cost(time.perf_counter() - begin, time.process_time() - used)
    return Counter((result.identity, result.messages) for result in found or ()), cost


def sample(store: EmbeddedStore, size: int) -> Iterator[ox.Quad]:
    """The curated part, and so many things of each catalogue with what they refer to."""
    yield from partitions.curated(store)
    wanted: set[ox.NamedNode] = set()
    graphs = partitions.listed(store)
    for graph in graphs:
        things = [row[0] for row in store.select(_LISTED, {"graph": graph}).rows]
        step = max(1, len(things) // size)
        wanted.update(thing for thing in things[::step][:size] if isinstance(thing, ox.NamedNode))
    taken: set[ox.NamedNode] = set()
    for _ in range(2):
        beyond: set[ox.NamedNode] = set()
        for thing in sorted(wanted - taken, key=str):
            for where, _, property_, value in store.select(_SAID, {"thing": thing}).rows:
                if where not in graphs or not isinstance(where, ox.NamedNode):
                    continue
                if isinstance(property_, ox.NamedNode) and value is not None:
                    yield ox.Quad(thing, property_, value, where)
                    if isinstance(value, ox.NamedNode):
                        beyond.add(value)
        taken |= wanted
        wanted = beyond
