"""Convert a source to N-Triples in the cache, with an account of its records.

Several processes convert the files of a source in parallel. The N-Triples are kept compressed, so
that an unchanged source need not be converted again.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final

from kg.common.errors import SourceError
from kg.common.workers import Workers
from kg.pipeline.accounts import Account, graph_of, sorted_tallies
from kg.pipeline.chunks import convert_chunks, importer_digest
from kg.pipeline.compressed_lines import read_blocks, write_distinct
from kg.pipeline.record_groups import RecordIndex
from kg.pipeline.record_splitting import split_records
from kg.pipeline.statement_notes import find_notes
from kg.sources.record_batch import Options
from kg.sources.source import Source, SourceState
from kg.store.checksums import content_digest

REJECTS: Final = "rejects.jsonl"
"""The file of rejected records: beside a graph, or beside the cache if none was built."""


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
            options = Options(job.source.slug, job.abstracts, job.layout)
            for chunk in convert_chunks(job.source, job.kind, options, files, workers):
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
