"""The bulk engine over a file: its results as it gives them, made into ours when one is wanted.

A report on millions of triples may have 100,000s of results. As a graph of their own they would
take longer to read back than to find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, TypeAlias

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.store import Term
from kg.validation.shacl import SH, Result, tongues

if TYPE_CHECKING:
    import shacl

_LINE: Final = "<x:s> <x:p> {} ."


@dataclass(frozen=True)
class Plain:
    """A result of another engine, as the bulk engine would give it."""

    focus_node: str
    source_shape: str
    component: str
    path: str | None
    value: str | None
    severity: str
    messages: Sequence[str]

    @classmethod
    def of(cls, result: Result) -> Self:
        """Make one of a result of ours."""
        return cls(
            str(result.focus),
            f"<{result.shape}>",
            result.component,
            f"<{result.path}>" if result.path else None,
            None if result.value is None else str(result.value),
            result.severity.removeprefix(SH),
            tuple(text for _, text in result.messages),
        )


Raw: TypeAlias = "shacl.Result | Plain"
"""A result as the engine gives it: terms in N-Triples syntax, shapes as IRIs in angle brackets."""


def run(file: Path, shapes: Sequence[ox.Triple]) -> list[Raw]:
    """Hold an N-Triples file against shapes. Raises KgError when the engine rejects the shapes."""
    import shacl

    text = (ox.serialize(shapes, format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")
    try:
        compiled = shacl.Shapes.from_text(text, format="ntriples")
    except ValueError as error:
        raise KgError(f"shacl could not use the shapes: {error}") from error
    return list(compiled.validate_file(str(file)).results)


def results(found: Iterable[Raw], shapes: Iterable[ox.Triple]) -> Iterator[Result]:
    """The engine's results in the form that all engines share."""
    languages = tongues(shapes)
    for one in found:
        yield _result(one, languages)


def _result(one: Raw, languages: Mapping[str, str | None]) -> Result:
    path = one.path or ""
    return Result(
        focus=term(one.focus_node),
        path=path[1:-1] if path.startswith("<") and path.find(">") == len(path) - 1 else "",
        value=None if one.value is None else term(one.value),
        shape=shape_of(one)[1:-1],
        component=one.component,
        severity=SH + one.severity,
        messages=tuple(sorted((languages.get(text) or "", text) for text in one.messages)),
    )


def shape_of(one: Raw) -> str:
    """The shape that a result comes from, in angle brackets."""
    return one.source_shape or ""


def term(text: str) -> Term:
    """The term that a text in N-Triples syntax writes."""
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    [quad] = ox.parse(_LINE.format(text), format=ox.RdfFormat.N_TRIPLES)
    found: Term = quad.object
    return found
