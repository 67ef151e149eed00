"""The build: beside a bare load of the same quads, and what one would write with rdflib."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from benchmarks.measure import Row, kg, python
from benchmarks.world import World
from kg.build.summary import quads_of
from kg.store.generations import STORE, current

_LOAD = """
import sys, pyoxigraph as ox
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
store.optimize(); store.flush()
"""
_PARSE = """
import itertools, sys, rdflib
with open(sys.argv[1], encoding="utf-8") as file:
    text = "".join(itertools.islice(file, int(sys.argv[2])))
rdflib.Dataset().parse(data=text, format="nquads")
"""
_SAMPLE = 100_000


def rows(world: World) -> Iterator[Row]:
    """The whole build, a build where nothing changed, and one with one source changed."""
    built = kg("build", *world.sources, store=world.store)
    generation = current(world.store)
    quads = quads_of(generation) or 0
    size = sum(file.stat().st_size for file in (generation / STORE).iterdir())
    dumped = world.folder / "all.nq"
    with dumped.open("wb") as out:
        ox.Store.read_only(str(generation / STORE)).dump(out, ox.RdfFormat.N_QUADS)
    limit = python(_LOAD, dumped, world.folder / "bare")
    sample = min(quads, _SAMPLE)
    peer = python(_PARSE, dumped, str(sample))
    scaled = type(peer)(peer.wall * quads / sample, peer.cpu * quads / sample)
    yield Row(
        "build of all sources",
        built,
        limit,
        scaled,
        "3 times the limit in CPU",
        None if not limit.cpu else built.cpu / limit.cpu <= 3,
        f"limit: bulk_load and optimize of the same {quads:,} quads; people: rdflib parses"
        f" {sample:,} of them, scaled; {quads / built.wall:,.0f} quads/s,"
        f" {size / max(quads, 1):.0f} bytes a quad on disk. The limit reads N-Quads, we read the"
        " sources, check, derive, and index",
        by_cpu=True,
    )
    again = kg("build", store=world.store)
    yield Row("build, nothing changed", again, target="2 s", reached=again.wall < 2)
    first = world.sources[0]
    changed = kg("build", "--drop", _slug(first), store=world.store)
    yield Row(
        "build with one source dropped",
        changed,
        target="its own share",
        reached=False,
        notes="the store and its indexes are written anew, from the sources as they were read",
    )
    kg("build", first, store=world.store)


def _slug(path: Path) -> str:
    return path.name.split(".")[0].lower().replace("_", "-")
