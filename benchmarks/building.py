"""The build: beside a bare load of the same quads, and what one would write with rdflib."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import zstandard

from benchmarks.measure import Cost, Row, kg, python
from benchmarks.world import World
from kg.pipeline.build import of_generation
from kg.pipeline.summary import quads_of
from kg.sources.archives import contents
from kg.store.generations import STORE, current

_LOAD = """
import sys, pyoxigraph as ox
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
store.optimize(); store.flush()
"""
_YAML = """
import sys
from pathlib import Path
from kg.sources.containers import contents
from kg.sources.relaton.reading import decode, read
for name in sys.argv[2:]:
    source = contents(Path(name))
    # At the top stand indexes, which no importer reads.
    names = {each for each in source.names if "/" in each and each.endswith((".yaml", ".yml"))}
    for _, data in source.read(names):
        if sys.argv[1] == "read":
            read(decode(data))
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
        notes=f"limit: bulk_load and optimize of the same {quads:,} quads, ready made; people:"
        f" rdflib parses {_SAMPLE:,} of them, scaled; {records / built.wall:,.0f} records/s,"
        f" {quads / built.wall:,.0f} quads/s, {size / max(quads, 1):.0f} bytes a quad on disk. The"
        " limit reads N-Quads; ours reads the sources, checks, derives, and indexes",
        by_cpu=True,
    )
    if limit is not None:
        yield from _apart(world, built, limit)
    again = kg("build", store=world.store)
    yield Row("build, nothing changed", again, target="2 s", reached=again.wall < 2)
    whole = kg("build", "--again", store=world.store)
    yield Row(
        "build, of sources converted before",
        whole,
        limit,
        by_cpu=True,
        notes="the store and its indexes written anew, from the texts kept",
    )
    if not world.alone:
        yield from _changed(world, built)
        yield from _one(world)


def _apart(world: World, built: Cost, limit: Cost) -> Iterator[Row]:
    """The build without what the reader of YAML takes for the records of all archives."""
    archives = [path for path in world.sources if path.name.endswith(".tar.zst")]
    if archives:
        unpacked, read = (python(_YAML, what, *archives) for what in ("unpack", "read"))
        yaml = read.cpu - unpacked.cpu
        rest = Cost(0, built.cpu - yaml)
        yield Row(
            "build of all sources, but for reading YAML",
            rest,
            limit,
            target="3 times the limit in CPU",
            reached=rest.cpu <= 3 * limit.cpu,
            notes=f"reading YAML alone takes {yaml:.0f} s of CPU, with the fastest reader that"
            " gives the texts that CBaseLoader gives",
            by_cpu=True,
        )


def _changed(world: World, built: Cost) -> Iterator[Row]:
    """A build after a hundredth of the records of one source have changed."""
    archives = [path for path in world.sources if path.name.endswith(".tar.zst")]
    archives.sort(key=lambda path: path.stat().st_size)
    accounts = {account.slug: account for account in of_generation(current(world.store))}
    quads = quads_of(current(world.store)) or 1
    for archive in dict.fromkeys((archives[len(archives) // 2], archives[-1])) if archives else ():
        edited = _edited(archive, world.folder / "edited")
        own = accounts[_name(archive)].triples / quads
        changed = kg("build", edited, store=world.store)
        yield Row(
            f"build, a hundredth of {_name(archive)} changed",
            changed,
            target="about its own share",
            reached=changed.wall <= own * built.wall,
            notes=f"its own share of the quads is {own:.0%}, of the build of all"
            f" {own * built.wall:.0f} s; it is converted anew, and the names and relations of all"
            " sources are indexed",
        )
        kg("build", archive, store=world.store)


def _edited(archive: Path, folder: Path) -> Path:
    """A copy of an archive without each hundredth record."""
    folder.mkdir(exist_ok=True)
    source = contents(archive)
    records = [name for name in source.names if name.startswith("data/")]
    kept = set(source.names) - set(records[::100])
    edited = folder / archive.name
    with zstandard.open(edited, "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        for name, data in source.read(kept):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, BytesIO(data))
    return edited


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
