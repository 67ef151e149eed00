"""Limits of time and memory."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.common.errors import QueryError

_MINIMUM_MEMORY: Final = 64 << 20
"""Bytes that a process needs to open a store."""


@dataclass(frozen=True)
class Limits:
    """Limits of a query or command: seconds, and bytes of memory; None for no time limit.

    ``memory`` defaults to half of the memory that is free when it starts. Raises QueryError for
    limits that nothing keeps.
    """

    timeout: float | None = None
    memory: int | None = None

    def __post_init__(self) -> None:
        if self.timeout is not None and not self.timeout > 0:
            raise QueryError("the time limit must be above 0 seconds")
        if self.memory is not None and self.memory < _MINIMUM_MEMORY:
            raise QueryError(f"the memory limit must be at least {_MINIMUM_MEMORY >> 20} MB")

    def bytes(self) -> int:
        """Return the limit of memory, by default half of what is free now."""
        return self.memory or _free_memory() // 2


UNLIMITED: Final = Limits()
"""No limit of time, and the default of memory."""


def _free_memory() -> int:
    """Return the bytes of memory that are available now."""
    # Only Linux has the file.
    listed = Path("/proc/meminfo")
    for line in listed.read_text(encoding="ascii").splitlines() if listed.exists() else ():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
