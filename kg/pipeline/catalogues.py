"""The catalogues that join the curated graph: found, converted, loaded, described."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common import resources
from kg.common.errors import KgError
from kg.common.namespaces import (
    BASE,
    CATALOGUES_DERIVED_GRAPH,
    DESCRIPTION_GRAPH,
    EVIDENCE_GRAPH,
    PREFIXES,
    STD,
)
from kg.common.workers import Workers
from kg.pipeline import conversion
from kg.pipeline.accounts import Account
from kg.pipeline.curated import Progress, applied
from kg.sources import archives, detection
from kg.sources.iso_open_data import members
from kg.store.generations import current_generation
from kg.store.writer import StoreWriter

_MANIFEST: Final = "catalogues.jsonl"
_REJECTS: Final = "rejects.jsonl"
_CACHE: Final = "converted"

_MEMBERS: Final = """
SELECT DISTINCT ?number WHERE { ?member a std:StandardsBody ; std:isoOrganizationId ?number }"""
_NAMES: Final = {
    "iso-committees": ("ISO Open Data, technical committees", "ISO开放数据：技术委员会"),
    "iso-deliverables": ("ISO Open Data, deliverables", "ISO开放数据：标准文件"),
    "ics": ("International Classification for Standards", "国际标准分类法"),
}
_ISO_OPEN_DATA: Final = "https://www.iso.org/open-data.html"
_ODC_BY: Final = "https://opendatacommons.org/licenses/by/1-0/"


@dataclass(frozen=True)
class Wanted:
    """Which catalogues a graph is to have, besides those of the graph before.

    ``add`` are files or folders; one of the same name takes the other's place. ``kind`` says what
    they are, where it should not be told from their content. ``drop`` are the names of sources to
    leave out; ``only`` leaves out all that ``add`` does not name.
    """

    add: tuple[Path, ...] = ()
    kind: str | None = None
    drop: tuple[str, ...] = ()
    only: bool = False
    abstracts: bool = False


def of_current(folder: Path) -> tuple[Account, ...]:
    """The catalogues of the graph built before; none if there is none."""
    try:
        return of_generation(current_generation(folder))
    except KgError:
        return ()


def of_generation(generation: Path) -> tuple[Account, ...]:
    """The catalogues of a graph, by the folder that holds it; none if it has none."""
    manifest = generation / _MANIFEST
    if not manifest.exists():
        return ()
    return tuple(Account.read(line) for line in manifest.read_text(encoding="utf-8").splitlines())


def planned(before: Sequence[Account], wanted: Wanted) -> tuple[conversion.Job, ...]:
    """The sources of the new graph, by name; none is read yet.

    Raises KgError for one that is not there, for two of one name, for a file whose kind can't be
    told, and for a name to be dropped that the graph doesn't have.
    """
    held = {} if wanted.only else {account.slug: account for account in before}
    _check_dropped(wanted.drop, held)
    named = _named(wanted.add)
    known = {account.slug: account for account in before}
    jobs = {}
    for slug, account in held.items():
        if slug not in wanted.drop and slug not in named:
            jobs[slug] = _again(account)
    for slug, path in named.items():
        jobs[slug] = _one(path, slug, wanted.kind, wanted.abstracts, known.get(slug))
    return tuple(jobs[slug] for slug in sorted(jobs))


def unchanged(folder: Path, jobs: Sequence[conversion.Job]) -> tuple[Account, ...] | None:
    """The accounts of sources that have all been read before as they are; None if one has not."""
    accounts = [conversion.cached(job, folder / _CACHE) for job in jobs]
    known = tuple(account for account in accounts if account is not None)
    return known if len(known) == len(accounts) else None


def converted(
    folder: Path, jobs: Sequence[conversion.Job], progress: Progress
) -> tuple[Account, ...]:
    """The catalogues of the new graph, each converted; what has not changed is not read again.

    Raises KgError for one that can't be read.
    """
    progress("convert")
    with Workers() as workers:
        return tuple(_converted(job, folder / _CACHE, workers) for job in jobs)


def _converted(job: conversion.Job, cache: Path, workers: Workers) -> Account:
    known = conversion.cached(job, cache)
    if known is not None:
        return known
    if not job.path.exists():
        raise KgError(
            f"{job.path} is gone, and the importers have changed since it was read: give the"
            f" source {job.slug} again, or leave it out with --drop {job.slug}"
        )
    return conversion.convert(job, detection.records(job.path, job.kind), cache, workers)


def _check_dropped(drop: Iterable[str], held: dict[str, Account]) -> None:
    for slug in drop:
        if slug not in held:
            there = ", ".join(sorted(held)) or "none"
            raise KgError(f"{slug!r} is no source of the graph, so it can't be dropped: {there}")


def _named(paths: Sequence[Path]) -> dict[str, Path]:
    named: dict[str, Path] = {}
    for path in paths:
        slug = archives.slug(path)
        if slug in named:
            raise KgError(f"{named[slug]} and {path} would both be called {slug!r}: rename one")
        named[slug] = path
    return named


def _again(account: Account) -> conversion.Job:
    """A source of the graph before: as it is now, or as it was if it is gone."""
    path = Path(account.path)
    if path.exists():
        return _one(path, account.slug, account.kind, account.abstracts, account)
    return conversion.Job(
        account.slug,
        account.kind,
        account.why,
        path.absolute(),
        account.digest,
        account.snapshot,
        account.abstracts,
    )


def _one(
    path: Path, slug: str, kind: str | None, abstracts: bool, before: Account | None
) -> conversion.Job:
    why = f"taken as {kind}, as was asked"
    if kind is None:
        found = detection.detect(path)
        kind, why = found.kind, found.why
    digest = archives.digest(path)
    # The day of an archive is that of a member: to look for it means to unpack it once more.
    same = before is not None and before.digest == digest and archives.is_archive(path)
    day = before.snapshot if before is not None and same else archives.snapshot(path)
    return conversion.Job(slug, kind, why, path.absolute(), digest, day, abstracts)


def join(writer: StoreWriter, folder: Path, accounts: Sequence[Account]) -> None:
    """Load the catalogues, describe each, and derive what follows."""
    for account in accounts:
        load(writer, folder, account)
    writer.extend(descriptions(accounts))
    derive(writer)


def load(writer: StoreWriter, folder: Path, account: Account) -> None:
    """Load a catalogue as it was converted; KgError where that can't be read."""
    import zstandard

    file = text_of(folder, account)
    with file.open("rb") as packed:
        reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
        writer.load_stream(reader, ox.RdfFormat.N_TRIPLES, account.graph, str(file))


def descriptions(accounts: Iterable[Account]) -> Iterator[ox.Quad]:
    """What is said of the catalogues themselves."""
    for account in accounts:
        yield from _description(account)


def derive(writer: StoreWriter) -> None:
    """Add what follows from the catalogues that are loaded and described."""
    writer.extend(members.quads(_isos_members(writer)))
    derived = ox.NamedNode(CATALOGUES_DERIVED_GRAPH)
    for rule in sorted((resources.ontology() / "rules" / "catalogues").glob("*.rq")):
        writer.extend(applied(writer, rule, derived))


def text_of(folder: Path, account: Account) -> Path:
    """The compressed N-Triples of a catalogue, in the cache of a folder of stores."""
    return folder / _CACHE / f"{account.stem}.nt.zst"


def _isos_members(writer: StoreWriter) -> list[str]:
    """The numbers at ISO of the member bodies that the catalogues name."""
    rows = writer.view().select(_MEMBERS).rows
    return [number.value for (number,) in rows if isinstance(number, ox.Literal)]


def _description(account: Account) -> Iterator[ox.Quad]:
    """The source of a catalogue, and its part of the dataset (VoID, section 4.4)."""
    evidence, description = ox.NamedNode(EVIDENCE_GRAPH), ox.NamedNode(DESCRIPTION_GRAPH)
    en, zh = _NAMES.get(account.kind, (account.slug, account.slug))

    def said(property_: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        prefix, _, local = property_.partition(":")
        return ox.Quad(account.source, ox.NamedNode(PREFIXES[prefix] + local), value, evidence)

    type_ = ox.NamedNode(PREFIXES["rdf"] + "type")
    yield ox.Quad(account.graph, type_, ox.NamedNode(STD + "Catalogue"), evidence)
    yield ox.Quad(
        account.graph, ox.NamedNode(PREFIXES["dcterms"] + "source"), account.source, evidence
    )
    yield said("rdf:type", ox.NamedNode(STD + "Source"))
    yield said("skos:prefLabel", ox.Literal(en, language="en"))
    yield said("skos:prefLabel", ox.Literal(zh, language="zh"))
    yield said("std:standing", ox.NamedNode(BASE + "scheme/standing/catalogue"))
    day = ox.NamedNode(PREFIXES["xsd"] + "date")
    yield said("std:snapshotOn", ox.Literal(account.snapshot, datatype=day))
    yield said("std:sha256", ox.Literal(account.digest))
    if account.kind in _NAMES:
        yield said("schema:url", ox.NamedNode(_ISO_OPEN_DATA))
        yield said("dcterms:license", ox.NamedNode(_ODC_BY))
    void = PREFIXES["void"]
    yield ox.Quad(
        ox.NamedNode(BASE + "dataset"), ox.NamedNode(void + "subset"), account.graph, description
    )
    yield ox.Quad(
        account.graph, ox.NamedNode(void + "triples"), ox.Literal(account.triples), description
    )


def record(generation: Path, folder: Path, accounts: Sequence[Account]) -> Path | None:
    """Keep the accounts with the graph, and all rejects in one file; where that is, if any."""
    if not accounts:
        return None
    lines = "".join(account.json() + "\n" for account in accounts)
    (generation / _MANIFEST).write_text(lines, encoding="utf-8")
    rejects = generation / _REJECTS
    with rejects.open("w", encoding="utf-8") as out:
        for account in accounts:
            kept = folder / _CACHE / f"{account.stem}.rejects.jsonl"
            out.write(kept.read_text(encoding="utf-8"))
    return rejects


def rejects_of(generation: Path) -> Path | None:
    """The file of the records that a graph's build rejected; None for a graph of no catalogue."""
    file = generation / _REJECTS
    return file if file.exists() else None


def clear(folder: Path, accounts: Sequence[Account]) -> None:
    """Remove from the cache what the graph no longer has."""
    cache = folder / _CACHE
    kept = tuple(f"{account.stem}." for account in accounts)
    for file in cache.iterdir() if cache.exists() else ():
        if not file.name.startswith(kept):
            file.unlink()


def rejects(file: Path) -> Iterator[dict[str, str]]:
    """The rejected records that a build wrote."""
    for line in file.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
