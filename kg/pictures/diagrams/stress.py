"""A layout in which distances follow those in the graph: stress majorization.

E. Gansner, Y. Koren and S. North, Graph Drawing by Stress Majorization (GD 2004): each step
minimizes a convex bound of the stress, so that the method converges, and to the same layout on each
run. Edges at nodes with many neighbors are longer, as the authors advise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

_MAX_STEPS: Final = 300
_MAX_PRECISE: Final = 600
_EPSILON: Final = 1e-8
_PIVOTS: Final = 60
_MAX_HOPS: Final = 60
_CONVERGED: Final = 1e-4


def stress(count: int, edges: list[tuple[int, int]]) -> Any:
    """Lay out one connected graph of nodes 0 ... ``count`` - 1; return x and y by node.

    An edge has a length of about 1, more at nodes of high degree. Self-loops are ignored.
    """
    import numpy as np

    if count == 1:
        return np.zeros((1, 2))
    adjacent = np.zeros((count, count), dtype=bool)
    for source, target in edges:
        if source != target:
            adjacent[source, target] = adjacent[target, source] = True
    distances = _weighted_distances(adjacent) if count <= _MAX_PRECISE else _hop_counts(adjacent)
    weight = 1 / np.where(distances > 0, distances, 1) ** 2
    np.fill_diagonal(weight, 0)
    # The Laplacian is singular along (1, 1, ...): fixing the center makes it invertible.
    laplacian = np.diag(weight.sum(1)) - weight
    inverse = np.linalg.inv(laplacian + 1 / count)
    positions, pulls = _initial_positions(distances), weight * distances
    for _ in range(_MAX_STEPS if count <= _MAX_PRECISE else _MAX_STEPS // 10):
        pull = np.divide(
            pulls, _distances(positions), out=np.zeros_like(distances), where=weight > 0
        )
        moved = inverse @ (pull.sum(1)[:, None] * positions - pull @ positions)
        moved -= moved.mean(0)
        done = np.abs(moved - positions).max() < _CONVERGED
        positions = moved
        if done:
            break
    return positions.astype(np.float64)


def _distances(positions: Any) -> Any:
    """Return the distances between all positions, with a minimum above 0."""
    import numpy as np

    squares = (positions**2).sum(1)
    gaps = squares[:, None] + squares[None, :] - 2 * (positions @ positions.T)
    return np.sqrt(np.maximum(gaps, _EPSILON, out=gaps), out=gaps)


def _weighted_distances(adjacent: Any) -> Matrix:
    """Return all distances, with longer edges at nodes of many neighbors (Floyd's algorithm)."""
    import numpy as np

    degree = adjacent.sum(1)
    length = 0.6 + 0.4 * np.sqrt(
        np.minimum.outer(degree, degree) + 0.25 * np.add.outer(degree, degree) / 2
    )
    distances = np.where(adjacent, length, np.inf)
    np.fill_diagonal(distances, 0)
    for middle in range(len(distances)):
        np.minimum(
            distances, distances[:, middle, None] + distances[None, middle, :], out=distances
        )
    return np.asarray(distances, dtype=np.float64)


def _hop_counts(adjacent: Any) -> Any:
    """Return all distances in numbers of edges, up to a maximum."""
    import numpy as np

    distances = np.where(adjacent, np.float32(1), np.float32(_MAX_HOPS))
    np.fill_diagonal(distances, 0)
    ends, neighbors = np.nonzero(adjacent)
    firsts = np.searchsorted(ends, np.arange(len(adjacent)))
    for _ in range(_MAX_HOPS):
        nearer = np.minimum(
            distances, np.minimum.reduceat(distances[neighbors], firsts, axis=0) + 1
        )
        if (nearer == distances).all():
            break
        distances = nearer
    return distances


def _initial_positions(distances: Any) -> Any:
    """Scale distances to two dimensions, by some pivots; each axis has a fixed sign.

    This is classical scaling if all nodes are pivots, else the method of U. Brandes and C. Pich,
    Eigensolver Methods for Progressive Multidimensional Scaling (GD 2006).
    """
    import numpy as np

    count = len(distances)
    pivots = [int(distances.sum(1).argmin())]
    nearest = distances[pivots[0]].copy()
    while len(pivots) < min(count, _PIVOTS):
        pivots.append(int(nearest.argmax()))
        np.minimum(nearest, distances[pivots[-1]], out=nearest)
    square = distances[:, pivots].astype(np.float64) ** 2
    inner = -0.5 * (square - square.mean(0) - square.mean(1)[:, None] + square.mean())
    values, vectors = np.linalg.eigh(inner.T @ inner)
    axes = inner @ vectors[:, -1:-3:-1] / np.maximum(values[-1:-3:-1], _EPSILON) ** 0.25
    signs = np.sign(axes[np.abs(axes).argmax(0), (0, 1)])
    # Nodes with equal distances coincide; a small spiral separates them.
    turn = np.arange(count) * 2.399963
    spiral = 0.05 * np.sqrt(np.arange(count) / count)[:, None] * np.c_[np.cos(turn), np.sin(turn)]
    return (axes * signs + spiral).astype(distances.dtype)
