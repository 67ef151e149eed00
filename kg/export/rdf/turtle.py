"""Turtle, TriG, N-Quads and N-Triples (RDF 1.1), written sorted so that files can be compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.common.namespaces import PREFIXES, RDF_TYPE, iri
from kg.export.rdf.canonical_order import Quads, TripleTerms, sort_quads
from kg.store import Graph

# Turtle leaves out these datatypes.
_IMPLICIT: Final = frozenset((iri("rdf:langString"), iri("xsd:string")))
_BY_NAMESPACE: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}
# Local names that need no escapes in Turtle (RDF 1.1 Turtle, PN_LOCAL); may be empty.
_PLAIN_NAME: Final = re.compile(r"(?:\w(?:[\w.-]*[\w-])?)?")


def write_turtle(data: Quads, output: BinaryIO) -> None:
    """Write the union of all graphs as Turtle, which has no named graphs."""
    _write_shortened(data, output, ox.RdfFormat.TURTLE, union=True)


def write_trig(data: Quads, output: BinaryIO) -> None:
    """Write the dataset with its named graphs as TriG."""
    _write_shortened(data, output, ox.RdfFormat.TRIG, union=False)


def write_ntriples(data: Quads, output: BinaryIO) -> None:
    """Write the union of all graphs as N-Triples, which has no named graphs."""
    _write_lines(data, output, union=True)


def write_nquads(data: Quads, output: BinaryIO) -> None:
    """Write the dataset with its named graphs as N-Quads."""
    _write_lines(data, output, union=False)


def _write_lines(data: Quads, output: BinaryIO, *, union: bool) -> None:
    with sort_quads(data, union=union) as ordered:
        for block in ordered.nquads():
            output.write(block)


def _write_shortened(data: Quads, output: BinaryIO, syntax: ox.RdfFormat, *, union: bool) -> None:
    used = _UsedPrefixes()
    with sort_quads(data, used.observe, union=union) as ordered:
        prefixes = used.prefixes(ordered.predicates)
        ox.serialize(ordered.quads(), output, syntax, prefixes=prefixes)


class _UsedPrefixes:
    r"""Collects the prefixes of the project that Turtle or TriG will use.

    A namespace with a name that needs escapes (``claim:a\/1``) gets no prefix, since escapes are
    hard to read and to copy, and rdflib 7 fails on some (``std:a\.``).
    """

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._usable = set(PREFIXES.values())
        self._pattern = _iri_pattern(self._usable)

    def observe(self, graph: Graph, _: bytes, rows: Sequence[TripleTerms]) -> None:
        """Collect from graph names, subjects, objects and datatypes."""
        iris = {row[0] for row in rows}
        iris.update(row[2] for row in rows if row[2].startswith(b"<"))
        iris.add(str(graph).encode())
        # Other objects that end with a bracket are literals with a datatype.
        iris |= {row[2].rpartition(b'"^^')[2] for row in rows if row[2].endswith(b">")}
        for match in filter(None, map(self._pattern.match, iris)):
            self._add(match)

    def prefixes(self, predicates: Collection[str]) -> dict[str, str]:
        """Collect from predicates too; return the prefixes by namespace."""
        for predicate in predicates:
            if predicate != RDF_TYPE.value and (
                match := self._pattern.match(b"<%b>" % predicate.encode())
            ):
                self._add(match)
        return {_BY_NAMESPACE[namespace]: namespace for namespace in sorted(self._used)}

    def _add(self, match: re.Match[bytes]) -> None:
        namespace, name = match[1].decode(), match[2].decode()
        if namespace + name in _IMPLICIT or namespace not in self._usable:
            return
        self._used.add(namespace)
        if not _PLAIN_NAME.fullmatch(name):
            self._used.remove(namespace)
            self._usable.remove(namespace)
            self._pattern = _iri_pattern(self._usable)


def _iri_pattern(namespaces: Collection[str]) -> re.Pattern[bytes]:
    alternatives = "|".join(map(re.escape, sorted(namespaces, reverse=True)))
    return re.compile(f"<({alternatives})([^>]*)>".encode())
