"""Reads the SHACL shapes of the ontology."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.sources.rdf.reader import read_rdf


def read_shapes(folder: Path) -> list[ox.Triple]:
    """All shapes of a folder (``*.ttl``), as triples. Raises KgError naming file and line."""
    files = sorted(folder.glob("*.ttl"))
    triples = [quad.triple for file in files for quad in read_rdf(file)]
    if not triples:
        raise KgError(f"{folder}: no shapes (*.ttl) there")
    return triples
