"""A small store and its name index in a file."""

from __future__ import annotations

import pytest

from kg.entities.index import NameIndex, open_index
from kg.entities.index.writer import write_index
from kg.store.embedded import EmbeddedStore
from tests.entities.index.data import DATA, load_store


@pytest.fixture(scope="package")
def store() -> EmbeddedStore:
    """The small store."""
    return load_store(DATA)


@pytest.fixture(scope="package")
def index(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    """The index of the store, written to a file and opened."""
    file = tmp_path_factory.mktemp("an index #1") / "names.sqlite"
    write_index(file, store)
    return open_index(file)
