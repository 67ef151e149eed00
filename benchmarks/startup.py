"""Start-up of commands, compared with an empty Python program."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Row, kg, python
from benchmarks.workload import Workload


def rows(workload: Workload) -> Iterator[Row]:
    """Measure help, a question and a profile."""
    rounds = max(5, workload.rounds)
    limit = python("pass", rounds=rounds)
    for arguments, seconds in (
        (("--help",), 0.2),
        (("query", "ballot"), 0.5),
        (("show", "杭州市"), 0.5),
    ):
        ours = kg(*arguments, rounds=rounds, store=workload.store)
        yield Row(
            f"kg {' '.join(arguments)}",
            ours,
            limit,
            target=f"{seconds} s",
            reached=ours.wall <= seconds,
            notes="limit: python -c pass",
        )
