"""Any RDF file -> quads: the parser, with errors that name file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote
from xml.parsers import expat

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import BASE
from kg.identifiers import iris
from kg.sources.rdf import jsonld_check
from kg.sources.record_batch import Batch, Options
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
_DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.I)


def read(file: Path, graph: str | None = None) -> list[ox.Quad]:
    """The quads of one RDF file, its format told by its ending (see ``FORMATS``).

    ``graph``: the IRI of the graph for triples that stand in none. Relative IRIs are resolved
    against the project's base. Raises KgError naming file and line when the file can't be read.
    """
    format_ = format_of(str(file))
    try:
        data = file.read_bytes()
    except OSError as error:
        raise KgError(f"{file}: {error.strerror}: check the path") from error
    quads = list(_parsed(str(file), _text(str(file), data, format_), format_, BASE))
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
    """The triples of an RDF file that joins the graph; one statement is one record.

    Named graphs are flattened into the source's own, and how many statements each had is counted.
    Blank nodes become IRIs (RDF 1.1 Concepts, section 3.5) that number them as they come, so that
    the same file gives the same ones. Relative IRIs are resolved against the file's own IRI, so
    that they can't mean things of others. Raises KgError naming file and line when the file as a
    whole can't be read: a part of a broken file is never taken.
    """
    format_ = format_of(path)
    text = _text(path, data, format_)
    batch = Batch()
    if format_ == ox.RdfFormat.JSON_LD:
        batch.unknown.update(jsonld_check.undefined(path, text))
    home = f"{BASE}.well-known/genid/{quote(options.slug)}/{quote(path)}"
    nodes: dict[str, ox.NamedNode] = {}

    def named(term: ox.NamedNode | ox.BlankNode) -> ox.NamedNode:
        if isinstance(term, ox.NamedNode):
            return term
        return nodes.setdefault(term.value, ox.NamedNode(f"{home}/{len(nodes) + 1}"))

    triples: dict[ox.Triple, None] = {}
    for quad in _parsed(path, text, format_, iris.record(options.slug, path)):
        batch.records += 1
        if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
            raise KgError(
                f"{path}: {quad.predicate} has a statement for an end, which only RDF 1.2 knows:"
                " write it as RDF 1.1"
            )
        end = quad.object if isinstance(quad.object, ox.Literal) else named(quad.object)
        triples[ox.Triple(named(quad.subject), quad.predicate, end)] = None
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            batch.graphs[named(quad.graph_name).value] += 1
    if format_ == ox.RdfFormat.JSON_LD and not triples:
        raise KgError(f"{path}: no statement in it: its terms need an @context that defines them")
    batch.lines = ntriples.serialize(triples)
    return batch


def format_of(path: str) -> ox.RdfFormat:
    """The format of a file by its ending; KgError for one that is not RDF's."""
    ending = PurePosixPath(path.lower()).suffix
    if ending not in FORMATS:
        raise KgError(f"{path}: not an RDF file that can be read: give one of {', '.join(FORMATS)}")
    return FORMATS[ending]


def _text(path: str, data: bytes, format_: ox.RdfFormat) -> str:
    if format_ == ox.RdfFormat.RDF_XML:
        _check_xml(path, data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KgError(
            f"{path}: not UTF-8 at byte {error.start}: convert it (from GB18030, perhaps)"
        ) from error


def _check_xml(path: str, data: bytes) -> None:
    """Raise KgError unless this is whole XML without a DOCTYPE, in UTF-8.

    Oxigraph expands entities without bound, and takes a document that is cut off for a whole one;
    what a DOCTYPE declares is refused before it is read (OWASP, XML External Entity Prevention).
    """
    if _DECLARED.match(data):
        raise KgError(f"{path}:1: declares an encoding other than UTF-8: convert it to UTF-8")
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        line = parser.CurrentLineNumber
        raise KgError(f"{path}:{line}: a DOCTYPE, which could declare entities: remove it")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise KgError(
            f"{path}:{error.lineno}: not whole XML: {what}: the file is cut off or damaged;"
            " get it again"
        ) from error


def _parsed(path: str, text: str, format_: ox.RdfFormat, base: str) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(text, format=format_, base_iri=base, rename_blank_nodes=True)
    except SyntaxError as error:
        message = str(error.msg)
        if "LoadDocumentCallback" in message:
            raise KgError(
                f"{path}: an @context that lies elsewhere, which is not fetched: write it into"
                " the file"
            ) from error
        place = f"{path}:{error.lineno}" if error.lineno else path
        raise KgError(f"{place}: {message}: correct it there") from error
