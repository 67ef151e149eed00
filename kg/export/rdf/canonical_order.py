"""Quads in the order of their text, however many there are: what all formats of RDF begin with.

Lines of N-Triples are sorted, not quads: ``graph subject predicate object`` in N-Triples' own forms
is the order of the terms, since none of these forms goes on where another one ends in a space. Only
the predicate takes part without its closing bracket, which would come after a digit; rdf:type,
which comes first, takes part as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, Final, TypeAlias, cast

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import PREFIXES
from kg.export.rdf.external_sort import Sorter
from kg.store import Graph, Store

Data: TypeAlias = Iterable[ox.Quad] | Store
"""Quads in any order, or all that a store holds."""
Row: TypeAlias = Sequence[bytes]
"""Subject, predicate and object of a statement as N-Triples has them."""
Watch: TypeAlias = Callable[[Graph, bytes, Sequence[Row]], None]
"""Sees whatever is to be written before it is sorted: the graph, lines of N-Triples, their rows."""

_TYPE: Final = f"<{PREFIXES['rdf']}type>".encode()
_LANG_STRING: Final = f"<{PREFIXES['rdf']}langString>"
# A text may hold anything, but what ends a line is none of it: a text's own line feeds are escaped.
_BEYOND: Final = (
    (rb" <<\(", "a triple as its object (RDF 1.2)"),
    (rb'"@[\w-]+--(?:ltr|rtl) \.\n', "a text with a base direction (RDF 1.2)"),
    (re.escape(f'"^^{_LANG_STRING} .\n'.encode()), "an rdf:langString without a language"),
)
_QUADS: Final = 50_000
_CHUNK: Final = 1 << 20
_LINES: Final = 2000


class _Keys(dict[bytes, bytes]):
    """How predicates take part in the order."""

    def __missing__(self, predicate: bytes) -> bytes:
        key = self[predicate] = b"" if predicate == _TYPE else predicate[:-1]
        return key


class Arranged:
    """Quads without doubles, sorted by graph, subject, predicate (types first), object."""

    def __init__(self, sorter: Sorter, predicates: Iterable[bytes]) -> None:
        self._sorter = sorter
        self.predicates: Final = frozenset(one[1:-1].decode() for one in predicates)

    def texts(self) -> Iterator[bytes]:
        """All of them as N-Quads, some lines at a time."""
        last = b""
        rows = self._sorter.lines()
        while block := list(islice(rows, _LINES)):
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
        """All of them as objects, one by one."""
        # What the engine has written needs no second check, which would take most of the time.
        return chain.from_iterable(
            ox.parse(text, ox.RdfFormat.N_QUADS, lenient=True) for text in self.texts()
        )


@contextmanager
def arranged(data: Data, *watches: Watch, union: bool = False) -> Iterator[Arranged]:
    """Arrange quads, to be read as long as the context lasts; with ``union`` graphs have no names.

    Blank nodes are renamed to their canonical labels (RDFC-1.0), so that isomorphic datasets give
    the same; the time this takes is exponential for adversarial blank nodes. Raises KgError for
    terms that are not RDF 1.1, and what ``watches`` raise.
    """
    with Sorter() as sorter:
        gathering = _Gathering(sorter, watches, union)
        if isinstance(data, Iterable):
            _take_quads(iter(data), gathering.take)
        else:
            for graph in data.graphs():
                _take_graph(data, graph, gathering.take)
        gathering.finish()
        yield Arranged(sorter, gathering.keys)


def doubtful(pattern: re.Pattern[bytes], check: Callable[[ox.Quad], None]) -> Watch:
    """Have all statements checked in whose line of N-Triples a pattern is found."""

    def watch(graph: Graph, text: bytes, _: object) -> None:
        end = 0
        while found := pattern.search(text, end):
            line, end = _line(text, found)
            for quad in _parsed(line, graph):
                check(quad)

    return watch


class _Gathering:
    def __init__(self, sorter: Sorter, watches: Sequence[Watch], union: bool) -> None:
        self.keys = _Keys()
        self._sorter = sorter
        self._watches = watches
        self._union = union
        self._with_blanks: set[ox.Quad] = set()

    def take(self, graph: Graph, text: bytes) -> None:
        """Take whole lines of N-Triples."""
        _refuse_beyond_rdf11(text)
        graph = ox.DefaultGraph() if self._union else graph
        rows: list[list[bytes]] = [line.split(b" ", 2) for line in text.split(b" .\n")]
        rows.pop()
        for watch in self._watches:
            watch(graph, text, rows)
        name = b"" if isinstance(graph, ox.DefaultGraph) else str(graph).encode()
        if name.startswith(b"_:"):
            self._with_blanks.update(_parsed(text, graph))
            return
        if b"_:" in text:
            blank = [row for row in rows if _is_blank(row)]
            if blank:
                lines = b"".join(b"%b %b %b .\n" % tuple(row) for row in blank)
                self._with_blanks.update(_parsed(lines, graph))
                rows = [row for row in rows if not _is_blank(row)]
        keys = self.keys
        self._sorter.add([b" ".join((name, s, keys[p], o)) for s, p, o in rows])

    def finish(self) -> None:
        """Give the quads with blank nodes along, too."""
        # Labels depend on the quads with blank nodes alone, so the others need not be there.
        dataset = ox.Dataset(self._with_blanks)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        lines = []
        for quad in dataset:
            graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
            key = self.keys[str(quad.predicate).encode()].decode()
            lines.append(f"{graph} {quad.subject} {key} {quad.object}".encode())
        self._sorter.add(lines)


class _Lines:
    """A file for an engine to write lines to, which go on in whole chunks."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        self._parts.append(data)
        self._size += len(data)
        if self._size > _CHUNK and b"\n" in data:
            whole, feed, rest = b"".join(self._parts).rpartition(b"\n")
            self._take(whole + feed)
            self._parts = [rest]
            self._size = len(rest)
        return len(data)

    def flush(self) -> None:
        """Nothing: a line goes on when it is whole."""

    def end(self) -> None:
        self._take(b"".join(self._parts))


def _take_graph(store: Store, graph: Graph, take: Callable[[Graph, bytes], None]) -> None:
    lines = _Lines(lambda text: take(graph, text))
    store.dump(graph, cast("Any", lines))
    lines.end()


def _take_quads(quads: Iterator[ox.Quad], take: Callable[[Graph, bytes], None]) -> None:
    while batch := list(islice(quads, _QUADS)):
        graphs: dict[Graph, list[ox.Triple]] = {}
        for quad in batch:
            graphs.setdefault(quad.graph_name, []).append(quad.triple)
        for graph, triples in graphs.items():
            take(graph, ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


def _parsed(text: bytes, graph: Graph) -> Iterator[ox.Quad]:
    for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES, lenient=True):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _line(text: bytes, found: re.Match[bytes]) -> tuple[bytes, int]:
    """The line of a match, and where the next one begins."""
    end = text.index(b"\n", found.end() - 1) + 1
    return text[text.rfind(b"\n", 0, found.start()) + 1 : end], end


def _is_blank(row: Row) -> bool:
    return row[0].startswith(b"_:") or row[2].startswith(b"_:")


def _refuse_beyond_rdf11(text: bytes) -> None:
    for pattern, fault in _BEYOND:
        for found in re.finditer(pattern, text):
            line, _ = _line(text, found)
            subject, predicate, value = line.decode().split(" ", 2)
            if found[0].endswith(b"\n") or value.startswith("<<("):
                raise KgError(f"can't export {predicate} of {subject}: it has {fault}; use RDF 1.1")
