"""The index of a view's relations: neighbors of any node without a query.

Nodes are numbered in the order of their IRIs, and the neighbors of all nodes are stored in one
array (compressed sparse rows), so that millions of relations take tens of megabytes, which
are read on demand. The statements behind the relations are stored along with them
(:mod:`kg.network.adjacency.statements`). A build writes the arrays next to the store, readers map
them into memory. Names, dates and evidence remain in the store.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from kg.network.adjacency.statements import StatementColumns
from kg.network.adjacency.string_array import StringArray
from kg.network.records import DirectedRelation, EdgeType
from kg.queries.views import View

FOLDER: Final = "relations"
"""Name of the index's folder, next to a store."""

_FORMAT: Final = 2
"""Version of the files; other versions are ignored."""
_INFO: Final = "about.json"
# Attributes, and the names of their files.
_ARRAYS: Final[Mapping[str, str]] = {
    "offsets": "offsets",
    "neighbors": "neighbors",
    "relation_set_ids": "joints",
    "curated": "curated",
    "passable": "stations",
    "bits": "bits",
}
_COLUMNS: Final[Mapping[str, str]] = {
    "offsets": "rows.offsets",
    "targets": "rows.targets",
    "types": "rows.codes",
    "vias": "rows.vias",
    "claims": "rows.claims",
}
_STRINGS: Final[Mapping[str, str]] = {
    "nodes": "things",
    "via_iris": "via_names",
    "claim_iris": "claim_names",
}


@dataclass(frozen=True)
class Adjacency:
    """The nodes of a view and their neighbors; :mod:`kg.network.adjacency.builder` builds it.

    ``nodes`` are the IRIs, in ascending order. The neighbors of node ``i`` are
    ``neighbors[offsets[i]:offsets[i + 1]]``, by number; the same slice of ``relation_set_ids``
    gives their relations, as positions in ``relation_sets``, and that of ``curated`` whether only
    the curators' general knowledge states them. ``passable`` marks the nodes that a path may pass
    through, ``bits`` is the cost of passing through each, see :func:`branching_bits`.
    """

    offsets: NDArray[np.int64]
    neighbors: NDArray[np.int32]
    relation_set_ids: NDArray[np.int32]
    curated: NDArray[np.bool_]
    passable: NDArray[np.bool_]
    bits: NDArray[np.float64]
    relation_sets: tuple[frozenset[DirectedRelation], ...]
    statements: StatementColumns

    @property
    def nodes(self) -> StringArray:
        """The IRIs of the nodes, by number."""
        return self.statements.nodes

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def iri(self, number: int) -> str:
        """Return the IRI of a node."""
        return self.nodes[number]

    def number_of(self, iri: str) -> int | None:
        """Return the number of a node, or None if it has no relation in the view."""
        return self.nodes.index_of(iri)

    def numbers_of(self, iris: Iterable[str]) -> NDArray[np.int64]:
        """Return the numbers of nodes in ascending order, without those that have no relation."""
        numbers = map(self.number_of, iris)
        return np.array(sorted({number for number in numbers if number is not None}), np.int64)

    def neighbors_of(self, number: int) -> NDArray[np.int32]:
        """Return the neighbors of a node, in ascending order."""
        return self.neighbors[self.offsets[number] : self.offsets[number + 1]]

    def relation_sets_of(self, number: int) -> NDArray[np.int32]:
        """Return the relations to each neighbor of a node, as positions in ``relation_sets``."""
        return self.relation_set_ids[self.offsets[number] : self.offsets[number + 1]]

    def relation_set_between(self, start: int, end: int) -> int:
        """Return the relations between two nodes, seen from the first; -1 if there are none."""
        near = self.neighbors_of(start)
        # Searching for a number of another type would make NumPy convert the whole array.
        place = int(near.searchsorted(near.dtype.type(end)))
        if place == len(near) or near[place] != end:
            return -1
        return int(self.relation_sets_of(start)[place])

    def directed_pairs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield (source, target) of the edges between two nodes, each direction once."""
        id_ = self.relation_set_between(start, end)
        directions = {link.outgoing for link in self.relation_sets[id_]} if id_ >= 0 else set()
        for outgoing in sorted(directions, reverse=True):
            yield (start, end) if outgoing else (end, start)

    def write(self, folder: Path, view: View) -> None:
        """Write the index of a view into a new folder."""
        folder.mkdir()
        statements = self.statements
        arrays = {file: getattr(self, name) for name, file in _ARRAYS.items()}
        arrays |= {file: getattr(statements, name) for name, file in _COLUMNS.items()}
        for name, file in _STRINGS.items():
            strings: StringArray = getattr(statements, name)
            arrays |= {f"{file}.text": strings.data, f"{file}.starts": strings.starts}
        for file, array in arrays.items():
            np.save(folder / f"{file}.npy", array, allow_pickle=False)
        info = {
            "form": _FORMAT,
            "view": _digest(view),
            "links": [sorted(relations) for relations in self.relation_sets],
            "said": statements.edge_types,
        }
        (folder / _INFO).write_text(json.dumps(info, indent=0), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, view: View) -> Self | None:
        """Map the index of a view into memory; None if the folder has no index of its query."""

        def load(file: str) -> NDArray[Any]:
            array: NDArray[Any] = np.load(folder / f"{file}.npy", mmap_mode="r", allow_pickle=False)
            # Indexing an np.memmap is three times slower, since each access makes a new memmap.
            return array.view(np.ndarray)

        try:
            info = json.loads((folder / _INFO).read_text(encoding="utf-8"))
            if (info["form"], info["view"]) != (_FORMAT, _digest(view)):
                return None
            arrays = {name: load(file) for name, file in _ARRAYS.items()}
            columns = {name: load(file) for name, file in _COLUMNS.items()}
            nodes, via_iris, claim_iris = (
                StringArray(load(f"{file}.text"), load(f"{file}.starts"))
                for file in _STRINGS.values()
            )
        except (OSError, ValueError, KeyError):
            # Missing or damaged files are not an error: the index is rebuilt from the store.
            return None
        types = tuple(EdgeType(*each) for each in info["said"])
        relation_sets = tuple(
            frozenset(DirectedRelation(*each) for each in relations) for relations in info["links"]
        )
        statements = StatementColumns(
            nodes=nodes, via_iris=via_iris, claim_iris=claim_iris, edge_types=types, **columns
        )
        return cls(**arrays, relation_sets=relation_sets, statements=statements)


def branching_bits(
    offsets: NDArray[np.int64], neighbors: NDArray[np.int32], passable: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return log2 of the number of passable neighbors of each node; 0 for none."""
    counted = np.concatenate([[0], np.cumsum(passable[neighbors], dtype=np.int64)])
    degree = counted[offsets[1:]] - counted[offsets[:-1]]
    logs = {number: math.log2(number) for number in np.unique(degree).tolist() if number}
    table = np.zeros(max(logs, default=0) + 1)
    table[list(logs)] = list(logs.values())
    return np.asarray(table[degree])


def _digest(view: View) -> str:
    return hashlib.sha256(view.sparql.encode("utf-8")).hexdigest()
