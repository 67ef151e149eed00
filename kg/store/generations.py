"""Keep built stores as generations, and publish a new one atomically.

A folder of stores has ``generations/<id>/``, one per build; ``current``, a file naming the
generation to read; and ``build.lock``. A generation is built first and then published by replacing
``current``, so that readers always find a complete graph, even if a build is killed. The file
``complete`` of a finished generation (:mod:`kg.store.completion`) has the checksums of its files,
and names the generation it replaced, which is kept for readers that have it open; all others are
deleted.
"""

from __future__ import annotations

import errno
import os
import secrets
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kg.common.errors import BuildError, StoreError
from kg.store.checksums import Damage, checksums, find_damage, find_obvious_damage
from kg.store.completion import ID, Completion, read_completion, write_file
from kg.store.vocabulary import vocabulary_digest

STORE: Final = "store"
"""Name of the store's folder in a generation."""

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
    return _current(folder)[0]


def _current(folder: Path) -> tuple[Path, Completion]:
    """Return the current generation with its record, see :func:`current_generation`."""
    name = _read_current(folder)
    while (completion := _completion(folder, name)) is None:
        # Two builds may have ended since the name was read.
        before, name = name, _read_current(folder)
        if name == before:
            if name is None and not _finished(folder):
                raise StoreError(
                    f"no graph has been built in {folder}: run '{build_command(folder)}'"
                )
            raise StoreError(
                f"{folder / 'current'} names no complete graph: run '{build_command(folder)}',"
                " which takes up the newest whole one"
            )
    return _generation(folder, name), completion


def open_generation(folder: Path) -> Path:
    """Return the folder of the current generation, as :func:`current_generation`.

    Raises StoreError if a file of it is missing, has another size or differs at its ends.
    """
    generation, completion = _current(folder)
    first = next(find_obvious_damage(generation, completion.files or {}), None)
    if first is not None:
        check_present(generation)
        raise damage_error(generation, first)
    return generation


def outdated_note(generation: Path) -> str:
    """Return what to tell of a graph that was built with another vocabulary, or nothing.

    Such a graph is read, but answers lack what has another name in it.
    """
    completion = read_completion(generation)
    if completion is None or completion.vocabulary == vocabulary_digest():
        return ""
    build = build_command(folder_of(generation))
    return (
        "note: the graph was built by another version, with another vocabulary: answers may lack"
        f" things until '{build}' is run"
    )


def check_files(generation: Path, subfolder: str) -> None:
    """Read the files of a part of a generation in full; StoreError if one is damaged."""
    completion = read_completion(generation)
    expected = (completion.files if completion else None) or {}
    inside = {name: sum_ for name, sum_ in expected.items() if name.startswith(f"{subfolder}/")}
    for first in find_damage(generation, inside)[:1]:
        raise damage_error(generation, first)


def damage_error(generation: Path, damage: Damage) -> StoreError:
    """Return the error for a damaged file of a generation."""
    fix = mending(folder_of(generation))
    return StoreError(f"the graph is damaged: {generation / damage.file}: {damage.fault}; {fix}")


def mending(folder: Path) -> str:
    """Return what to do about damage, for an error message."""
    build = build_command(folder)
    return f"run '{build.replace('build', 'check', 1)}' to see all damage, and '{build}' to mend it"


def folder_of(generation: Path) -> Path:
    """Return the folder of stores that a generation is in."""
    return generation.parent.parent


def finished_generations(folder: Path) -> list[Path]:
    """Return the generations that may be whole, whatever ``current`` says.

    The one that ``current`` names comes first, then the newest ones.
    """
    named = _read_current(folder)
    names = sorted(_finished(folder), reverse=True)
    if named and ID.fullmatch(named) and _generation(folder, named).is_dir():
        names = [named, *(name for name in names if name != named)]
    return [_generation(folder, name) for name in names]


def had_graph(folder: Path) -> bool:
    """Return whether a graph has been published in a folder, even if it is damaged now."""
    return (folder / "current").exists() or bool(_finished(folder))


def point_to(generation: Path) -> None:
    """Make a generation the current one."""
    folder = folder_of(generation)
    write_file(folder / "current.new", generation.name + "\n")
    (folder / "current.new").replace(folder / "current")
    _sync(folder)


def check_present(generation: Path) -> None:
    """Raise StoreError if a generation is gone: only the last two are kept."""
    if not generation.exists():
        raise StoreError(f"{generation} was replaced by later builds: reopen the graph")


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Keep other builds out of a folder of stores, which is created if it is missing.

    StoreError if another build is running in it; an OSError in the context becomes a BuildError.
    The kernel holds the lock, so a killed build leaves none behind.
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
            yield
        finally:
            lock.release()


@contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """Create an empty generation to build in, and publish it when the context ends.

    After an error the new folder is removed and the old generation stays current. Needs the
    :func:`build_lock`.
    """
    old = clear_unfinished(folder)
    now = datetime.now(UTC)
    name = f"{now:%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(4)}"
    new = _generation(folder, name)
    new.mkdir()
    try:
        yield new
        _publish(new, old)
    except BaseException:
        if _read_current(folder) != name:
            shutil.rmtree(new, ignore_errors=True)
        raise
    _clear(folder, {name, old})


def clear_unfinished(folder: Path) -> str | None:
    """Remove what killed builds left; return the name of the current generation, or None.

    Without a current generation all finished ones are kept. Needs the :func:`build_lock`.
    """
    old = _read_current(folder)
    completion = _completion(folder, old)
    if completion is None:
        _clear(folder, set(_finished(folder)))
        return None
    _clear(folder, {old, completion.replaced})
    return old


def _publish(new: Path, old: str | None) -> None:
    files = checksums(new)
    for path in new.rglob("*"):
        _sync(path)
    write_file(new / "complete", Completion(old, files, vocabulary_digest()).to_text())
    _sync(new)
    _sync(new.parent)
    point_to(new)


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


def _completion(folder: Path, name: str | None) -> Completion | None:
    """Return the record of a finished generation; None if there is none, or it is damaged."""
    # The pattern keeps a damaged name from leading out of the folder.
    if not name or not ID.fullmatch(name):
        return None
    return read_completion(_generation(folder, name))


def _finished(folder: Path) -> list[str]:
    """Return the names of the generations that a build has finished, damaged or not."""
    return [path.name for path in _generations(folder) if (path / "complete").exists()]


def _generations(folder: Path) -> list[Path]:
    home = folder / "generations"
    return [path for path in home.iterdir() if ID.fullmatch(path.name)] if home.is_dir() else []


def _clear(folder: Path, keep: set[str | None]) -> None:
    for path in _generations(folder):
        if path.name not in keep:
            # The next build tries again to remove what can't be removed now, such as open files.
            shutil.rmtree(path, ignore_errors=True)


def build_command(folder: Path) -> str:
    """Return the command that builds in a folder of stores."""
    place = "" if folder == default_folder() else f" --store {shlex.quote(str(folder))}"
    return f"kg build{place}"


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
        has_graph = _completion(folder, _read_current(folder)) is not None
        state = "the previous graph is unchanged" if has_graph else "there is no graph yet"
        raise BuildError(
            f"the build in {folder} failed: {reason}; {state}: {fix} and run"
            f" '{build_command(folder)}' again"
        ) from error
