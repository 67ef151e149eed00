"""A source of any form -> its files: a folder, a .zip, a .tar (.gz, .zst), or a single file.

Everything is checked before the first byte is handed out, and nothing is unpacked to disk.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final, Protocol

from kg.common import namespaces, resources
from kg.common.errors import KgError
from kg.sources.archives import git
from kg.sources.archives.folders import Folder, SingleFile, unreadable
from kg.sources.archives.paths import top
from kg.sources.archives.tar import Tar
from kg.sources.archives.zip import Zip

__all__ = ["Contents", "contents", "digest", "peek", "slug", "snapshot"]

_TARS: Final = (".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst")
_OTHERS: Final = (
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
_BRANCH: Final = re.compile(r"-(main|master|[0-9a-f]{40})$")
_PIECE: Final = 1 << 20


class _Form(Protocol):
    source: Path

    def names(self, skipped: Counter[str], /) -> list[str]: ...
    def read(self, wanted: Callable[[str], bool], /) -> Iterator[tuple[str, bytes]]: ...
    def newest(self) -> float: ...


@dataclass(frozen=True)
class Contents:
    """What a source holds: the paths inside, and what was passed over, by name, with counts.

    The one folder that hosting sites put around a repository is taken off the paths.
    """

    names: tuple[str, ...]
    skipped: Counter[str]
    _form: _Form
    _top: str

    def read(self, wanted: Container[str]) -> Iterator[tuple[str, bytes]]:
        """The files whose paths are wanted, with their bytes, one by one in a stable order.

        Raises KgError for one that is damaged: what came before it must be thrown away.
        """
        length = len(self._top)
        for name, data in self._form.read(lambda name: name[length:] in wanted):
            yield name[length:], data


def contents(source: Path) -> Contents:
    """Look through a source. Raises KgError, one line, where it is not whole and safe.

    Refused are members whose names reach outside, links that lead out, devices, two members of one
    name, encrypted members, archives that are cut off, and those that unpack to far too much.
    """
    form = _form(source)
    skipped: Counter[str] = Counter()
    names = form.names(skipped)
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise KgError(f"{source}: two members are called {name!r}: leave one of them out")
        seen.add(name)
    outer = top(names) if not isinstance(form, Folder | SingleFile) else ""
    return Contents(tuple(name[len(outer) :] for name in names), skipped, form, outer)


class _Enough(Exception):  # noqa: N818
    """Enough names were seen."""


def peek(source: Path, wanted: Callable[[str], bool], names: int) -> Iterator[tuple[str, bytes]]:
    """The wanted ones of the first so many files of a source, without looking through all of it.

    For a glance at what it is: paths are as the archive has them, and whether the archive is whole
    is not known.
    """
    seen = count()

    def first(name: str) -> bool:
        if next(seen) >= names:
            raise _Enough
        return wanted(name)

    with suppress(_Enough):
        yield from _form(source).read(first)


def digest(source: Path) -> str:
    """The SHA-256 of a source, as hexadecimal digits: the same as long as its content is.

    Of a file or archive it is that of its bytes. Of a folder it is taken over the paths inside, in
    order, and the content of each file; times and what is passed over (``.git``) don't count.
    """
    form = _form(source)
    found = hashlib.sha256()
    if not isinstance(form, Folder):
        _update(found, source)
        return found.hexdigest()
    for name in form.names(Counter()):
        inner = hashlib.sha256()
        _update(inner, source / name)
        # No path holds the zero sign, and digests have one length: no two folders look the same.
        found.update(os.fsencode(name) + b"\0" + inner.digest())
    return found.hexdigest()


def _update(found: hashlib._Hash, file: Path) -> None:
    try:
        with file.open("rb") as stream:
            while piece := stream.read(_PIECE):
                found.update(piece)
    except OSError as error:
        raise unreadable(file, error) from error


def snapshot(source: Path) -> str:
    """The day (ISO 8601, UTC) whose state a source gives, as well as that can be told.

    Of a checkout of git it is the day of the commit, even where files were changed since. Of an
    archive it is that of its newest member, which for the archives of hosting sites is the day of
    the commit. Of any other folder and of a file it is the day of the last change on this disk,
    which may be the day of the download. No catalogue says itself of what day it is.
    """
    day = git.commit_day(source) if source.is_dir() else None
    if day:
        return day
    form = _form(source)
    try:
        return datetime.fromtimestamp(form.newest(), UTC).date().isoformat()
    except (OverflowError, ValueError, OSError) as error:
        raise KgError(f"{source}: a time that no calendar has ({error}): set it anew") from error


def is_archive(source: Path) -> bool:
    """Whether a source is an archive, whose day (:func:`snapshot`) is in its content."""
    return isinstance(_form(source), Tar | Zip)


def slug(source: Path) -> str:
    """What a source is called in the graph: its name without endings, in lower case, in ASCII.

    The branch or commit that hosting sites add is taken off, so that an archive and a checkout of
    one repository have one name. Raises KgError for a name that the graph uses otherwise.

    >>> slug(Path("relaton-data-iso-main.zip")), slug(Path("ISO_technical_committees.csv"))
    ('relaton-data-iso', 'iso-technical-committees')
    """
    name = source.resolve().name
    ending = next((e for e in (*_TARS, ".zip") if name.lower().endswith(e)), None)
    if ending:
        name = name[: -len(ending)]
    elif not source.is_dir():
        name = Path(name).stem
    plain = _BRANCH.sub("", name.lower())
    found = re.sub(r"[^a-z0-9.]", "-", plain).strip("-.")
    if not found:
        # A name of other letters has none that an IRI could show.
        found = f"source-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"
    if found in _taken():
        raise KgError(f"{source}: the graph has a part of its own called {found!r}: rename it")
    return found


def _taken() -> set[str]:
    graphs = [value for name, value in vars(namespaces).items() if name.endswith("_GRAPH")]
    known = {
        iri.removeprefix(namespaces.BASE).split("/")[1] for iri in (*graphs, namespaces.CURATION)
    }
    return known | {folder.name for folder in resources.articles().iterdir()}


def _form(source: Path) -> _Form:
    try:
        mode_is_folder = source.is_dir()
        exists = source.exists()
    except OSError as error:
        raise unreadable(source, error) from error
    if not exists:
        raise KgError(f"{source}: there is no such file or folder: check the path")
    if mode_is_folder:
        return Folder(source)
    if not source.is_file():
        raise KgError(f"{source}: neither file nor folder: give one of these")
    name = source.name.lower()
    if name.endswith(".zip"):
        return Zip(source)
    if name.endswith(_TARS):
        return Tar(source)
    if name.endswith(_OTHERS):
        raise KgError(
            f"{source}: packed in a way that is not read: give a .zip, .tar.gz, .tar.zst,"
            " or the unpacked folder"
        )
    return SingleFile(source)
