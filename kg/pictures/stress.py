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
_NONE: Final = 1e-9
_STILL: Final = 1e-4


def stress(size: int, edges: list[tuple[int, int]]) -> Any:
    """Places (an array of ``size`` rows, x and y) for the nodes 0 ... of one connected graph.

    An edge is about 1 long, longer at nodes of high degree. Self-loops do not count.
    """
    import numpy as np  # noqa: PLC0415

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
    places = _start(far)
    for _ in range(_STEPS if size <= _FEW else _STEPS // 6):
        gap = np.sqrt(((places[:, None, :] - places[None, :, :]) ** 2).sum(-1))
        pull = np.divide(weight * far, gap, out=np.zeros_like(gap), where=gap > _NONE)
        moved = inverse @ ((np.diag(pull.sum(1)) - pull) @ places)
        moved -= moved.mean(0)
        done = np.abs(moved - places).max() < _STILL
        places = moved
        if done:
            break
    return places


def _weighted(joined: Any) -> Matrix:
    """All distances where an edge is the longer the more neighbors its ends have (Floyd's way)."""
    import numpy as np  # noqa: PLC0415

    degree = joined.sum(1)
    length = 0.6 + 0.4 * np.sqrt(
        np.minimum.outer(degree, degree) + 0.25 * np.add.outer(degree, degree) / 2
    )
    far = np.where(joined, length, np.inf)
    np.fill_diagonal(far, 0)
    for middle in range(len(far)):
        np.minimum(far, far[:, middle, None] + far[None, middle, :], out=far)
    return np.asarray(far, dtype=np.float64)


def _hops(joined: Any) -> Matrix:
    """All distances in edges, level by level with one product of matrices for each."""
    import numpy as np  # noqa: PLC0415

    size = len(joined)
    step = joined.astype(np.float32)
    far = np.where(joined, 1.0, np.inf)
    np.fill_diagonal(far, 0)
    front, level = step, 1
    while not np.isfinite(far).all() and level < size:
        level += 1
        front = ((front @ step) > 0) & np.isinf(far)
        far[front] = level
        front = front.astype(np.float32)
    return far


def _start(far: Any) -> Matrix:
    """Classical scaling: the plane in which the distances lie best, each axis with a fixed sign."""
    import numpy as np  # noqa: PLC0415

    size = len(far)
    square = far**2
    inner = -0.5 * (square - square.mean(0) - square.mean(1)[:, None] + square.mean())
    values, vectors = np.linalg.eigh(inner)
    axes = vectors[:, -1:-3:-1] * np.sqrt(np.maximum(values[-1:-3:-1], _NONE))
    signs = np.sign(axes[np.abs(axes).argmax(0), (0, 1)])
    # Nodes alike in all distances fall on one spot; a small spiral parts them.
    turn = np.arange(size) * 2.399963
    spiral = 0.05 * np.sqrt(np.arange(size) / size)[:, None] * np.c_[np.cos(turn), np.sin(turn)]
    return np.asarray(axes * signs + spiral, dtype=np.float64)
