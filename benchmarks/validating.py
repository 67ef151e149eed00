"""Validation of everything, beside the bulk engine alone and pyshacl on a sample."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Row, kg
from benchmarks.world import World


def rows(world: World) -> Iterator[Row]:
    """The whole graph."""
    ours = kg("validate", store=world.store)
    yield Row(
        "kg validate",
        ours,
        target="1.3 times the bulk engine",
        reached=None,
        notes="python benchmarks/shacl_engines.py compares the engines on a sample",
    )
