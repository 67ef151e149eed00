"""A read-only store over pyoxigraph.

pyoxigraph doesn't merge equal triples in the union of graphs: a query finds a triple once for each
graph that has it, so queries that count or sum need DISTINCT.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Self, TypeAlias

import pyoxigraph as ox

from kg.common.errors import QueryError, StoreError
from kg.common.namespaces import BASE, PREFIXES
from kg.store import FreeQuery, Graph, QueryFunction, Subject, Table, Term, forms
from kg.store.generations import folder_of, mending
from kg.store.query_guard import names_graphs, unknown_prefix

if TYPE_CHECKING:
    from rdflib import Dataset


Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""The engine's answer to a query: rows and triples are computed while they are read."""

ENGINE_ERRORS: Final = (SyntaxError, ValueError, RuntimeError, OSError)
"""What the engine raises, also while an answer is read; UnicodeEncodeError is a ValueError."""

NO_QUERY: Final = FreeQuery("")

_ABSOLUTE_IRI: Final = re.compile(r"<https?://[\w/.:#%+-]*>")
_SYNTAX_ERROR: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_REASON: Final = re.compile(r"(?:The SELECT|SELECT \*|IRI parsing) [a-z][^,\n]*")
"""The faults that the engine tells in words."""
_CONTEXT: Final = 15
"""Characters of a query that are shown before and after a fault."""


def one_line(message: object, limit: int = 160) -> str:
    """Return an engine's message as one line of readable length."""
    text = " ".join(str(message).split())
    return text if len(text) <= limit else text[:limit] + "…"


def _syntax_fault(query: FreeQuery, error: SyntaxError) -> str:
    """Return what is wrong with the text of a query, and where."""
    ours = () if query.plain else PREFIXES
    if fault := unknown_prefix(query.text, {*ours, *query.prefixes}):
        return fault
    match = _SYNTAX_ERROR.match(str(error))
    if match is None:
        return one_line(error)
    line, column = int(match[1]), int(match[2])
    # Otherwise the engine lists the signs and keywords it knows of, which need not be allowed here.
    if reason := _REASON.search(match[3]):
        return f"line {line}, column {column}: {reason[0]}"
    text = query.text.split("\n")[line - 1] if query.text else ""
    start = max(0, column - 1 - _CONTEXT)
    near = text[start : column - 1 + _CONTEXT].strip()
    return f"line {line}, column {column}: " + (f"near {near!r}" if near else "it ends too early")


@contextmanager
def _translated_errors(path: Path | None = None, query: FreeQuery = NO_QUERY) -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        raise QueryError(f"the query is not SPARQL 1.1: {_syntax_fault(query, error)}") from error
    except UnicodeEncodeError as error:
        raise QueryError("the query is not valid Unicode text: write it in UTF-8") from error
    except RuntimeError as error:
        match = re.search(r"does not contains? variable (\?\S+)", str(error))
        raise QueryError(
            f"{match[1]} can't be bound: name it in the outermost SELECT of the query"
            if match
            else f"the query can't be answered: {one_line(error)}"
        ) from error
    except OSError as error:
        fix = "run 'kg check'" if path is None else mending(folder_of(path.parent))
        raise StoreError(
            f"the store can't be read: {one_line(error)}; reopen it if it was rebuilt, or {fix}"
        ) from error


def _prefixes_in(query: str) -> dict[str, str]:
    """Return the prefixes that a query can use: the engine reads each of them for each query."""
    if "\\" in query:
        # Any character can be written as an escape.
        return PREFIXES
    if ":" not in _ABSOLUTE_IRI.sub("", query):
        return {}
    return {name: iri for name, iri in PREFIXES.items() if f"{name}:" in query}


def _substitutions(bindings: Mapping[str, Term] | None) -> dict[ox.Variable, Any]:
    try:
        return {ox.Variable(name): term for name, term in (bindings or {}).items()}
    except ValueError as error:
        names = ", ".join(repr(name) for name in bindings or ())
        raise QueryError(f"not all of these are names of variables: {names}") from error


def distinct(triples: ox.QueryTriples) -> Iterator[ox.Triple]:
    """Yield each triple once."""
    seen: set[ox.Triple] = set()
    with _translated_errors():
        for triple in triples:
            if triple not in seen:
                seen.add(triple)
                yield triple


class EmbeddedStore:
    """A :class:`kg.store.Store` over pyoxigraph, without locks or writes."""

    def __init__(self, store: ox.Store, path: Path | None = None) -> None:
        self._store: ox.Store | None = store
        self.path: Final = path

    def __repr__(self) -> str:
        # Without the size: pyoxigraph scans all quads to count them.
        where = "in memory" if self.path is None else str(self.path)
        return f"EmbeddedStore({where if self._store is not None else 'closed'})"

    @property
    def files(self) -> Path | None:
        """The folder of the generation; None for a store in memory."""
        return None if self.path is None else self.path.parent

    @property
    def is_fixed(self) -> bool:
        """Whether the data stays the same: not in memory, where it may still grow."""
        return self.path is not None

    @property
    def place(self) -> str:
        """Where the data is: in memory, or the folder of its generation."""
        return "in memory" if self.path is None else f"at {self.path.parent}"

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open a snapshot of the store in a folder; StoreError if there is none."""
        try:
            return cls(ox.Store.read_only(str(path)), Path(path))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise StoreError(f"there is no store in {path}: run 'kg build'") from error
        except (OSError, RuntimeError) as error:
            fix = mending(folder_of(Path(path).parent))
            raise StoreError(
                f"the store in {path} can't be read: {one_line(error)}; {fix}"
            ) from error

    @classmethod
    def in_memory(cls, quads: Iterable[ox.Quad] = ()) -> Self:
        """Create a store in memory from quads."""
        store = ox.Store()
        store.extend(quads)
        return cls(store)

    def _engine(self) -> ox.Store:
        if self._store is None:
            raise StoreError("this store closed with its writer: open the finished store")
        return self._store

    def _run(self, query: str, bindings: Mapping[str, Term] | None) -> Answer:
        with self.evaluated(FreeQuery(query, bindings or {})) as answer:
            return answer

    @contextmanager
    def evaluated(self, query: FreeQuery) -> Iterator[Answer]:
        """Give the engine's answer to a query; its errors are raised as KgErrors."""
        with _translated_errors(self.path, query):
            yield self.evaluate(query)

    def evaluate(self, query: FreeQuery) -> Answer:
        """Return the engine's answer to a query; its errors are raised as they are."""
        ours = {} if query.plain else _prefixes_in(query.text)
        has_dataset = query.default_graphs is not None or query.named_graphs is not None
        dataset: dict[str, Any] = {}
        if has_dataset:
            # SPARQL 1.1 Protocol, 2.1.4: a dataset is what is named, and nothing else.
            dataset["default_graph"] = list(query.default_graphs or ())
            if query.named_graphs is not None:
                dataset["named_graphs"] = list(query.named_graphs)
        return self._engine().query(
            query.text,
            base_iri=query.base if query.plain else BASE,
            prefixes={**ours, **query.prefixes} if query.prefixes else ours,
            # With the union on, pyoxigraph ignores FROM.
            use_default_graph_as_union=not (query.plain or has_dataset or names_graphs(query.text)),
            substitutions=_substitutions(query.bindings),
            **dataset,
        )

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Table:
        """Return the solutions of a SELECT query; QueryError for other or invalid queries."""
        return forms.table(self.result(FreeQuery(query, bindings or {})))

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Return the answer of an ASK query; QueryError for other or invalid queries."""
        return forms.truth(self.result(FreeQuery(query, bindings or {})))

    def construct(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Iterator[ox.Triple]:
        """Yield the distinct triples of a CONSTRUCT or DESCRIBE query; else QueryError."""
        answer = self._run(query, bindings)
        if not isinstance(answer, ox.QueryTriples):
            raise QueryError("a CONSTRUCT or DESCRIBE query is needed here")
        return distinct(answer)

    def result(self, query: FreeQuery) -> Table | bool | list[ox.Triple]:
        """Return the result of any query: a table, a bool or distinct triples."""
        with self.evaluated(query) as answer:
            if isinstance(answer, ox.QueryBoolean):
                return bool(answer)
            if isinstance(answer, ox.QueryTriples):
                return list(distinct(answer))
            return Table.of(answer)

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows of a SELECT query lazily; QueryError for other or invalid queries."""
        answer = self._run(query, None)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        with _translated_errors(self.path):
            for solution in answer:
                yield tuple(solution)

    def quads(
        self,
        graph: Graph | None = None,
        predicate: ox.NamedNode | None = None,
        subject: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads that match all arguments given."""
        with _translated_errors(self.path):
            yield from self._engine().quads_for_pattern(subject, predicate, None, graph)

    def quads_outside(self, graphs: Collection[Graph], subject: ox.NamedNode) -> Iterator[ox.Quad]:
        """Yield the quads of a subject that are in other named graphs than these.

        Each graph is read on its own, since those left out may have most of the quads.
        """
        for graph in self.graphs():
            if isinstance(graph, ox.NamedNode) and graph not in graphs:
                yield from self.quads(graph, subject=subject)

    def about(
        self, subjects: Iterable[Subject], predicates: Collection[ox.NamedNode]
    ) -> Iterator[tuple[Subject, ox.NamedNode, Term, Graph]]:
        """Yield subject, predicate, object and graph for some subjects and predicates.

        Objects that are triple terms are left out. Each pair is looked up on its own: a query that
        FILTERs the predicates reads every quad of a subject, which takes fifty times as long for a
        body with three thousand memberships.
        """
        engine = self._engine()
        with _translated_errors(self.path):
            for subject in subjects:
                for predicate in predicates:
                    for quad in engine.quads_for_pattern(subject, predicate, None, None):
                        # Accessing a part creates an object: yielding the arguments saves a sixth.
                        value = quad.object
                        if not isinstance(value, ox.Triple):
                            yield subject, predicate, value, quad.graph_name

    def graphs(self) -> list[Graph]:
        """Return the names of all graphs, including the default graph."""
        with _translated_errors(self.path):
            return [ox.DefaultGraph(), *self._engine().named_graphs()]

    def dump(self, graph: Graph, file: Path | BinaryIO) -> None:
        """Write the triples of a graph to a file as N-Triples; safe to run in several threads."""
        target = str(file) if isinstance(file, Path) else file
        with _translated_errors(self.path):
            self._engine().dump(target, ox.RdfFormat.N_TRIPLES, from_graph=graph)

    def size(self) -> int:
        """Return the number of quads."""
        with _translated_errors(self.path):
            return len(self._engine())

    def contains(self, quad: ox.Quad) -> bool:
        """Return whether the store has a quad."""
        with _translated_errors(self.path):
            return quad in self._engine()

    def rdflib(self, run: QueryFunction) -> Dataset:
        """Return the data as a read-only rdflib dataset; its default graph is the union.

        ``run`` runs its queries. Pass query strings to its ``query``. Prepared queries raise a
        QueryError, since they would run on rdflib's own engine: some 30 times slower, and with
        access to the network.
        """
        from kg.store.rdflib_dataset import read_only_dataset

        return read_only_dataset(self._engine(), run)
