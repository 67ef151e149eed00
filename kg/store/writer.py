"""Fills a new store, once; readers open it when it is whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final, Self

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import BASE
from kg.store import Graph
from kg.store.embedded import EmbeddedStore, one_line

_BATCH: Final = 50_000
_BOM: Final = b"\xef\xbb\xbf"
_TABLE: Final = ".sst"


class StoreWriter:
    """Fills a new store, in a folder or (None) in memory; ``with`` closes it.

    It starts empty, or as a copy of a ``standing`` store that nobody writes. After an error the
    store is of no use.

    OSErrors of the disk pass through, for :func:`kg.store.generations.new_generation` to explain.
    """

    def __init__(self, folder: Path | None, standing: Path | None = None) -> None:
        if folder is not None and (folder / "CURRENT").exists():
            raise KgError(f"{folder} holds a store already: build into a new folder")
        if folder is not None and standing is not None:
            _copy(standing, folder)
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
        format: ox.RdfFormat,
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
            why = re.sub(r"^Parser error at line .*?: ", "", one_line(error.msg))
            cure = "save it in UTF-8" if "UTF-8" in why else "correct it"
            raise KgError(f"{name}{line}: {why}; {cure} and build again") from error

    def load_stream(
        self,
        data: BinaryIO,
        format: ox.RdfFormat,
        to_graph: ox.NamedNode,
        name: str,
    ) -> None:
        """Load a stream of any length; KgError where what it holds can't be read."""
        try:
            self._store.bulk_load(data, format, to_graph=to_graph)
        except SyntaxError as error:
            raise KgError(
                f"{name}: {one_line(error.msg)}; remove the file and build again"
            ) from error

    def size(self) -> int:
        """How many quads it holds."""
        return len(self._store)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads, however many."""
        rest = iter(quads)
        first = list(islice(rest, _BATCH))
        if len(first) < _BATCH:
            self._store.extend(first)
        else:
            self._store.bulk_extend(chain(first, rest))

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Take quads out, one by one; what is not there is passed over."""
        for quad in quads:
            self._store.remove(quad)

    def remove_graph(self, graph: Graph) -> None:
        """Take a graph out, with its name."""
        self._store.remove_graph(graph)

    def construct(self, query: str) -> list[ox.Triple]:
        """Give the triples that a CONSTRUCT query finds in what is loaded so far, each once."""
        return list(self._view.construct(query))

    def view(self) -> EmbeddedStore:
        """Asks the store while it is being filled; it ends when the writer closes."""
        return self._view

    def close(self) -> None:
        """Optimize the store, write it out and let go of it; a second call does nothing."""
        if self._view._store is not None:
            # Of a copy too: where much was taken out, questions would take a fifth longer.
            self._store.optimize()
            self._store.flush()
            self._drop()

    def _drop(self) -> None:
        # pyoxigraph lets go of the folder and its lock when the last reference is gone.
        self._view._store = None
        del self._store


def _copy(standing: Path, folder: Path) -> None:
    """Copy a store that nobody writes; its tables, which are never changed, are linked."""
    folder.mkdir(parents=True)
    for file in standing.iterdir():
        if file.suffix == _TABLE:
            _link(file, folder / file.name)
        elif file.name != "LOCK":
            shutil.copy2(file, folder / file.name)


def _link(file: Path, name: Path) -> None:
    try:
        name.hardlink_to(file)
    except OSError:
        # Not all file systems have links.
        shutil.copy2(file, name)


def _has_bom(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_BOM)) == _BOM
    except OSError as error:
        raise KgError(f"{path} can't be read: {error.strerror}; check the path") from error
