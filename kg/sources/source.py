"""A source of records: a folder, an archive or a single file, opened once and read lazily."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from kg.common import namespaces, resources
from kg.common.errors import SourceError
from kg.sources.archives import git
from kg.sources.archives.files import FileReader, FolderReader, SourceReader, unreadable
from kg.sources.archives.git_tree import GitTreeReader, checkout_of, is_revision
from kg.sources.archives.paths import wrapper_folder
from kg.sources.archives.tar import TarReader
from kg.sources.archives.zip import ZipReader

_TAR_SUFFIXES: Final = (".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst")
_UNSUPPORTED_SUFFIXES: Final = (
    ".tar.bz2",
    ".tbz2",
    ".tar.xz",
    ".txz",
    ".7z",
    ".rar",
    ".gz",
    ".zst",
    ".bz2",
    ".xz",
)
_BRANCH_SUFFIX: Final = re.compile(r"-(main|master|[0-9a-f]{40})$")


class Form(StrEnum):
    """How a source is stored."""

    FOLDER = "folder"
    GIT = "git"
    GIT_TREE = "git revision"
    TAR = "tar"
    ZIP = "zip"
    FILE = "file"
    MISSING = "missing"


_READERS: Final[dict[Form, Callable[[Path], SourceReader]]] = {
    Form.FOLDER: FolderReader,
    Form.GIT: FolderReader,
    Form.GIT_TREE: GitTreeReader,
    Form.TAR: TarReader,
    Form.ZIP: ZipReader,
    Form.FILE: FileReader,
}
_ARCHIVES: Final = (Form.TAR, Form.ZIP)


class SourceState(NamedTuple):
    """The state of a source's content: its digest (SHA-256) and its day (ISO 8601).

    ``stated`` is true if the user stated the day.
    """

    digest: str
    snapshot: str
    stated: bool = False


@dataclass(frozen=True)
class Source:
    """A source of records; its content is read lazily, and listings are cached.

    ``slug`` is the name in the graph (see :func:`source_slug`). Nothing is unpacked to disk, and
    every member of an archive is checked before the first byte is returned. ``kept`` is a file
    where digests of a folder's files are kept, so that unchanged ones need not be read again.
    """

    path: Path
    slug: str
    form: Form
    kept: Path | None = None

    @classmethod
    def open(cls, path: Path, slug: str | None = None) -> Source:
        """Open a folder, an archive, a file, or a revision of a git checkout (``FOLDER@DAY``).

        ``slug`` overrides the name made from its path.

        Raises SourceError for a path that does not exist, an archive of an unsupported format, and
        a name that is reserved in the graph.
        """
        form = _form(path)
        return cls(path, source_slug(path) if slug is None else slug, form)

    @classmethod
    def missing(cls, path: Path, slug: str) -> Source:
        """Return a source that was converted before and no longer exists."""
        return cls(path, slug, Form.MISSING)

    @cached_property
    def _reader(self) -> SourceReader:
        if self.form is Form.MISSING:
            raise SourceError(f"{self.path}: there is no such file or folder: check the path")
        return _READERS[self.form](self.path)

    @cached_property
    def _wrapper(self) -> str:
        """The folder that a hosting site wraps around an archived repository, with its slash."""
        return wrapper_folder(self._reader.names) if self.form in _ARCHIVES else ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The paths of all files, without the wrapper folder of an archive.

        Raises SourceError for a damaged or truncated archive and for unsafe content: names or links
        that point outside, devices, duplicate names, encrypted members, decompression bombs.
        """
        names = self._reader.names
        seen: set[str] = set()
        for name in names:
            if name in seen:
                raise SourceError(
                    f"{self.path}: two members are called {name!r}: leave one of them out"
                )
            seen.add(name)
        return tuple(name[len(self._wrapper) :] for name in names)

    @property
    def skipped(self) -> Counter[str]:
        """Counts of skipped files, by name (``.git``) or ``symbolic link``."""
        return self._reader.skipped

    def read(self, wanted: Container[str]) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the wanted files, in a stable order.

        Raises SourceError at a damaged file; discard the files yielded before.
        """
        length = len(self._wrapper)
        for name, data in self._reader.read(lambda name: name[length:] in wanted):
            yield name[length:], data

    def sample(self, wanted: Callable[[str], bool], limit: int) -> Iterator[tuple[str, bytes]]:
        """Yield the wanted files among the first ``limit``, without reading the rest.

        Paths include the wrapper folder; a truncated archive is not detected.
        """
        seen = count()

        def is_wanted(name: str) -> bool:
            if next(seen) >= limit:
                raise _LimitReached
            return wanted(name)

        with suppress(_LimitReached):
            yield from self._reader.read(is_wanted)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the content, in hexadecimal.

        The digest of a file or archive covers its bytes; that of a folder or a git revision covers
        the paths and contents of its files, but no times and no skipped files.
        """
        return self._reader.digest(self.kept)

    @cached_property
    def snapshot(self) -> str:
        """The UTC day (ISO 8601) of the content, which catalogues don't state themselves.

        For a git checkout or revision the day of the commit; for an archive the day of the newest
        member, which hosting sites set to that of the commit; otherwise the day of the last
        modification on this disk, which may be the day of the download.
        """
        day = git.commit_day(self.path) if self.form is Form.GIT else None
        if day:
            return day
        try:
            return datetime.fromtimestamp(self._reader.newest, UTC).date().isoformat()
        except (OverflowError, ValueError, OSError) as error:
            raise SourceError(
                f"{self.path}: a modification time outside the calendar ({error}): set it again"
            ) from error

    def state(self, previous: SourceState | None = None, day: str | None = None) -> SourceState:
        """Return digest and snapshot; ``previous`` is the state at the last conversion.

        ``day`` is the snapshot if the user states it; it stays that of unchanged content. Finding
        the day of an archive unpacks it, so an unchanged archive keeps its previous state. So does
        a missing source.
        """
        if day is not None:
            return SourceState(self.digest, day, stated=True)
        if previous is not None and (
            self.form is Form.MISSING
            or ((previous.stated or self.form in _ARCHIVES) and self.digest == previous.digest)
        ):
            return previous
        return SourceState(self.digest, self.snapshot)


class _LimitReached(Exception):  # noqa: N818
    """The limit of a sample has been reached."""


def source_slug(path: Path) -> str:
    """Return the name of a source in the graph: without suffix, in lower case, in ASCII.

    The branch or commit that hosting sites append is removed, so that an archive and a checkout of
    a repository have the same name. Raises SourceError for a name that is reserved in the graph.

    >>> source_slug(Path("relaton-data-iso-main.zip"))
    'relaton-data-iso'
    >>> source_slug(Path("ISO_technical_committees.csv"))
    'iso-technical-committees'
    """
    if is_revision(path):
        path = checkout_of(path)
    name = path.resolve().name
    suffix = next((s for s in (*_TAR_SUFFIXES, ".zip") if name.lower().endswith(s)), None)
    if suffix:
        name = name[: -len(suffix)]
    elif not path.is_dir():
        name = Path(name).stem
    slug = _slug(_BRANCH_SUFFIX.sub("", name.lower()))
    if not slug:
        # A name without ASCII letters and digits can't be part of an IRI.
        slug = f"source-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"
    if slug in reserved_slugs():
        raise SourceError(f"{path}: the name {slug!r} is reserved in the graph: rename it")
    return slug


def named_slug(name: str) -> str:
    """Return the name of a source in the graph as the user gives it; SourceError if it is none.

    >>> named_slug("ISO committees 2025")
    'iso-committees-2025'
    """
    slug = _slug(name.lower())
    if not slug:
        raise SourceError(f"the name {name!r} has no letters a-z and no digits: choose another")
    if slug in reserved_slugs():
        raise SourceError(f"the name {name!r} is reserved in the graph: choose another")
    return slug


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9.]", "-", name).strip("-.")


def reserved_slugs() -> set[str]:
    """Return the names that no source can have: graphs and articles of the program."""
    graphs = [value for name, value in vars(namespaces).items() if name.endswith("_GRAPH")]
    own = {
        iri.removeprefix(namespaces.BASE).split("/")[1] for iri in (*graphs, namespaces.CURATION)
    }
    return own | {folder.name for folder in resources.articles().iterdir()}


def _form(path: Path) -> Form:
    try:
        exists, is_folder = path.exists(), path.is_dir()
        is_checkout = is_folder and (path / ".git").is_dir()
    except OSError as error:
        raise unreadable(path, error) from error
    if not exists:
        if is_revision(path):
            return Form.GIT_TREE
        raise SourceError(f"{path}: there is no such file or folder: check the path")
    if is_folder:
        return Form.GIT if is_checkout else Form.FOLDER
    if not path.is_file():
        raise SourceError(f"{path}: neither file nor folder: give a file or a folder")
    name = path.name.lower()
    if name.endswith(".zip"):
        return Form.ZIP
    if name.endswith(_TAR_SUFFIXES):
        return Form.TAR
    if name.endswith(_UNSUPPORTED_SUFFIXES):
        raise SourceError(
            f"{path}: unsupported archive format: give a .zip, .tar.gz, .tar.zst,"
            " or the unpacked folder"
        )
    return Form.FILE
