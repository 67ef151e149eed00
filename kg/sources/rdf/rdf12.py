"""Find RDF 1.2 in RDF files: the parser reads it, but exports and validators can't.

RDF 1.2 (https://www.w3.org/TR/rdf12-concepts/) adds triple terms, with reifiers and annotations as
shorthands for them, language tags with a direction, and the announcement of a version.
"""

from __future__ import annotations

import re
from typing import IO, Final, cast

import pyoxigraph as ox

_TEXT_FORMATS: Final = (
    ox.RdfFormat.TURTLE,
    ox.RdfFormat.TRIG,
    ox.RdfFormat.N_TRIPLES,
    ox.RdfFormat.N_QUADS,
)
_VERSION_WORD: Final = re.compile(r"version\s*[\"']", re.IGNORECASE)
_TOKENS: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^\s<>]*>"
    r"|\#[^\n]*"
    r"|(?P<version>(?<![\w:.%@-])(?:@version|(?i:version))(?=\s*[\"']))",
    re.DOTALL,
)
"""Texts, IRIs and comments of Turtle and its relatives, and the directive outside of these."""
_RDF_XML_VERSION: Final = re.compile(r"<[^<>!?]*\srdf:version\s*=")
_JSONLD_DIRECTION: Final = re.compile(r'"@direction"\s*:\s*"')
_DIRECTION: Final = "a text with a direction"
_VERSION: Final = "the announcement of a version"


def feature_of(quad: ox.Quad) -> str | None:
    """Return which part of RDF 1.2 a statement uses; None if it is RDF 1.1."""
    object_ = quad.object
    if isinstance(object_, ox.Literal):
        return _DIRECTION if object_.direction is not None else None
    if isinstance(object_, ox.Triple) or isinstance(quad.subject, ox.Triple):
        return "a triple term"
    return None


def find_syntax(text: str, format_: ox.RdfFormat) -> tuple[int, str] | None:
    """Find RDF 1.2 that leaves no trace in the statements, where there is any.

    Returns the line and the feature: a version, or a direction without a language (JSON-LD).
    """
    start, feature = None, _VERSION
    if format_ in _TEXT_FORMATS:
        if _VERSION_WORD.search(text):
            tokens = (match for match in _TOKENS.finditer(text) if match.lastgroup == "version")
            start = next((match.start() for match in tokens), None)
    elif format_ == ox.RdfFormat.RDF_XML:
        start = match.end() if (match := _RDF_XML_VERSION.search(text)) else None
    elif match := _JSONLD_DIRECTION.search(text):
        start, feature = match.start(), _DIRECTION
    return None if start is None else (text.count("\n", 0, start) + 1, feature)


def first_line(text: str, format_: ox.RdfFormat, base: str) -> int:
    """Return the line in which the first statement of RDF 1.2 ends; there must be one."""
    lines = _Lines(text)
    quads = ox.parse(cast(IO[bytes], lines), format=format_, base_iri=base)
    next(quad for quad in quads if feature_of(quad))
    return lines.read_lines


class _Lines:
    """Gives a parser, which does not tell where a statement is, one line at a time."""

    def __init__(self, text: str) -> None:
        self._lines = iter(text.encode().splitlines(keepends=True))
        self._rest = b""
        self.read_lines = 0

    def read(self, size: int) -> bytes:
        if not self._rest:
            self._rest = next(self._lines, b"")
            self.read_lines += bool(self._rest)
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece
