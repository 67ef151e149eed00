"""The store on this machine: pyoxigraph, opened to read.

A triple that stands in two graphs is found twice by a query over their union (pyoxigraph doesn't
merge them): a question that counts or adds up says DISTINCT.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NoReturn, Self

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES
from kg.store import Graph, Subject, Table, Term
from kg.store.query_guard import check

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib.query import Result

_FROM: Final = re.compile(r"\bfrom\b", re.IGNORECASE)


def one_line(message: object, limit: int = 160) -> str:
    """An engine's message on one line, cut to a length that can be read."""
    text = " ".join(str(message).split())
    return text if len(text) <= limit else text[:limit] + "…"


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        found = re.match(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
        line, column, why = found.groups() if found else ("?", "?", str(error))
        if "Prefix not found" in why:
            why = "a prefix has no PREFIX line"
        raise KgError(
            f"the query is not SPARQL 1.1: line {line}, column {column}: {one_line(why)}"
        ) from error
    except UnicodeEncodeError as error:
        raise KgError("the query is not valid Unicode text: write it in UTF-8") from error
    except RuntimeError as error:
        found = re.search(r"does not contains? variable (\?\S+)", str(error))
        raise KgError(
            f"{found[1]} can't be bound: name it in the outermost SELECT of the query"
            if found
            else f"the query can't be answered: {one_line(error)}"
        ) from error
    except OSError as error:
        raise KgError(
            f"the store can't be read: {one_line(error)}; run 'kg build' to make it anew"
        ) from error


def _substitutions(bindings: Mapping[str, Term] | None) -> dict[ox.Variable, Any]:
    try:
        return {ox.Variable(name): term for name, term in (bindings or {}).items()}
    except ValueError as error:
        names = ", ".join(repr(name) for name in bindings or ())
        raise KgError(f"not all of these are names of variables: {names}") from error


def _each_once(triples: ox.QueryTriples) -> Iterator[ox.Triple]:
    seen: set[ox.Triple] = set()
    with _plain_errors():
        for triple in triples:
            if triple not in seen:
                seen.add(triple)
                yield triple


class EmbeddedStore:
    """A :class:`kg.store.Store` over pyoxigraph; it holds no lock, and never writes."""

    def __init__(self, store: ox.Store, path: Path | None = None) -> None:
        self._store: ox.Store | None = store
        self.path: Final = path

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open the store in a folder as it stands now; KgError where there is none."""
        try:
            return cls(ox.Store.read_only(str(path)), Path(path))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise KgError(f"there is no store in {path}: run 'kg build'") from error
        except (OSError, RuntimeError) as error:
            raise KgError(
                f"the store in {path} can't be read: {one_line(error)}; run 'kg build'"
            ) from error

    @classmethod
    def in_memory(cls, quads: Iterable[ox.Quad] = ()) -> Self:
        """Hold these quads in memory, as long as the object lives."""
        store = ox.Store()
        store.extend(quads)
        return cls(store)

    def _engine(self) -> ox.Store:
        if self._store is None:
            raise KgError("this view ended with the build that gave it: open the built store")
        return self._store

    def _run(
        self, query: str, bindings: Mapping[str, Term] | None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        bare = check(query)
        with _plain_errors():
            return self._engine().query(
                query,
                base_iri=BASE,
                prefixes=PREFIXES,
                # With the union on, pyoxigraph takes no notice of FROM.
                use_default_graph_as_union=not _FROM.search(bare),
                substitutions=_substitutions(bindings),
            )

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Table:
        """Give the solutions of a SELECT query; KgError when it is none or can't be answered."""
        answer = self.query(query, bindings)
        if not isinstance(answer, Table):
            raise KgError("a SELECT query is needed here")
        return answer

    def ask(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Give the answer of an ASK query; KgError when it is none or can't be answered."""
        answer = self.query(query, bindings)
        if not isinstance(answer, bool):
            raise KgError("an ASK query is needed here")
        return answer

    def construct(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Iterator[ox.Triple]:
        """Give the triples of a CONSTRUCT or DESCRIBE query, each once; else KgError."""
        answer = self._run(query, bindings)
        if not isinstance(answer, ox.QueryTriples):
            raise KgError("a CONSTRUCT or DESCRIBE query is needed here")
        return _each_once(answer)

    def query(
        self, query: str, bindings: Mapping[str, Term] | None = None
    ) -> Table | bool | list[ox.Triple]:
        """Answer any SPARQL 1.1 query: a table, a truth value, or triples, each once."""
        answer = self._run(query, bindings)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        if isinstance(answer, ox.QueryTriples):
            return list(_each_once(answer))
        with _plain_errors():
            rows = tuple(tuple(solution) for solution in answer)
        return Table(tuple(variable.value for variable in answer.variables), rows)

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Give the rows of a SELECT query one by one, however many; else KgError."""
        answer = self._run(query, None)
        if not isinstance(answer, ox.QuerySolutions):
            raise KgError("a SELECT query is needed here")
        with _plain_errors():
            for solution in answer:
                yield tuple(solution)

    def quads(
        self,
        graph: Graph | None = None,
        predicate: ox.NamedNode | None = None,
        subject: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Give the quads of one graph, or of all graphs; of one property, of one thing, or all."""
        return self._engine().quads_for_pattern(subject, predicate, None, graph)

    def about(
        self, subjects: Iterable[Subject], predicates: Collection[ox.NamedNode]
    ) -> Iterator[tuple[Subject, ox.NamedNode, Term, Graph]]:
        """Give what some properties say of some things: thing, property, value and graph.

        Values that are triples are left out. Things are looked up one by one: a query with a FILTER
        for the properties reads all that is said of a thing, which takes fifty times as long for a
        body that takes part in three thousand others.
        """
        engine = self._engine()
        for subject in subjects:
            for predicate in predicates:
                for quad in engine.quads_for_pattern(subject, predicate, None, None):
                    # A quad makes an object of each part that is taken: two fewer save a sixth.
                    value = quad.object
                    if not isinstance(value, ox.Triple):
                        yield subject, predicate, value, quad.graph_name

    def graphs(self) -> list[Graph]:
        """Name all graphs, the default graph too."""
        with _plain_errors():
            return [ox.DefaultGraph(), *self._engine().named_graphs()]

    def dump(self, graph: Graph, file: Path | BinaryIO) -> None:
        """Write the triples of one graph into a file of N-Triples; threads may do so at once."""
        target = str(file) if isinstance(file, Path) else file
        with _plain_errors():
            self._engine().dump(target, ox.RdfFormat.N_TRIPLES, from_graph=graph)

    def size(self) -> int:
        """How many quads it holds."""
        return len(self._engine())

    def holds(self, quad: ox.Quad) -> bool:
        """Whether it holds a quad."""
        return quad in self._engine()

    def rdflib(self) -> Dataset:
        """Offer the data as an rdflib dataset to read from; its default graph is the union.

        Give its ``query`` a string. A prepared query would run on rdflib's own engine, some 30
        times slower and free to use the network, and is refused with a KgError.
        """
        return _read_face(self._engine())


def _read_face(store: ox.Store) -> Dataset:
    from oxrdflib import OxigraphStore
    from rdflib import Dataset, Namespace

    def refuse(*_: object, **__: object) -> NoReturn:
        raise KgError("this dataset is read-only: copy it into another rdflib graph to change it")

    class ReadFace(OxigraphStore):
        def query(
            self,
            query: Any,
            initNs: Any,  # noqa: N803
            initBindings: Any,  # noqa: N803
            queryGraph: Any,  # noqa: N803
            **kwargs: Any,
        ) -> Result:
            # Whatever oxrdflib can't do, rdflib would do without a word on its own engine.
            if not isinstance(query, str) or kwargs:
                raise KgError("give the query as a string, not prepared, and without options")
            graph = "" if _FROM.search(check(query)) else queryGraph
            with _plain_errors():
                return super().query(query, initNs, initBindings, graph)

        def add_graph(self, graph: Any) -> None:
            """Nothing: ``Dataset.graph(iri)`` names a graph here before it is read."""

        add = addN = remove = remove_graph = update = refuse  # noqa: N815

    dataset = Dataset(store=ReadFace(store=store), default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, Namespace(namespace), replace=True)
    return dataset
