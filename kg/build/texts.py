"""The catalogues of a graph as the texts that it was loaded from, where they are still at hand.

To read a triple back from the store takes four look-ups of terms, some 11 µs; a line of the text
that it came from is there in less than one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.build.catalogues import of_generation, text_of
from kg.errors import KgError
from kg.store import Graph

_BLOCK: Final = 1 << 20
_TYPED: Final = b'"^^<'
_XSD: Final = b"http://www.w3.org/2001/XMLSchema#"
_ALIKE: Final = (
    # Of a datatype, what the store gives back as it was.
    (_XSD + b"date>", re.compile(rb'"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z')),
    (_XSD + b"gYear>", re.compile(rb'"[0-9]{4}\Z')),
    (_XSD + b"gYearMonth>", re.compile(rb'"[0-9]{4}-[0-9]{2}\Z')),
    (_XSD + b"integer>", re.compile(rb'"(0|[1-9][0-9]{0,17})\Z')),
)
_LONGEST: Final = 19
"""Characters of the longest of these, with its quotation mark."""


def at_hand(store: Path | None) -> Callable[[ox.NamedNode, BinaryIO], int | None]:
    """What writes a graph of a store as N-Triples, and says how many different ones.

    It gives None, whatever it wrote, where the text is gone or damaged, or the store may hold a
    term of it in another way; for a store in memory (None), too.
    """
    files = _files(store)

    def write(graph: ox.NamedNode, out: BinaryIO) -> int | None:
        file = files.get(graph)
        return None if file is None else _copied(file, out)

    return write


def blocks_of(store: Path) -> Callable[[Graph], Iterator[bytes] | None]:
    """What gives the text that a graph was loaded from, whole lines at a time; None if it has none.

    Its lines may come more than once. KgError where it can't be read.
    """
    files = _files(store)

    def blocks_(graph: Graph) -> Iterator[bytes] | None:
        file = files.get(graph)
        return None if file is None else blocks(file)

    return blocks_


def blocks(file: Path) -> Iterator[bytes]:
    """A compressed text, whole lines at a time. KgError where it can't be read."""
    import zstandard  # noqa: PLC0415

    try:
        with file.open("rb") as packed:
            yield from _blocks(packed)
    except (OSError, zstandard.ZstdError) as error:
        raise KgError(f"{file} can't be read: {error}; remove it and build again") from error


def is_plain(file: Path) -> bool:
    """Whether a text can be read, and a store holds its terms as it writes them."""
    try:
        return all(map(_alike, blocks(file)))
    except KgError:
        return False


def _files(store: Path | None) -> dict[Graph, Path]:
    if store is None:
        return {}
    generation = store.parent
    folder = generation.parent.parent
    return {one.graph: text_of(folder, one) for one in of_generation(generation)}


def _copied(file: Path, out: BinaryIO) -> int | None:
    import numpy as np  # noqa: PLC0415
    import zstandard  # noqa: PLC0415

    found = [np.empty(0, np.int64)]
    try:
        with file.open("rb") as packed:
            for block in _blocks(packed):
                if not _alike(block):
                    return None
                out.write(block)
                lines = block.splitlines()
                found.append(np.fromiter(map(hash, lines), np.int64, len(lines)))
    except (OSError, zstandard.ZstdError):
        return None
    # What two files of a source say alike stands twice. As a set, the lines would take ten times
    # the memory of their hashes; two lines of one hash make the text count as none, no more.
    hashes = np.concatenate(found)
    hashes.sort()
    # np.unique takes ten times as long: it puts them into a table of hashes.
    return int(np.count_nonzero(hashes[1:] != hashes[:-1])) + min(1, len(hashes))


def _blocks(packed: BinaryIO) -> Iterator[bytes]:
    """Whole lines, a good deal at a time."""
    import zstandard  # noqa: PLC0415

    reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
    with io.BufferedReader(reader, _BLOCK) as text:
        while block := text.read(_BLOCK):
            yield block + text.readline()


def _alike(block: bytes) -> bool:
    """Whether the store holds the terms of some lines as these write them.

    It keeps numbers, times and durations as values ("01" comes back as "1"), and names blank nodes
    anew. Plain dates and numbers are as they were, and so is what has no datatype.
    """
    if b"_:" in block:
        return False
    return all(
        any(
            after.startswith(datatype) and form.search(before[-_LONGEST:])
            for datatype, form in _ALIKE
        )
        for before, after in pairwise(block.split(_TYPED))
    )
