"""Servers that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.server import Server, serve


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[Server]:
    """The graph of the article, served."""
    with serve("--store", built, "--timeout", "5", "--workers", "3") as running:
        yield running


@pytest.fixture(scope="session")
def patient(built: Path) -> Iterator[Server]:
    """The same with the time that operations take on a busy machine."""
    with serve("--store", built, "--timeout", "60", "--workers", "2") as running:
        yield running
