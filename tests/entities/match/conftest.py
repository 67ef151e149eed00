"""A small store of documents that references confuse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.common.namespaces import BASE
from kg.entities.match import Match, match
from kg.store.embedded import EmbeddedStore
from tests.entities.index.data import load_store
from tests.entities.match.data import CATALOGUE

Matching = Callable[[str], Match]


@pytest.fixture(scope="package")
def catalogue() -> EmbeddedStore:
    """The small store."""
    return load_store(CATALOGUE)


@pytest.fixture(scope="package")
def matching(catalogue: EmbeddedStore) -> Matching:
    """Match one reference in the small store."""

    def one(text: str) -> Match:
        [found] = match(catalogue, [text])
        return found

    return one


def path(iri: str) -> str:
    """Return an IRI without the project's namespace."""
    return iri.removeprefix(BASE)
