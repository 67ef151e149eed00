"""The index of a small store, in memory and out of a file."""

from __future__ import annotations

import pytest

from kg.entities.index import NameIndex, open_index
from kg.entities.index.writer import write_index
from kg.store.embedded import EmbeddedStore
from tests.entities.index.data import DATA, stored


@pytest.fixture(scope="package")
def store() -> EmbeddedStore:
    """The small store."""
    return stored(DATA)


@pytest.fixture(scope="package")
def index(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    """Its index, written into a file and read from there."""
    file = tmp_path_factory.mktemp("an index #1") / "names.sqlite"
    write_index(file, store)
    return open_index(file)
