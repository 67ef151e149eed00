"""A built graph and its copy in an endpoint."""

from __future__ import annotations

from pathlib import Path

from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, open_generation
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.journal import Journal
from kg.store.remote.loading import Loaded, Progress, load


def load_generation(
    folder: Path, endpoint: Endpoint, progress: Progress = lambda _done, _all: None
) -> Loaded:
    """Load the current graph of a folder into an endpoint (:mod:`kg.store.remote.loading`).

    The folder keeps a journal of what the endpoint has.
    """
    generation = open_generation(folder)
    store = EmbeddedStore.open(generation / STORE)
    return load(store, generation.name, endpoint, Journal.read(folder, endpoint.url), progress)
