"""Limits on unpacked sizes, against decompression bombs.

The densest real catalogue measured unpacks to 58 times its size, the largest to 270 MB.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.common.errors import SourceError

RATIO: Final = 500
"""Largest ratio of unpacked to packed size; DEFLATE reaches twice that, zstd a hundred times."""
HARMLESS: Final = 1 << 26
"""Unpacked bytes below which the ratio is not checked."""
TOTAL: Final = 1 << 35
MEMBER: Final = 1 << 30


def check_total(source: Path, unpacked: int, packed: int) -> None:
    """Raise SourceError for an archive that unpacks to too many bytes."""
    if unpacked > TOTAL or (unpacked > HARMLESS and unpacked > RATIO * packed):
        raise SourceError(
            f"{source}: {packed:,} bytes that unpack to {unpacked:,} or more: no catalogue does"
            " that; unpack it yourself if you trust it, and give the folder"
        )


def check_member(source: Path, name: str, size: int) -> None:
    """Raise SourceError for a member that is too large for memory."""
    if size > MEMBER:
        raise SourceError(f"{source}: {name} has {size:,} bytes, more than {MEMBER:,}: split it")
