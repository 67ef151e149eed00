"""Loads a store into an endpoint, with SPARQL 1.1 Update (https://www.w3.org/TR/sparql11-update/).

Each named graph is replaced whole or not at all: small ones in one request each, large ones in
batches into a graph of their own, which then takes the place of the old one. A journal says which
graphs the endpoint has, so that the next load sends what differs, and goes on after a cut.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from kg.common.errors import KgError, StoreError
from kg.common.namespaces import BASE, DESCRIPTION_GRAPH, EVIDENCE_GRAPH
from kg.store import Graph, Store
from kg.store.remote.client import Client
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.journal import GraphState, Journal, Unfinished
from kg.store.remote.skolem import has_blank_nodes, skolemize
from kg.store.remote.statements import Pattern

LAST_LOADED: Final = (EVIDENCE_GRAPH, DESCRIPTION_GRAPH)
"""What tells of the sources comes last: who sees that it changed has all of the new graph."""

_STAGING: Final = BASE + "graph/loading/"
_BYTES: Final = 4 << 20
"""Size of a batch."""
_MODULUS: Final = 1 << 256


@dataclass(frozen=True)
class Loaded:
    """The result of a load: numbers of graphs and of statements.

    ``others`` are graphs of the endpoint that are not the project's and stay as they are.
    """

    graphs: int
    statements: int
    unchanged: int
    removed: int
    others: int


@dataclass
class _Content:
    """The graphs to load with their states, and the quads that had blank nodes."""

    states: dict[str, GraphState] = field(default_factory=dict)
    named_anew: dict[str, list[ox.Triple]] = field(default_factory=dict)


Progress = Callable[[int, int], None]
"""Called with the number of statements that are loaded, and of all."""


def load(
    source: Store,
    generation: str,
    endpoint: Endpoint,
    journal: Journal,
    progress: Progress = lambda _done, _all: None,
) -> Loaded:
    """Make an endpoint's graphs of the project those of a store; a second time changes nothing.

    ``generation`` names the build that ``source`` is. Raises StoreError or QueryError if the
    endpoint fails; the journal then has what was loaded, and the next load goes on from there.
    """
    client = Client(endpoint)
    try:
        return _Load(source, client, journal, progress).run(generation)
    except KgError as error:
        raise type(error)(f"{error}: {_resume(journal)}") from error
    finally:
        client.connection.close()


def _resume(journal: Journal) -> str:
    return f"{len(journal.graphs)} graphs are loaded, and 'kg load' goes on from there"


class _Load:
    def __init__(self, source: Store, client: Client, journal: Journal, progress: Progress) -> None:
        self._source = source
        self._client = client
        self._journal = journal
        self._progress = progress
        self._dialect = client.dialect
        self._done = 0
        self._all = 0

    def run(self, generation: str) -> Loaded:
        content = self._read()
        self._all = sum(state.count for state in content.states.values())
        there = self._client.graph_sizes()
        journal = self._journal
        journal.generation = ""
        journal.graphs = {
            name: state
            for name, state in journal.graphs.items()
            if there.get(name, 0) == state.count
        }
        unchanged = {
            name for name, state in content.states.items() if journal.graphs.get(name) == state
        }
        self._advance(sum(content.states[name].count for name in unchanged))
        journal.write()
        waiting: list[str] = []
        size = 0
        for name, state in sorted(content.states.items(), key=lambda each: each[0] in LAST_LOADED):
            if name in unchanged:
                continue
            if state.count > self._dialect.batch:
                self._replace_large(name, content)
                continue
            if waiting and size + state.count > self._dialect.batch:
                self._replace(waiting, content)
                waiting, size = [], 0
            waiting.append(name)
            size += state.count
        self._replace(waiting, content)
        removed = self._remove(there, content)
        self._check(content)
        journal.generation = generation
        journal.unfinished = None
        journal.write()
        others = {name for name in there if not name.startswith(BASE)} - content.states.keys()
        return Loaded(len(content.states), self._all, len(unchanged), removed, len(others))

    def _advance(self, statements: int) -> None:
        self._done += statements
        self._progress(self._done, self._all)

    def _read(self) -> _Content:
        """Read all graphs once, for their counts and digests."""
        content = _Content()
        blank: list[ox.Quad] = []
        for graph in self._source.graphs():
            total = count = 0
            for quad in self._source.quads(graph):
                if has_blank_nodes(quad):
                    blank.append(quad)
                else:
                    count, total = count + 1, total + _hash(quad)
            if count:
                content.states[_name(graph)] = GraphState(count, _digest(total))
        anew: dict[str, list[ox.Quad]] = {}
        for quad in skolemize(blank) if blank else ():
            anew.setdefault(_name(quad.graph_name), []).append(quad)
        for name, quads in anew.items():
            old = content.states.get(name, GraphState(0, _digest(0)))
            total = int(old.digest, 16) + sum(map(_hash, quads))
            content.states[name] = GraphState(old.count + len(quads), _digest(total))
            content.named_anew[name] = sorted((quad.triple for quad in quads), key=str)
        content.states = dict(sorted(content.states.items()))
        return content

    def _triples(self, name: str, content: _Content) -> Iterator[str]:
        """Yield the lines of a graph, in the same order for the same build."""
        for quad in self._source.quads(ox.NamedNode(name)):
            if not has_blank_nodes(quad):
                yield self._line(quad.triple)
        yield from map(self._line, content.named_anew.get(name, ()))

    def _line(self, triple: ox.Triple) -> str:
        value = triple.object
        if self._dialect.changed and isinstance(value, ox.Literal):
            value = self._dialect.escape(value)
        return f"{triple.subject} {triple.predicate} {value} .\n"

    def _replace(self, names: list[str], content: _Content) -> None:
        """Replace small graphs in one request, which an engine carries out whole or not at all."""
        if not names:
            return
        dropped = " ;\n".join(f"DROP SILENT GRAPH <{name}>" for name in names)
        graphs = "".join(
            f"GRAPH <{name}> {{\n{''.join(self._triples(name, content))}}}\n" for name in names
        )
        self._update(f"{dropped} ;\nINSERT DATA {{\n{graphs}}}")
        for name in names:
            self._journal.graphs[name] = content.states[name]
            self._advance(content.states[name].count)
        self._journal.write()

    def _replace_large(self, name: str, content: _Content) -> None:
        """Load a graph under another name, and give it its own when it is whole."""
        state = content.states[name]
        staging = _STAGING + hashlib.sha256(f"{name} {state.digest}".encode()).hexdigest()[:16]
        sent = self._journal.unfinished
        batches = 0
        if sent is not None and (sent.graph, sent.digest) == (name, state.digest):
            batches = sent.batches
        if batches and not self._number(staging):
            # It was renamed, or the endpoint has lost it.
            batches = 0
        if batches == 0:
            self._update(f"DROP SILENT GRAPH <{staging}>")
        for number, batch in enumerate(self._batches(self._triples(name, content))):
            if number >= batches:
                self._update(f"INSERT DATA {{ GRAPH <{staging}> {{\n{''.join(batch)}}} }}")
                self._journal.unfinished = Unfinished(name, state.digest, number + 1)
                self._journal.write()
            self._advance(len(batch))
        if (count := self._number(staging)) != state.count:
            self._journal.unfinished = None
            self._journal.write()
            raise StoreError(
                f"{self._client.connection.endpoint} has {count} of {state.count} statements of"
                f" {name} after loading it; the graph it had is unchanged"
            )
        self._update(f"MOVE GRAPH <{staging}> TO GRAPH <{name}>")
        self._journal.graphs[name] = state
        self._journal.unfinished = None
        self._journal.write()

    def _number(self, name: str) -> int:
        return self._client.number(Pattern(ox.NamedNode(name)).count(self._dialect))

    def _batches(self, lines: Iterator[str]) -> Iterator[list[str]]:
        batch: list[str] = []
        size = 0
        for line in lines:
            batch.append(line)
            size += len(line)
            if len(batch) >= self._dialect.batch or size >= _BYTES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _remove(self, there: dict[str, int], content: _Content) -> int:
        """Remove the graphs of the project that it no longer has."""
        gone = [name for name in there if name.startswith(BASE) and name not in content.states] + [
            name
            for name in self._journal.graphs
            if name not in content.states and not name.startswith(BASE)
        ]
        names = [name for name in dict.fromkeys(gone) if not name.startswith(_STAGING)]
        if gone:
            self._update(" ;\n".join(f"DROP SILENT GRAPH <{name}>" for name in dict.fromkeys(gone)))
            for name in names:
                self._journal.graphs.pop(name, None)
        return len(names)

    def _check(self, content: _Content) -> None:
        there = self._client.graph_sizes()
        for name, state in content.states.items():
            if there.get(name, 0) != state.count:
                del self._journal.graphs[name]
                self._journal.write()
                raise StoreError(
                    f"{self._client.connection.endpoint} has {there.get(name, 0)} of {state.count}"
                    f" statements of {name} after loading it"
                )

    def _update(self, text: str) -> None:
        self._client.connection.write(text.encode())


def _name(graph: Graph) -> str:
    if isinstance(graph, ox.NamedNode):
        return graph.value
    raise StoreError("statements outside of a named graph can't be loaded: give them a graph")


def _hash(quad: ox.Quad) -> int:
    return int.from_bytes(hashlib.sha256(str(quad.triple).encode()).digest(), "big")


def _digest(total: int) -> str:
    return f"{total % _MODULUS:064x}"
