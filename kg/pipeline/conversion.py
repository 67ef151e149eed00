"""One source -> its triples in the cache of converted sources, with an account of every record.

Files of a source are read by several processes at once; what they yield is written as N-Triples,
compressed, so that an unchanged source need not be read again.
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
from typing import Final

from kg.common import resources
from kg.common.workers import Workers
from kg.pipeline.accounts import Account, total
from kg.sources.record_batch import Batch, Options, Reject

Converter = Callable[[str, bytes, Options], Batch]

CONVERTERS: Final = {
    "relaton": "kg.sources.relaton:convert",
    "relaton-sdo": "kg.sources.relaton:convert_organizations",
    "iso-committees": "kg.sources.iso_open_data.committees:convert",
    "iso-deliverables": "kg.sources.iso_open_data.deliverables:convert",
    "ics": "kg.sources.iso_open_data.ics:convert",
    "rdf": "kg.sources.rdf.reader:convert",
}
"""What reads each kind of source: module and function."""

_CHUNK: Final = 2_000_000
"""Bytes of source that a process is given at a time."""


@dataclass(frozen=True)
class Job:
    """A source to be converted: see :class:`kg.pipeline.accounts.Account` for the fields."""

    slug: str
    kind: str
    why: str
    path: Path
    digest: str
    snapshot: str
    abstracts: bool

    @property
    def stem(self) -> str:
        """What its cache is called: the same for the same content, options and importers."""
        key = json.dumps([self.kind, self.digest, self.abstracts, importers()])
        return f"{self.slug}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


@dataclass
class _Chunk:
    """What came of some files: their triples as a compressed piece of N-Triples, and counts."""

    data: bytes
    triples: int
    records: int
    rejects: list[Reject]
    counts: dict[str, Counter[str]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def importers() -> str:
    """A digest of the code that reads sources: when it changes, sources are read again."""
    home = resources.package()
    found = hashlib.sha256()
    for place in ("common", "identifiers", "sources", "store/ntriples.py"):
        for file in sorted((home / place).rglob("*")) or [home / place]:
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(file.read_bytes())
    return found.hexdigest()


def convert(job: Job, files: Iterable[tuple[str, bytes]], cache: Path, workers: Workers) -> Account:
    """Read the files of a source into the cache; KgError leaves nothing behind there.

    ``files`` are pairs of a path inside the source and its bytes.
    """
    import zstandard

    begin = time.monotonic()
    cache.mkdir(parents=True, exist_ok=True)
    rejected: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = {}
    records = triples = 0
    written = cache / f"{job.stem}.nt.zst"
    rejects = cache / f"{job.stem}.rejects.jsonl"
    drafts = [path.with_name(path.name + ".part") for path in (written, rejects)]
    try:
        with drafts[0].open("wb") as out, drafts[1].open("w", encoding="utf-8") as refused:
            for chunk in _chunks(job, files, workers):
                out.write(chunk.data)
                triples += chunk.triples
                records += chunk.records
                for reject in chunk.rejects:
                    rejected[reject.reason] += 1
                    line = {"source": job.slug, **asdict(reject)}
                    refused.write(json.dumps(line, ensure_ascii=False) + "\n")
                for name, counter in chunk.counts.items():
                    counts.setdefault(name, Counter()).update(counter)
            if not triples:
                # An empty frame, so that a source without triples can be read back too.
                out.write(zstandard.compress(b""))
        for draft, path in zip(drafts, (written, rejects), strict=True):
            draft.replace(path)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
    account = Account(
        slug=job.slug,
        kind=job.kind,
        why=job.why,
        path=str(job.path),
        digest=job.digest,
        stem=job.stem,
        snapshot=job.snapshot,
        abstracts=job.abstracts,
        records=records,
        triples=triples,
        rejected=dict(rejected.most_common()),
        counts=total(counts),
        seconds=round(time.monotonic() - begin, 1),
        read_on=datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"),
    )
    (cache / f"{job.stem}.json").write_text(account.json(), encoding="utf-8")
    return account


def cached(job: Job, cache: Path) -> Account | None:
    """The account of a source that was converted before and has not changed since."""
    file = cache / f"{job.stem}.json"
    if not file.exists() or not (cache / f"{job.stem}.nt.zst").exists():
        return None
    account = Account.read(file.read_text(encoding="utf-8"))
    return replace(account, path=str(job.path), snapshot=job.snapshot, why=job.why, reused=True)


def _chunks(job: Job, files: Iterable[tuple[str, bytes]], workers: Workers) -> Iterator[_Chunk]:
    convert_ = partial(_convert, job.kind, Options(job.slug, job.abstracts))
    pieces = _pieces(files)
    first = list(islice(pieces, 2))
    if len(first) < 2:  # noqa: PLR2004
        # One process starts sooner than a second one.
        yield from map(convert_, first)
        return
    for _, chunk in workers.map_in_order(convert_, chain(first, pieces)):
        yield chunk


def _pieces(files: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    piece: list[tuple[str, bytes]] = []
    size = 0
    for path, data in files:
        piece.append((path, data))
        size += len(data)
        if size >= _CHUNK:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _convert(kind: str, options: Options, piece: list[tuple[str, bytes]]) -> _Chunk:
    import zstandard

    module, _, name = CONVERTERS[kind].partition(":")
    converter: Converter = getattr(importlib.import_module(module), name)
    batches = [converter(path, data, options) for path, data in piece]
    lines = dict.fromkeys(line for batch in batches for line in batch.lines)
    found = _Chunk(
        # A text whose bytes have changed on the disk is found out when it is read.
        zstandard.ZstdCompressor(write_checksum=True).compress("".join(lines).encode())
        if lines
        else b"",
        len(lines),
        sum(batch.records for batch in batches),
        [reject for batch in batches for reject in batch.rejects],
    )
    for batch in batches:
        for tally, counter in vars(batch).items():
            if isinstance(counter, Counter) and counter:
                found.counts.setdefault(tally, Counter()).update(counter)
    return found
