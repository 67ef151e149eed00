"""The store on this machine: pyoxigraph, opened to read, or filled once by a build.

A triple that stands in two graphs is found twice by a query over their union (pyoxigraph doesn't
merge them): a question that counts or adds up says DISTINCT.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self

import pyoxigraph as ox

from kg.errors import KgError
from kg.namespaces import BASE, PREFIXES
from kg.store import Table, Term

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib.query import Result

_MAX_CHARACTERS: Final = 1_000_000
_MAX_DEPTH: Final = 200
_MAX_PARTS: Final = 1000
_BATCH: Final = 50_000
_BOM: Final = b"\xef\xbb\xbf"

# Exactly the escapes that the engine takes: it reads """a"} ... \q""" as two short strings and
# code, since \q is no escape, so a wider pattern here would take that code for text.
_ESCAPE: Final = r"""\\(?:[tbnrf"'\\]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})"""
_LOCAL_ESCAPE: Final = r"""%[0-9a-fA-F]{2}|\\[-_~.!$&'()*+,;=/?\#@%]"""
_TOKEN: Final = re.compile(
    rf'''(?P<iri> <[^\x00-\x20<>"{{}}|^`\\]*> )
      | """ (?: "{{0,2}} (?: [^"\\] | {_ESCAPE} ) )*+ """
      | \'\'\' (?: '{{0,2}} (?: [^'\\] | {_ESCAPE} ) )*+ \'\'\'
      | " (?: [^"\\\n\r] | {_ESCAPE} )*+ "
      | ' (?: [^'\\\n\r] | {_ESCAPE} )*+ '
      | \# [^\n\r]*
      | [?$] \w+
      | @ [a-zA-Z]+ (?: - [a-zA-Z0-9]+ )*
      | \^\^
      | \d+ \. \d+
      | (?P<word> \w [\w.-]* )?
        (?P<local> : (?: (?: [\w:] | {_LOCAL_ESCAPE} )
                         (?: (?: [\w:.-] | {_LOCAL_ESCAPE} )* (?: [\w:-] | {_LOCAL_ESCAPE} ) )? )? )
      | (?P<keyword> \w [\w.-]* )''',
    re.VERBOSE,
)
# In ``?a<?b#>`` the engine sees a comparison and a comment where an IRI could stand. Only these
# IRIs can't be read in any other way.
_CERTAIN_IRI: Final = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://.*|[\w/.:~%+-]*)>")
_SERVICE: Final = re.compile(r"service(?!:)|service:\s*\{", re.IGNORECASE)
_SERVICE_PERHAPS: Final = re.compile("service", re.IGNORECASE)
_FROM: Final = re.compile(r"\bfrom\b", re.IGNORECASE)
_MARK: Final = re.compile(r"[][(){},!|&+*/=<>.;^-]|\b(?:as|filter)\b", re.IGNORECASE)


def _bare(query: str) -> tuple[str, bool]:
    """Blank IRIs, strings, comments and names out; False: the query can be read in two ways."""
    certain = True

    def blank(match: re.Match[str]) -> str:
        nonlocal certain
        if match["iri"]:
            certain = certain and bool(_CERTAIN_IRI.fullmatch(match["iri"]))
        if match["keyword"]:
            return match["keyword"]
        # ``SERVICE:x {`` is a name to the eye and a call to the engine.
        calls = re.search(r"service(silent)?$", match["word"] or "", re.IGNORECASE)
        return " service: " if calls else " "

    bare = _TOKEN.sub(blank, query)
    return bare, certain and not re.search(r"""["'\\]""", bare)


def _check(query: str) -> str:
    """Refuse what would reach for the network or kill the process; else give the bare query."""
    if len(query) > _MAX_CHARACTERS:
        raise KgError(
            f"the query has {len(query)} characters, more than {_MAX_CHARACTERS}: shorten it"
        )
    bare, certain = _bare(query)
    judged = bare if certain else query
    if (_SERVICE if certain else _SERVICE_PERHAPS).search(judged):
        raise KgError(
            "the query calls another endpoint with SERVICE, and queries here stay off the network:"
            " take the SERVICE part out"
        )
    # The engine recurses over nesting, and over chains such as a||b||c or UNION after UNION too;
    # past some thousands of either, its stack ends and the process with it.
    nesting: list[str] = []
    parts = 0
    for mark in _MARK.findall(judged):
        inside = nesting[-1] if nesting else ""
        if mark in {")", "]", "}"}:
            del nesting[-1:]
        elif mark in {"(", "[", "{"}:
            nesting.append(mark)
            parts += mark == "{" or not inside
        else:
            parts += not (mark == "," and inside == "(")
        if len(nesting) > _MAX_DEPTH:
            raise KgError(f"the query nests brackets deeper than {_MAX_DEPTH}: flatten it")
    if parts > _MAX_PARTS:
        raise KgError(
            f"the query has {parts} patterns and operators, more than {_MAX_PARTS}:"
            " split it, or put long lists into VALUES or IN"
        )
    return bare


def _one_line(message: object, limit: int = 160) -> str:
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
            f"the query is not SPARQL 1.1: line {line}, column {column}: {_one_line(why)}"
        ) from error
    except UnicodeEncodeError as error:
        raise KgError("the query is not valid Unicode text: write it in UTF-8") from error
    except RuntimeError as error:
        found = re.search(r"does not contains? variable (\?\S+)", str(error))
        raise KgError(
            f"{found[1]} can't be bound: name it in the outermost SELECT of the query"
            if found
            else f"the query can't be answered: {_one_line(error)}"
        ) from error
    except OSError as error:
        raise KgError(
            f"the store can't be read: {_one_line(error)}; run 'kg build' to make it anew"
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

    def __init__(self, store: ox.Store) -> None:
        self._store: ox.Store | None = store

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open the store in a folder as it stands now; KgError where there is none."""
        try:
            return cls(ox.Store.read_only(str(path)))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise KgError(f"there is no store in {path}: run 'kg build'") from error
        except (OSError, RuntimeError) as error:
            raise KgError(
                f"the store in {path} can't be read: {_one_line(error)}; run 'kg build'"
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
        bare = _check(query)
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

    def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """Give the quads of one graph, or of all graphs."""
        return self._engine().quads_for_pattern(None, None, None, graph)

    def rdflib(self) -> Dataset:
        """Offer the data as an rdflib dataset to read from; its default graph is the union.

        Give its ``query`` a string. A prepared query would run on rdflib's own engine, some 30
        times slower and free to use the network, and is refused with a KgError.
        """
        return _read_face(self._engine())


def _read_face(store: ox.Store) -> Dataset:
    from oxrdflib import OxigraphStore  # noqa: PLC0415
    from rdflib import Dataset, Namespace  # noqa: PLC0415

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
            graph = "" if _FROM.search(_check(query)) else queryGraph
            with _plain_errors():
                return super().query(query, initNs, initBindings, graph)

        def add_graph(self, graph: Any) -> None:
            """Nothing: ``Dataset.graph(iri)`` names a graph here before it is read."""

        add = addN = remove = remove_graph = update = refuse  # noqa: N815

    dataset = Dataset(store=ReadFace(store=store), default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, Namespace(namespace), replace=True)
    return dataset


class StoreWriter:
    """Fills a new store, in a folder or (None) in memory; ``with`` closes it.

    After an error the store is of no use.

    OSErrors of the disk pass through, for :func:`kg.store.generations.new_generation` to explain.
    """

    def __init__(self, folder: Path | None) -> None:
        if folder is not None and (folder / "CURRENT").exists():
            raise KgError(f"{folder} holds a store already: build into a new folder")
        self._store = ox.Store() if folder is None else ox.Store(folder)
        self._view = EmbeddedStore(self._store)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            self.close()
        else:
            self._drop()

    def load(
        self,
        source: Path | bytes,
        format: ox.RdfFormat,  # noqa: A002
        to_graph: ox.NamedNode | None = None,
        base_iri: str = BASE,
        name: str = "the data",
    ) -> None:
        """Load a file, or bytes that go by a name in errors.

        Triples without a graph of their own go to to_graph, or else to the default graph. KgError
        names the file and line of a syntax error.
        """
        if isinstance(source, Path):
            name = str(source)
        try:
            if isinstance(source, bytes):
                data = source.removeprefix(_BOM)
                self._store.load(data, format, base_iri=base_iri, to_graph=to_graph)
            elif _has_bom(source):
                with source.open("rb") as file:
                    file.seek(len(_BOM))
                    self._store.bulk_load(file, format, base_iri=base_iri, to_graph=to_graph)
            else:
                self._store.bulk_load(
                    format=format, path=source, base_iri=base_iri, to_graph=to_graph
                )
        except SyntaxError as error:
            line = "" if error.lineno is None else f", line {error.lineno}, column {error.offset}"
            why = re.sub(r"^Parser error at line .*?: ", "", _one_line(error.msg))
            cure = "save it in UTF-8" if "UTF-8" in why else "correct it"
            raise KgError(f"{name}{line}: {why}; {cure} and build again") from error

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads, however many."""
        rest = iter(quads)
        first = list(islice(rest, _BATCH))
        if len(first) < _BATCH:
            self._store.extend(first)
        else:
            self._store.bulk_extend(chain(first, rest))

    def construct(self, query: str) -> list[ox.Triple]:
        """Give the triples that a CONSTRUCT query finds in what is loaded so far, each once."""
        return list(self._view.construct(query))

    def view(self) -> EmbeddedStore:
        """Asks the store while it is being filled; it ends when the writer closes."""
        return self._view

    def close(self) -> None:
        """Optimize the store, write it out and let go of it; a second call does nothing."""
        if self._view._store is not None:
            self._store.optimize()
            self._store.flush()
            self._drop()

    def _drop(self) -> None:
        # pyoxigraph lets go of the folder and its lock when the last reference is gone.
        self._view._store = None
        del self._store


def _has_bom(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_BOM)) == _BOM
    except OSError as error:
        raise KgError(f"{path} can't be read: {error.strerror}; check the path") from error
