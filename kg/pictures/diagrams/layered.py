"""A layout in columns, so that edges run from left to right: Sugiyama's method.

K. Sugiyama, S. Tagawa and M. Toda, Methods for Visual Understanding of Hierarchical System
Structures (IEEE Trans. SMC 11, 1981): edges of cycles are turned, nodes get layers, edges that pass
a layer get a stand-in there that keeps their course free, layers are ordered by barycenters, and
each node moves to the height that its neighbors ask for (by isotonic regression, so that none
passes another).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

_OPEN: Final = 1
_DONE: Final = 2
_SWEEPS: Final = 24
_ROUNDS: Final = 30
_PULLS: Final = 6
_GAP: Final = 16.0
_STAND_IN: Final = 10.0


@dataclass
class _Layers:
    """Nodes by layer, from left to right, stand-ins included, and the edges between layers."""

    rows: list[list[int]]
    before: dict[int, list[int]] = field(default_factory=dict)
    after: dict[int, list[int]] = field(default_factory=dict)

    def join(self, one: int, other: int) -> None:
        self.after.setdefault(one, []).append(other)
        self.before.setdefault(other, []).append(one)

    def crossings(self) -> int:
        total = 0
        for row, following in pairwise(self.rows):
            place = {node: rank for rank, node in enumerate(following)}
            ends = [at for node in row for at in sorted(place[o] for o in self.after.get(node, ()))]
            total += sum(a > b for i, a in enumerate(ends) for b in ends[i + 1 :])
        return total


def layered(sizes: Any, edges: Sequence[tuple[int, int]], room: float) -> Any:
    """Places (px, centers) of the boxes of one connected graph, no two of which overlap.

    ``sizes`` has a row of width and height for each node, ``edges`` pairs of nodes by their row.
    ``room`` is left between columns for the labels of edges, in px.
    """
    import numpy as np

    size = len(sizes)
    turned = _acyclic(size, [edge for edge in edges if edge[0] != edge[1]])
    layer = _layers(size, turned)
    layers = _Layers([[] for _ in range(max(layer) + 1)])
    for node in range(size):
        layers.rows[layer[node]].append(node)
    high = [float(s[1]) for s in sizes]
    for one, other in turned:
        last = one
        for between in range(layer[one] + 1, layer[other]):
            high.append(_STAND_IN)
            layers.rows[between].append(len(high) - 1)
            layers.join(last, len(high) - 1)
            last = len(high) - 1
        layers.join(last, other)
    _order(layers)
    ys = _heights(layers, high)
    xs, x = [0.0] * len(high), 0.0
    for row in layers.rows:
        wide = max((float(sizes[node][0]) for node in row if node < size), default=0.0)
        for node in row:
            xs[node] = x + wide / 2
        x += wide + room
    return np.array([(xs[node], ys[node]) for node in range(size)])


def _acyclic(size: int, edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The edges, those turned that point back in a walk through the graph, each pair once."""
    after: dict[int, list[int]] = {}
    entered = [0] * size
    for one, other in edges:
        after.setdefault(one, []).append(other)
        entered[other] += 1
    state = [0] * size
    found: dict[tuple[int, int], None] = {}
    for start in sorted(range(size), key=lambda node: (entered[node], node)):
        path = [start] if not state[start] else []
        rest = {start: sorted(set(after.get(start, ())), reverse=True)}
        while path:
            node = path[-1]
            state[node] = _OPEN
            if not rest[node]:
                state[path.pop()] = _DONE
                continue
            other = rest[node].pop()
            found[(other, node) if state[other] == _OPEN else (node, other)] = None
            if not state[other]:
                rest[other] = sorted(set(after.get(other, ())), reverse=True)
                path.append(other)
    return list(found)


def _layers(size: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """The layer of each node: as far left as can be, then pulled towards its neighbors."""
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for one, other in edges:
        after.setdefault(one, []).append(other)
        before.setdefault(other, []).append(one)
    layer = [0] * size
    ready = [node for node in range(size) if not before.get(node)]
    left = {node: len(before.get(node, ())) for node in range(size)}
    order = []
    while ready:
        node = ready.pop(0)
        order.append(node)
        for other in after.get(node, ()):
            layer[other] = max(layer[other], layer[node] + 1)
            left[other] -= 1
            if not left[other]:
                ready.append(other)
    for _ in range(_PULLS):
        for node in [*reversed(order), *order]:
            low = max((layer[o] + 1 for o in before.get(node, ())), default=0)
            near = sorted(
                [layer[o] + 1 for o in before.get(node, ())]
                + [layer[o] - 1 for o in after.get(node, ())]
            )
            high = min((layer[o] - 1 for o in after.get(node, ())), default=max(layer))
            if near:
                layer[node] = min(max(near[len(near) // 2], low), high)
    least = min(layer)
    return [one - least for one in layer]


def _order(layers: _Layers) -> None:
    best, fewest = [row[:] for row in layers.rows], layers.crossings()
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        rows = layers.rows if down else layers.rows[::-1]
        near = layers.before if down else layers.after
        for fixed, row in pairwise(rows):
            centers = _barycenters(fixed, row, near)
            row.sort(key=centers.__getitem__)
        crossings = layers.crossings()
        if crossings < fewest:
            best, fewest = [row[:] for row in layers.rows], crossings
    layers.rows = best


def _barycenters(
    fixed: Sequence[int], row: Sequence[int], near: Mapping[int, Sequence[int]]
) -> dict[int, tuple[float, int]]:
    """Where in a row each node would stand amid its neighbors in the row beside it."""
    place = {node: rank for rank, node in enumerate(fixed)}
    found = {}
    for rank, node in enumerate(row):
        ranks = [place[other] for other in near.get(node, ())]
        found[node] = (sum(ranks) / len(ranks) if ranks else float(rank)), rank
    return found


def _heights(layers: _Layers, high: Sequence[float]) -> list[float]:
    ys = [0.0] * len(high)
    for row in layers.rows:
        y = 0.0
        for node in row:
            ys[node] = y + high[node] / 2
            y += high[node] + _GAP
        for node in row:
            ys[node] -= y / 2
    for step in range(_ROUNDS):
        rows = layers.rows if step % 2 == 0 else layers.rows[::-1]
        for row in rows:
            wanted = []
            for node in row:
                near = [*layers.before.get(node, ()), *layers.after.get(node, ())]
                wanted.append(sum(ys[o] for o in near) / len(near) if near else ys[node])
            offset, offsets = 0.0, []
            for rank, node in enumerate(row):
                if rank:
                    offset += (high[row[rank - 1]] + high[node]) / 2 + _GAP
                offsets.append(offset)
            fitted = _isotonic([w - o for w, o in zip(wanted, offsets, strict=True)])
            for node, f, o in zip(row, fitted, offsets, strict=True):
                ys[node] = f + o
    return ys


def _isotonic(values: Sequence[float]) -> list[float]:
    """The nearest values (by squares) that never fall: pool adjacent violators."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        blocks.append((value, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, m), (b, n) = blocks[-2:]
            blocks[-2:] = [((a * m + b * n) / (m + n), m + n)]
    return [value for value, count in blocks for _ in range(count)]
