"""Read the curated claims of an article: a folder of TriG files.

The folder holds ``source.trig`` (the publication), ``entities.trig`` (names), ``claims/*.trig`` and
``background.trig`` (one named graph for each claim), ``positions.trig`` (written by ``kg verify``),
``uncovered.trig`` (why some passages have no claim) and ``schemes.trig`` (code lists of its own).
:mod:`kg.sources.article_folder` makes one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.errors import SourceError
from kg.common.namespaces import (
    BASE,
    CLAIM,
    ENTITIES_GRAPH,
    EVIDENCE_GRAPH,
    ONTOLOGY_GRAPH,
    RDF_TYPE,
    compact,
    node,
)
from kg.sources.rdf import reader
from kg.sources.rdf.claims import is_article_file

POSITIONS_FILE: Final = "positions.trig"
PROPOSED: Final = node("std:proposed")
"""With the value true marks a claim in a file: it is left out of the graph until accepted.

In the graph the property relates an agent to what it proposed.
"""
_GRAPHS: Final = frozenset((ENTITIES_GRAPH, EVIDENCE_GRAPH, ONTOLOGY_GRAPH))
_EVIDENCE_GRAPH: Final = ox.NamedNode(EVIDENCE_GRAPH)
_TRUE: Final = ox.Literal(True)
_CLAIM_CLASS: Final = node("std:Claim")
_TEXT_SHOWN: Final = node("std:textShown")
_SHA256: Final = node("std:sha256")
_CLAIMS_FOLDER: Final = "claims"
_SOURCE: Final = BASE + "source/"
_EVIDENCE: Final = node("std:evidence")
_HAS_SELECTOR: Final = node("oa:hasSelector")


@dataclass(frozen=True)
class Article:
    """The files of an article and their quads, which include those of proposed claims."""

    folder: Path
    files: tuple[Path, ...]
    quads: tuple[ox.Quad, ...]

    @cached_property
    def slug(self) -> str:
        """The name of the article: that of its text's source, or else of the folder.

        It is a part of the IRIs of the article's claims.
        """
        sources = {subject_iri(quad) for quad in self.quads if quad.predicate == _SHA256}
        names = [iri.removeprefix(_SOURCE) for iri in sources if iri.startswith(_SOURCE)]
        return names[0] if len(names) == 1 else self.folder.resolve().name

    @cached_property
    def text_shown(self) -> bool | None:
        """Whether pages may show its text; None if its source doesn't say."""
        values = {_value(quad.object) for quad in self.quads if quad.predicate == _TEXT_SHOWN}
        return None if not values else values == {"true"}

    @cached_property
    def proposed(self) -> frozenset[str]:
        """The IRIs of claims that are only proposed."""
        return frozenset(
            subject_iri(quad)
            for quad in self.quads
            if quad.predicate == PROPOSED and quad.object == _TRUE
        )

    @cached_property
    def stated(self) -> tuple[ox.Quad, ...]:
        """The quads without proposed claims, their evidence, and things that only they mention."""
        if not self.proposed:
            return self.quads
        return tuple(_without_claims(self.quads, self.proposed))


def read_articles(folder: Path) -> list[Article]:
    """Return all articles in a folder of articles, sorted by name."""
    return [
        read_article(f) for f in sorted(folder.iterdir()) if f.is_dir() and any(f.rglob("*.trig"))
    ]


def read_article(folder: Path) -> Article:
    """Read the folder of an article.

    Raises SourceError with file and line for a syntax error, for a blank node (its name would
    change from build to build), for a claim in two files, and for a folder without TriG files.
    """
    files = tuple(sorted(folder.rglob("*.trig")))
    if not files:
        raise SourceError(
            f"{folder}: no folder with the TriG files of an article: check the path, or make one"
            f" with 'kg article new {folder} --text FILE'"
        )
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
            if not is_graph_of_article(_value(graph)):
                raise SourceError(
                    f"{file}:{line_of(file, subject_iri(quad))}: {compact(subject_iri(quad))}"
                    f" {compact(quad.predicate.value)} is in the graph {compact(_value(graph))}:"
                    " move it into the graph of a claim"
                )
            if quad.predicate == PROPOSED and graph == _EVIDENCE_GRAPH and not quad.object == _TRUE:
                raise SourceError(
                    f"{file}:{line_of(file, subject_iri(quad))}: {compact(subject_iri(quad))} has"
                    f" std:proposed {_value(quad.object)}: write true, or leave it out if the claim"
                    " is accepted"
                )
            quads.append(quad)
    return Article(folder, files, tuple(quads))


def _without_claims(quads: Sequence[ox.Quad], claims: Collection[str]) -> Iterator[ox.Quad]:
    """Yield the quads that are left without claims (IRIs)."""
    mentioned: dict[bool, set[str]] = {True: set(), False: set()}
    evidence: dict[bool, set[str]] = {True: set(), False: set()}
    for quad in quads:
        graph = _value(quad.graph_name)
        if graph not in (ENTITIES_GRAPH, EVIDENCE_GRAPH):
            mentioned[graph in claims].update((subject_iri(quad), _value(quad.object)))
        elif quad.predicate == _EVIDENCE:
            evidence[subject_iri(quad) in claims].add(_value(quad.object))
    dropped = evidence[True] - evidence[False]
    dropped |= {
        _value(quad.object)
        for quad in quads
        if quad.predicate == _HAS_SELECTOR and subject_iri(quad) in dropped
    }
    dropped |= set(claims)
    unmentioned = mentioned[True] - mentioned[False]
    for quad in quads:
        graph, subject = _value(quad.graph_name), subject_iri(quad)
        if graph == ENTITIES_GRAPH and subject in unmentioned:
            continue
        if graph not in claims and not (graph == EVIDENCE_GRAPH and subject in dropped):
            yield quad


def folder_of_article(path: Path) -> Path | None:
    """Return the folder of the article that a path names, or in which it lies; None if none.

    An article has a file with claims that is not an export of a whole graph.
    """
    try:
        if path.is_dir():
            files = sorted(path.rglob("*.trig"))
            return path if any(is_article_file(file.read_bytes()) for file in files) else None
        if path.suffix.lower() != ".trig" or not is_article_file(path.read_bytes()):
            return None
    except OSError:
        # Whoever reads it says what is wrong.
        return None
    return path.parent.parent if path.parent.name == _CLAIMS_FOLDER else path.parent


def is_graph_of_article(graph: str) -> bool:
    """Return whether an article may have statements in a graph (IRI): a claim's, or its own."""
    return graph.startswith(CLAIM) or graph in _GRAPHS


def claims_of(quads: Iterable[ox.Quad]) -> set[str]:
    """Return the IRIs of the claims in quads."""
    return {
        subject_iri(quad)
        for quad in quads
        if quad.predicate == RDF_TYPE and quad.object == _CLAIM_CLASS
    }


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


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


def subject_iri(quad: ox.Quad) -> str:
    """Return the IRI of the subject; articles have no blank nodes."""
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""


def place_of(articles: Iterable[Article], iri: str) -> str:
    """Return file and line where an article describes a resource; empty if none does."""
    for each in articles:
        for file in each.files:
            if file.name != POSITIONS_FILE and any(
                subject_iri(quad) == iri for quad in parse_trig(file)
            ):
                return f"{file}:{line_of(file, iri)}"
    return ""


def line_of(file: Path, value: str) -> int:
    """Return the number of the first line with a literal or the last segment of an IRI, or 1."""
    if value.startswith(BASE):
        pattern = rf"(?<![\w-]){re.escape(value.rsplit('/', 1)[-1])}(?![\w-])"
    else:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        pattern = re.escape(f'"{escaped}"')
    lines = file.read_text(encoding="utf-8-sig").split("\n")
    written = (n for n, line in enumerate(lines, 1) if not line.lstrip().startswith("#"))
    return next((n for n in written if re.search(pattern, lines[n - 1])), 1)
