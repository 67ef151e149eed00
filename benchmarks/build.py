"""The build: beside a bare load of the same quads, and what people write with rdflib."""

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
    """Measure the whole build, one without changes, and one with one source changed."""
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
        notes=f"limit: bulk_load and optimize of the same {quads:,} quads, ready made; people:"
        f" rdflib parses {_SAMPLE:,} of them, scaled; {records / whole.wall:,.0f} records/s,"
        f" {quads / whole.wall:,.0f} quads/s, {size / max(quads, 1):.0f} bytes a quad on disk. The"
        " limit reads N-Quads; ours reads the sources, checks, derives, and indexes",
        by_cpu=True,
    )
    if limit is not None:
        yield from _without_yaml(workload, whole, limit)
    unchanged = kg("build", store=workload.store)
    yield Row("build, nothing changed", unchanged, target="2 s", reached=unchanged.wall < 2)
    rebuilt = kg("build", "--again", store=workload.store)
    yield Row(
        "build, of sources converted before",
        rebuilt,
        limit,
        by_cpu=True,
        notes="the store and its indexes written anew, from the texts kept",
    )
    if not workload.without_peers:
        yield from _one_source_changed(workload, whole)
        yield from _smallest_source(workload)


def _without_yaml(workload: Workload, whole: Cost, limit: Cost) -> Iterator[Row]:
    """Compute the build without the time for reading the YAML of all archives."""
    archives = _archives(workload)
    if archives:
        unpacked = program(programs.unpack, *archives)
        yaml = program(programs.read_yaml, *archives).cpu - unpacked.cpu
        rest = Cost(0, whole.cpu - yaml)
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


def _one_source_changed(workload: Workload, whole: Cost) -> Iterator[Row]:
    """Measure builds after a hundredth of the records of one source have changed."""
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
            f"build, a hundredth of {_name(archive)} changed",
            changed,
            target="about its own share",
            reached=changed.wall <= share * whole.wall,
            notes=f"its own share of the quads is {share:.0%}, of the build of all"
            f" {share * whole.wall:.0f} s; it is converted anew, and the names and relations of all"
            " sources are indexed",
        )
        kg("build", archive, store=workload.store)


def _write_edited(archive: Path, folder: Path) -> Path:
    """Copy an archive without each hundredth record; return the path of the copy."""
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
    """Measure the smallest repository alone, beside what people write with PyYAML and rdflib."""
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
        notes="people: yaml.safe_load and rdflib, four properties of each record, no checks; ours"
        " holds all of them, the article, the ontology and the indexes",
    )
    shutil.rmtree(store)


def _archives(workload: Workload) -> list[Path]:
    """Return the archives among the sources, smallest first."""
    archives = [path for path in workload.sources if path.name.endswith(".tar.zst")]
    return sorted(archives, key=lambda path: path.stat().st_size)


def _name(path: Path) -> str:
    return path.name.split(".")[0]
