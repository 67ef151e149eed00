"""Reader of a git checkout as it stood on a day, or at another revision: ``PATH@2025-04-30``.

Read by dulwich, not by git: the configuration in an untrusted folder can make git run any program.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.common.errors import SourceError
from kg.sources.archives import limits
from kg.sources.archives.files import FileList, NameFilter, SourceReader
from kg.sources.archives.paths import check_characters, safe_name, skipped_part

if TYPE_CHECKING:
    from dulwich.objects import Commit, TreeEntry
    from dulwich.repo import Repo

_REVISION: Final = re.compile(r"(?P<folder>.+)@(?P<revision>[^@]+)")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def is_revision(path: Path) -> bool:
    """Return whether a path means a revision of a git checkout: ``FOLDER@DAY`` or ``FOLDER@NAME``.

    A file or folder of that very name comes first.
    """
    match = _REVISION.fullmatch(str(path))
    return match is not None and not path.exists() and (Path(match["folder"]) / ".git").is_dir()


def checkout_of(path: Path) -> Path:
    """Return the folder of the checkout in ``FOLDER@REVISION``."""
    return Path(_split(path)[0])


def _split(path: Path) -> tuple[str, str]:
    folder, _, revision = str(path).rpartition("@")
    return folder, revision


class GitTreeReader(SourceReader):
    """The files of a commit: the last one of the checked-out branch up to a day, or a named one."""

    @cached_property
    def _repository(self) -> Repo:
        try:
            from dulwich.errors import NotGitRepository
            from dulwich.repo import Repo
        except ImportError as error:
            raise SourceError(
                f"{self.path}: reading a revision needs dulwich: pip install 'stdkg[git]'"
            ) from error
        try:
            return Repo(_split(self.path)[0])
        except (NotGitRepository, OSError, ValueError) as error:
            raise SourceError(f"{self.path}: no readable git repository: {error}") from error

    @cached_property
    def _commit(self) -> Commit:
        revision = _split(self.path)[1]
        if _DAY.fullmatch(revision):
            return self._commit_of_day(revision)
        from dulwich.objectspec import parse_commit

        try:
            return parse_commit(self._repository, revision.encode())
        except (KeyError, ValueError) as error:
            raise SourceError(
                f"{self.path}: the repository has no revision {revision!r}: give a day"
                " (2025-04-30), a branch, a tag or a commit"
            ) from error

    def _commit_of_day(self, day: str) -> Commit:
        try:
            end = datetime.fromisoformat(f"{day}T23:59:59+00:00").timestamp()
        except ValueError as error:
            raise SourceError(f"{self.path}: {day} is no day of the calendar") from error
        try:
            walker = self._repository.get_walker()
            commits = [entry.commit for entry in walker]
        except (KeyError, OSError) as error:
            raise SourceError(
                f"{self.path}: the history can't be read to its beginning ({error}): fetch the"
                " whole of it"
            ) from error
        # Commits of a merge need not be in the order of their days.
        reached = [commit for commit in commits if commit.commit_time <= end]
        if not reached:
            first = _day_of(min(commit.commit_time for commit in commits))
            raise SourceError(
                f"{self.path}: the history begins on {first}: give a day from then on, or fetch"
                " more of it"
            )
        return max(reached, key=lambda commit: commit.commit_time)

    @cached_property
    def _entries(self) -> dict[str, TreeEntry]:
        from dulwich.object_store import iter_tree_contents

        entries = iter_tree_contents(self._repository.object_store, self._commit.tree)
        return {
            safe_name(self.path, entry.path.decode("utf-8", "surrogateescape")): entry
            for entry in entries
        }

    @cached_property
    def _file_list(self) -> FileList:
        names, skipped = [], Counter[str]()
        for name, entry in self._entries.items():
            if part := skipped_part(name):
                skipped[part] += 1
            elif not stat.S_ISREG(entry.mode):
                skipped["symbolic link"] += 1
            else:
                check_characters(self.path, name)
                names.append(name)
        return FileList(sorted(names), skipped, self._commit.commit_time)

    def read(self, wanted: NameFilter) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the wanted files."""
        for name in self.names:
            if wanted(name):
                data = self._repository[self._entries[name].sha].as_raw_string()
                limits.check_member(self.path, name, len(data))
                yield name, data

    def digest(self, kept: Path | None = None) -> str:
        """Return the SHA-256 of the name of the commit's tree, which covers all its files."""
        return hashlib.sha256(b"git tree " + self._commit.tree).hexdigest()


def _day_of(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).date().isoformat()
