"""Reader of the ontology's SHACL shapes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.common.errors import SourceError
from kg.sources.rdf.reader import read_rdf


def read_shapes(folder: Path) -> list[ox.Triple]:
    """Read the triples of all shapes of a folder (``*.ttl``); SourceError names file and line."""
    files = sorted(folder.glob("*.ttl"))
    triples = [quad.triple for file in files for quad in read_rdf(file)]
    if not triples:
        raise SourceError(f"{folder}: has no shapes (*.ttl)")
    return triples
