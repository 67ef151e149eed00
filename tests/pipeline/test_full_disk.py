"""A disk that is full at any moment of a build, with and without a graph before.

``--full-disks N`` sets the number of amounts of free space that are tried.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.common.errors import BuildError
from kg.pipeline.build import CatalogueSelection, build
from tests.pipeline.test_build import answers
from tests.support import WORLD

SOURCES = CatalogueSelection((WORLD / "ICS.xml", WORLD / "relaton-data-jis"))

pytestmark = [
    pytest.mark.privileged,
    pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root"),
]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def leave(disk: Path, size: int) -> None:
    """Fill a disk up to as many bytes."""
    with (disk / "filler").open("wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, shutil.disk_usage(disk).free - size)


def files(store: Path) -> dict[str, int]:
    """Return the sizes of the files that a failed build may not change: all but its kept work."""
    return {
        str(file.relative_to(store)): file.stat().st_size
        for file in store.rglob("*")
        if file.is_file() and file.name != "build.lock" and file.parent.name != "converted"
    }


def failure(store: Path) -> str:
    """Build; return the message if that fails."""
    try:
        build(store, selection=SOURCES)
    except BuildError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("has_graph", [True, False])
def test_a_disk_that_is_full_at_any_stage(
    built: Path, disk: Path, has_graph: bool, pytestconfig: pytest.Config
) -> None:
    store, filler = disk / "store", disk / "filler"
    needed = sum(files(built).values())
    stands = "the previous graph is unchanged" if has_graph else "there is no graph yet"
    tries = pytestconfig.getoption("full_disks")
    failed = 0
    for number in range(tries):
        shutil.rmtree(store, ignore_errors=True)
        filler.unlink(missing_ok=True)
        if has_graph:
            shutil.copytree(built, store)
        before = files(store)
        leave(disk, needed * number // tries)
        message = failure(store)
        if message:
            failed += 1
            assert re.fullmatch(
                f"the build in .* failed: No space left on device; {stands}: make room and .*",
                message,
            )
            assert files(store) == before
            assert not has_graph or answers(store)
    filler.unlink(missing_ok=True)
    assert failure(store) == ""
    assert answers(store)
    assert failed
