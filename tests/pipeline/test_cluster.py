"""A scheduler of dask.distributed and its worker processes convert to the same bytes."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from kg.common.cluster import ClusterWorkers
from kg.common.errors import BuildError
from kg.common.workers import Workers
from kg.pipeline import chunks
from kg.pipeline.build import CatalogueSelection, build
from kg.pipeline.catalogues import convert, plan_source
from kg.sources.source import Source
from tests.sources.archives.test_archives import zipped
from tests.support import WORLD

pytestmark = pytest.mark.slow

ISO = WORLD / "relaton-data-iso"


def start(workers: int) -> Any:
    import distributed

    # It has no types.
    cluster: Any = distributed.LocalCluster
    # ":0" means any port.
    return cluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1"
    )


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler with two workers, each a process."""
    with start(workers=2) as started:
        yield started


@pytest.fixture(autouse=True)
def many_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "_CHUNK", 2000)


def converted(path: Path, cache: Path, workers: Workers) -> bytes:
    account = convert(plan_source(Source.open(path), None), cache, workers)
    assert account.records > 2
    return (cache / f"{account.stem}.nt.zst").read_bytes()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    with Workers() as workers:
        return converted(ISO, tmp_path_factory.mktemp("here"), workers)


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_files_are_read_where_they_lie_or_sent(
    cluster: Any, expected: bytes, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks: list[str] = []
    submit = ClusterWorkers.submit

    def noted(self: ClusterWorkers, task: Any, *args: Any) -> Future[Any]:
        tasks.append(getattr(task, "func", task).__name__)
        return submit(self, task, *args)

    monkeypatch.setattr(ClusterWorkers, "submit", noted)
    source = ISO
    if form == "zip":
        files = sorted(path for path in ISO.rglob("*") if path.is_file())
        members = [(path.relative_to(ISO).as_posix(), path.read_bytes()) for path in files]
        source = zipped(tmp_path / "relaton-data-iso.zip", *members)
    with ClusterWorkers(cluster.scheduler_address) as workers:
        assert converted(source, tmp_path, workers) == expected
    expected_task = "_convert_placed" if form == "folder" else "_convert_sent"
    assert tasks.count(expected_task) > 2
    assert set(tasks) <= {expected_task, "_sees"}


def test_files_that_workers_do_not_see_are_read_here(
    cluster: Any, expected: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = chunks._placed_chunks

    def elsewhere(source: Source, kind: str) -> Iterator[chunks.Placed]:
        for number, placed in enumerate(places(source, kind)):
            changed = tuple((name, size, time + number) for name, size, time in placed.files)
            yield chunks.Placed(placed.folder, changed)

    monkeypatch.setattr(chunks, "_placed_chunks", elsewhere)
    with ClusterWorkers(cluster.scheduler_address) as workers:
        assert converted(ISO, tmp_path, workers) == expected


def test_another_worker_does_the_share_of_one_that_is_killed(
    cluster: Any, expected: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = cluster.workers[0].pid
    result_of = ClusterWorkers.result_of
    killed: list[int] = []

    def killing(self: ClusterWorkers, future: Future[Any]) -> Any:
        if not killed:
            os.kill(lost, signal.SIGKILL)
            killed.append(lost)
        return result_of(self, future)

    monkeypatch.setattr(ClusterWorkers, "result_of", killing)
    with ClusterWorkers(cluster.scheduler_address) as workers:
        assert converted(ISO, tmp_path, workers) == expected
    assert killed


def test_workers_of_another_version_are_refused(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "importer_digest", lambda: "0")
    with (
        ClusterWorkers(cluster.scheduler_address) as workers,
        pytest.raises(BuildError, match="another version of stdkg"),
    ):
        converted(ISO, tmp_path, workers)


def test_a_cluster_without_workers_ends_with_one_line() -> None:
    with (
        start(workers=0) as empty,
        pytest.raises(BuildError, match="has no workers: start some with 'dask worker tcp:"),
    ):
        ClusterWorkers(empty.scheduler_address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "no address"])
def test_an_address_without_scheduler_ends_with_one_line(
    built: Path, tmp_path: Path, address: str
) -> None:
    store = shutil.copytree(built, tmp_path / "store")
    with pytest.raises(BuildError, match=f"{address}: no scheduler answers there"):
        build(store, selection=CatalogueSelection((ISO,)), cluster=address)
