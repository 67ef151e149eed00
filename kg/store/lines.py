"""The text that a graph was loaded from: lines of N-Triples, read without the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def saying(blocks: Iterable[bytes], properties: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """What some properties (IRIs) say: subject, the property's IRI, and the rest of the line.

    ``blocks`` are whole lines, each with one space between terms, as the engine writes them. The
    subject is a term as it stands there, and so is the value in the rest, which ends with a point.
    """
    known = {f"<{iri}>": iri for iri in properties}
    for block in blocks:
        # Not splitlines, for which there are ends of lines that stand in texts.
        for line in block.decode().split("\n"):
            subject, _, rest = line.partition(" ")
            predicate, _, value = rest.partition(" ")
            property_ = known.get(predicate)
            if property_ is not None:
                yield subject, property_, value
