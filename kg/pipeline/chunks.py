"""Chunks of the files of a source, converted here, by workers, or on other machines.

Workers on other machines read files where they lie, if they see the same files at the same path;
otherwise the files are sent to them.
"""

from __future__ import annotations

import hashlib
import importlib
import platform
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Final

from kg.common import resources
from kg.common.errors import BuildError
from kg.common.workers import Workers
from kg.pipeline.compressed_lines import compress_lines
from kg.pipeline.record_groups import RecordIndex, arrange_records
from kg.sources import detection
from kg.sources.archives.files import read_file
from kg.sources.record_batch import Batch, Options, Reject
from kg.sources.source import Form, Source

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

_Files = list[tuple[str, bytes]]
"""Files as pairs of path in the source and content."""

_ONE_AT_A_TIME: Final = threading.Lock()
"""Converters are not made for threads, which a worker of a cluster may have."""


@dataclass
class Chunk:
    """A chunk of converted files: compressed N-Triples, the index of its records, and counts."""

    data: bytes
    triples: int
    index: list[RecordIndex]
    records: int
    rejects: list[Reject]
    counts: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Placed:
    """Files where they lie: a folder, and the path in it, size and time of each."""

    folder: str
    files: tuple[tuple[str, int, int], ...]


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


def convert_chunks(
    source: Source,
    kind: str,
    options: Options,
    files: Iterable[tuple[str, bytes]],
    workers: Workers,
) -> Iterator[Chunk]:
    """Convert the files of a source, which is of a kind, and yield the chunks in order."""
    if workers.is_remote:
        yield from _convert_elsewhere(source, kind, options, files, workers)
        return
    convert = partial(_convert, kind, options)
    chunks = _file_chunks(files)
    first = list(islice(chunks, 2))
    if len(first) < 2:  # noqa: PLR2004
        # Starting another process takes longer than one chunk.
        yield from map(convert, first)
        return
    for _, converted in workers.map_in_order(convert, chain(first, chunks)):
        yield converted


def _convert_elsewhere(
    source: Source,
    kind: str,
    options: Options,
    files: Iterable[tuple[str, bytes]],
    workers: Workers,
) -> Iterator[Chunk]:
    settings = kind, options, importer_digest()
    placed = _placed_chunks(source, kind)
    first = next(placed, None)
    if first is None or not workers.result_of(workers.submit(_sees, first)):
        for _, sent in workers.map_in_order(partial(_convert_sent, *settings), _file_chunks(files)):
            yield sent
        return
    convert = partial(_convert_placed, *settings)
    for chunk, converted in workers.map_in_order(convert, chain([first], placed)):
        # Another worker may not see them, and files may have changed.
        yield converted or _convert(kind, options, _read_here(chunk))


def _placed_chunks(source: Source, kind: str) -> Iterator[Placed]:
    """Yield the same chunks as :func:`_file_chunks`, if the names of files tell which they are."""
    if source.form not in (Form.FOLDER, Form.GIT):
        return
    folder = source.path.absolute()
    chunk: list[tuple[str, int, int]] = []
    size = 0
    for name in detection.named_files(source, kind):
        status = (folder / name).stat()
        chunk.append((name, status.st_size, status.st_mtime_ns))
        size += status.st_size
        if size >= _CHUNK:
            yield Placed(str(folder), tuple(chunk))
            chunk, size = [], 0
    if chunk:
        yield Placed(str(folder), tuple(chunk))


def _sees(placed: Placed) -> bool:
    """Return whether this machine has the same files at the same path."""
    try:
        states = [(Path(placed.folder) / name).stat() for name, _, _ in placed.files]
    except OSError:
        return False
    expected = [(size, time) for _, size, time in placed.files]
    return [(state.st_size, state.st_mtime_ns) for state in states] == expected


def _read_here(placed: Placed) -> _Files:
    return [(name, read_file(Path(placed.folder) / name)) for name, _, _ in placed.files]


def _convert_placed(kind: str, options: Options, digest: str, placed: Placed) -> Chunk | None:
    """Convert files on another machine; None if it doesn't see them."""
    return _convert_sent(kind, options, digest, _read_here(placed)) if _sees(placed) else None


def _convert_sent(kind: str, options: Options, digest: str, files: _Files) -> Chunk:
    """Convert files on another machine.

    Raises BuildError if its version of the importers is another one than that of ``digest``.
    """
    if importer_digest() != digest:
        raise BuildError(
            f"the worker on {platform.node()} has another version of stdkg: install the same"
            " version on all machines"
        )
    with _ONE_AT_A_TIME:
        return _convert(kind, options, files)


def _file_chunks(files: Iterable[tuple[str, bytes]]) -> Iterator[_Files]:
    chunk: _Files = []
    size = 0
    for path, data in files:
        chunk.append((path, data))
        size += len(data)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _convert(kind: str, options: Options, files: _Files) -> Chunk:
    module, _, name = CONVERTERS[kind].partition(":")
    converter: Converter = getattr(importlib.import_module(module), name)
    batches = [converter(path, data, options) for path, data in files]
    lines, index = arrange_records(batches)
    chunk = Chunk(
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
