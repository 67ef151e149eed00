"""The formats of answers, and how they are written.

An answer is never malformed: the engine writes some characters and predicates into XML that XML
can't hold, which is noticed here.
"""

from __future__ import annotations

import io
import re
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from kg.common.errors import ExportError
from kg.common.namespaces import PREFIXES
from kg.export.rdf.rdfxml import write_rdfxml
from kg.store.embedded import distinct

JSON_RESULTS: Final = "application/sparql-results+json"
XML_RESULTS: Final = "application/sparql-results+xml"
TURTLE: Final = "text/turtle"
RDF_XML: Final = "application/rdf+xml"

TABLE_FORMATS: Final = {
    JSON_RESULTS: ox.QueryResultsFormat.JSON,
    XML_RESULTS: ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
"""Maps the media types of tables, the preferred one first, to the engine's formats."""

GRAPH_FORMATS: Final = {
    TURTLE: ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    RDF_XML: ox.RdfFormat.RDF_XML,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}
"""Maps the media types of graphs, the preferred one first, to the engine's formats."""

# XML 1.0 (fifth edition), production 2, in UTF-8: what is no Char.
_NOT_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def write_table(
    answer: ox.QuerySolutions | ox.QueryBoolean, media_type: str, file: io.RawIOBase
) -> None:
    """Write a table or the answer of an ASK query.

    Raises ExportError for a value that XML can't hold; what was written before is then worthless.
    """
    format_ = TABLE_FORMATS[media_type]
    target = _CheckedXml(file) if format_ == ox.QueryResultsFormat.XML else file
    answer.serialize(cast(IO[bytes], target), format_)


def write_graph(
    answer: ox.QueryTriples, media_type: str, file: io.RawIOBase, prefixes: bool
) -> None:
    """Write distinct triples; with the prefixes of the project if the format has prefixes.

    Raises ExportError, before anything is written, for a value that RDF/XML can't hold.
    """
    if media_type == RDF_XML:
        quads = (ox.Quad(t.subject, t.predicate, t.object) for t in distinct(answer))
        write_rdfxml(quads, cast(Any, file))
        return
    ox.serialize(
        distinct(answer),
        cast(IO[bytes], file),
        GRAPH_FORMATS[media_type],
        prefixes=PREFIXES if prefixes else None,
    )


class _CheckedXml(io.RawIOBase):
    """Passes the engine's XML on, but refuses characters that XML lacks and keeps CR."""

    def __init__(self, file: io.RawIOBase) -> None:
        self._file = file
        self._end = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        written = bytes(data)
        # A character of three bytes can be cut in two.
        if bad := _NOT_XML.search(self._end + written):
            character = ord(bad[0].decode())
            raise ExportError(
                f"a value has the character U+{character:04X}, which XML can't hold:"
                f" ask for another format, such as {JSON_RESULTS}"
            )
        self._end = written[-2:]
        # XML parsers read a bare carriage return as a line feed (XML 1.0, 2.11).
        self._file.write(written.replace(b"\r", b"&#13;"))
        return len(written)
