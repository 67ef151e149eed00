"""Read the curated claims of an article: a folder of TriG files.

The folder holds ``source.trig`` (the publication), ``entities.trig`` (names), ``claims/*.trig`` and
``background.trig`` (one named graph for each claim), ``positions.trig`` (written by ``kg verify``)
and ``uncovered.trig`` (why some passages have no claim).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.errors import SourceError
from kg.common.namespaces import BASE, CLAIM
from kg.sources.rdf import reader

POSITIONS_FILE: Final = "positions.trig"


@dataclass(frozen=True)
class Article:
    """The files of an article and their quads."""

    folder: Path
    files: tuple[Path, ...]
    quads: tuple[ox.Quad, ...]

    @property
    def slug(self) -> str:
        """The name of the folder, a part of the IRIs of the article's claims."""
        return self.folder.name


def read_articles(folder: Path) -> list[Article]:
    """Return all articles in a folder of articles, sorted by name."""
    return [
        read_article(f) for f in sorted(folder.iterdir()) if f.is_dir() and any(f.rglob("*.trig"))
    ]


def read_article(folder: Path) -> Article:
    """Read the folder of an article.

    Raises SourceError with file and line for a syntax error, for a blank node (its name would
    change from build to build), and for a claim in two files.
    """
    files = tuple(sorted(folder.rglob("*.trig")))
    quads: list[ox.Quad] = []
    file_of_claim: dict[str, Path] = {}
    for file in files:
        for quad in parse_trig(file):
            graph = quad.graph_name
            if (
                isinstance(graph, ox.NamedNode)
                and graph.value.startswith(CLAIM)
                and file_of_claim.setdefault(graph.value, file) != file
            ):
                raise SourceError(
                    f"{file}:{line_of(file, graph.value)}: the claim <{graph.value}> is also "
                    f"in {file_of_claim[graph.value].name}: rename one of them"
                )
            quads.append(quad)
    return Article(folder, files, tuple(quads))


def parse_trig(file: Path) -> list[ox.Quad]:
    """Return the quads of a file; SourceError for a blank node or a quad outside named graphs."""
    quads = reader.read_rdf(file)
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise SourceError(f"{file}: a blank node near {quad.predicate}: replace it with an IRI")
        if isinstance(quad.graph_name, ox.DefaultGraph):
            raise SourceError(
                f"{file}: {quad.subject} {quad.predicate} is outside any graph: move it to a claim"
            )
    return quads


def subject_iri(quad: ox.Quad) -> str:
    """Return the IRI of the subject; articles have no blank nodes."""
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""


def line_of(file: Path, value: str) -> int:
    """Return the number of the first line with a literal or the last segment of an IRI, or 1."""
    if value.startswith(BASE):
        pattern = rf"(?<![\w-]){re.escape(value.rsplit('/', 1)[-1])}(?![\w-])"
    else:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        pattern = re.escape(f'"{escaped}"')
    lines = file.read_text(encoding="utf-8-sig").split("\n")
    return next((n for n, line in enumerate(lines, 1) if re.search(pattern, line)), 1)
