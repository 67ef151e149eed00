"""Opens the store that a user names: a built one in a folder, or that of an endpoint."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store import Store
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, default_folder, open_generation

if TYPE_CHECKING:
    from kg.store.remote.endpoint import Endpoint


def open_store(folder: Path | str | None, endpoint: Endpoint | str | None) -> Store:
    """Open a store; without arguments that of KG_ENDPOINT, or else of the default folder.

    StoreError if a folder has none. An endpoint is first asked by the first query; the indexes of
    the folder are used if its graph is the one that was loaded there.
    """
    if endpoint is None and folder is None:
        endpoint = os.environ.get("KG_ENDPOINT") or None
    if endpoint is None:
        stores = default_folder() if folder is None else Path(folder)
        return EmbeddedStore.open(open_generation(stores) / STORE)
    from kg.store.remote import Endpoint, RemoteStore

    if isinstance(endpoint, str):
        endpoint = Endpoint.of_environment(endpoint)
    return RemoteStore(endpoint, default_folder() if folder is None else Path(folder).expanduser())
