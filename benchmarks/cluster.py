"""Conversion on a cluster of 1, 2 and 4 workers, and of 2 of which one is killed.

``python -m benchmarks.cluster SOURCE...`` converts the sources once here, and then on clusters of
dask.distributed on this machine. Prints seconds, efficiency (the time of one worker, divided by
the time and the number of workers), and the digest of all converted bytes, which is the same.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Final

from kg.common.cluster import ClusterWorkers
from kg.common.workers import Workers
from kg.pipeline.catalogues import convert, plan_source
from kg.sources.source import Source

_SIZES: Final = (1, 2, 4)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="+", type=Path)
    sources = parser.parse_args().sources
    print(
        "| workers | seconds | efficiency | SHA-256 of the converted bytes |\n|---|---:|---:|---|"
    )
    with Workers() as here:
        seconds, digest = _converted(sources, here)
    print(f"| of this build | {seconds:.1f} | | {digest} |", flush=True)
    one = 0.0
    for count in _SIZES:
        with _cluster(count) as cluster, ClusterWorkers(cluster.scheduler_address) as workers:
            seconds, digest = _converted(sources, workers)
        one = one or seconds
        print(f"| {count} | {seconds:.1f} | {one / seconds / count:.2f} | {digest} |", flush=True)
    with _cluster(2) as cluster, ClusterWorkers(cluster.scheduler_address) as workers:
        process = cluster.workers[0].pid
        timer = threading.Timer(seconds / 2, os.kill, (process, signal.SIGKILL))
        timer.start()
        seconds, digest = _converted(sources, workers)
        timer.join()
    print(f"| 2, one killed midway | {seconds:.1f} | | {digest} |")


def _cluster(workers: int) -> Any:
    import distributed

    cluster: Any = distributed.LocalCluster
    return cluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1"
    )


def _converted(sources: list[Path], workers: Workers) -> tuple[float, str]:
    """Return the seconds that the conversion of sources took, and the digest of its files."""
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(prefix="kg-cluster-") as name:
        jobs = [plan_source(Source.open(source), None) for source in sources]
        begin = time.perf_counter()
        for job in jobs:
            convert(job, Path(name), workers)
        seconds = time.perf_counter() - begin
        for file in sorted(Path(name).iterdir()):
            # The third file tells times.
            if file.suffix != ".json":
                digest.update(file.read_bytes())
    return seconds, digest.hexdigest()[:16]


if __name__ == "__main__":
    main()
