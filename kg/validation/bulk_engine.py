"""The bulk engine (``shacl``): validates a file, and keeps results as the engine returns them.

A report on millions of triples may have 100,000s of results. Converting them all takes longer than
finding them, so each is converted only when it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, TypeAlias

import pyoxigraph as ox

from kg.common.errors import SourceError
from kg.store import Term
from kg.validation.property_paths import parse_path, path_text
from kg.validation.shacl import SH, Result, message_languages

if TYPE_CHECKING:
    import shacl

_LINE: Final = "<x:s> <x:p> {} ."


@dataclass(frozen=True)
class ReferenceResult:
    """A result of the reference engine, in the form of the bulk engine's results."""

    focus_node: str
    source_shape: str
    component: str
    path: str | None
    value: str | None
    severity: str
    messages: Sequence[str]

    @classmethod
    def of(cls, result: Result) -> Self:
        """Convert a result."""
        return cls(
            str(result.focus),
            f"<{result.shape}>" if result.shape else "",
            result.component,
            f"<{result.path}>" if result.path else result.complex_path or None,
            None if result.value is None else str(result.value),
            result.severity.removeprefix(SH),
            tuple(text for _, text in result.messages),
        )


BulkResult: TypeAlias = "shacl.Result | ReferenceResult"
"""A result with terms in N-Triples syntax and shapes as IRIs in angle brackets."""


def validate_file(file: Path, shapes: Sequence[ox.Triple]) -> list[BulkResult]:
    """Validate an N-Triples file against shapes; SourceError when the engine rejects the shapes."""
    import shacl

    text = (ox.serialize(shapes, format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")
    try:
        compiled = shacl.Shapes.from_text(text, format="ntriples")
    except ValueError as error:
        raise SourceError(f"shacl could not use the shapes: {error}") from error
    return list(compiled.validate_file(str(file)).results)


def convert_results(results: Iterable[BulkResult], shapes: Iterable[ox.Triple]) -> Iterator[Result]:
    """Convert the engine's results into the form that both engines share."""
    languages = message_languages(shapes)
    for result in results:
        yield _convert(result, languages)


def _convert(result: BulkResult, languages: Mapping[str, str | None]) -> Result:
    path = parse_path(result.path) if result.path else ""
    return Result(
        focus=parse_term(result.focus_node),
        path=path if isinstance(path, str) else "",
        complex_path="" if isinstance(path, str) else path_text(path),
        value=None if result.value is None else parse_term(result.value),
        shape=source_shape(result)[1:-1],
        component=result.component,
        severity=SH + result.severity,
        messages=tuple(sorted((languages.get(text) or "", text) for text in result.messages)),
    )


def source_shape(result: BulkResult) -> str:
    """Return the shape that a result comes from, in angle brackets; empty for an anonymous one."""
    shape = result.source_shape or ""
    return shape if shape.startswith("<") else ""


def parse_term(text: str) -> Term:
    """Parse a term in N-Triples syntax."""
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    [quad] = ox.parse(_LINE.format(text), format=ox.RdfFormat.N_TRIPLES)
    term: Term = quad.object
    return term
