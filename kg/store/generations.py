"""Where built stores live, and how a new one takes the place of the old one.

A folder of stores holds ``generations/<id>/``, the built stores; ``current``, a file that names
the one to ask; and ``build.lock``. A store is built aside and then named in one step, so that a
reader finds the old graph or the new one whole, whenever a build is killed. A finished generation
holds a file ``complete`` that names the generation it replaced: that one stays, for readers who
opened it, and everything else is cleared away.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kg.common.errors import KgError

STORE: Final = "store"
"""The name of the store's folder in a generation."""

_ID: Final = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}")
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def default_folder() -> Path:
    """Give the folder of stores: the environment's KG_STORE, or else in the user's data."""
    named = os.environ.get("KG_STORE")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("stdkg", appauthor=False)


def current(folder: Path) -> Path:
    """Find the folder of the current generation; KgError when there is none to be asked.

    Safe beside running builds. A store that was opened from it outlives the next build; open
    again to see newer data.
    """
    named = _named(folder)
    while not _is_complete(folder, named):
        # Two builds may have ended between reading the name and looking for what it names.
        before, named = named, _named(folder)
        if named == before:
            wrong = f"{folder / 'current'} names no whole graph"
            if named is None:
                wrong = f"no graph has been built in {folder}"
            raise KgError(f"{wrong}: run '{_build_command(folder)}'")
    return _generation(folder, named)


@contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """Give a new, empty folder to build a store in, and make it the current one at the end.

    If the block raises, or the disk does, the new folder is removed and the old generation stands;
    OSErrors become KgErrors. KgError at once when another build is running in the folder. The lock
    is the kernel's, so that a killed build leaves none behind.
    """
    from filelock import FileLock, Timeout

    with _disk_errors(folder):
        (folder / "generations").mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "build.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise KgError(
                f"another build is running in {folder}: wait for it to end, or build elsewhere"
                " with --store"
            ) from error
        try:
            yield from _build(folder)
        finally:
            lock.release()


def _build(folder: Path) -> Iterator[Path]:
    old = _named(folder)
    if not _is_complete(folder, old):
        # The name is missing or wrong: what is whole may still serve to mend it by hand, until
        # the new graph stands.
        old = None
        _clear(
            folder, {path.name for path in _generations(folder) if _is_complete(folder, path.name)}
        )
    else:
        _clear(folder, {old, _replaced_by(folder, old)})
    now = datetime.now(UTC)
    name = f"{now:%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(4)}"
    new = _generation(folder, name)
    new.mkdir()
    try:
        yield new
        _publish(folder, new, old)
    except BaseException:
        if _named(folder) != name:
            shutil.rmtree(new, ignore_errors=True)
        raise
    _clear(folder, {name, old})


def _publish(folder: Path, new: Path, old: str | None) -> None:
    for path in new.rglob("*"):
        _sync(path)
    _write(new / "complete", old or "")
    _sync(new)
    _sync(new.parent)
    _write(folder / "current.new", new.name)
    (folder / "current.new").replace(folder / "current")
    _sync(folder)


def _write(path: Path, line: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders, and writes their entries through.
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _named(folder: Path) -> str | None:
    """Read what ``current`` says; None when there is no such file."""
    try:
        return (folder / "current").read_text(encoding="utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise KgError(f"{folder / 'current'} can't be read: {error.strerror}") from error


def _generation(folder: Path, name: str | None) -> Path:
    return folder / "generations" / (name or "")


def _is_complete(folder: Path, name: str | None) -> bool:
    # The form is checked too, lest a damaged name lead out of the folder.
    return bool(name and _ID.fullmatch(name)) and (_generation(folder, name) / "complete").is_file()


def _replaced_by(folder: Path, name: str | None) -> str:
    return (
        (_generation(folder, name) / "complete")
        .read_text(encoding="utf-8", errors="replace")
        .strip()
    )


def _generations(folder: Path) -> list[Path]:
    return [path for path in (folder / "generations").iterdir() if _ID.fullmatch(path.name)]


def _clear(folder: Path, kept: set[str | None]) -> None:
    for path in _generations(folder):
        if path.name not in kept:
            # What can't be removed now (a file held open, say) is tried again by the next build.
            shutil.rmtree(path, ignore_errors=True)


def _build_command(folder: Path) -> str:
    return "kg build" if folder == default_folder() else f"kg build --store {folder}"


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # pyoxigraph's errors carry no errno, only its text.
        why, cure = " ".join(str(error).split()), "mend that"
        for code in _NO_ROOM:
            if os.strerror(code) in why:
                why, cure = os.strerror(code), "make room"
        stood = _is_complete(folder, _named(folder))
        stands = "the previous graph still stands" if stood else "there is no graph yet"
        raise KgError(
            f"the build in {folder} failed: {why}; {stands}: {cure} and run"
            f" '{_build_command(folder)}' again"
        ) from error
