"""The catalogues of a graph as the texts that it was loaded from, where they are still at hand.

To read a triple back from the store takes four look-ups of terms, some 11 µs; a line of the text
that it came from is there in less than one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.build.accounts import Account
from kg.build.catalogues import of_generation, text_of
from kg.build.summary import quads_of
from kg.validate.catalogues import Texts

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
    folder = store.parent.parent.parent
    accounts = {one.graph: one for one in of_generation(store.parent)}

    def write(graph: ox.NamedNode, out: BinaryIO) -> bool:
        account = accounts.get(graph)
        return account is not None and _copied(text_of(folder, account), account, out)

    return Texts(write, quads)


def _copied(file: Path, account: Account, out: BinaryIO) -> bool:
    import zstandard  # noqa: PLC0415

    lines = 0
    try:
        with file.open("rb") as packed:
            for block in _blocks(packed):
                if not _alike(block):
                    return False
                out.write(block)
                lines += block.count(b"\n")
    except (OSError, zstandard.ZstdError):
        return False
    # Each piece of a text has a checksum; that none is missing at its end, the account knows.
    return lines == account.triples


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
    if _BLANK.search(block):
        return False
    return len(_ALIKE.findall(block)) == block.count(_TYPED)
