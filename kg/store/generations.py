"""Keep built stores as generations, and publish a new one atomically.

A folder of stores has ``generations/<id>/``, one per build; ``current``, a file naming the
generation to read; and ``build.lock``. A generation is built first and then published by replacing
``current``, so that readers always find a complete graph, even if a build is killed. The file
``complete`` of a finished generation names the one it replaced, which is kept for readers that have
it open; all others are deleted.
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

from kg.common.errors import BuildError, StoreError

STORE: Final = "store"
"""Name of the store's folder in a generation."""

_ID: Final = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}")
_DISK_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def default_folder() -> Path:
    """Return the folder of stores: ``KG_STORE``, or else ``stdkg`` in the user's data folder."""
    folder = os.environ.get("KG_STORE")
    if folder:
        return Path(folder).expanduser()
    from platformdirs import user_data_path

    return user_data_path("stdkg", appauthor=False)


def current_generation(folder: Path) -> Path:
    """Return the folder of the current generation; StoreError if there is none.

    Safe during builds. A store opened from it stays readable after the next build.
    """
    name = _read_current(folder)
    while not _is_complete(folder, name):
        # Two builds may have ended since the name was read.
        before, name = name, _read_current(folder)
        if name == before:
            problem = f"{folder / 'current'} names no complete graph"
            if name is None:
                problem = f"no graph has been built in {folder}"
            raise StoreError(f"{problem}: run '{_build_command(folder)}'")
    return _generation(folder, name)


def check_present(generation: Path) -> None:
    """Raise StoreError if a generation is gone: only the last two are kept."""
    if not generation.exists():
        raise StoreError(f"{generation} was replaced by later builds: reopen the graph")


@contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """Create an empty generation to build in, and publish it when the context ends.

    After an error the new folder is removed and the old generation stays current; an OSError
    becomes a BuildError. StoreError if another build is running in the folder. The kernel holds the
    lock, so a killed build leaves none behind.
    """
    from filelock import FileLock, Timeout

    with _disk_errors(folder):
        (folder / "generations").mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "build.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreError(
                f"another build is running in {folder}: wait for it to end, or build elsewhere"
                " with --store"
            ) from error
        try:
            yield from _build(folder)
        finally:
            lock.release()


def _build(folder: Path) -> Iterator[Path]:
    old = _read_current(folder)
    if not _is_complete(folder, old):
        # ``current`` is missing or damaged: keep complete generations for a repair by hand until
        # the new one is published.
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
        if _read_current(folder) != name:
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
        return  # Windows can't open folders, and writes their entries through.
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_current(folder: Path) -> str | None:
    """Return the content of ``current``; None if there is no such file."""
    try:
        return (folder / "current").read_text(encoding="utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"{folder / 'current'} can't be read: {error.strerror}") from error


def _generation(folder: Path, name: str | None) -> Path:
    return folder / "generations" / (name or "")


def _is_complete(folder: Path, name: str | None) -> bool:
    # The pattern keeps a damaged name from leading out of the folder.
    return bool(name and _ID.fullmatch(name)) and (_generation(folder, name) / "complete").is_file()


def _replaced_by(folder: Path, name: str | None) -> str:
    return (
        (_generation(folder, name) / "complete")
        .read_text(encoding="utf-8", errors="replace")
        .strip()
    )


def _generations(folder: Path) -> list[Path]:
    return [path for path in (folder / "generations").iterdir() if _ID.fullmatch(path.name)]


def _clear(folder: Path, keep: set[str | None]) -> None:
    for path in _generations(folder):
        if path.name not in keep:
            # The next build tries again to remove what can't be removed now, such as open files.
            shutil.rmtree(path, ignore_errors=True)


def _build_command(folder: Path) -> str:
    return "kg build" if folder == default_folder() else f"kg build --store {folder}"


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # pyoxigraph's errors have the text of an errno, but not its number.
        reason, fix = " ".join(str(error).split()), "fix that"
        for code in _DISK_FULL:
            if os.strerror(code) in reason:
                reason, fix = os.strerror(code), "make room"
        has_graph = _is_complete(folder, _read_current(folder))
        state = "the previous graph is unchanged" if has_graph else "there is no graph yet"
        raise BuildError(
            f"the build in {folder} failed: {reason}; {state}: {fix} and run"
            f" '{_build_command(folder)}' again"
        ) from error
