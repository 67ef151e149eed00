"""Sorts any number of quads by their text, for all RDF formats.

Lines are sorted rather than quads. In ``graph subject predicate object``, all in N-Triples syntax,
the order of lines is the order of terms, since no term is a prefix of another up to its space. Two
things differ: a predicate lacks its closing bracket, which would sort after digits, and rdf:type,
which comes first, is empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, Final, TypeAlias, cast

import pyoxigraph as ox

from kg.common.errors import ExportError
from kg.common.namespaces import RDF_TYPE, node
from kg.export.rdf.external_sort import Sorter
from kg.store import Graph, Store

Quads: TypeAlias = Iterable[ox.Quad] | Store
"""Quads in any order, or all quads of a store."""
TripleTerms: TypeAlias = Sequence[bytes]
"""Subject, predicate and object of a triple in N-Triples syntax."""
Observer: TypeAlias = Callable[[Graph, bytes, Sequence[TripleTerms]], None]
"""Called with all triples before they are sorted: the graph, lines of N-Triples, their terms."""

_TYPE: Final = str(RDF_TYPE).encode()
# A literal may contain anything but a line feed, which N-Triples escapes. So only patterns that
# reach the end of a line are certain; the first one needs the check in _reject_beyond_rdf11.
_BEYOND_RDF11: Final = (
    (rb" <<\(", "a triple as its object (RDF 1.2)"),
    (rb'"@[\w-]+--(?:ltr|rtl) \.\n', "a text with a base direction (RDF 1.2)"),
    (
        re.escape(f'"^^{node("rdf:langString")} .\n'.encode()),
        "an rdf:langString without a language",
    ),
)
_QUADS_PER_BATCH: Final = 50_000
_BLOCK_SIZE: Final = 1 << 20
_LINES_PER_BLOCK: Final = 2000


class _PredicateKeys(dict[bytes, bytes]):
    """Maps predicates to their sort keys."""

    def __missing__(self, predicate: bytes) -> bytes:
        key = self[predicate] = b"" if predicate == _TYPE else predicate[:-1]
        return key


class SortedQuads:
    """Distinct quads sorted by graph, subject, predicate (rdf:type first) and object."""

    def __init__(self, sorter: Sorter, predicates: Iterable[bytes]) -> None:
        self._sorter = sorter
        self.predicates: Final = frozenset(iri[1:-1].decode() for iri in predicates)

    def nquads(self) -> Iterator[bytes]:
        """Yield the quads as N-Quads, in blocks of lines."""
        last = b""
        rows = self._sorter.lines()
        while block := list(islice(rows, _LINES_PER_BLOCK)):
            lines = []
            for line in block:
                if line == last:
                    continue
                last = line
                graph, subject, key, value = line.split(b" ", 3)
                predicate = key + b">" if key else _TYPE
                if graph:
                    lines.append(b"%b %b %b %b .\n" % (subject, predicate, value, graph))
                else:
                    lines.append(b"%b %b %b .\n" % (subject, predicate, value))
            yield b"".join(lines)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield the quads as objects."""
        # Lenient, since the engine wrote this text: validation would take most of the time.
        return chain.from_iterable(
            ox.parse(text, ox.RdfFormat.N_QUADS, lenient=True) for text in self.nquads()
        )


@contextmanager
def sort_quads(data: Quads, *observers: Observer, union: bool = False) -> Iterator[SortedQuads]:
    """Sort quads, available while the context lasts; ``union`` merges all graphs into one.

    Blank nodes are renamed to their canonical labels (RDFC-1.0), so that isomorphic datasets give
    the same result; for adversarial blank nodes this takes exponential time. Raises ExportError for
    terms beyond RDF 1.1, and whatever ``observers`` raise.
    """
    with Sorter() as sorter:
        collector = _Collector(sorter, observers, union)
        if isinstance(data, Iterable):
            _add_quads(iter(data), collector.add)
        else:
            for graph in data.graphs():
                _add_graph(data, graph, collector.add)
        collector.finish()
        yield SortedQuads(sorter, collector.keys)


def check_matches(pattern: re.Pattern[bytes], check: Callable[[ox.Quad], None]) -> Observer:
    """Make an observer that checks the triples whose line of N-Triples matches a pattern."""

    def observe(graph: Graph, text: bytes, _: object) -> None:
        end = 0
        while match := pattern.search(text, end):
            line, end = _line_of(text, match)
            for quad in _parse(line, graph):
                check(quad)

    return observe


class _Collector:
    """Passes lines to a sorter and gives blank nodes canonical labels."""

    def __init__(self, sorter: Sorter, observers: Sequence[Observer], union: bool) -> None:
        self.keys = _PredicateKeys()
        self._sorter = sorter
        self._observers = observers
        self._union = union
        self._with_blanks: set[ox.Quad] = set()

    def add(self, graph: Graph, text: bytes) -> None:
        """Add whole lines of N-Triples."""
        _reject_beyond_rdf11(text)
        graph = ox.DefaultGraph() if self._union else graph
        rows: list[list[bytes]] = [line.split(b" ", 2) for line in text.split(b" .\n")]
        rows.pop()
        for observe in self._observers:
            observe(graph, text, rows)
        name = b"" if isinstance(graph, ox.DefaultGraph) else str(graph).encode()
        if name.startswith(b"_:"):
            self._with_blanks.update(_parse(text, graph))
            return
        if b"_:" in text:
            blank = [row for row in rows if _has_blank(row)]
            if blank:
                lines = b"".join(b"%b %b %b .\n" % tuple(row) for row in blank)
                self._with_blanks.update(_parse(lines, graph))
                rows = [row for row in rows if not _has_blank(row)]
        keys = self.keys
        self._sorter.add([b" ".join((name, s, keys[p], o)) for s, p, o in rows])

    def finish(self) -> None:
        """Add the quads with blank nodes, under canonical labels."""
        # The labels depend on these quads alone.
        dataset = ox.Dataset(self._with_blanks)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        lines = []
        for quad in dataset:
            graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
            key = self.keys[str(quad.predicate).encode()].decode()
            lines.append(f"{graph} {quad.subject} {key} {quad.object}".encode())
        self._sorter.add(lines)


class _LineBlocks:
    """A file for the engine to write to, which passes on blocks of whole lines."""

    def __init__(self, add: Callable[[bytes], None]) -> None:
        self._add = add
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        self._parts.append(data)
        self._size += len(data)
        if self._size > _BLOCK_SIZE and b"\n" in data:
            lines, feed, rest = b"".join(self._parts).rpartition(b"\n")
            self._add(lines + feed)
            self._parts = [rest]
            self._size = len(rest)
        return len(data)

    def flush(self) -> None:
        """Do nothing: only whole lines are passed on."""

    def finish(self) -> None:
        self._add(b"".join(self._parts))


def _add_graph(store: Store, graph: Graph, add: Callable[[Graph, bytes], None]) -> None:
    blocks = _LineBlocks(lambda text: add(graph, text))
    store.dump(graph, cast("Any", blocks))
    blocks.finish()


def _add_quads(quads: Iterator[ox.Quad], add: Callable[[Graph, bytes], None]) -> None:
    while batch := list(islice(quads, _QUADS_PER_BATCH)):
        graphs: dict[Graph, list[ox.Triple]] = {}
        for quad in batch:
            graphs.setdefault(quad.graph_name, []).append(quad.triple)
        for graph, triples in graphs.items():
            add(graph, ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


def _parse(text: bytes, graph: Graph) -> Iterator[ox.Quad]:
    for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES, lenient=True):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _line_of(text: bytes, match: re.Match[bytes]) -> tuple[bytes, int]:
    """Return the line of a match, and where the next line begins."""
    end = text.index(b"\n", match.end() - 1) + 1
    return text[text.rfind(b"\n", 0, match.start()) + 1 : end], end


def _has_blank(row: TripleTerms) -> bool:
    return row[0].startswith(b"_:") or row[2].startswith(b"_:")


def _reject_beyond_rdf11(text: bytes) -> None:
    for pattern, fault in _BEYOND_RDF11:
        for match in re.finditer(pattern, text):
            line, _ = _line_of(text, match)
            subject, predicate, value = line.decode().split(" ", 2)
            if match[0].endswith(b"\n") or value.startswith("<<("):
                raise ExportError(
                    f"can't export {predicate} of {subject}: it has {fault}; use RDF 1.1"
                )
