"""Read RDF files, with errors that name file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.common.errors import SourceError
from kg.common.files import decode_utf8
from kg.common.namespaces import BASE
from kg.identifiers import iris
from kg.sources.rdf import jsonld_check, rdf12, stored_literals
from kg.sources.rdf.claims import is_article_file
from kg.sources.rdf.nesting import check_nesting
from kg.sources.record_batch import Batch, Options
from kg.sources.xml_reader import check_xml
from kg.store import ntriples

FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
_OTHER_ENCODING: Final = re.compile(
    rb"""\s*<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.I
)


def read_rdf(file: Path, graph: str | None = None) -> list[ox.Quad]:
    """Return the quads of an RDF file; its suffix determines the format (see ``FORMATS``).

    ``graph`` is the IRI of the graph for triples of the default graph. Relative IRIs are resolved
    against the project's base. Raises SourceError with file and line.
    """
    format_ = format_of(str(file))
    try:
        data = file.read_bytes()
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror}: check the path") from error
    quads = list(_parse(str(file), _text(str(file), data, format_), format_, BASE))
    if graph is None:
        return quads
    home = ox.NamedNode(graph)
    return [
        ox.Quad(q.subject, q.predicate, q.object, home)
        if isinstance(q.graph_name, ox.DefaultGraph)
        else q
        for q in quads
    ]


def convert(path: str, data: bytes, options: Options) -> Batch:
    """Convert an RDF file to join the graph; each statement is a record.

    Named graphs are merged into the graph of the source, and their statements counted; so are
    repeated statements, and literals that the store keeps in another form. Blank nodes become IRIs
    (RDF 1.1 Concepts, section 3.5) numbered in order of appearance, so that they are reproducible.
    Relative IRIs are resolved against the IRI of the file. Raises SourceError with file and line;
    no part of a broken file is used.
    """
    format_ = format_of(path)
    text = _text(path, data, format_)
    if format_ == ox.RdfFormat.TRIG and is_article_file(data):
        raise SourceError(
            f"{path}: a file of an article, whose claims would be lost: unpack its folder, and use"
            " --article FOLDER"
        )
    batch = Batch()
    if format_ == ox.RdfFormat.JSON_LD:
        batch.unknown.update(jsonld_check.undefined_terms(path, text))
    home = f"{BASE}.well-known/genid/{quote(options.slug)}/{quote(path)}"
    nodes: dict[str, ox.NamedNode] = {}

    def skolemize(term: ox.NamedNode | ox.BlankNode) -> ox.NamedNode:
        if isinstance(term, ox.NamedNode):
            return term
        return nodes.setdefault(term.value, ox.NamedNode(f"{home}/{len(nodes) + 1}"))

    quads: list[ox.Quad] = []
    for quad in _parse(path, text, format_, iris.record(options.slug, path)):
        # Each access to a part of a quad creates an object.
        subject, object_, graph = quad.subject, quad.object, quad.graph_name
        if isinstance(subject, ox.Triple) or isinstance(object_, ox.Triple):
            continue  # _parse refuses these.
        has_blank = ox.BlankNode in (type(subject), type(object_), type(graph))
        if not isinstance(object_, ox.Literal):
            object_ = skolemize(object_)
        if not isinstance(graph, ox.DefaultGraph):
            graph = skolemize(graph)
            batch.graphs[graph.value] += 1
        if has_blank:
            quad = ox.Quad(skolemize(subject), quad.predicate, object_, graph)  # noqa: PLW2901
        quads.append(quad)
    triples = _distinct_triples(quads, batch)
    if format_ == ox.RdfFormat.JSON_LD and not triples:
        raise SourceError(f"{path}: no statements: its terms need an @context that defines them")
    batch.lines = ntriples.serialize(triples)
    return batch


def _distinct_triples(quads: list[ox.Quad], batch: Batch) -> dict[ox.Triple, None]:
    """Return the triples as the store keeps them, and count what is lost by that."""
    batch.records = len(quads)
    forms = stored_literals.stored_forms(quad.object for quad in quads)
    if not forms:
        distinct = dict.fromkeys(quad.triple for quad in quads)
        if len(distinct) == len(quads):
            # Large files are seldom other than this, and comparing costs time and memory.
            return distinct
    seen: set[ox.Quad] = set()
    as_written: set[ox.Triple] = set()
    triples: dict[ox.Triple, None] = {}
    for quad in quads:
        triple = written = quad.triple
        object_ = quad.object
        if isinstance(object_, ox.Literal) and object_ in forms:
            batch.rewritten[stored_literals.kind_of_change(object_, forms[object_])] += 1
            triple = ox.Triple(quad.subject, quad.predicate, forms[object_])
        if quad in seen:
            batch.duplicates["the same statement"] += 1
        elif written in as_written:
            batch.duplicates["the same statement in another graph"] += 1
        elif triple in triples:
            batch.duplicates["the same value in another form"] += 1
        seen.add(quad)
        as_written.add(written)
        # The same object where nothing is rewritten saves memory.
        triples[triple] = None
    return triples


def format_of(path: str) -> ox.RdfFormat:
    """Return the format of a file by its suffix; SourceError for other suffixes than RDF."""
    suffix = PurePosixPath(path.lower()).suffix
    if suffix not in FORMATS:
        raise SourceError(
            f"{path}: not an RDF file that can be read: give one of {', '.join(FORMATS)}"
        )
    return FORMATS[suffix]


def _text(path: str, data: bytes, format_: ox.RdfFormat) -> str:
    if format_ == ox.RdfFormat.RDF_XML:
        if _OTHER_ENCODING.match(data):
            raise SourceError(
                f"{path}:1: declares an encoding other than UTF-8: convert it to UTF-8"
            )
        # Oxigraph expands entities without bound and accepts truncated documents.
        check_xml(path, data)
    text = decode_utf8(data, path)
    check_nesting(path, text, format_)
    return text


def _parse(path: str, text: str, format_: ox.RdfFormat, base: str) -> Iterator[ox.Quad]:
    """Yield the quads of a file. SourceError, with file and line, for faults and for RDF 1.2."""
    if syntax := rdf12.find_syntax(text, format_):
        raise _rdf12_error(path, *syntax)
    try:
        for quad in ox.parse(text, format=format_, base_iri=base, rename_blank_nodes=True):
            if feature := rdf12.feature_of(quad):
                raise _rdf12_error(path, rdf12.first_line(text, format_, base), feature)
            yield quad
    except SyntaxError as error:
        message = str(error.msg)
        if "LoadDocumentCallback" in message:
            raise SourceError(
                f"{path}: an external @context, which is not fetched: include it in the file"
            ) from error
        place = f"{path}:{error.lineno}" if error.lineno else path
        raise SourceError(f"{place}: {message}: correct it there") from error


def _rdf12_error(path: str, line: int, feature: str) -> SourceError:
    return SourceError(f"{path}:{line}: {feature}, which is RDF 1.2: rewrite it in RDF 1.1")
