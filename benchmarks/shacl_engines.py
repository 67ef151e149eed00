"""Whether both SHACL engines find the same in a sample of real catalogues, and how long each takes.

    python benchmarks/shacl_engines.py STORE [DOCUMENTS]

STORE is a folder of stores in which catalogues have joined the graph. Of every catalogue there the
sample has as many documents and committees (50), evenly spread, with whatever they refer to. The
exit code is 1 where the engines differ.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg import resources
from kg.namespaces import compact
from kg.sources.rdf_file import read_shapes
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, current
from kg.validate import ENGINES, catalogues, parts

_LISTED: Final = """
SELECT DISTINCT ?thing ?graph WHERE {
    GRAPH ?graph { ?thing prov:wasDerivedFrom ?record }
} ORDER BY ?thing
"""
_SAID: Final = """
SELECT ?graph ?thing ?property ?value WHERE { GRAPH ?graph { ?thing ?property ?value } }
"""
_DOCUMENTS: Final = 50


def sample(store: EmbeddedStore, size: int) -> Iterator[ox.Quad]:
    """The curated part of a store, and of each catalogue some things with what they refer to."""
    yield from parts.curated(store)
    wanted: set[ox.NamedNode] = set()
    graphs = parts.listed(store)
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


def main(folder: Path, size: int) -> int:
    """Print what each engine finds, and where they differ; the exit code."""
    held = EmbeddedStore.in_memory(sample(EmbeddedStore.open(current(folder) / STORE), size))
    shapes = read_shapes(resources.ontology() / "shapes" / "catalogues")
    found = {}
    for engine in ENGINES[1:]:
        begin = time.monotonic()
        one = catalogues.run(held, shapes, engine)  # type: ignore[arg-type]
        if one is None:
            print(f"{folder}: no catalogue has joined the graph there", file=sys.stderr)
            return 2
        seconds = time.monotonic() - begin
        found[engine] = Counter((r.identity, r.messages) for r in one)
        print(f"{engine:<8} {one.triples:>8} triples {len(one):>7} results {seconds:>8.1f} s")
    differ = 0
    for engine, other in (("pyshacl", "shacl"), ("shacl", "pyshacl")):
        for (identity, _), count in sorted((found[engine] - found[other]).items()):
            differ += count
            print(f"only {engine}: {' '.join(map(compact, identity))}")
    shapes_hit = {identity[1] for identity, _ in found["shacl"]}
    print(f"{differ} results differ; {len(shapes_hit)} shapes found something")
    return 1 if differ else 0


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3}:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else _DOCUMENTS))
