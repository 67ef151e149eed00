"""The catalogues of a graph as the texts that it was loaded from, where they are still at hand.

To read a triple back from the store takes four look-ups of terms, some 11 µs; a line of the text
that it came from is there in less than one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.pipeline.accounts import Account
from kg.pipeline.catalogues import of_generation, text_of
from kg.pipeline.summary import quads_of
from kg.store import Graph
from kg.validation.catalogues import Texts

_BLOCK: Final = 1 << 20
_TYPED: Final = b'"^^<'
_BLANK: Final = re.compile(rb"_:")
"""To search for it takes half the time of asking whether it is in a block."""
_FORMS: Final = {
    # Of a datatype, what the store gives back as it was.
    b"date": rb"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    b"gYear": rb"[0-9]{4}",
    b"gYearMonth": rb"[0-9]{4}-[0-9]{2}",
    b"integer": rb"(?:0|[1-9][0-9]{0,17})",
}
_ALIKE: Final = re.compile(
    rb'"(?:'
    + b"|".join(
        form + rb'"\^\^<http://www\.w3\.org/2001/XMLSchema#' + datatype + b">"
        for datatype, form in _FORMS.items()
    )
    + b")"
)


def at_hand(store: Path | None) -> Texts | None:
    """What writes the graphs of a store as N-Triples; None for one in memory, which has no texts.

    It can't write a graph whose text is gone or damaged, or of which the store may hold a term in
    another way. None, too, where the build did not say how many quads the store has.
    """
    quads = None if store is None else quads_of(store.parent)
    if store is None or quads is None:
        return None
    accounts = _accounts(store)

    def write(graph: ox.NamedNode, out: BinaryIO) -> bool:
        account = accounts.get(graph)
        return account is not None and _copied(_file(store, account), account, out)

    return Texts(write, quads)


def blocks_of(store: Path) -> Callable[[Graph], Iterator[bytes] | None]:
    """What gives the text that a graph was loaded from, whole lines at a time; None if it has none.

    Its lines may come more than once. KgError where it can't be read.
    """
    accounts = _accounts(store)

    def found(graph: Graph) -> Iterator[bytes] | None:
        account = accounts.get(graph)
        return None if account is None else blocks(_file(store, account))

    return found


def blocks(file: Path) -> Iterator[bytes]:
    """A compressed text, whole lines at a time. KgError where it can't be read."""
    import zstandard

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


def _accounts(store: Path) -> dict[Graph, Account]:
    return {account.graph: account for account in of_generation(store.parent)}


def _file(store: Path, account: Account) -> Path:
    return text_of(store.parent.parent.parent, account)


def _copied(file: Path, account: Account, out: BinaryIO) -> bool:
    lines = 0
    try:
        for block in blocks(file):
            if not _alike(block):
                return False
            out.write(block)
            lines += block.count(b"\n")
    except KgError:
        return False
    # Each piece of a text has a checksum; that none is missing at its end, the account knows.
    return lines == account.triples


def _blocks(packed: BinaryIO) -> Iterator[bytes]:
    """Whole lines, a good deal at a time."""
    import zstandard

    reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
    with io.BufferedReader(reader, _BLOCK) as text:
        while block := text.read(_BLOCK):
            yield block + text.readline()


def _alike(block: bytes) -> bool:
    """Whether the store holds the terms of some lines as these write them.

    It keeps numbers, times and durations as values ("01" comes back as "1"), and names blank nodes
    anew. Plain dates and numbers are as they were, and so is what has no datatype.
    """
    if _BLANK.search(block):
        return False
    return len(_ALIKE.findall(block)) == block.count(_TYPED)
