"""Any RDF file -> quads: the parser, with errors that name file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import KgError
from kg.namespaces import BASE

FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def read(file: Path, graph: str | None = None) -> list[ox.Quad]:
    """The quads of one RDF file, its format told by its ending (see ``FORMATS``).

    ``graph``: the IRI of the graph for triples that stand in none. Relative IRIs are resolved
    against the project's base. Raises KgError naming file and line when the file can't be read.
    """
    if file.suffix not in FORMATS:
        raise KgError(f"{file}: not an RDF file that can be read: give one of {', '.join(FORMATS)}")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KgError(f"{file}: {error.strerror}: check the path") from error
    except UnicodeDecodeError as error:
        raise KgError(
            f"{file}: not UTF-8 at byte {error.start}: convert it (from GB18030, perhaps)"
        ) from error
    try:
        quads = list(
            ox.parse(text, format=FORMATS[file.suffix], base_iri=BASE, rename_blank_nodes=True)
        )
    except SyntaxError as error:
        raise KgError(f"{file}:{error.lineno or 1}: {error.msg}: correct it there") from error
    if graph is None:
        return quads
    home = ox.NamedNode(graph)
    return [
        ox.Quad(q.subject, q.predicate, q.object, home)
        if isinstance(q.graph_name, ox.DefaultGraph)
        else q
        for q in quads
    ]


def read_shapes(folder: Path) -> list[ox.Triple]:
    """All shapes of a folder (``*.ttl``), as triples. Raises KgError naming file and line."""
    files = sorted(folder.glob("*.ttl"))
    triples = [quad.triple for file in files for quad in read(file)]
    if not triples:
        raise KgError(f"{folder}: no shapes (*.ttl) there")
    return triples
