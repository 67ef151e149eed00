"""A .zip, as hosting sites serve a repository -> its files."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kg.common.errors import KgError
from kg.sources.archives import limits
from kg.sources.archives.folders import Wanted, unreadable
from kg.sources.archives.paths import leads_out, passed_over, safe

_ENCRYPTED: Final = 0x1
_LONGEST_LINK: Final = 4096


class Zip:
    """A ZIP archive (PKWARE APPNOTE), its members in the order of their paths."""

    def __init__(self, source: Path) -> None:
        self.source = source

    def names(self, skipped: Counter[str]) -> list[str]:
        """The paths inside; KgError for what is unsafe, encrypted, damaged or a bomb."""
        with self._opened() as archive:
            return [name for name, _ in self._members(archive, skipped)]

    def read(self, wanted: Wanted) -> Iterator[tuple[str, bytes]]:
        """The wanted members with their bytes; KgError where one is damaged."""
        with self._opened() as archive:
            for name, info in self._members(archive, Counter()):
                if wanted(name):
                    yield name, archive.read(info)

    def newest(self) -> float:
        """The newest time of a file, in seconds of the epoch; 0 without files."""
        with self._opened() as archive:
            files = (info for info in archive.infolist() if not info.is_dir())
            return max(map(_time, files), default=0.0)

    @contextmanager
    def _opened(self) -> Iterator[zipfile.ZipFile]:
        try:
            with zipfile.ZipFile(self.source) as archive:
                yield archive
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise KgError(
                f"{self.source}: no whole ZIP archive ({error}): it is cut off or damaged;"
                " get it again"
            ) from error
        except NotImplementedError as error:
            raise KgError(f"{self.source}: {error}: pack it in the usual way (deflate)") from error
        except OSError as error:
            raise unreadable(self.source, error) from error

    def _members(
        self, archive: zipfile.ZipFile, skipped: Counter[str]
    ) -> list[tuple[str, zipfile.ZipInfo]]:
        infos = archive.infolist()
        packed = self.source.stat().st_size
        limits.check_total(self.source, sum(info.file_size for info in infos), packed)
        found = []
        for info in infos:
            name = safe(self.source, info.filename)
            if info.is_dir():
                continue
            if info.flag_bits & _ENCRYPTED:
                raise KgError(f"{self.source}: {name} is encrypted: unpack it, and give the folder")
            limits.check_member(self.source, name, info.file_size)
            if over := passed_over(name):
                skipped[over] += 1
            elif self._is_link(archive, name, info):
                skipped["symbolic link"] += 1
            else:
                found.append((name, info))
        return sorted(found, key=lambda member: member[0])

    def _is_link(self, archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo) -> bool:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind in (0, stat.S_IFREG):
            return False
        if kind != stat.S_IFLNK:
            raise KgError(f"{self.source}: {name} is neither file nor folder: leave it out")
        with archive.open(info) as stream:
            target = stream.read(_LONGEST_LINK).decode("utf-8", "replace")
        if leads_out(name, target):
            raise KgError(f"{self.source}: {name} is a link that leads out to {target!r}")
        return True


def _time(info: zipfile.ZipInfo) -> float:
    try:
        return datetime(*info.date_time, tzinfo=UTC).timestamp()
    except ValueError:  # A day or month of zero says that no time is known.
        return 0.0
