"""Read and write lines of N-Triples (https://www.w3.org/TR/n-triples/) without engine objects.

Importers write millions of triples that are only read back from a file. Creating pyoxigraph terms
costs 7 µs per triple, thirty times as much as formatting its line, and used to take a quarter of
the conversion. pyoxigraph still validates and escapes all terms that are not obviously plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NewType

import pyoxigraph as ox

EncodedTerm = NewType("EncodedTerm", str)
"""An IRI or a literal in N-Triples syntax."""

_SAFE: Final = r"[\w/.~!$&'()*+,;=:@?-]*"
_PLAIN_IRI: Final = re.compile(
    rf"https?://[a-z\d.-]+(?:/{_SAFE}(?:%[\da-f]{{2}}{_SAFE})*)?", re.ASCII | re.IGNORECASE
)
_ESCAPED: Final = re.compile(r'["\\]')


def is_plain_iri(text: str) -> bool:
    """Return whether a text is certainly a valid IRI; many valid IRIs are not plain."""
    return _PLAIN_IRI.fullmatch(text) is not None


def encode_iri(iri: str) -> EncodedTerm:
    """Return an IRI in N-Triples syntax; ValueError if it is invalid.

    >>> encode_iri("https://example.org/a")
    '<https://example.org/a>'
    """
    return (
        EncodedTerm(f"<{iri}>")
        if _PLAIN_IRI.fullmatch(iri)
        else EncodedTerm(str(ox.NamedNode(iri)))
    )


def encode_literal(text: str, language: str | None = None) -> EncodedTerm:
    r"""Return a literal in N-Triples syntax; ValueError for an invalid language tag.

    >>> encode_literal('a "b"', "en"), encode_literal("c")
    ('"a \\"b\\""@en', '"c"')
    """
    # Quotes and backslashes are the only printable characters that are escaped.
    if not text.isprintable() or _ESCAPED.search(text):
        return EncodedTerm(str(ox.Literal(text, language=language)))
    return EncodedTerm(f'"{text}"{_tag(language)}' if language is not None else f'"{text}"')


@lru_cache(maxsize=512)
def _tag(language: str) -> str:
    return str(ox.Literal("", language=language)).removeprefix('""')


def encode_triple(subject: EncodedTerm, predicate: EncodedTerm, object_: EncodedTerm) -> str:
    """Return the line of a triple, with its newline."""
    return f"{subject} {predicate} {object_} .\n"


def serialize(triples: Iterable[ox.Triple]) -> list[str]:
    """Return one line per triple."""
    return [f"{triple} .\n" for triple in triples]


def parse(lines: Iterable[str]) -> list[ox.Triple]:
    """Parse lines of N-Triples."""
    return [
        quad.triple for quad in ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    ]


def read_properties(
    blocks: Iterable[bytes], properties: Iterable[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the triples of some properties: subject, property IRI and the rest of the line.

    ``blocks`` hold whole lines as pyoxigraph writes them, with one space between terms. The rest is
    the object in N-Triples syntax followed by `` .``.
    """
    wanted = {f"<{iri}>": iri for iri in properties}
    for block in blocks:
        # splitlines() would also split at characters that occur inside literals.
        for line in block.decode().split("\n"):
            subject, _, rest = line.partition(" ")
            predicate, _, value = rest.partition(" ")
            property_ = wanted.get(predicate)
            if property_ is not None:
                yield subject, property_, value
