"""Plan, convert, load and describe the catalogues that join the curated graph."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common import resources
from kg.common.cluster import ClusterWorkers
from kg.common.errors import BuildError, SourceError
from kg.common.namespaces import (
    BASE,
    CATALOGUES_DERIVED_GRAPH,
    DESCRIPTION_GRAPH,
    EVIDENCE_GRAPH,
    RDF_TYPE,
    node,
)
from kg.common.workers import Workers
from kg.pipeline import conversion
from kg.pipeline.accounts import Account, read_manifest
from kg.pipeline.conversion import REJECTS, Job
from kg.pipeline.curated import Progress, apply_rule
from kg.sources import article, detection
from kg.sources.archives.folder_digest import DIGESTS
from kg.sources.iso_open_data import members
from kg.sources.lists.chinese_bodies import area_quads
from kg.sources.lists.columns import Layout
from kg.sources.lists.metadata import read_layout
from kg.sources.lists.tables import SUFFIXES
from kg.sources.source import Form, Source, named_slug
from kg.store.writer import StoreWriter

MANIFEST: Final = "catalogues.jsonl"
"""The accounts of the catalogues of a graph, one on each line."""
CACHE: Final = "converted"
"""The folder of converted catalogues in a folder of stores."""
_LIST: Final = "list"
_MEMBERS: Final = """
SELECT DISTINCT ?number WHERE { ?member a std:StandardsBody ; std:isoOrganizationId ?number }"""
_PUBLISHERS: Final = "SELECT DISTINCT ?body WHERE { ?document std:publisher ?body }"
_PLACES: Final = (
    "SELECT DISTINCT ?place WHERE { ?place a std:AdministrativeArea ; skos:prefLabel ?name }"
)
_TITLES: Final = {
    "iso-committees": ("ISO Open Data, technical committees", "ISO开放数据：技术委员会"),
    "iso-deliverables": ("ISO Open Data, deliverables", "ISO开放数据：标准文件"),
    "ics": ("International Classification for Standards", "国际标准分类法"),
}
"""The English and Chinese titles of the catalogues of ISO Open Data, by kind."""
_ISO_OPEN_DATA: Final = "https://www.iso.org/open-data.html"
_ODC_BY: Final = "https://opendatacommons.org/licenses/by/1-0/"


@dataclass(frozen=True)
class CatalogueSelection:
    """The catalogues and articles of a new graph, as changes to those of the previous graph.

    ``add`` are files or folders to add; each replaces a catalogue of the same name. ``articles``
    are folders of articles, which do the same. ``kind`` is the kind of the catalogues in ``add``;
    if None, it is detected from the content. ``drop`` are names of catalogues and articles to leave
    out; ``only`` leaves out all that are not in ``add`` and ``articles``. ``abstracts`` keeps the
    abstracts of the catalogues in ``add``. ``name`` is their name in the graph, and ``snapshot``
    the day (ISO 8601) whose state they hold, if it isn't to be taken from their files; both are for
    one source.
    ``columns`` are pairs of what a column of the lists in ``add`` holds and its heading or number;
    see :func:`kg.sources.lists.columns.parse_columns`.
    """

    add: tuple[Path, ...] = ()
    kind: str | None = None
    drop: tuple[str, ...] = ()
    only: bool = False
    abstracts: bool = False
    name: str | None = None
    snapshot: str | None = None
    articles: tuple[Path, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()


def read_accounts(generation: Path) -> tuple[Account, ...]:
    """Return the accounts of the catalogues in the graph of a generation folder.

    Raises StoreError if it is gone, or if the accounts are damaged.
    """
    return read_manifest(generation, MANIFEST, Account.from_json)


def plan_jobs(
    previous: Sequence[Account],
    selection: CatalogueSelection,
    articles: Collection[str] = (),
    cache: Path | None = None,
) -> tuple[Job, ...]:
    """Return the conversion jobs for a new graph, sorted by name.

    ``articles`` are the names of the previous graph's articles. ``cache`` is the folder that keeps
    digests of the files of folders, of which only changed ones are read then. Raises SourceError
    for a source that can't be opened or has no detectable kind, and BuildError for two sources of
    the same name and for an unknown name to drop.
    """
    known = {account.slug: account for account in previous}
    kept = {} if selection.only else known
    _check_dropped(selection.drop, {*kept, *(() if selection.only else articles)})
    added = _open_sources(selection.add, selection.name)
    jobs = {
        slug: _plan_again(account, cache)
        for slug, account in kept.items()
        if slug not in selection.drop and slug not in added
    }
    for slug, source in added.items():
        jobs[slug] = _plan(_keeping(source, cache), selection, known.get(slug))
    return tuple(jobs[slug] for slug in sorted(jobs))


def unchanged_accounts(folder: Path, jobs: Sequence[Job]) -> tuple[Account, ...] | None:
    """Return the cached accounts of all jobs; None if a source must be converted."""
    accounts = [conversion.cached_account(job, folder / CACHE) for job in jobs]
    cached = tuple(account for account in accounts if account is not None)
    return cached if len(cached) == len(accounts) else None


def convert_catalogues(
    folder: Path, jobs: Sequence[Job], progress: Progress, cluster: str | None = None
) -> tuple[Account, ...]:
    """Convert the catalogues that have changed; return the accounts of all catalogues.

    ``cluster`` is the address of a scheduler of dask.distributed whose workers convert them. Raises
    SourceError for a source that can't be read, and BuildError if the cluster fails.
    """
    progress("convert")
    with ClusterWorkers(cluster) if cluster else Workers() as workers:
        return tuple(convert(job, folder / CACHE, workers) for job in jobs)


def convert(job: Job, cache: Path, workers: Workers) -> Account:
    """Convert a source into a folder, unless it was converted before; return its account.

    Raises SourceError for a source that can't be read, and BuildError for one that is gone.
    """
    cached = conversion.cached_account(job, cache)
    if cached is not None:
        return cached
    source = job.source
    if source.form is Form.MISSING:
        raise BuildError(
            f"{source.path.absolute()} is gone, and its conversion is damaged or of another"
            f" version: give the source {source.slug} again, or leave it out with"
            f" --drop {source.slug}"
        )
    files = detection.record_files(source, job.kind)
    return conversion.convert_source(job, files, cache, workers)


def _check_dropped(drop: Iterable[str], kept: Collection[str]) -> None:
    for slug in drop:
        if slug not in kept:
            names = ", ".join(sorted(kept)) or "none"
            raise BuildError(f"{slug!r} is not a source of the graph; its sources: {names}")


def _open_sources(paths: Sequence[Path], name: str | None) -> dict[str, Source]:
    slug = None if name is None else named_slug(name)
    sources: dict[str, Source] = {}
    for path in paths:
        if folder := article.folder_of_article(path):
            raise SourceError(
                f"{path} is an article folder: use --article {folder}"
                if folder == path
                else f"{path} is a file of an article: use --article {folder}"
            )
        source = Source.open(path, slug)
        if source.slug in sources:
            other = sources[source.slug].path
            raise BuildError(
                f"{other} and {path} would both be called {source.slug!r}: build them one after the"
                " other, the second with a --name of its own"
            )
        sources[source.slug] = source
    return sources


def _keeping(source: Source, cache: Path | None) -> Source:
    return source if cache is None else replace(source, kept=cache / f"{source.slug}{DIGESTS}")


def _plan_again(account: Account, cache: Path | None) -> Job:
    """Plan a catalogue of the previous graph again, as the kind that it was taken for.

    A missing source keeps its previous state.
    """
    path, slug = Path(account.path), account.slug
    source = Source.open(path, slug) if path.exists() else Source.missing(path, slug)
    source = _keeping(source, cache)
    state = source.state(account.state)
    layout = account.layout
    if account.kind == _LIST and source.form is not Form.MISSING:
        layout = read_layout(source, Layout.from_json(layout).columns).to_json()
    return Job(source, state, account.kind, account.why, account.abstracts, layout)


def plan_source(source: Source, kind: str | None) -> Job:
    """Return the job of a source; SourceError if its kind is not given and can't be detected."""
    return _plan(source, CatalogueSelection(kind=kind), previous=None)


def _plan(source: Source, selection: CatalogueSelection, previous: Account | None) -> Job:
    kind, why = _kind(source, selection)
    if selection.columns and kind != _LIST:
        raise SourceError(f"{source.path}: is no list ({kind}): leave out --columns")
    state = source.state(previous.state if previous else None, selection.snapshot)
    layout = read_layout(source, selection.columns).to_json() if kind == _LIST else ""
    return Job(source, state, kind, why, selection.abstracts, layout)


def _kind(source: Source, selection: CatalogueSelection) -> tuple[str, str]:
    """Return the kind of a source, and why; a table whose columns are described is a list."""
    if selection.kind is not None:
        return selection.kind, f"taken as {selection.kind}, as was asked"
    is_table = source.path.suffix.lower() in SUFFIXES
    if is_table and read_layout(source, selection.columns).to_json():
        return _LIST, "its columns are described"
    detected = detection.detect(source)
    return detected.kind, detected.why


def add_catalogues(writer: StoreWriter, folder: Path, accounts: Sequence[Account]) -> None:
    """Load and describe catalogues, and add the triples derived from them."""
    for account in accounts:
        load_catalogue(writer, folder, account)
    writer.extend(describe_catalogues(accounts))
    add_derived(writer)


def load_catalogue(writer: StoreWriter, folder: Path, account: Account) -> None:
    """Load the converted triples of a catalogue; SourceError if they can't be parsed."""
    import zstandard

    file = ntriples_file(folder, account)
    with file.open("rb") as packed:
        reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
        writer.load_stream(reader, ox.RdfFormat.N_TRIPLES, account.graph, str(file))


def describe_catalogues(accounts: Iterable[Account]) -> Iterator[ox.Quad]:
    """Yield quads that describe the catalogues themselves."""
    for account in accounts:
        yield from _description(account)


def add_derived(writer: StoreWriter) -> None:
    """Add the triples derived from the loaded catalogues and their descriptions."""
    rows = writer.view().select(_MEMBERS).rows
    numbers = [number.value for (number,) in rows if isinstance(number, ox.Literal)]
    writer.extend(members.country_quads(numbers))
    publishers, places = (
        [row[0].value for row in writer.view().select(query).rows if row[0] is not None]
        for query in (_PUBLISHERS, _PLACES)
    )
    writer.extend(area_quads(publishers, places))
    derived = ox.NamedNode(CATALOGUES_DERIVED_GRAPH)
    for rule in sorted((resources.ontology() / "rules" / "catalogues").glob("*.rq")):
        writer.extend(apply_rule(writer, rule, derived))


def ntriples_file(folder: Path, account: Account) -> Path:
    """Return the compressed N-Triples of a catalogue, in the cache of a folder of stores."""
    return folder / CACHE / f"{account.stem}.nt.zst"


def _description(account: Account) -> Iterator[ox.Quad]:
    """Describe the source of a catalogue and its subset of the dataset (VoID, section 4.4)."""
    evidence, description = ox.NamedNode(EVIDENCE_GRAPH), ox.NamedNode(DESCRIPTION_GRAPH)
    en, zh = _TITLES.get(account.kind, (account.slug, account.slug))
    yield ox.Quad(account.graph, RDF_TYPE, node("std:Catalogue"), evidence)
    yield ox.Quad(account.graph, node("dcterms:source"), account.source, evidence)
    statements: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        ("rdf:type", node("std:Source")),
        ("skos:prefLabel", ox.Literal(en, language="en")),
        ("skos:prefLabel", ox.Literal(zh, language="zh")),
        ("std:standing", node("standing:catalogue")),
        ("std:snapshotOn", ox.Literal(account.snapshot, datatype=node("xsd:date"))),
        ("std:sha256", ox.Literal(account.digest)),
    ]
    if account.kind in _TITLES:
        statements.append(("schema:url", ox.NamedNode(_ISO_OPEN_DATA)))
        statements.append(("dcterms:license", ox.NamedNode(_ODC_BY)))
    for name, value in statements:
        yield ox.Quad(account.source, node(name), value, evidence)
    dataset = ox.NamedNode(BASE + "dataset")
    yield ox.Quad(dataset, node("void:subset"), account.graph, description)
    yield ox.Quad(account.graph, node("void:triples"), ox.Literal(account.triples), description)


def write_accounts(generation: Path, folder: Path, accounts: Sequence[Account]) -> Path | None:
    """Write the accounts and the rejected records of a graph; return the file of the latter.

    Without catalogues nothing is written, and None is returned.
    """
    if not accounts:
        return None
    lines = "".join(account.to_json() + "\n" for account in accounts)
    (generation / MANIFEST).write_text(lines, encoding="utf-8")
    rejects = generation / REJECTS
    with rejects.open("w", encoding="utf-8") as out:
        for account in accounts:
            cached = folder / CACHE / f"{account.stem}.rejects.jsonl"
            out.write(cached.read_text(encoding="utf-8"))
    return rejects


def rejects_file(generation: Path) -> Path | None:
    """Return the file of rejected records of a graph; None without catalogues."""
    file = generation / REJECTS
    return file if file.exists() else None
