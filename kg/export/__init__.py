"""Writes quads in the formats of other tools: one file for each family of formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.errors import KgError
from kg.export import jsonld, rdf, rdfxml

Writer = Callable[[Iterable[ox.Quad], BinaryIO], None]
"""Takes quads in any order, writes the whole file to an open binary stream."""

FORMATS: Final[dict[str, Writer]] = {
    "turtle": rdf.write_turtle,
    "trig": rdf.write_trig,
    "nquads": rdf.write_nquads,
    "ntriples": rdf.write_ntriples,
    "jsonld": jsonld.write,
    "rdfxml": rdfxml.write,
}


def export(quads: Iterable[ox.Quad], format: str, output: BinaryIO) -> None:  # noqa: A002
    """Write ``quads`` to ``output`` in the format of that name (a key of ``FORMATS``).

    The same set of quads gives the same bytes, whatever their order. Raises KgError when no
    format has this name, or when the format can't hold a term; nothing is written then.
    """
    if format not in FORMATS:
        raise KgError(f"unknown export format {format!r}: choose one of {', '.join(FORMATS)}")
    FORMATS[format](quads, output)
