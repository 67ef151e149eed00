"""Who is joined to whom by what, of a whole view at once: neighbors without a question to a store.

The things of a view are numbered in the order of their IRIs, and their neighbors stand side by side
in one array (compressed sparse rows), so that millions of relations take some tens of megabytes and
nothing has to be read that is not looked at. Beside them stands what the relations say
(:mod:`kg.network.adjacency.statements`). A build writes the arrays beside the store; whoever asks
maps them into memory. Names, dates and evidence are in the store.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from kg.network.adjacency.statements import Statements
from kg.network.adjacency.string_array import Texts
from kg.network.records import DirectedRelation, EdgeType
from kg.queries.views import View

FOLDER: Final = "relations"
"""The name of the index's folder beside a store."""

_FORM: Final = 2
_ABOUT: Final = "about.json"
_ARRAYS: Final = ("offsets", "neighbors", "joints", "curated", "stations", "bits")
_COLUMNS: Final = ("offsets", "targets", "codes", "vias", "claims")
_TEXTS: Final = ("things", "via_names", "claim_names")


@dataclass(frozen=True)
class Adjacency:
    """The things of a view and how they are joined; see :mod:`kg.network.adjacency.builder`.

    ``things`` are their IRIs, in ascending order. The neighbors of thing ``i`` are
    ``neighbors[offsets[i]:offsets[i + 1]]``, by number; beside each stand its joint, a place in
    ``links``, and whether the curators alone say all of it (``curated``). ``stations`` says which
    things can be a station on a way between others, ``bits`` what passing each of them tells (see
    :func:`bits`), ``statements`` what the relations say.
    """

    offsets: NDArray[np.int64]
    neighbors: NDArray[np.int32]
    joints: NDArray[np.int32]
    curated: NDArray[np.bool_]
    stations: NDArray[np.bool_]
    bits: NDArray[np.float64]
    links: tuple[frozenset[DirectedRelation], ...]
    statements: Statements

    @property
    def things(self) -> Texts:
        """The IRIs of the things, by number."""
        return self.statements.things

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def iri(self, number: int) -> str:
        """The IRI of a thing."""
        return self.things[number]

    def find(self, iri: str) -> int | None:
        """The number of a thing, or None if it has no relation in the view."""
        return self.things.find(iri)

    def numbers(self, iris: Iterable[str]) -> NDArray[np.int64]:
        """The numbers of things in ascending order; those without a relation are left out."""
        found = (self.find(iri) for iri in iris)
        return np.array(sorted({one for one in found if one is not None}), dtype=np.int64)

    def around(self, number: int) -> NDArray[np.int32]:
        """The neighbors of a thing, in ascending order."""
        return self.neighbors[self.offsets[number] : self.offsets[number + 1]]

    def joints_of(self, number: int) -> NDArray[np.int32]:
        """How a thing is joined to each of its neighbors: places in ``links``."""
        return self.joints[self.offsets[number] : self.offsets[number + 1]]

    def joint(self, one: int, other: int) -> int:
        """How two things are joined, seen from the first; -1 if they are not."""
        near = self.around(one)
        # Looking for a number of another type, NumPy converts all neighbors first.
        place = int(near.searchsorted(near.dtype.type(other)))
        if place == len(near) or near[place] != other:
            return -1
        return int(self.joints_of(one)[place])

    def edges(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        """Source and target of the edges between two things, each direction once."""
        joint = self.joint(one, other)
        ways = {link.outgoing for link in self.links[joint]} if joint >= 0 else set()
        for forth in sorted(ways, reverse=True):
            yield (one, other) if forth else (other, one)

    def write(self, folder: Path, view: View) -> None:
        """Write the index of a view into a new folder."""
        folder.mkdir()
        said = self.statements
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        arrays |= {f"rows.{name}": getattr(said, name) for name in _COLUMNS}
        for name in _TEXTS:
            texts: Texts = getattr(said, name)
            arrays |= {f"{name}.text": texts.text, f"{name}.starts": texts.starts}
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array, allow_pickle=False)
        links = [sorted(joint) for joint in self.links]
        about = {"form": _FORM, "view": _digest(view), "links": links, "said": said.said}
        (folder / _ABOUT).write_text(json.dumps(about, indent=0), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, view: View) -> Self | None:
        """Map the index of a view in a folder; None if there is none, or one of another query."""

        def mapped(name: str) -> NDArray[Any]:
            array: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            # A memory map as NumPy gives it makes an object of its class for each thing looked at,
            # which takes three times as long.
            return array.view(np.ndarray)

        try:
            about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
            if (about["form"], about["view"]) != (_FORM, _digest(view)):
                return None
            things, via_names, claim_names = (
                Texts(mapped(f"{name}.text"), mapped(f"{name}.starts")) for name in _TEXTS
            )
            offsets, targets, codes, vias, claims = (mapped(f"rows.{name}") for name in _COLUMNS)
            arrays = {name: mapped(name) for name in _ARRAYS}
        except (OSError, ValueError, KeyError):
            # An index is no source: what is missing or damaged is made anew from the store.
            return None
        links = tuple(
            frozenset(DirectedRelation(*link) for link in joint) for joint in about["links"]
        )
        said = tuple(EdgeType(*each) for each in about["said"])
        names = via_names, claim_names
        rows = Statements(things, offsets, targets, codes, vias, claims, *names, said)
        return cls(**arrays, links=links, statements=rows)


def bits(
    offsets: NDArray[np.int64], neighbors: NDArray[np.int32], stations: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """For each thing log2 of the number of its neighbors that can be stations; 0 without any."""
    counted = np.concatenate([[0], np.cumsum(stations[neighbors], dtype=np.int64)])
    degree = counted[offsets[1:]] - counted[offsets[:-1]]
    table = {one: math.log2(one) for one in np.unique(degree).tolist() if one}
    known = np.zeros(max(table, default=0) + 1)
    known[list(table)] = list(table.values())
    return np.asarray(known[degree])


def _digest(view: View) -> str:
    return hashlib.sha256(view.sparql.encode("utf-8")).hexdigest()
