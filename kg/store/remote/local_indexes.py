"""The indexes that a build wrote, for the graph that was loaded from it into an endpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.common.errors import StoreError
from kg.store.generations import open_generation
from kg.store.remote.client import Client
from kg.store.remote.journal import Journal

_COMPARED: Final = 20_000
"""Statements of the graphs whose numbers are compared: all small ones."""


def loaded_generation(folder: Path, client: Client) -> Path | None:
    """Return the generation of a folder that an endpoint has; None if it has another, or unknown.

    The journal tells which was loaded. The numbers of statements of small graphs, which change with
    nearly every build, tell whether the endpoint still has it.
    """
    journal = Journal.read(folder, client.connection.endpoint.url)
    if not journal.generation:
        return None
    try:
        generation = open_generation(folder)
    except StoreError:
        # The endpoint answers without it.
        return None
    if journal.generation != generation.name:
        return None
    expected: dict[str, int] = {}
    for name, state in sorted(journal.graphs.items(), key=lambda item: (item[1].count, item[0])):
        if sum(expected.values()) + state.count > _COMPARED:
            break
        expected[name] = state.count
    return generation if client.graph_sizes(expected) == expected else None
