"""A layout in layers, in which edges run from left to right: Sugiyama's method.

K. Sugiyama, S. Tagawa and M. Toda, Methods for Visual Understanding of Hierarchical System
Structures (IEEE Trans. SMC 11, 1981): edges that close cycles are reversed, nodes get layers,
edges across a layer get a dummy node there, which keeps their path free, layers are ordered by
barycenters, and each node moves to the mean height of its neighbors, as far as the order of its
layer allows (isotonic regression).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

_ON_PATH: Final = 1
_DONE: Final = 2
_ORDER_SWEEPS: Final = 24
_HEIGHT_SWEEPS: Final = 30
_LAYER_SWEEPS: Final = 6
_NODE_GAP: Final = 16.0
_DUMMY_HEIGHT: Final = 10.0


@dataclass
class _Layers:
    """Nodes by layer, from left to right, dummy nodes included, and the edges between layers."""

    layers: list[list[int]]
    before: dict[int, list[int]] = field(default_factory=dict)
    after: dict[int, list[int]] = field(default_factory=dict)

    def connect(self, source: int, target: int) -> None:
        self.after.setdefault(source, []).append(target)
        self.before.setdefault(target, []).append(source)

    def crossings(self) -> int:
        total = 0
        for layer, following in pairwise(self.layers):
            rank = {node: index for index, node in enumerate(following)}
            ends = [
                end for node in layer for end in sorted(rank[n] for n in self.after.get(node, ()))
            ]
            total += sum(a > b for i, a in enumerate(ends) for b in ends[i + 1 :])
        return total


def layered(sizes: Any, edges: Sequence[tuple[int, int]], layer_gap: float) -> Any:
    """Lay out one connected graph; returns the centers of its boxes, which do not overlap.

    ``sizes`` is an array of width and height (px) by node, ``edges`` are pairs of node numbers,
    ``layer_gap`` is the room between layers for edge labels, in px.
    """
    import numpy as np

    count = len(sizes)
    acyclic = _acyclic(count, [edge for edge in edges if edge[0] != edge[1]])
    layer_of = _assign_layers(count, acyclic)
    graph = _Layers([[] for _ in range(max(layer_of) + 1)])
    for node in range(count):
        graph.layers[layer_of[node]].append(node)
    heights = [float(height) for _, height in sizes]
    for source, target in acyclic:
        last = source
        for layer in range(layer_of[source] + 1, layer_of[target]):
            dummy = len(heights)
            heights.append(_DUMMY_HEIGHT)
            graph.layers[layer].append(dummy)
            graph.connect(last, dummy)
            last = dummy
        graph.connect(last, target)
    _order(graph)
    ys = _vertical_positions(graph, heights)
    xs, x = [0.0] * len(heights), 0.0
    for nodes in graph.layers:
        width = max((float(sizes[node][0]) for node in nodes if node < count), default=0.0)
        for node in nodes:
            xs[node] = x + width / 2
        x += width + layer_gap
    return np.array([(xs[node], ys[node]) for node in range(count)])


def _acyclic(count: int, edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the distinct edges, reversing those that close a cycle in a depth-first search."""
    after: dict[int, list[int]] = {}
    in_degree = [0] * count
    for source, target in edges:
        after.setdefault(source, []).append(target)
        in_degree[target] += 1
    state = [0] * count
    acyclic: dict[tuple[int, int], None] = {}
    for start in sorted(range(count), key=lambda node: (in_degree[node], node)):
        path = [start] if not state[start] else []
        unvisited = {start: sorted(set(after.get(start, ())), reverse=True)}
        while path:
            node = path[-1]
            state[node] = _ON_PATH
            if not unvisited[node]:
                state[path.pop()] = _DONE
                continue
            target = unvisited[node].pop()
            acyclic[(target, node) if state[target] == _ON_PATH else (node, target)] = None
            if not state[target]:
                unvisited[target] = sorted(set(after.get(target, ())), reverse=True)
                path.append(target)
    return list(acyclic)


def _assign_layers(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Return the layer of each node: as far left as possible, then moved towards its neighbors."""
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for source, target in edges:
        after.setdefault(source, []).append(target)
        before.setdefault(target, []).append(source)
    layer = [0] * count
    ready = [node for node in range(count) if not before.get(node)]
    pending = {node: len(before.get(node, ())) for node in range(count)}
    order = []
    while ready:
        node = ready.pop(0)
        order.append(node)
        for target in after.get(node, ()):
            layer[target] = max(layer[target], layer[node] + 1)
            pending[target] -= 1
            if not pending[target]:
                ready.append(target)
    for _ in range(_LAYER_SWEEPS):
        for node in [*reversed(order), *order]:
            lowest = max((layer[n] + 1 for n in before.get(node, ())), default=0)
            highest = min((layer[n] - 1 for n in after.get(node, ())), default=max(layer))
            wanted = sorted(
                [layer[n] + 1 for n in before.get(node, ())]
                + [layer[n] - 1 for n in after.get(node, ())]
            )
            if wanted:
                layer[node] = min(max(wanted[len(wanted) // 2], lowest), highest)
    first = min(layer)
    return [number - first for number in layer]


def _order(graph: _Layers) -> None:
    """Order the nodes of each layer so that few edges cross."""
    best, fewest = [layer[:] for layer in graph.layers], graph.crossings()
    for sweep in range(_ORDER_SWEEPS):
        forward = sweep % 2 == 0
        layers = graph.layers if forward else graph.layers[::-1]
        neighbors = graph.before if forward else graph.after
        for fixed, layer in pairwise(layers):
            centers = _barycenters(fixed, layer, neighbors)
            layer.sort(key=centers.__getitem__)
        crossings = graph.crossings()
        if crossings < fewest:
            best, fewest = [layer[:] for layer in graph.layers], crossings
    graph.layers = best


def _barycenters(
    fixed: Sequence[int], layer: Sequence[int], neighbors: Mapping[int, Sequence[int]]
) -> dict[int, tuple[float, int]]:
    """Return sort keys of a layer's nodes: the mean rank of their neighbors in a fixed layer."""
    rank = {node: index for index, node in enumerate(fixed)}
    centers = {}
    for index, node in enumerate(layer):
        ranks = [rank[other] for other in neighbors.get(node, ())]
        centers[node] = (sum(ranks) / len(ranks) if ranks else float(index)), index
    return centers


def _vertical_positions(graph: _Layers, heights: Sequence[float]) -> list[float]:
    ys = [0.0] * len(heights)
    for layer in graph.layers:
        y = 0.0
        for node in layer:
            ys[node] = y + heights[node] / 2
            y += heights[node] + _NODE_GAP
        for node in layer:
            ys[node] -= y / 2
    for sweep in range(_HEIGHT_SWEEPS):
        layers = graph.layers if sweep % 2 == 0 else graph.layers[::-1]
        for layer in layers:
            wanted = []
            for node in layer:
                neighbors = [*graph.before.get(node, ()), *graph.after.get(node, ())]
                mean = sum(ys[n] for n in neighbors) / len(neighbors) if neighbors else ys[node]
                wanted.append(mean)
            offset, offsets = 0.0, []
            for index, node in enumerate(layer):
                if index:
                    offset += (heights[layer[index - 1]] + heights[node]) / 2 + _NODE_GAP
                offsets.append(offset)
            fitted = _isotonic([y - o for y, o in zip(wanted, offsets, strict=True)])
            for node, y, o in zip(layer, fitted, offsets, strict=True):
                ys[node] = y + o
    return ys


def _isotonic(values: Sequence[float]) -> list[float]:
    """Return the closest non-decreasing values by least squares: pool adjacent violators."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        blocks.append((value, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, m), (b, n) = blocks[-2:]
            blocks[-2:] = [((a * m + b * n) / (m + n), m + n)]
    return [value for value, count in blocks for _ in range(count)]
