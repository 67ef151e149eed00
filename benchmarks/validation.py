"""Validation of the graph, compared with the bare engine, and of a sample, with pyshacl."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from benchmarks import programs
from benchmarks.measure import Cost, Row, kg, program
from benchmarks.workload import Workload
from kg.common import resources
from kg.common.namespaces import compact
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, current_generation
from kg.validation import catalogues, partitions
from kg.validation.shacl import Engine
from kg.validation.shapes import read_shapes

_ENTITIES: Final = """
SELECT DISTINCT ?thing ?graph WHERE {
    GRAPH ?graph { ?thing prov:wasDerivedFrom ?record }
} ORDER BY ?thing
"""
_STATEMENTS: Final = """
SELECT ?graph ?thing ?property ?value WHERE { GRAPH ?graph { ?thing ?property ?value } }
"""
_SAMPLE: Final = 50
"""Documents and committees of each catalogue in the sample: pyshacl takes minutes for 500."""
_MAX_SHOWN: Final = 5
_ResultKey: TypeAlias = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]


def rows(workload: Workload) -> Iterator[Row]:
    """Measure the whole graph, and a sample that pyshacl can finish."""
    if workload.without_peers:
        yield Row("kg validate", kg("validate", store=workload.store))
        return
    store = EmbeddedStore.open(current_generation(workload.store) / STORE)
    files, triples = _write_files(store, workload.folder)
    ours = kg("validate", store=workload.store)
    limit = program(programs.validate, *files)
    yield Row(
        "kg validate",
        ours,
        limit,
        None,
        "1.3 times the limit in CPU",
        ours.cpu <= 1.3 * limit.cpu,
        f"limit: the bulk engine alone on N-Triples files of the same {triples:,} triples,"
        f" {limit.peak / 1e6:.0f} MB. For small graphs most of the time goes to start-up, the"
        " checks of the curated part (2 s of CPU), and derived triples, which are not cached",
        by_cpu=True,
    )
    yield _beside_pyshacl(EmbeddedStore.in_memory(sample(store, _SAMPLE)))


def _write_files(store: EmbeddedStore, folder: Path) -> tuple[list[Path], int]:
    """Write the data and shapes of both parts as N-Triples; return the files and their triples."""
    names = ("curated", "curated-shapes", "catalogues", "catalogues-shapes")
    files = [folder / f"{name}.nt" for name in names]
    curated = [quad.triple for quad in partitions.curated_quads(store)]
    ox.serialize(curated, str(files[0]), format=ox.RdfFormat.N_TRIPLES)
    ox.serialize(_shapes(""), str(files[1]), format=ox.RdfFormat.N_TRIPLES)
    count, _ = catalogues.write_data(store, files[2])
    ox.serialize(_shapes("catalogues"), str(files[3]), format=ox.RdfFormat.N_TRIPLES)
    return files, len(curated) + count


def _shapes(part: str) -> list[ox.Triple]:
    return read_shapes(resources.ontology() / "shapes" / part)


def _beside_pyshacl(sample: EmbeddedStore) -> Row:
    results, ours = _validate(sample, "shacl")
    expected, peer = _validate(sample, "pyshacl")
    differing = sorted(((results - expected) + (expected - results)).elements())
    shown = "; ".join(" ".join(map(compact, identity)) for identity, _ in differing[:_MAX_SHOWN])
    shapes = len({identity[1] for identity, _ in expected})
    return Row(
        f"validation of a sample of {sample.size():,} quads",
        ours,
        None,
        peer,
        "20 times faster than pyshacl, equal results",
        ours.wall * 20 <= peer.wall and not differing,
        f"peer: pyshacl on the same triples and shapes; {expected.total():,} results of"
        f" {shapes} shapes, {len(differing)} differ" + (f": {shown}" if shown else ""),
    )


def _validate(sample: EmbeddedStore, engine: Engine) -> tuple[Counter[_ResultKey], Cost]:
    begin, used = time.perf_counter(), time.process_time()
    findings = catalogues.validate_catalogues(sample, _shapes("catalogues"), engine)
    cost = Cost(time.perf_counter() - begin, time.process_time() - used)
    return Counter((result.identity, result.messages) for result in findings or ()), cost


def sample(store: EmbeddedStore, size: int) -> Iterator[ox.Quad]:
    """Yield the curated part, and entities of each catalogue with those that they refer to."""
    yield from partitions.curated_quads(store)
    wanted: set[ox.NamedNode] = set()
    graphs = partitions.catalogue_part(store)
    for graph in graphs:
        entities = [row[0] for row in store.select(_ENTITIES, {"graph": graph}).rows]
        step = max(1, len(entities) // size)
        wanted.update(node for node in entities[::step][:size] if isinstance(node, ox.NamedNode))
    done: set[ox.NamedNode] = set()
    for _ in range(2):
        referenced: set[ox.NamedNode] = set()
        for entity in sorted(wanted - done, key=str):
            for where, _, property_, value in store.select(_STATEMENTS, {"thing": entity}).rows:
                if where not in graphs or not isinstance(where, ox.NamedNode):
                    continue
                if isinstance(property_, ox.NamedNode) and value is not None:
                    yield ox.Quad(entity, property_, value, where)
                    if isinstance(value, ox.NamedNode):
                        referenced.add(value)
        done |= wanted
        wanted = referenced
