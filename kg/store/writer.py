"""Write a new store, to be opened for reading when it is complete."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final, Self

import pyoxigraph as ox

from kg.common.errors import SourceError, StoreError
from kg.common.namespaces import BASE
from kg.store import Graph
from kg.store.embedded import EmbeddedStore, one_line

_BATCH: Final = 50_000
_BOM: Final = b"\xef\xbb\xbf"
_TABLE_SUFFIX: Final = ".sst"


class StoreWriter:
    """Writes a new store, in a folder or (None) in memory; leaving the context closes it.

    The store starts empty, or as a copy of the finished store ``base``. It is unusable after an
    error.

    Disk errors pass through as OSError; :func:`kg.store.generations.new_generation` explains them.
    """

    def __init__(self, folder: Path | None, base: Path | None = None) -> None:
        if folder is not None and (folder / "CURRENT").exists():
            raise StoreError(f"{folder} already contains a store: build into a new folder")
        if folder is not None and base is not None:
            _copy(base, folder)
        self._store = ox.Store() if folder is None else ox.Store(folder)
        self._view = EmbeddedStore(self._store)

    def __repr__(self) -> str:
        return f"StoreWriter({self._view!r})"

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
        """Load a file, or bytes that errors refer to as ``name``.

        Triples outside a named graph go to ``to_graph``, or else to the default graph. SourceError
        gives the file and line of a syntax error.
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
            reason = re.sub(r"^Parser error at line .*?: ", "", one_line(error.msg))
            fix = "save it in UTF-8" if "UTF-8" in reason else "correct it"
            raise SourceError(f"{name}{line}: {reason}; {fix} and build again") from error

    def load_stream(
        self,
        data: BinaryIO,
        format: ox.RdfFormat,
        to_graph: ox.NamedNode,
        name: str,
    ) -> None:
        """Load a stream of any length; SourceError if it can't be parsed."""
        try:
            self._store.bulk_load(data, format, to_graph=to_graph)
        except SyntaxError as error:
            raise SourceError(
                f"{name}: {one_line(error.msg)}; remove the file and build again"
            ) from error

    def size(self) -> int:
        """Return the number of quads."""
        return len(self._store)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add any number of quads."""
        rest = iter(quads)
        first = list(islice(rest, _BATCH))
        if len(first) < _BATCH:
            self._store.extend(first)
        else:
            self._store.bulk_extend(chain(first, rest))

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Remove quads, ignoring those that are missing."""
        for quad in quads:
            self._store.remove(quad)

    def remove_graph(self, graph: Graph) -> None:
        """Remove a graph and its name."""
        self._store.remove_graph(graph)

    def construct(self, query: str) -> list[ox.Triple]:
        """Return the distinct triples of a CONSTRUCT query over the data loaded so far."""
        return list(self._view.construct(query))

    def view(self) -> EmbeddedStore:
        """Return a store for queries while writing; it closes with the writer."""
        return self._view

    def close(self) -> None:
        """Optimize, flush and release the store; a second call does nothing."""
        if self._view._store is not None:
            # A copy with many removals too, or queries would take a fifth longer.
            self._store.optimize()
            self._store.flush()
            self._drop()

    def _drop(self) -> None:
        # pyoxigraph releases the folder and its lock with the last reference.
        self._view._store = None
        del self._store


def _copy(base: Path, folder: Path) -> None:
    """Copy a finished store; its tables are immutable, so they are linked."""
    folder.mkdir(parents=True)
    for file in base.iterdir():
        if file.suffix == _TABLE_SUFFIX:
            _link(file, folder / file.name)
        elif file.name != "LOCK":
            shutil.copy2(file, folder / file.name)


def _link(file: Path, link: Path) -> None:
    try:
        link.hardlink_to(file)
    except OSError:
        # Not all file systems support hard links.
        shutil.copy2(file, link)


def _has_bom(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_BOM)) == _BOM
    except OSError as error:
        raise SourceError(f"{path} can't be read: {error.strerror}; check the path") from error
