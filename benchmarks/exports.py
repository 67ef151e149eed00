"""RDF exports of the graph, compared with the engine's dump and rdflib's serializers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from benchmarks import programs
from benchmarks.measure import Cost, Row, kg, program
from benchmarks.workload import Workload
from kg.pipeline.summary import stored_quad_count
from kg.store.generations import STORE, current_generation

_SAMPLE: Final = 50_000
_RDFLIB_FORMATS: Final = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "ntriples": "nt"}
_TIMES_LIMIT: Final = 3
_MAX_MEMORY: Final = 400_000_000


def rows(workload: Workload) -> Iterator[Row]:
    """Measure each RDF format."""
    generation = current_generation(workload.store)
    quads = stored_quad_count(generation) or 1
    nquads = workload.folder / "dump.nq"
    limit = None if workload.without_peers else program(programs.dump, generation / STORE, nquads)
    for name in ("ntriples", "nquads", "turtle", "trig", "jsonld", "rdfxml"):
        output = ("-o", workload.folder / "export")
        ours = kg("export", "--format", name, *output, store=workload.store)
        if limit is None:
            yield Row(f"export as {name}", ours)
            continue
        peer = None
        notes = "by CPU; limit: unsorted dump" + _memory(limit)
        if name in _RDFLIB_FORMATS:
            sample = min(quads, _SAMPLE)
            sampled = program(
                programs.serialize_with_rdflib,
                nquads,
                str(sample),
                workload.folder / "peer",
                _RDFLIB_FORMATS[name],
            )
            peer = Cost(sampled.wall * quads / sample, sampled.cpu * quads / sample)
            notes += (
                f"; peer: rdflib reads and serializes {sample:,} quads{_memory(sampled)}, scaled"
            )
        yield Row(
            f"export as {name}",
            ours,
            limit,
            peer,
            f"{_TIMES_LIMIT} times the limit, {_MAX_MEMORY // 1_000_000} MB",
            ours.cpu <= _TIMES_LIMIT * limit.cpu and ours.peak <= _MAX_MEMORY,
            notes,
            by_cpu=True,
        )


def _memory(cost: Cost) -> str:
    return f" ({cost.peak / 1e6:.0f} MB)" if cost.peak else ""
