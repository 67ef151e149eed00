"""Turtle, TriG, N-Quads and N-Triples (RDF 1.1), written sorted so that files can be compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.common.namespaces import PREFIXES
from kg.export.rdf.canonical_order import Data, Row, arranged
from kg.store import Graph

_RDF: Final = PREFIXES["rdf"]
_NEVER_SPELLED_OUT: Final = frozenset((_RDF + "langString", PREFIXES["xsd"] + "string"))

_BY_NAMESPACE: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}
# Local names that Turtle writes as they are (RDF 1.1 Turtle, PN_LOCAL), or none at all.
_PLAIN_NAME: Final = re.compile(r"(?:\w(?:[\w.-]*[\w-])?)?")


def write_turtle(data: Data, output: BinaryIO) -> None:
    """Write the union of all graphs, which Turtle can't name, as Turtle."""
    _write_shortened(data, output, ox.RdfFormat.TURTLE, union=True)


def write_trig(data: Data, output: BinaryIO) -> None:
    """Write the dataset with its named graphs as TriG."""
    _write_shortened(data, output, ox.RdfFormat.TRIG, union=False)


def write_ntriples(data: Data, output: BinaryIO) -> None:
    """Write the union of all graphs, which N-Triples can't name, as N-Triples."""
    _write_lines(data, output, union=True)


def write_nquads(data: Data, output: BinaryIO) -> None:
    """Write the dataset with its named graphs as N-Quads."""
    _write_lines(data, output, union=False)


def _write_lines(data: Data, output: BinaryIO, *, union: bool) -> None:
    with arranged(data, union=union) as found:
        for text in found.texts():
            output.write(text)


def _write_shortened(data: Data, output: BinaryIO, syntax: ox.RdfFormat, *, union: bool) -> None:
    names = _Names()
    with arranged(data, names.see, union=union) as found:
        prefixes = names.prefixes(found.predicates)
        ox.serialize(found.quads(), output, syntax, prefixes=prefixes)


class _Names:
    r"""Finds the prefixes of the project that Turtle or TriG will make use of.

    A namespace with a name that needs escapes (``claim:a\/1``) is written in full, since escapes
    are hard to read and to copy, and rdflib 7 fails on some (``std:a\.``).
    """

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._open = set(PREFIXES.values())
        self._pattern = _beginning(self._open)

    def see(self, graph: Graph, _: bytes, rows: Sequence[Row]) -> None:
        """Look for names in a graph's statements, at their predicates alone not."""
        iris = {row[0] for row in rows}
        iris.update(row[2] for row in rows if row[2].startswith(b"<"))
        iris.add(str(graph).encode())
        # An object that ends like an IRI and is none has a datatype.
        kinds = {row[2].rpartition(b'"^^')[2] for row in rows if row[2].endswith(b">")}
        iris |= kinds
        for found in filter(None, map(self._pattern.match, iris)):
            self._note(found)

    def prefixes(self, predicates: Collection[str]) -> dict[str, str]:
        """Tell what has been found, in the order of the namespaces."""
        for predicate in predicates:
            if predicate != _RDF + "type" and (
                found := self._pattern.match(b"<%b>" % predicate.encode())
            ):
                self._note(found)
        return {_BY_NAMESPACE[namespace]: namespace for namespace in sorted(self._used)}

    def _note(self, found: re.Match[bytes]) -> None:
        namespace, name = found[1].decode(), found[2].decode()
        if namespace + name in _NEVER_SPELLED_OUT or namespace not in self._open:
            return
        self._used.add(namespace)
        if not _PLAIN_NAME.fullmatch(name):
            self._used.remove(namespace)
            self._open.remove(namespace)
            self._pattern = _beginning(self._open)


def _beginning(namespaces: Collection[str]) -> re.Pattern[bytes]:
    either = "|".join(map(re.escape, sorted(namespaces, reverse=True)))
    return re.compile(f"<({either})([^>]*)>".encode())
