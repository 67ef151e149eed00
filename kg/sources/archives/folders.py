"""A folder as it was checked out, or a single file -> its files."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.common.errors import KgError
from kg.sources.archives import limits
from kg.sources.archives.paths import check_signs, leads_out, passed_over

Wanted = Callable[[str], bool]


def unreadable(path: str | Path, error: OSError) -> KgError:
    """The error for a file or folder that the system does not give."""
    return KgError(f"{path}: {error.strerror or error}: check the path and its permissions")


def read_file(path: Path) -> bytes:
    """The bytes of a file; KgError where the system does not give them, or they are too many."""
    try:
        limits.check_member(path.parent, path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


class Folder:
    """All files under a folder, in the order of their paths."""

    def __init__(self, source: Path) -> None:
        self.source = source

    def names(self, skipped: Counter[str]) -> list[str]:
        """The paths inside; KgError for links that lead out, and for what is no file."""
        found: list[str] = []
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(self.source / folder) as entries:
                    for entry in entries:
                        name = f"{folder}{entry.name}"
                        if self._is_file(entry, name, skipped):
                            found.append(name)
                        elif entry.is_dir(follow_symlinks=False) and not passed_over(name):
                            waiting.append(name + "/")
            except OSError as error:
                raise unreadable(error.filename or self.source / folder, error) from error
        return sorted(found)

    def _is_file(self, entry: os.DirEntry[str], name: str, skipped: Counter[str]) -> bool:
        if over := passed_over(name):
            skipped[over] += 1
            return False
        check_signs(self.source, name)
        if entry.is_symlink():
            target = str(Path(entry.path).readlink())
            if leads_out(name, target):
                raise KgError(f"{entry.path}: a link that leads out to {target!r}: remove it")
            skipped["symbolic link"] += 1
            return False
        if entry.is_file(follow_symlinks=False):
            return True
        if not entry.is_dir(follow_symlinks=False):
            mode = stat.filemode(entry.stat(follow_symlinks=False).st_mode)
            raise KgError(f"{entry.path}: neither file nor folder ({mode}): remove it")
        return False

    def read(self, wanted: Wanted) -> Iterator[tuple[str, bytes]]:
        """The wanted files with their bytes."""
        for name in self.names(Counter()):
            if wanted(name):
                yield name, read_file(self.source / name)

    def newest(self) -> float:
        """When the newest of its files was changed, in seconds of the epoch; 0 without files."""
        names = self.names(Counter())
        return max(((self.source / name).stat().st_mtime for name in names), default=0.0)


class SingleFile:
    """A file that is a source by itself."""

    def __init__(self, source: Path) -> None:
        self.source = source

    def names(self, _: Counter[str]) -> list[str]:
        """Its name."""
        return [self.source.name]

    def read(self, wanted: Wanted) -> Iterator[tuple[str, bytes]]:
        """Its name and bytes."""
        if wanted(self.source.name):
            yield self.source.name, read_file(self.source)

    def newest(self) -> float:
        """When it was changed, in seconds of the epoch."""
        return self.source.stat().st_mtime
