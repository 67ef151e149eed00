"""How long it takes until a command answers, beside a Python that does nothing."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Row, kg, python
from benchmarks.world import World


def rows(world: World) -> Iterator[Row]:
    """Help, a question, a thing."""
    rounds = max(5, world.rounds)
    nothing = python("pass", rounds=rounds)
    for arguments, most in (
        (("--help",), 0.2),
        (("query", "ballot"), 0.5),
        (("show", "杭州市"), 0.5),
    ):
        ours = kg(*arguments, rounds=rounds, store=world.store)
        yield Row(
            f"kg {' '.join(arguments)}",
            ours,
            nothing,
            target=f"{most} s",
            reached=ours.wall <= most,
            notes="limit: python -c pass",
        )
