"""The store that a server is to serve, as its options name it."""

from __future__ import annotations

from collections.abc import Callable

from kg.cli import endpoint_options, options
from kg.web import server
from kg.web.served_endpoint import store_of_endpoint
from kg.web.worker_process import ServedStore


def served(store: str | None) -> Callable[[], ServedStore]:
    """Return a function that finds the store, given the value of ``--store``."""
    if (endpoint := endpoint_options.given_endpoint(store)) is not None:
        return store_of_endpoint(endpoint)
    return server.built_store(options.store_folder(store))
