"""Who is joined to whom by what, of a whole view at once: neighbors without a question to a store.

The things of a view are numbered in the order of their IRIs, and their neighbors stand side by side
in one array (compressed sparse rows), so that millions of relations take some tens of megabytes and
nothing has to be read that is not looked at. A build writes the arrays beside the store; whoever
asks maps them into memory. What the relations say, their dates and evidence, is in the store.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from kg.views import View

FOLDER: Final = "relations"
"""The name of the index's folder beside a store."""

_FORM: Final = 1
_ABOUT: Final = "about.json"
_ARRAYS: Final = ("text", "starts", "offsets", "neighbors", "joints", "curated", "stations")


class Link(NamedTuple):
    """One relation between two things, seen from one of them: it leads from it (``forth``) or to.

    ``relation`` and ``role`` are compact IRIs, the role empty for what is no participation;
    ``planned`` says that it is only announced.
    """

    forth: bool
    relation: str
    role: str
    planned: bool


@dataclass(frozen=True)
class Adjacency:
    """The things of a view and how they are joined; see :mod:`kg.views.adjacency_building`.

    ``text`` holds the IRIs in UTF-8, each from one of the ``starts`` to the next. The neighbors of
    thing ``i`` are ``neighbors[offsets[i]:offsets[i + 1]]``, by number; beside each stand its
    joint, a place in ``links``, and whether the curators alone say all of it (``curated``).
    ``stations`` says which things can be a station on a way between others.
    """

    text: NDArray[np.uint8]
    starts: NDArray[np.int64]
    offsets: NDArray[np.int64]
    neighbors: NDArray[np.int32]
    joints: NDArray[np.int32]
    curated: NDArray[np.bool_]
    stations: NDArray[np.bool_]
    links: tuple[frozenset[Link], ...]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def iri(self, number: int) -> str:
        """The IRI of a thing."""
        return bytes(self.text[self.starts[number] : self.starts[number + 1]]).decode("utf-8")

    def find(self, iri: str) -> int | None:
        """The number of a thing, or None if it has no relation in the view."""
        wanted = iri.encode("utf-8")
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if bytes(self.text[self.starts[middle] : self.starts[middle + 1]]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self.iri(low) == iri else None

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
        place = int(np.searchsorted(near, other))
        if place == len(near) or near[place] != other:
            return -1
        return int(self.joints_of(one)[place])

    def leading(self, iri: str) -> int:
        """To how many things edges lead from a thing."""
        number = self.find(iri)
        if number is None:
            return 0
        joints, counts = np.unique(self.joints_of(number), return_counts=True)
        return sum(
            count
            for joint, count in zip(joints.tolist(), counts.tolist(), strict=True)
            if any(link.forth for link in self.links[joint])
        )

    def edges(self, one: int, other: int) -> Iterator[tuple[str, str]]:
        """Source and target (IRIs) of the edges between two things, each direction once."""
        joint = self.joint(one, other)
        ways = {link.forth for link in self.links[joint]} if joint >= 0 else set()
        for forth in sorted(ways, reverse=True):
            yield (self.iri(one), self.iri(other)) if forth else (self.iri(other), self.iri(one))

    def write(self, folder: Path, view: View) -> None:
        """Write the index of a view into a new folder."""
        folder.mkdir()
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)
        links = [sorted(joint) for joint in self.links]
        about = {"form": _FORM, "view": _digest(view), "links": links}
        (folder / _ABOUT).write_text(json.dumps(about, indent=0), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, view: View) -> Self | None:
        """Map the index of a view in a folder; None if there is none, or one of another query."""
        try:
            about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
            if (about["form"], about["view"]) != (_FORM, _digest(view)):
                return None
            arrays = {
                name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
                for name in _ARRAYS
            }
        except (OSError, ValueError, KeyError):
            # An index is no source: what is missing or damaged is made anew from the store.
            return None
        links = tuple(frozenset(Link(*link) for link in joint) for joint in about["links"])
        return cls(**arrays, links=links)


def _digest(view: View) -> str:
    return hashlib.sha256(view.sparql.encode("utf-8")).hexdigest()
