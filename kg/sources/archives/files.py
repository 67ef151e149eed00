"""Readers of a folder and of a single file, and the base of all readers."""

from __future__ import annotations

import hashlib
import os
import stat
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from kg.common.errors import SourceError
from kg.sources.archives import folder_digest, limits
from kg.sources.archives.folder_digest import Entry
from kg.sources.archives.paths import check_characters, leads_out, skipped_part

NameFilter = Callable[[str], bool]

_CHUNK_BYTES: Final = 1 << 20


class FileList(NamedTuple):
    """The paths of all files, the counts of skipped ones, and the newest modification time."""

    names: Sequence[str]
    skipped: Counter[str]
    newest: float = 0.0


class SourceReader(ABC):
    """Lists and reads the files of a source; the list of files is made once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    @abstractmethod
    def _file_list(self) -> FileList:
        """The files of the source. SourceError for unsafe, damaged or truncated content."""

    @abstractmethod
    def read(self, wanted: NameFilter, /) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the wanted files. SourceError at a damaged file."""

    @property
    def names(self) -> Sequence[str]:
        """The paths of all files. SourceError for unsafe, damaged or truncated content."""
        return self._file_list.names

    @property
    def skipped(self) -> Counter[str]:
        """Counts of skipped files, by name (``.git``) or ``symbolic link``."""
        return self._file_list.skipped

    @property
    def newest(self) -> float:
        """The newest modification time of a file, in seconds since 1970; 0 without files."""
        return self._file_list.newest

    def digest(self, kept: Path | None = None) -> str:
        """Return the SHA-256 of the content: of the bytes of a file or archive.

        ``kept`` is for folders: a file that keeps digests of their files.
        """
        return hash_file(self.path).hexdigest()


def unreadable(path: str | Path, error: OSError) -> SourceError:
    """Return the error for a file or folder that the operating system can't read."""
    return SourceError(f"{path}: {error.strerror or error}: check the path and its permissions")


def hash_file(file: Path) -> hashlib._Hash:
    """Return the SHA-256 of a file. SourceError if it can't be read."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
    except OSError as error:
        raise unreadable(file, error) from error
    return digest


def read_file(path: Path) -> bytes:
    """Read a file. SourceError if it can't be read or is too large."""
    try:
        limits.check_member(path.parent, path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


class FolderReader(SourceReader):
    """All files under a folder, sorted by path; SourceError for links to the outside, devices."""

    @cached_property
    def _file_list(self) -> FileList:
        entries, skipped, newest = self._listing
        return FileList([entry.name for entry in entries], skipped, newest)

    @cached_property
    def _listing(self) -> tuple[list[Entry], Counter[str], float]:
        found: list[Entry] = []
        skipped: Counter[str] = Counter()
        newest = 0.0
        pending = [""]
        while pending:
            folder = pending.pop()
            try:
                with os.scandir(self.path / folder) as entries:
                    for entry in entries:
                        name = f"{folder}{entry.name}"
                        if self._is_file(entry, name, skipped):
                            status = entry.stat(follow_symlinks=False)
                            newest = max(newest, status.st_mtime)
                            found.append(Entry(name, folder_digest.state_of(status)))
                        elif not skipped_part(entry.name) and entry.is_dir(follow_symlinks=False):
                            pending.append(name + "/")
            except OSError as error:
                raise unreadable(error.filename or self.path / folder, error) from error
        return sorted(found), skipped, newest

    def read(self, wanted: NameFilter) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the wanted files."""
        for name in self.names:
            if wanted(name):
                yield name, read_file(self.path / name)

    def digest(self, kept: Path | None = None) -> str:
        """Return the SHA-256 of the paths and contents of all files, without times.

        ``kept`` is a file that keeps digests of files, so that only those are read whose size or
        times have changed; see :mod:`folder_digest`.
        """
        entries, *_ = self._listing
        if kept is None:
            return folder_digest.digest_of(entries, self._content)
        return folder_digest.kept_digest(self.path, entries, self._content, kept)

    def _content(self, name: str) -> bytes:
        return hash_file(self.path / name).digest()

    def _is_file(self, entry: os.DirEntry[str], name: str, skipped: Counter[str]) -> bool:
        if part := skipped_part(entry.name):
            skipped[part] += 1
            return False
        check_characters(self.path, name)
        if entry.is_symlink():
            target = str(Path(entry.path).readlink())
            if leads_out(name, target):
                raise SourceError(f"{entry.path}: a link leads outside to {target!r}: remove it")
            skipped["symbolic link"] += 1
            return False
        if entry.is_file(follow_symlinks=False):
            return True
        if not entry.is_dir(follow_symlinks=False):
            mode = stat.filemode(entry.stat(follow_symlinks=False).st_mode)
            raise SourceError(f"{entry.path}: neither file nor folder ({mode}): remove it")
        return False


class FileReader(SourceReader):
    """A source that is a single file."""

    @cached_property
    def _file_list(self) -> FileList:
        return FileList((self.path.name,), Counter(), self.path.stat().st_mtime)

    def read(self, wanted: NameFilter) -> Iterator[tuple[str, bytes]]:
        """Yield its name and content, if wanted."""
        if wanted(self.path.name):
            yield self.path.name, read_file(self.path)
