"""A layout in which distances on paper follow distances in the graph: stress majorization.

The method is that of Gansner, Koren and North, Graph Drawing by Stress Majorization (GD 2004): each
step solves for the places at which a convex bound of the stress is least, so that it ends, and ends
alike on each run. Edges at nodes with many neighbors are made longer, as the same authors advise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

_STEPS: Final = 300
_FEW: Final = 600
_NONE: Final = 1e-8
_PIVOTS: Final = 60
_FAR: Final = 60
_STILL: Final = 1e-4


def stress(size: int, edges: list[tuple[int, int]]) -> Any:
    """Places (an array of ``size`` rows, x and y) for the nodes 0 ... of one connected graph.

    An edge is about 1 long, longer at nodes of high degree. Self-loops do not count.
    """
    import numpy as np

    if size == 1:
        return np.zeros((1, 2))
    joined = np.zeros((size, size), dtype=bool)
    for one, other in edges:
        if one != other:
            joined[one, other] = joined[other, one] = True
    far = _weighted(joined) if size <= _FEW else _hops(joined)
    weight = 1 / np.where(far > 0, far, 1) ** 2
    np.fill_diagonal(weight, 0)
    # The Laplacian is singular along (1, 1, ...): fixing the center makes it invertible.
    laplacian = np.diag(weight.sum(1)) - weight
    inverse = np.linalg.inv(laplacian + 1 / size)
    places, pulls = _start(far), weight * far
    for _ in range(_STEPS if size <= _FEW else _STEPS // 10):
        pull = np.divide(pulls, _gaps(places), out=np.zeros_like(far), where=weight > 0)
        moved = inverse @ (pull.sum(1)[:, None] * places - pull @ places)
        moved -= moved.mean(0)
        done = np.abs(moved - places).max() < _STILL
        places = moved
        if done:
            break
    return places.astype(np.float64)


def _gaps(places: Any) -> Any:
    """The distances between all places, none of them 0."""
    import numpy as np

    squares = (places**2).sum(1)
    gaps = squares[:, None] + squares[None, :] - 2 * (places @ places.T)
    return np.sqrt(np.maximum(gaps, _NONE, out=gaps), out=gaps)


def _weighted(joined: Any) -> Matrix:
    """All distances where an edge is the longer the more neighbors its ends have (Floyd's way)."""
    import numpy as np

    degree = joined.sum(1)
    length = 0.6 + 0.4 * np.sqrt(
        np.minimum.outer(degree, degree) + 0.25 * np.add.outer(degree, degree) / 2
    )
    far = np.where(joined, length, np.inf)
    np.fill_diagonal(far, 0)
    for middle in range(len(far)):
        np.minimum(far, far[:, middle, None] + far[None, middle, :], out=far)
    return np.asarray(far, dtype=np.float64)


def _hops(joined: Any) -> Any:
    """All distances in edges, one more edge in each round; what is very far counts as just that."""
    import numpy as np

    far = np.where(joined, np.float32(1), np.float32(_FAR))
    np.fill_diagonal(far, 0)
    ends, neighbors = np.nonzero(joined)
    firsts = np.searchsorted(ends, np.arange(len(joined)))
    for _ in range(_FAR):
        nearer = np.minimum(far, np.minimum.reduceat(far[neighbors], firsts, axis=0) + 1)
        if (nearer == far).all():
            break
        far = nearer
    return far


def _start(far: Any) -> Any:
    """The plane in which the distances to some pivots lie best, each axis with a fixed sign.

    That is classical scaling where all nodes are pivots, and else the method of Brandes and Pich,
    Eigensolver Methods for Progressive Multidimensional Scaling (GD 2006).
    """
    import numpy as np

    size = len(far)
    pivots = [int(far.sum(1).argmin())]
    nearest = far[pivots[0]].copy()
    while len(pivots) < min(size, _PIVOTS):
        pivots.append(int(nearest.argmax()))
        np.minimum(nearest, far[pivots[-1]], out=nearest)
    square = far[:, pivots].astype(np.float64) ** 2
    inner = -0.5 * (square - square.mean(0) - square.mean(1)[:, None] + square.mean())
    values, vectors = np.linalg.eigh(inner.T @ inner)
    axes = inner @ vectors[:, -1:-3:-1] / np.maximum(values[-1:-3:-1], _NONE) ** 0.25
    signs = np.sign(axes[np.abs(axes).argmax(0), (0, 1)])
    # Nodes alike in all distances fall on one spot; a small spiral parts them.
    turn = np.arange(size) * 2.399963
    spiral = 0.05 * np.sqrt(np.arange(size) / size)[:, None] * np.c_[np.cos(turn), np.sin(turn)]
    return (axes * signs + spiral).astype(far.dtype)
