"""Limits on unpacked sizes, against decompression bombs.

The densest real catalogue measured unpacks to 58 times its size, the largest to 270 MB.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.common.errors import SourceError

RATIO: Final = 150
"""Maximum ratio of unpacked to packed size; DEFLATE can reach 1,000, zstd 50,000."""
HARMLESS: Final = 1 << 26
"""Unpacked size in bytes up to which the ratio is not checked."""
TOTAL: Final = 1 << 35
MEMBER: Final = 1 << 30


def check_total(source: Path, unpacked: int, packed: int) -> None:
    """Raise SourceError for an archive that unpacks to too many bytes."""
    if unpacked > TOTAL or (unpacked > HARMLESS and unpacked > RATIO * packed):
        raise SourceError(
            f"{source}: {packed:,} bytes unpack to {unpacked:,} or more, as in a decompression"
            " bomb: if you trust it, unpack it yourself and give the folder"
        )


def check_member(source: Path, name: str, size: int) -> None:
    """Raise SourceError for a member that is too large for memory."""
    if size > MEMBER:
        raise SourceError(f"{source}: {name} has {size:,} bytes, more than {MEMBER:,}: split it")
