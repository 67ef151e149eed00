"""Exports of everything: beside the engine's own dump, and rdflib's serializers."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Cost, Row, kg, python
from benchmarks.world import World
from kg.pipeline.summary import quads_of
from kg.store.generations import STORE, current

_DUMP = """
import sys, pyoxigraph as ox
ox.Store.read_only(sys.argv[1]).dump(sys.argv[2], ox.RdfFormat.N_QUADS)
"""
_SERIALIZE = """
import itertools, sys, rdflib
with open(sys.argv[1], encoding="utf-8") as file:
    text = "".join(itertools.islice(file, int(sys.argv[2])))
data = rdflib.Dataset()
data.parse(data=text, format="nquads")
data.serialize(sys.argv[3], format=sys.argv[4])
"""
_SAMPLE = 50_000
_PEERS = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "ntriples": "nt"}


_TIMES = 3
_MEMORY = 400_000_000


def rows(world: World) -> Iterator[Row]:
    """Each format of RDF."""
    generation = current(world.store)
    quads = quads_of(generation) or 1
    dumped = world.folder / "dump.nq"
    limit = None if world.alone else python(_DUMP, generation / STORE, dumped)
    for name in ("ntriples", "nquads", "turtle", "trig", "jsonld", "rdfxml"):
        ours = kg("export", "--format", name, "-o", world.folder / "export", store=world.store)
        if limit is None:
            yield Row(f"export as {name}", ours)
            continue
        peer = None
        notes = "by CPU; limit: dump, unsorted" + _memory(limit)
        if name in _PEERS:
            sample = min(quads, _SAMPLE)
            took = python(_SERIALIZE, dumped, str(sample), world.folder / "peer", _PEERS[name])
            peer = Cost(took.wall * quads / sample, took.cpu * quads / sample)
            notes += (
                f"; people: rdflib reads and serializes {sample:,} quads{_memory(took)}, scaled"
            )
        yield Row(
            f"export as {name}",
            ours,
            limit,
            peer,
            f"{_TIMES} times the limit, {_MEMORY // 1_000_000} MB",
            ours.cpu <= _TIMES * limit.cpu and ours.peak <= _MEMORY,
            notes,
            by_cpu=True,
        )


def _memory(cost: Cost) -> str:
    return f" ({cost.peak / 1e6:.0f} MB)" if cost.peak else ""
