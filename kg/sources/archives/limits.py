"""How much an archive may unpack to: bombs are refused, and real data clears the limits by far.

The densest catalogue that was measured unpacks to 58 times its size, the largest to 270 MB.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.common.errors import KgError

RATIO: Final = 500
"""How many times its own size; DEFLATE can do twice as much, zstd a hundred times as much."""
HARMLESS: Final = 1 << 26
"""Bytes below which the ratio says nothing."""
TOTAL: Final = 1 << 35
MEMBER: Final = 1 << 30


def check_total(source: Path, unpacked: int, packed: int) -> None:
    """Raise KgError for an archive that unpacks to too much."""
    if unpacked > TOTAL or (unpacked > HARMLESS and unpacked > RATIO * packed):
        raise KgError(
            f"{source}: {packed:,} bytes that unpack to {unpacked:,} or more: no catalogue does"
            " that; unpack it yourself if you trust it, and give the folder"
        )


def check_member(source: Path, name: str, size: int) -> None:
    """Raise KgError for a member that would not fit into memory."""
    if size > MEMBER:
        raise KgError(f"{source}: {name} has {size:,} bytes, more than {MEMBER:,}: split it")
