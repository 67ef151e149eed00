"""Convert a source to N-Triples in the cache, with an account of its records.

Several processes convert the files of a source in parallel. The N-Triples are kept compressed, so
that an unchanged source need not be converted again.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from kg.common import resources
from kg.common.errors import SourceError
from kg.common.workers import Workers
from kg.pipeline.accounts import Account, graph_of, sorted_tallies
from kg.pipeline.compressed_lines import compress_lines, read_blocks, write_distinct
from kg.pipeline.record_groups import RecordIndex, arrange_records
from kg.pipeline.record_splitting import split_records
from kg.pipeline.statement_notes import find_notes
from kg.sources.record_batch import Batch, Options, Reject
from kg.sources.source import Source, SourceState
from kg.store.checksums import content_digest

Converter = Callable[[str, bytes, Options], Batch]

CONVERTERS: Final = {
    "relaton": "kg.sources.relaton:convert",
    "relaton-sdo": "kg.sources.relaton:convert_organizations",
    "iso-committees": "kg.sources.iso_open_data.committees:convert",
    "iso-deliverables": "kg.sources.iso_open_data.deliverables:convert",
    "ics": "kg.sources.iso_open_data.ics:convert",
    "list": "kg.sources.lists:convert",
    "rdf": "kg.sources.rdf.reader:convert",
}
"""Converters by kind of source, as ``module:function``."""

REJECTS: Final = "rejects.jsonl"
"""The file of rejected records: beside a graph, or beside the cache if none was built."""

_IMPORTERS: Final = (
    "common",
    "identifiers",
    "sources",
    "store/ntriples.py",
    "evidence/record_notes.py",
    "pipeline/record_groups.py",
    "pipeline/record_splitting.py",
    "pipeline/statement_notes.py",
)
"""The files and folders of the package on which the N-Triples of a source depend."""

_CHUNK: Final = 2_000_000
"""Number of bytes that a worker converts at a time."""


@dataclass(frozen=True)
class Job:
    """A source to convert, in a state; for fields see :class:`kg.pipeline.accounts.Account`."""

    source: Source
    state: SourceState
    kind: str
    why: str
    abstracts: bool
    layout: str = ""

    @property
    def stem(self) -> str:
        """The name of its files in the cache: equal for equal content, options and importers."""
        parts = [self.kind, self.state.digest, self.abstracts, importer_digest()]
        key = json.dumps([*parts, *([self.layout] if self.layout else [])])
        return f"{self.source.slug}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"

    def account_fields(self) -> dict[str, Any]:
        """Return the fields of an account that are known before the conversion."""
        return {
            "slug": self.source.slug,
            "kind": self.kind,
            "why": self.why,
            "path": str(self.source.path.absolute()),
            "digest": self.state.digest,
            "stem": self.stem,
            "snapshot": self.state.snapshot,
            "snapshot_stated": self.state.stated,
            "abstracts": self.abstracts,
            "layout": self.layout,
        }


@dataclass
class _Chunk:
    """A chunk of converted files: compressed N-Triples, the index of its records, and counts."""

    data: bytes
    triples: int
    index: list[RecordIndex]
    records: int
    rejects: list[Reject]
    counts: dict[str, Counter[str]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def importer_digest() -> str:
    """Return a digest of the code that reads sources; after a change they are converted again."""
    package = resources.package()
    digest = hashlib.sha256()
    for place in _IMPORTERS:
        for file in sorted((package / place).rglob("*")) or [package / place]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.read_bytes())
    return digest.hexdigest()


def convert_source(
    job: Job, files: Iterable[tuple[str, bytes]], cache: Path, workers: Workers
) -> Account:
    """Convert the files of a source into the cache; after an error no new files remain there.

    ``files`` are pairs of path in the source and content. Raises SourceError for a file that can't
    be read as a whole, and for a source without a readable record, whose rejects are then in the
    file ``REJECTS`` beside the cache.
    """
    begin = time.monotonic()
    cache.mkdir(parents=True, exist_ok=True)
    rejected: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = {}
    index: list[RecordIndex] = []
    records = triples = 0
    targets = (*_files(job.stem, cache), cache / f"{job.stem}.json")
    drafts = [path.with_name(path.name + ".part") for path in targets]
    try:
        with drafts[0].open("wb") as out, drafts[1].open("w", encoding="utf-8") as rejects:
            for chunk in _convert_chunks(job, files, workers):
                out.write(chunk.data)
                index += chunk.index
                triples += chunk.triples
                records += chunk.records
                for reject in chunk.rejects:
                    rejected[reject.reason] += 1
                    line = {"source": job.source.slug, **asdict(reject)}
                    rejects.write(json.dumps(line, ensure_ascii=False) + "\n")
                for name, counter in chunk.counts.items():
                    counts.setdefault(name, Counter()).update(counter)
        if any(each.record for each in index):
            index = split_records(drafts[0], index)
            notes = find_notes(drafts[0], index, graph_of(job.source.slug).value)
            counts["same"] = notes.same
            triples = _finish(drafts[0], notes.lines)
        if not triples or records == rejected.total():
            raise _nothing_left(job, records, rejected, drafts[1], cache.parent / REJECTS)
        account = Account(
            **job.account_fields(),
            records=records,
            triples=triples,
            rejected=dict(rejected.most_common()),
            counts=sorted_tallies(counts),
            checksum=content_digest(drafts[0], drafts[1]),
            seconds=round(time.monotonic() - begin, 1),
            read_on=datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        )
        drafts[2].write_text(account.to_json(), encoding="utf-8")
        # The account comes last: files without one are not used.
        for draft, target in zip(drafts, targets, strict=True):
            draft.replace(target)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
    return account


def _finish(file: Path, notes: list[str]) -> int:
    """Write a file again without repeated lines, followed by notes; return its number of lines."""
    finished = file.with_name(file.name + ".distinct")
    try:
        with finished.open("wb") as out:
            blocks = chain(read_blocks(file), ["".join(notes).encode()])
            triples = write_distinct(blocks, out)
        finished.replace(file)
    finally:
        finished.unlink(missing_ok=True)
    return triples


def _nothing_left(
    job: Job, records: int, rejected: Counter[str], rejects: Path, target: Path
) -> SourceError:
    """Return the error for a source without a readable record; keep its rejects, if any."""
    path = job.source.path
    if not rejected:
        what = "statement" if job.kind == "rdf" else "record"
        return SourceError(f"{path}: no {what} in it")
    rejects.replace(target)
    [(reason, count)] = rejected.most_common(1)
    which = "its only record can't" if records == 1 else f"none of its {records} records can"
    return SourceError(
        f"{path}: {which} be read; most frequent reason: {reason} ({count}); all rejects are in"
        f" {target}: correct them, or check --as"
    )


def cached_account(job: Job, cache: Path) -> Account | None:
    """Return the account of an earlier conversion of the same content; None if it is damaged."""
    account = read_account(cache / f"{job.stem}.json")
    if account is None or account.stem != job.stem or not is_whole(account, cache):
        return None
    return replace(account, **job.account_fields(), reused=True)


def read_account(file: Path) -> Account | None:
    """Return the account in a file of the cache; None if it is missing or damaged."""
    try:
        return Account.from_json(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def is_whole(account: Account, cache: Path) -> bool:
    """Return whether the converted files of a source are there and unchanged."""
    try:
        return content_digest(*_files(account.stem, cache)) == account.checksum
    except OSError:
        return False


def _files(stem: str, cache: Path) -> tuple[Path, Path]:
    """Return the files of a conversion: its N-Triples and its rejected records."""
    return cache / f"{stem}.nt.zst", cache / f"{stem}.rejects.jsonl"


def _convert_chunks(
    job: Job, files: Iterable[tuple[str, bytes]], workers: Workers
) -> Iterator[_Chunk]:
    convert = partial(_convert_chunk, job.kind, Options(job.source.slug, job.abstracts, job.layout))
    chunks = _file_chunks(files)
    first = list(islice(chunks, 2))
    if len(first) < 2:  # noqa: PLR2004
        # Starting another process takes longer than one chunk.
        yield from map(convert, first)
        return
    for _, converted in workers.map_in_order(convert, chain(first, chunks)):
        yield converted


def _file_chunks(files: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    chunk: list[tuple[str, bytes]] = []
    size = 0
    for path, data in files:
        chunk.append((path, data))
        size += len(data)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _convert_chunk(kind: str, options: Options, files: list[tuple[str, bytes]]) -> _Chunk:
    module, _, name = CONVERTERS[kind].partition(":")
    converter: Converter = getattr(importlib.import_module(module), name)
    batches = [converter(path, data, options) for path, data in files]
    lines, index = arrange_records(batches)
    chunk = _Chunk(
        # It is read back, and written again, once.
        compress_lines("".join(lines).encode(), level=1),
        len(lines),
        index,
        sum(batch.records for batch in batches),
        [reject for batch in batches for reject in batch.rejects],
    )
    for batch in batches:
        for tally, counter in batch.tallies().items():
            if counter:
                chunk.counts.setdefault(tally, Counter()).update(counter)
    return chunk
