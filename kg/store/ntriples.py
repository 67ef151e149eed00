"""Statements written as lines of N-Triples (https://www.w3.org/TR/n-triples/), term by term.

Importers write millions of statements that are only ever to be read back from a file. To make an
object of the engine for each costs 7 microseconds, thirty times what its line does, and was a
quarter of all conversion. The engine still judges and escapes whatever is not plain to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NewType

import pyoxigraph as ox

Term = NewType("Term", str)
"""An IRI or a literal as it stands in a line."""

_SIGNS: Final = r"[\w/.~!$&'()*+,;=:@?-]*"
_PLAIN: Final = re.compile(
    rf"https?://[a-z\d.-]+(?:/{_SIGNS}(?:%[\da-f]{{2}}{_SIGNS})*)?", re.ASCII | re.IGNORECASE
)
_ESCAPED: Final = re.compile(r'["\\]')


def is_plain(address: str) -> bool:
    """Whether an address is an IRI beyond doubt; many an IRI is not plain."""
    return _PLAIN.fullmatch(address) is not None


def iri(text: str) -> Term:
    """An IRI. ValueError for what is none.

    >>> iri("https://example.org/a")
    '<https://example.org/a>'
    """
    return Term(f"<{text}>") if _PLAIN.fullmatch(text) else Term(str(ox.NamedNode(text)))


def literal(text: str, language: str | None = None) -> Term:
    r"""A text, in a language if one is given. ValueError for what is no tag of a language.

    >>> literal('a "b"', "en"), literal("c")
    ('"a \\"b\\""@en', '"c"')
    """
    # No sign that is printable is escaped, but for these two.
    if not text.isprintable() or _ESCAPED.search(text):
        return Term(str(ox.Literal(text, language=language)))
    return Term(f'"{text}"{_tag(language)}' if language is not None else f'"{text}"')


@lru_cache(maxsize=512)
def _tag(language: str) -> str:
    return str(ox.Literal("", language=language)).removeprefix('""')


def line(subject: Term, property_: Term, value: Term) -> str:
    """A statement, with the end of its line."""
    return f"{subject} {property_} {value} .\n"


def lines(triples: Iterable[ox.Triple]) -> list[str]:
    """The lines of statements that the engine has."""
    return [f"{triple} .\n" for triple in triples]


def triples(lines_: Iterable[str]) -> list[ox.Triple]:
    """The statements of lines, as the engine has them."""
    return [
        quad.triple for quad in ox.parse("".join(lines_).encode(), format=ox.RdfFormat.N_TRIPLES)
    ]
