"""The build, compared with a bare load of the same quads and with typical rdflib code."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import zstandard

from benchmarks import programs
from benchmarks.measure import Cost, Row, kg, program
from benchmarks.workload import Workload
from kg.pipeline.build import read_accounts
from kg.pipeline.summary import stored_quad_count
from kg.sources.source import Source
from kg.store.generations import STORE, current_generation

_SAMPLE: Final = 100_000
"""Quads that rdflib parses; its cost is scaled up."""


def rows(workload: Workload) -> Iterator[Row]:
    """Measure a full build, a build without changes, and builds after one source has changed."""
    whole = kg("build", *workload.sources, store=workload.store)
    generation = current_generation(workload.store)
    quads = stored_quad_count(generation) or 0
    size = sum(file.stat().st_size for file in (generation / STORE).iterdir())
    limit = peer = None
    if not workload.without_peers:
        nquads = workload.folder / "all.nq"
        with nquads.open("wb") as out:
            ox.Store.read_only(str(generation / STORE)).dump(out, ox.RdfFormat.N_QUADS)
        limit = program(programs.load, nquads, workload.folder / "bare")
        sample = min(quads, _SAMPLE)
        parsed = program(programs.parse_with_rdflib, nquads, str(sample))
        peer = Cost(parsed.wall * quads / sample, parsed.cpu * quads / sample)
        shutil.rmtree(workload.folder / "bare")
        nquads.unlink()
    records = sum(account.records for account in read_accounts(generation))
    yield Row(
        "build of all sources",
        whole,
        limit,
        peer,
        notes=f"limit: bulk_load and optimize of the same {quads:,} quads from N-Quads; peer:"
        f" rdflib parses {_SAMPLE:,} of them, scaled; {records / whole.wall:,.0f} records/s,"
        f" {quads / whole.wall:,.0f} quads/s, {size / max(quads, 1):.0f} bytes per quad on disk."
        " The build also reads the sources, checks, derives and indexes",
        by_cpu=True,
    )
    if limit is not None:
        yield from _without_yaml(workload, whole, limit)
    unchanged = kg("build", store=workload.store)
    yield Row("build without changes", unchanged, target="2 s", reached=unchanged.wall < 2)
    rebuilt = kg("build", "--again", store=workload.store)
    yield Row(
        "build from cached conversions",
        rebuilt,
        limit,
        by_cpu=True,
        notes="rewrites the store and its indexes from the cached N-Triples",
    )
    if not workload.without_peers:
        yield from _one_source_changed(workload, whole)
        yield from _smallest_source(workload)


def _without_yaml(workload: Workload, whole: Cost, limit: Cost) -> Iterator[Row]:
    """Subtract the time for reading the YAML of all archives from that of the build."""
    archives = _archives(workload)
    if archives:
        unpacked = program(programs.unpack, *archives)
        yaml = program(programs.read_yaml, *archives).cpu - unpacked.cpu
        rest = Cost(0, whole.cpu - yaml)
        yield Row(
            "build of all sources, without reading YAML",
            rest,
            limit,
            target="3 times the limit in CPU",
            reached=rest.cpu <= 3 * limit.cpu,
            notes=f"reading YAML alone takes {yaml:.0f} s of CPU with the fastest reader that"
            " returns the same texts as CBaseLoader",
            by_cpu=True,
        )


def _one_source_changed(workload: Workload, whole: Cost) -> Iterator[Row]:
    """Measure builds after 1 % of the records of a source have been removed."""
    archives = _archives(workload)
    accounts = {
        account.slug: account for account in read_accounts(current_generation(workload.store))
    }
    quads = stored_quad_count(current_generation(workload.store)) or 1
    for archive in dict.fromkeys((archives[len(archives) // 2], archives[-1])) if archives else ():
        edited = _write_edited(archive, workload.folder / "edited")
        share = accounts[_name(archive)].triples / quads
        changed = kg("build", edited, store=workload.store)
        yield Row(
            f"build after a change to 1 % of {_name(archive)}",
            changed,
            target="its share of the full build",
            reached=changed.wall <= share * whole.wall,
            notes=f"the source has {share:.0%} of the quads, a share of {share * whole.wall:.0f} s"
            " of the full build; it is converted again, and the names and relations of all sources"
            " are indexed again",
        )
        kg("build", archive, store=workload.store)


def _write_edited(archive: Path, folder: Path) -> Path:
    """Copy an archive without every hundredth record; return the path of the copy."""
    folder.mkdir(exist_ok=True)
    source = Source.open(archive)
    records = [name for name in source.names if name.startswith("data/")]
    kept = set(source.names) - set(records[::100])
    edited = folder / archive.name
    with zstandard.open(edited, "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        for name, data in source.read(kept):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, BytesIO(data))
    return edited


def _smallest_source(workload: Workload) -> Iterator[Row]:
    """Measure the smallest repository alone, and typical code with PyYAML and rdflib."""
    archives = _archives(workload)
    if not archives:
        return
    smallest = archives[0]
    store = workload.folder / "one"
    ours = kg("build", smallest, store=store)
    peer = program(programs.convert_with_rdflib, smallest, workload.folder / "plain.nt")
    yield Row(
        f"build of {_name(smallest)} alone",
        ours,
        None,
        peer,
        notes="peer: yaml.safe_load and rdflib, four properties per record, no checks; the build"
        " writes all properties, the article, the ontology and the indexes",
    )
    shutil.rmtree(store)


def _archives(workload: Workload) -> list[Path]:
    """Return the archives among the sources, smallest first."""
    archives = [path for path in workload.sources if path.name.endswith(".tar.zst")]
    return sorted(archives, key=lambda path: path.stat().st_size)


def _name(path: Path) -> str:
    return path.name.split(".")[0]
