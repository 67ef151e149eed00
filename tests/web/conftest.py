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
