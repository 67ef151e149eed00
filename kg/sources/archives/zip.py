"""Reader of ZIP archives."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from kg.common.errors import SourceError
from kg.sources.archives import limits
from kg.sources.archives.files import FileList, NameFilter, SourceReader, unreadable
from kg.sources.archives.paths import leads_out, safe_name, skipped_part

_ENCRYPTED_FLAG: Final = 0x1
_MAX_LINK_BYTES: Final = 4096


class ZipReader(SourceReader):
    """A ZIP archive (PKWARE APPNOTE), its members sorted by path."""

    @cached_property
    def _file_list(self) -> FileList:
        skipped: Counter[str] = Counter()
        with self._open() as archive:
            names = [name for name, _ in self._members(archive, skipped)]
            times = (_time(info) for info in archive.infolist() if not info.is_dir())
            return FileList(names, skipped, max(times, default=0.0))

    def read(self, wanted: NameFilter) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the wanted members; SourceError at a damaged member."""
        with self._open() as archive:
            for name, info in self._members(archive, Counter()):
                if wanted(name):
                    yield name, archive.read(info)

    @contextmanager
    def _open(self) -> Iterator[zipfile.ZipFile]:
        try:
            with zipfile.ZipFile(self.path) as archive:
                yield archive
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise SourceError(
                f"{self.path}: not a complete ZIP archive ({error}): it is cut off or damaged;"
                " get it again"
            ) from error
        except NotImplementedError as error:
            raise SourceError(
                f"{self.path}: {error}: pack it in the usual way (deflate)"
            ) from error
        except OSError as error:
            raise unreadable(self.path, error) from error

    def _members(
        self, archive: zipfile.ZipFile, skipped: Counter[str]
    ) -> list[tuple[str, zipfile.ZipInfo]]:
        infos = archive.infolist()
        packed = self.path.stat().st_size
        limits.check_total(self.path, sum(info.file_size for info in infos), packed)
        members = []
        for info in infos:
            name = safe_name(self.path, info.filename)
            if info.is_dir():
                continue
            if info.flag_bits & _ENCRYPTED_FLAG:
                raise SourceError(
                    f"{self.path}: {name} is encrypted: unpack it, and give the folder"
                )
            limits.check_member(self.path, name, info.file_size)
            if part := skipped_part(name):
                skipped[part] += 1
            elif self._is_link(archive, name, info):
                skipped["symbolic link"] += 1
            else:
                members.append((name, info))
        return sorted(members, key=lambda member: member[0])

    def _is_link(self, archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo) -> bool:
        file_type = stat.S_IFMT(info.external_attr >> 16)
        if file_type in (0, stat.S_IFREG):
            return False
        if file_type != stat.S_IFLNK:
            raise SourceError(f"{self.path}: {name} is neither file nor folder: leave it out")
        with archive.open(info) as stream:
            target = stream.read(_MAX_LINK_BYTES).decode("utf-8", "replace")
        if leads_out(name, target):
            raise SourceError(f"{self.path}: {name}: a link leads outside to {target!r}")
        return True


def _time(info: zipfile.ZipInfo) -> float:
    try:
        return datetime(*info.date_time, tzinfo=UTC).timestamp()
    except ValueError:  # A day or month of zero means that the time is unknown.
        return 0.0
