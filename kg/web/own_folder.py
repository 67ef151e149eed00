"""Temporary folders of a server, which are removed with it.

One that is killed can't do so: the next that starts removes the folders whose lock nobody holds.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from filelock import FileLock, Timeout

_PREFIX: Final = "kg-served-"
_LOCK: Final = "in-use.lock"


class OwnFolder:
    """A folder that is removed by ``remove``, or at the end of a context."""

    def __init__(self, kind: str) -> None:
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{kind}-"))
            self._lock = FileLock(self.path / _LOCK)
            self._lock.acquire()
            # Another server could have taken it for abandoned before it was locked.
            if (self.path / _LOCK).exists():
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.remove()

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        self._lock.release()
        shutil.rmtree(self.path, ignore_errors=True)


def remove_abandoned() -> None:
    """Remove the folders of servers that ended without doing so."""
    for lock in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        try:
            with FileLock(lock, timeout=0):
                shutil.rmtree(lock.parent, ignore_errors=True)
        except (Timeout, OSError):
            # In use, or another user's.
            continue
