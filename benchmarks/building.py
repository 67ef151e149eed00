"""The build: beside a bare load of the same quads, and what one would write with rdflib."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from benchmarks.measure import Cost, Row, kg, python
from benchmarks.world import World
from kg.build import of_generation
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
_PLAIN = """
import sys, rdflib, yaml
from pathlib import Path
from kg.sources.containers import contents
source = contents(Path(sys.argv[1]))
names = [name for name in source.names if name.startswith("data/") and name.endswith(".yaml")]
base = "https://example.org/"
rdf, graph = rdflib.Graph(), rdflib.Graph()
for name, data in source.read(set(names)):
    record = yaml.safe_load(data)
    thing = rdflib.URIRef(base + name)
    for docid in record.get("docid") or ():
        graph.add((thing, rdflib.DCTERMS.identifier, rdflib.Literal(docid["id"])))
    for title in record.get("title") or ():
        graph.add((thing, rdflib.DCTERMS.title, rdflib.Literal(title["content"])))
    for date in record.get("date") or ():
        graph.add((thing, rdflib.DCTERMS.date, rdflib.Literal(str(date.get("value")))))
    for relation in record.get("relation") or ():
        other = rdflib.URIRef(base + str(relation["bibitem"].get("id")).replace(" ", "_"))
        graph.add((thing, rdflib.URIRef(base + relation["type"]), other))
print(len(names), len(graph), file=sys.stderr)
graph.serialize(sys.argv[2], format="nt", encoding="utf-8")
"""
_SAMPLE = 100_000


def rows(world: World) -> Iterator[Row]:
    """The whole build, a build where nothing changed, and one with one source changed."""
    built = kg("build", *world.sources, store=world.store)
    generation = current(world.store)
    quads = quads_of(generation) or 0
    size = sum(file.stat().st_size for file in (generation / STORE).iterdir())
    limit = peer = None
    if not world.alone:
        dumped = world.folder / "all.nq"
        with dumped.open("wb") as out:
            ox.Store.read_only(str(generation / STORE)).dump(out, ox.RdfFormat.N_QUADS)
        limit = python(_LOAD, dumped, world.folder / "bare")
        sample = min(quads, _SAMPLE)
        few = python(_PARSE, dumped, str(sample))
        peer = Cost(few.wall * quads / sample, few.cpu * quads / sample)
        shutil.rmtree(world.folder / "bare")
        dumped.unlink()
    records = sum(account.records for account in of_generation(generation))
    yield Row(
        "build of all sources",
        built,
        limit,
        peer,
        "3 times the limit in CPU",
        None if limit is None else built.cpu / limit.cpu <= 3,
        f"limit: bulk_load and optimize of the same {quads:,} quads, ready made; people: rdflib"
        f" parses {_SAMPLE:,} of them, scaled; {records / built.wall:,.0f} records/s,"
        f" {quads / built.wall:,.0f} quads/s, {size / max(quads, 1):.0f} bytes a quad on disk. The"
        " limit reads N-Quads; ours reads the sources, checks, derives, and indexes",
        by_cpu=True,
    )
    again = kg("build", store=world.store)
    yield Row("build, nothing changed", again, target="2 s", reached=again.wall < 2)
    whole = kg("build", "--again", store=world.store)
    yield Row(
        "build, of sources converted before",
        whole,
        limit,
        by_cpu=True,
        notes="what one changed source takes, and its own conversion: the store and its indexes are"
        " written anew",
    )
    if not world.alone:
        yield from _one(world)


def _one(world: World) -> Iterator[Row]:
    """The smallest repository alone, beside what one would write with PyYAML and rdflib."""
    archives = [path for path in world.sources if path.name.endswith(".tar.zst")]
    if not archives:
        return
    smallest = min(archives, key=lambda path: path.stat().st_size)
    home = world.folder / "one"
    ours = kg("build", smallest, store=home)
    peer = python(_PLAIN, smallest, world.folder / "plain.nt")
    yield Row(
        f"build of {_name(smallest)} alone",
        ours,
        None,
        peer,
        notes="people: yaml.safe_load and rdflib, four properties of each record, no checks; ours"
        " holds all of them, the article, the ontology and the indexes",
    )
    shutil.rmtree(home)


def _name(path: Path) -> str:
    return path.name.split(".")[0]
