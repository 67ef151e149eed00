"""Curated claims of one article: a folder of TriG files -> quads.

The folder holds ``source.trig`` (the publication), ``entities.trig`` (names), ``claims/*.trig`` and
``background.trig`` (one named graph for each claim), ``positions.trig`` (written by ``kg verify``)
and ``uncovered.trig`` (why some stretches carry no claim).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import BASE, CLAIM
from kg.sources.rdf import reader

POSITIONS_FILE: Final = "positions.trig"


@dataclass(frozen=True)
class Article:
    """An article's folder as read: every quad, and the files they came from."""

    folder: Path
    files: tuple[Path, ...]
    quads: tuple[ox.Quad, ...]

    @property
    def slug(self) -> str:
        """The folder's name, which is also part of the IRIs of its claims."""
        return self.folder.name


def read_all(folder: Path) -> list[Article]:
    """All articles in a folder of articles, by name."""
    return [read(f) for f in sorted(folder.iterdir()) if f.is_dir() and any(f.rglob("*.trig"))]


def read(folder: Path) -> Article:
    """Read one article's folder.

    Raises KgError naming file and line for a syntax error, for a blank node (it would have another
    name in every build), and for a claim that two files hold.
    """
    files = tuple(sorted(folder.rglob("*.trig")))
    quads: list[ox.Quad] = []
    home: dict[str, Path] = {}
    for file in files:
        for quad in parse_trig(file):
            graph = quad.graph_name
            if (
                isinstance(graph, ox.NamedNode)
                and graph.value.startswith(CLAIM)
                and home.setdefault(graph.value, file) != file
            ):
                raise KgError(
                    f"{file}:{line_of(file, graph.value)}: the claim <{graph.value}> stands in "
                    f"{home[graph.value].name} too: give one of them another name"
                )
            quads.append(quad)
    return Article(folder, files, tuple(quads))


def parse_trig(file: Path) -> list[ox.Quad]:
    """The quads of one of an article's files; KgError for what may not stand in it."""
    quads = reader.read(file)
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise KgError(f"{file}: a blank node near {quad.predicate}: give it an IRI")
        if isinstance(quad.graph_name, ox.DefaultGraph):
            raise KgError(
                f"{file}: {quad.subject} {quad.predicate} stands in no graph: put it into a claim"
            )
    return quads


def subject_iri(quad: ox.Quad) -> str:
    """The IRI of a quad's subject; in an article's files every subject has one."""
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""


def line_of(file: Path, value: str) -> int:
    """The first line of a file that holds a literal of this text, or an IRI's last part; else 1."""
    if value.startswith(BASE):
        pattern = rf"(?<![\w-]){re.escape(value.rsplit('/', 1)[-1])}(?![\w-])"
    else:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        pattern = re.escape(f'"{escaped}"')
    lines = file.read_text(encoding="utf-8-sig").split("\n")
    return next((n for n, line in enumerate(lines, 1) if re.search(pattern, line)), 1)
