"""The store behind an endpoint, as ``kg serve`` serves it: a load there is noticed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from kg.common.errors import KgError
from kg.web.worker_process import ServedStore

if TYPE_CHECKING:
    from kg.store.remote.endpoint import Endpoint

LOOK_EVERY: Final = 10.0
"""Seconds between two looks at what an endpoint has."""


def store_of_endpoint(endpoint: Endpoint, every: float = LOOK_EVERY) -> Callable[[], ServedStore]:
    """Return a function that gives the store behind an endpoint, which is asked once before.

    Its version changes when another graph is loaded there, at the latest after ``every`` seconds.
    """
    from kg.store.remote import RemoteStore
    from kg.store.remote.loaded_state import loaded_state

    remote = RemoteStore(endpoint)
    state = loaded_state(remote)
    served = ServedStore(None, _version(), endpoint=endpoint)

    def watch() -> None:
        nonlocal state, served
        while True:
            time.sleep(every)
            # Queries tell of an endpoint that fails.
            with suppress(KgError):
                now = loaded_state(remote)
                if now != state:
                    state, served = now, replace(served, version=_version())

    threading.Thread(target=watch, daemon=True).start()
    return lambda: served


def _version() -> str:
    return f"endpoint-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z"
